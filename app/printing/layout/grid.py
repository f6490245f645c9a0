"""Ruled tables over several pages, with repeated headings."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from app.printing.layout.page_flow import MM, SPACING, PageFlow, Para
from app.printing.layout.text_metrics import BOLD, REGULAR, Line, Span, break_lines

_CELL_PADDING = 1.2 * MM
_PADDING_ABOVE = 0.6
_PADDING_BELOW = 2.2
_BELOW_TITLE = 1 * MM


class Column(NamedTuple):
    """A column of a table.

    `share` is its part of the width. `align` is 0 for left, 0.5 for centred, 1 for right. `group` is the heading it
    shares with its neighbours.
    """

    heading: str
    share: float
    align: float = 0
    group: str = ""


class GridTable:
    """A table on a page flow.

    `size` is the type size of its cells. The headings stay on one page with the row `first`, and with the title.
    """

    def __init__(
        self,
        flow: PageFlow,
        columns: Sequence[Column],
        size: float,
        *,
        first: Sequence[Sequence[str]] = (),
        title: Para | None = None,
    ) -> None:
        self.flow = flow
        self.columns = columns
        self.size = size
        total = sum(column.share for column in columns)
        self.edges = [flow.format.left]
        for column in columns:
            self.edges.append(self.edges[-1] + flow.format.measure * column.share / total)
        self._headings = self._set([(column.heading,) for column in columns], BOLD)
        self._groups = self._shared()
        least = self._height(self._set(first)) if first else 0
        needed = self._head_height() + max(3 * size * SPACING, least)
        if title is not None:
            flow.text(title, reserve=needed + _BELOW_TITLE)
            flow.skip(_BELOW_TITLE)
        flow.ensure_height(needed)
        self._head()

    def row(self, cells: Sequence[Sequence[str]], reserve: float = 0) -> None:
        """Set one row; each cell is a list of paragraphs.

        The row and `reserve` points below it stay on one page if a page can hold them.
        """
        rest = self._set(cells)
        if self.flow.remaining_height() < self._height(rest) + reserve:
            self.new_page()
        while any(rest):
            fits = max(1, int((self.flow.remaining_height() - _PADDING_ABOVE - _PADDING_BELOW) / (self.size * SPACING)))
            self._box([lines[:fits] for lines in rest], [column.align for column in self.columns])
            rest = [lines[fits:] for lines in rest]
            if any(rest):
                self.new_page()

    def height_of(self, cells: Sequence[Sequence[str]]) -> float:
        """Return the height of a row."""
        return self._height(self._set(cells))

    def signature_row(self, labels: Sequence[str], height: float) -> None:
        """Set a row of equally wide fields to sign in, each with its label on top."""
        flow, top = self.flow, self.flow.y
        share = flow.format.measure / len(labels)
        lefts = [self.edges[0] + share * number for number in range(len(labels))]
        for label, left in zip(labels, lefts, strict=True):
            (line,) = break_lines((Span(label, BOLD),), self.size, share)
            flow.line(line, self.size, left + (share - line.width) / 2)
        flow.y = top + height
        self._frame([*lefts, self.edges[-1]], top)

    def new_page(self) -> None:
        """Begin the next page and repeat the headings."""
        self.flow.new_page()
        self._head()

    def _head(self) -> None:
        """Set the headings; those of a group below their shared one."""
        flow, top = self.flow, self.flow.y
        under = top + max((self._height([group.lines]) for group in self._groups), default=0)
        bottom = top + self._head_height()
        for number, lines in enumerate(self._headings):
            left, right = self.edges[number : number + 2]
            start = under if self.columns[number].group else top
            self._centred(lines, left, right, start, bottom)
            flow.rule(left, start, left, bottom)
        for group in self._groups:
            self._centred(group.lines, group.left, group.right, top, under)
            flow.rule(group.left, top, group.left, bottom)
            flow.rule(group.left, under, group.right, under)
        flow.y = bottom
        self._frame([self.edges[0], self.edges[-1]], top)

    def _head_height(self) -> float:
        above = max((self._height([group.lines]) for group in self._groups), default=0)
        heights = (
            self._height([lines]) + (above if column.group else 0)
            for lines, column in zip(self._headings, self.columns, strict=True)
        )
        return max(heights)

    def _shared(self) -> list["_Group"]:
        """Return the shared headings, each over its run of columns."""
        groups = []
        for name, run in groupby(enumerate(self.columns), key=lambda each: each[1].group):
            numbers = [number for number, _ in run]
            left, right = self.edges[numbers[0]], self.edges[numbers[-1] + 1]
            if name:
                lines = break_lines((Span(name, BOLD),), self.size, right - left - 2 * _CELL_PADDING)
                groups.append(_Group(lines, left, right))
        return groups

    def _centred(self, lines: Sequence[Line], left: float, right: float, top: float, bottom: float) -> None:
        """Set lines in the middle of a box."""
        flow, was = self.flow, self.flow.y
        flow.y = top + _PADDING_ABOVE + (bottom - top - self._height([lines])) / 2
        for line in lines:
            flow.line(line, self.size, left + (right - left - line.width) / 2)
            flow.y += self.size * SPACING
        flow.y = was

    def _set(self, cells: Sequence[Sequence[str]], face: str = REGULAR) -> list[list[Line]]:
        widths = (right - left - 2 * _CELL_PADDING for left, right in pairwise(self.edges))
        return [
            [line for text in cell for line in break_lines((Span(text, face),), self.size, width)]
            for cell, width in zip(cells, widths, strict=True)
        ]

    def _height(self, cells: Sequence[Sequence[Line]]) -> float:
        return max(map(len, cells)) * self.size * SPACING + _PADDING_ABOVE + _PADDING_BELOW

    def _box(self, cells: Sequence[Sequence[Line]], aligns: Sequence[float]) -> None:
        """Set the lines of each cell from the top, and the rules around them."""
        flow, top, height = self.flow, self.flow.y, self._height(cells)
        for lines, align, (left, right) in zip(cells, aligns, pairwise(self.edges), strict=True):
            flow.y = top + _PADDING_ABOVE
            for line in lines:
                flow.line(
                    line, self.size, left + _CELL_PADDING + align * (right - left - 2 * _CELL_PADDING - line.width)
                )
                flow.y += self.size * SPACING
        flow.y = top + height
        self._frame(self.edges, top)

    def _frame(self, edges: Sequence[float], top: float) -> None:
        for x in edges:
            self.flow.rule(x, top, x, self.flow.y)
        for y in (top, self.flow.y):
            self.flow.rule(edges[0], y, edges[-1], y)


class _Group(NamedTuple):
    """A heading over several columns."""

    lines: tuple[Line, ...]
    left: float
    right: float
