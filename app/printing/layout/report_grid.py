"""A ruled table with headings in several levels and a total in bold."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.printing.layout.grid import Column, GridTable
from app.printing.layout.page_flow import SPACING, PageFlow, Para
from app.printing.layout.text_metrics import BOLD, ITALIC, Line, Span, break_lines

_PADDING = 2 * 1.2 * 72 / 25.4
_HEIGHT_PADDING = 2.8


@dataclass(frozen=True)
class HeadCell:
    """A heading over columns `first` to `last` and levels `top` to `bottom`."""

    text: str
    first: int
    last: int
    top: int
    bottom: int


class ReportGrid(GridTable):
    """A table whose headings have several levels.

    `indexed` adds a line of column numbers. Headings are repeated on each page.
    """

    def __init__(
        self,
        flow: PageFlow,
        columns: Sequence[Column],
        heads: Sequence[HeadCell],
        size: float,
        indexed: bool,
        *,
        first: Sequence[Sequence[str]],
        title: Para | None,
    ) -> None:
        self._heads = heads
        self._indexed = indexed
        self._head_lines: list[tuple[Line, ...]] = []
        self._heights: list[float] = []
        super().__init__(flow, columns, size, first=first, title=title)

    def total_height(self, cells: Sequence[Sequence[str]]) -> float:
        """Return the height of the row in bold."""
        return self._height(self._set(cells, BOLD))

    def total_row(self, cells: Sequence[Sequence[str]]) -> None:
        """Set one row in bold that stays with the table."""
        lines = self._set(cells, BOLD)
        if self.flow.remaining_height() < self._height(lines):
            self.new_page()
        self._box(lines, [column.align for column in self.columns])

    def _measure(self) -> None:
        """Calculate the height of each level once the edges are known."""
        count = 1 + max(cell.bottom for cell in self._heads)
        self._heights = [self.size * SPACING + _HEIGHT_PADDING] * count
        for cell in sorted(self._heads, key=lambda cell: cell.bottom - cell.top):
            width = self.edges[cell.last + 1] - self.edges[cell.first] - _PADDING
            lines = break_lines((Span(cell.text, BOLD),), self.size, max(width, 8))
            self._head_lines.append(lines)
            height = len(lines) * self.size * SPACING + _HEIGHT_PADDING
            spanned = sum(self._heights[cell.top : cell.bottom + 1])
            self._heights[cell.bottom] += max(0.0, height - spanned)
        self._heads = sorted(self._heads, key=lambda cell: cell.bottom - cell.top)

    def _head_height(self) -> float:
        if not self._heights:
            self._measure()
        return sum(self._heights) + (self.size * SPACING + _HEIGHT_PADDING if self._indexed else 0)

    def _head(self) -> None:
        flow, top = self.flow, self.flow.y
        bottoms = [top + sum(self._heights[: level + 1]) for level in range(len(self._heights))]
        for cell, lines in zip(self._heads, self._head_lines, strict=True):
            left, right = self.edges[cell.first], self.edges[cell.last + 1]
            upper = top if cell.top == 0 else bottoms[cell.top - 1]
            self._centred(lines, left, right, upper, bottoms[cell.bottom])
            flow.rule(left, upper, left, bottoms[cell.bottom])
            flow.rule(left, bottoms[cell.bottom], right, bottoms[cell.bottom])
        flow.y = bottoms[-1]
        if self._indexed:
            flow.y += self.size * SPACING + _HEIGHT_PADDING
            for number, (left, right) in enumerate(pairwise(self.edges), 1):
                lines = break_lines((Span(f"({number})", ITALIC),), self.size - 1, right - left)
                self._centred(lines, left, right, bottoms[-1], flow.y)
                flow.rule(left, bottoms[-1], left, flow.y)
        self._frame([self.edges[0], self.edges[-1]], top)
