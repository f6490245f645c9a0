"""A paper being set from top to bottom: sizes, pages, lines of text, columns, and where the codes stand.

Everything is measured in points from the upper left corner; `paint` turns it round for the PDF.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

from app.models.enums import PaperSize
from app.printing.layout.barcode import DOT, Symbol
from app.printing.layout.text_metrics import ASCENT, ITALIC, Line, Span, break_lines

MM = 72 / 25.4
SPACING = 1.22
"""Distance of base lines in parts of the type size: stacked Vietnamese marks need it."""

UNDERLINE = 3.5
"""Clear space under a block that ends in a ruled line, in points."""


def round_down_to_dots(dots: int) -> float:
    """So many dots at 203 dpi in points, a hair less, so that drawing the page at 203 dpi adds no dot."""
    return floor(dots * DOT * 100) / 100


@dataclass(frozen=True)
class Format:
    """One size of paper in points: its edges, the edges of the text, and the type sizes of the body from the roomiest
    to the tightest; the first that keeps the paper on one page is taken."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    body_sizes: tuple[float, ...]

    @property
    def measure(self) -> float:
        """Breadth of the text."""
        return self.right - self.left


FORMATS = {
    PaperSize.A4: Format(210 * MM, 297 * MM, 25 * MM, 195 * MM, 15 * MM, 282 * MM, (12.5, 11.5, 10.5)),
    PaperSize.A5: Format(148 * MM, 210 * MM, 10 * MM, 139 * MM, 8 * MM, 202 * MM, (10.5, 9.75, 9)),
    PaperSize.ROLL_80: Format(round_down_to_dots(640), 4000 * MM, 32 * DOT, 608 * DOT, 4 * MM, 3990 * MM, (10,)),
}
"""Left edges leave room to bind. A roll of 80 mm has 576 printable dots of 640; its page is cut where the text ends."""

LANDSCAPE = {
    PaperSize.A4: Format(297 * MM, 210 * MM, 12 * MM, 287 * MM, 14 * MM, 197 * MM, (10.5,)),
    PaperSize.A5: Format(210 * MM, 148 * MM, 10 * MM, 201 * MM, 8 * MM, 140 * MM, (9.5,)),
}
"""The same sheets lying, for the wide tables of lists and registers: one size of type, whatever their length."""


@dataclass
class Page:
    """What stands on one page."""

    width: float
    height: float
    runs: list[tuple[float, float, float, str, str]] = field(default_factory=list)
    """Text as (x, base line, size, face, text)."""
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Hair lines from (x0, y0) to (x1, y1)."""
    codes: list[tuple[float, float, Symbol]] = field(default_factory=list)
    """Codes by the upper left corner of their dark part."""


@dataclass(frozen=True)
class Para:
    """A paragraph before it is set: `size` 0 is the body's, `align` is 0 left, 0.5 centred, 1 right; `rule` draws a
    line under it, that part of its breadth; `before` is clear space above, in points."""

    spans: tuple[Span, ...]
    size: float = 0
    align: float = 0
    rule: float = 0
    before: float = 0


def para(text: str, face: str, size: float = 0, align: float = 0, rule: float = 0, before: float = 0) -> Para:
    """A paragraph in one face."""
    return Para((Span(text, face),), size, align, rule, before)


class PageFlow:
    """The pages of one copy, set in type of `body` points. `running_head` is set on top of every page but the first."""

    def __init__(self, size: Format, body: float, running_head: Callable[["PageFlow"], None]) -> None:
        self.format = size
        self.body = body
        self.small = body - 2
        self.title = body * 1.25
        self.pages = [Page(size.width, size.height)]
        self.y = size.top
        self._running_head = running_head
        self._page_top = size.top

    @property
    def page(self) -> Page:
        """The page now being set."""
        return self.pages[-1]

    def remaining_height(self) -> float:
        """Height left on this page."""
        return self.format.bottom - self.y

    def ensure_height(self, height: float) -> None:
        """Turn to the next page where less than `height` is left, unless the page is still fresh."""
        if self.y + height > self.format.bottom + 0.01 and self.y > self._page_top:
            self.new_page()

    def new_page(self) -> None:
        """Begin the next page."""
        self.pages.append(Page(self.format.width, self.format.height))
        self.y = self.format.top
        self._running_head(self)
        self._page_top = self.y

    def skip(self, height: float) -> None:
        """Leave space, never at the head of a page."""
        if self.y > self._page_top:
            self.y += height

    def move_below(self, page: int, y: float) -> None:
        """Go down to `y` to clear what stands there, if page number `page` is still being set."""
        if len(self.pages) == page:
            self.y = max(self.y, y)

    def text(self, paragraph: Para, reserve: float = 0) -> None:
        """Set a paragraph over the whole measure; its last two lines stay with `reserve` points of what follows."""
        self.skip(paragraph.before)
        rows = self._rows(paragraph, self.format.measure)
        for left_to_set, row in zip(range(len(rows), 0, -1), rows, strict=True):
            height = row.size * SPACING
            self.ensure_height(height if left_to_set > 2 else height * left_to_set + reserve)
            self.line(row.line, row.size, self.format.left + row.align * (self.format.measure - row.line.width))
            self.y += height

    def line(self, line: Line, size: float, x: float) -> None:
        """Put one set line at the present height, without going down."""
        base = self.y + size * ASCENT
        self.page.runs += [(x + dx, base, size, face, text) for dx, face, text in line.pieces if text.strip()]

    def columns(self, columns: Sequence[tuple[float, float, Sequence[Para]]]) -> None:
        """Set columns (left, width, paragraphs) beside each other, going down by their common lines."""
        rows = [[row for each in paragraphs for row in self._rows(each, width)] for _, width, paragraphs in columns]
        for number in range(max(map(len, rows))):
            abreast = [(columns[i], row[number]) for i, row in enumerate(rows) if number < len(row)]
            height = max(each.size * SPACING for _, each in abreast)
            self.ensure_height(height)
            for (left, width, _), each in abreast:
                self.line(each.line, each.size, left + each.align * (width - each.line.width))
            self.y += height
            for (left, width, _), each in abreast:
                self._underline(each, left, width)
        self.y += UNDERLINE if any(each.rule for row in rows for each in row[-1:]) else 0

    def fields(self, *pairs: tuple[Span, Span]) -> None:
        """Label and value, several on one line where each fits its share of the measure."""
        share = self.format.measure / len(pairs)
        fits = [len(break_lines((label, value), self.body, share - 2 * MM)) == 1 for label, value in pairs]
        if all(fits):
            left = self.format.left
            self.columns([(left + n * share, share, [Para(pair)]) for n, pair in enumerate(pairs)])
        else:
            for pair in pairs:
                self.text(Para(pair))

    def place_code(self, symbol: Symbol, x: float, y: float) -> None:
        """Place a code with its upper left corner on the printer's dots nearest to (x, y)."""
        self.page.codes.append((round(x / DOT) * DOT, round(y / DOT) * DOT, symbol))

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A hair line."""
        self.page.rules.append((x0, y0, x1, y1))

    def add_footers(self, form: str, slogan: str, page_label: Callable[[int, int], str]) -> None:
        """Below the text of each page: which form this is, the office's slogan where there is room between, and
        «Trang 1/2» where there is more than one page."""
        for number, page in enumerate(self.pages, 1):
            base = self.format.bottom + self.small * 1.3
            texts = (form, slogan, page_label(number, len(self.pages)) if len(self.pages) > 1 else "")
            lines = [break_lines((Span(text, ITALIC),), self.small, self.format.measure)[0] for text in texts]
            room = self.format.measure - 2 * max(lines[0].width, lines[2].width) - 6 * MM
            for align, line in ((0, lines[0]), (0.5, lines[1]), (1, lines[2])):
                if align == 0.5 and line.width > room:
                    continue
                x = self.format.left + align * (self.format.measure - line.width)
                page.runs += [(x + dx, base, self.small, f, t) for dx, f, t in line.pieces if t]

    def cut(self) -> None:
        """End the last page where its text ends, as a roll printer cuts, on a whole dot."""
        self.page.height = round_down_to_dots(ceil((self.y + self.format.top) / DOT))

    def _rows(self, paragraph: Para, width: float) -> list["_Row"]:
        """The paragraph's lines, the rule under the last."""
        size = paragraph.size or self.body
        lines = break_lines(paragraph.spans, size, width)
        if len(lines) > 1 and paragraph.align == 0.5:
            lines = _balance_lines(paragraph, size, width, lines)
        rules = [0.0] * (len(lines) - 1) + [paragraph.rule]
        return [_Row(line, size, paragraph.align, rule) for line, rule in zip(lines, rules, strict=True)]

    def _underline(self, row: "_Row", left: float, width: float) -> None:
        """The short line under a unit's name or the motto (NĐ 30/2020/NĐ-CP)."""
        if row.rule:
            length = row.line.width * row.rule
            x = left + row.align * (width - row.line.width) + (row.line.width - length) / 2
            self.rule(x, self.y + 1, x + length, self.y + 1)


def _balance_lines(paragraph: Para, size: float, width: float, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """A centred paragraph in lines of nearly one breadth, where that takes no more of them."""
    evenly = 1.12 * sum(line.width for line in lines) / len(lines)
    even = break_lines(paragraph.spans, size, min(width, evenly))
    return even if len(even) == len(lines) else lines


@dataclass(frozen=True, slots=True)
class _Row:
    """One set line of a column."""

    line: Line
    size: float
    align: float
    rule: float
