"""Ruled tables that run on over pages, with their headings repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.printing.lettering import BOLD, REGULAR, Line, Span, set_lines
from app.printing.page import MM, SPACING, Sheet

_SIDE = 1.2 * MM
_ABOVE = 0.6
_BELOW = 2.2


@dataclass(frozen=True)
class Column:
    """A column: its heading, its part of the measure, and where its text stands (0 left, 0.5 centred)."""

    heading: str
    part: float
    align: float = 0


class Table:
    """A table being set on a sheet. `size` is the type size of its cells."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column], size: float) -> None:
        self.sheet = sheet
        self.columns = columns
        self.size = size
        whole = sum(column.part for column in columns)
        self.edges = [sheet.format.left]
        for column in columns:
            self.edges.append(self.edges[-1] + sheet.format.measure * column.part / whole)
        self._headings = self._set([(column.heading,) for column in columns], BOLD)
        sheet.need(self._height(self._headings) + 3 * size * SPACING)
        self._head()

    def row(self, cells: Sequence[Sequence[str]], reserve: float = 0) -> None:
        """Set one row, each cell a list of paragraphs; it stays whole, with `reserve` points of what follows, where
        a page can hold it."""
        rest = self._set(cells)
        if self.sheet.room() < self._height(rest) + reserve:
            self.turn()
        while any(rest):
            fits = max(1, int((self.sheet.room() - _ABOVE - _BELOW) / (self.size * SPACING)))
            self._box([lines[:fits] for lines in rest], [column.align for column in self.columns])
            rest = [lines[fits:] for lines in rest]
            if any(rest):
                self.turn()

    def strip(self, labels: Sequence[str], height: float) -> None:
        """A row of equal fields to sign in, over the whole breadth, each with its label on top."""
        sheet, top = self.sheet, self.sheet.y
        share = sheet.format.measure / len(labels)
        lefts = [self.edges[0] + share * number for number in range(len(labels))]
        for label, left in zip(labels, lefts, strict=True):
            (line,) = set_lines((Span(label, BOLD),), self.size, share)
            sheet.line(line, self.size, left + (share - line.width) / 2)
        sheet.y = top + height
        self._frame([*lefts, self.edges[-1]], top)

    def turn(self) -> None:
        """Go on with the headings on the next page."""
        self.sheet.turn()
        self._head()

    def _head(self) -> None:
        self._box(self._headings, [0.5] * len(self.columns), middle=True)

    def _set(self, cells: Sequence[Sequence[str]], face: str = REGULAR) -> list[list[Line]]:
        widths = (right - left - 2 * _SIDE for left, right in pairwise(self.edges))
        return [
            [line for text in cell for line in set_lines((Span(text, face),), self.size, width)]
            for cell, width in zip(cells, widths, strict=True)
        ]

    def _height(self, cells: Sequence[Sequence[Line]]) -> float:
        return max(map(len, cells)) * self.size * SPACING + _ABOVE + _BELOW

    def _box(self, cells: Sequence[Sequence[Line]], aligns: Sequence[float], middle: bool = False) -> None:
        """Lines of each cell from the top or in the middle of its height, and the rules around them."""
        sheet, top, height = self.sheet, self.sheet.y, self._height(cells)
        for lines, align, (left, right) in zip(cells, aligns, pairwise(self.edges), strict=True):
            spare = height - self._height([lines]) if middle else 0
            sheet.y = top + _ABOVE + spare / 2
            for line in lines:
                sheet.line(line, self.size, left + _SIDE + align * (right - left - 2 * _SIDE - line.width))
                sheet.y += self.size * SPACING
        sheet.y = top + height
        self._frame(self.edges, top)

    def _frame(self, edges: Sequence[float], top: float) -> None:
        for x in edges:
            self.sheet.rule(x, top, x, self.sheet.y)
        for y in (top, self.sheet.y):
            self.sheet.rule(edges[0], y, edges[-1], y)
