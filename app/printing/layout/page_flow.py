"""Pages under layout: paper sizes, lines of text, columns, code positions.

Lengths are points from the upper left corner. `pdf_canvas` converts them for the PDF.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import NamedTuple

from app.models.enums import PaperSize
from app.printing.layout.barcode import DOT, Symbol
from app.printing.layout.text_metrics import ASCENT, ITALIC, Line, Span, balance_lines, break_lines

MM = 72 / 25.4
SPACING = 1.22
"""Line spacing in parts of the type size. Vietnamese needs it for its stacked marks."""

_SIGNATURES_SHARE = 0.3
"""Signatures alone on an A5 page take up to 29 % of it."""
UNDERLINE = 3.5
"""Space below a block that ends in a ruled line, in points."""


def round_down_to_dots(dots: int) -> float:
    """Return a length of whole dots at 203 dpi, slightly rounded down.

    Rounding down prevents an additional dot when the page is rendered at 203 dpi.
    """
    return floor(dots * DOT * 100) / 100


@dataclass(frozen=True)
class Format:
    """A paper size: edges of the sheet and of the text, in points.

    `body_sizes` are the type sizes from the largest to the smallest. The first one that keeps the document on one
    page is used.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    body_sizes: tuple[float, ...]

    @property
    def measure(self) -> float:
        """Width of the text."""
        return self.right - self.left


FORMATS = {
    PaperSize.A4: Format(
        width=210 * MM,
        height=297 * MM,
        left=25 * MM,
        right=195 * MM,
        top=15 * MM,
        bottom=282 * MM,
        body_sizes=(12.5, 11.5, 10.5),
    ),
    PaperSize.A5: Format(
        width=148 * MM,
        height=210 * MM,
        left=10 * MM,
        right=139 * MM,
        top=8 * MM,
        bottom=202 * MM,
        body_sizes=(10.5, 9.75, 9),
    ),
    PaperSize.ROLL_80: Format(
        width=round_down_to_dots(640),
        height=4000 * MM,
        left=32 * DOT,
        right=608 * DOT,
        top=4 * MM,
        bottom=3990 * MM,
        body_sizes=(10,),
    ),
}
"""The left margin allows binding. An 80 mm roll has 576 printable dots of 640; its page is cut where the text ends."""

LANDSCAPE = {
    PaperSize.A4: Format(
        width=297 * MM,
        height=210 * MM,
        left=12 * MM,
        right=287 * MM,
        top=14 * MM,
        bottom=197 * MM,
        body_sizes=(10.5,),
    ),
    PaperSize.A5: Format(
        width=210 * MM,
        height=148 * MM,
        left=10 * MM,
        right=201 * MM,
        top=8 * MM,
        bottom=140 * MM,
        body_sizes=(9.5,),
    ),
}
"""The sheets in landscape for wide lists and registers, with one type size for any length."""


@dataclass
class PdfPage:
    """The content of one page."""

    width: float
    height: float
    runs: list[tuple[float, float, float, str, str]] = field(default_factory=list)
    """Text as (x, baseline, size, face, text)."""
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Hairlines from (x0, y0) to (x1, y1)."""
    codes: list[tuple[float, float, Symbol]] = field(default_factory=list)
    """Codes by the upper left corner of their dark part."""


class Para(NamedTuple):
    """A paragraph before layout.

    `size` 0 is the body's size. `align` is 0 for left, 0.5 for centred, 1 for right. `rule` draws a line below over
    that part of the width. `before` is space above, in points.
    """

    spans: tuple[Span, ...]
    size: float = 0
    align: float = 0
    rule: float = 0
    before: float = 0


def para(text: str, face: str, size: float = 0, align: float = 0, rule: float = 0, before: float = 0) -> Para:
    """Return a paragraph in one face."""
    return Para((Span(text, face),), size, align, rule, before)


@dataclass(frozen=True)
class FlowPart:
    """What a part of a document added to its pages, and where it ended.

    The first page has the additions to the page on which the part began.
    """

    pages: tuple[PdfPage, ...]
    y: float
    page_top: float


class PageFlow:
    """The pages of one copy, with body text of `body` points.

    `running_head` sets the heading of every page but the first.
    """

    def __init__(self, size: Format, body: float, running_head: Callable[["PageFlow"], None]) -> None:
        self.format = size
        self.body = body
        self.small = body - 2
        self.title = body * 1.25
        self.pages = [PdfPage(size.width, size.height)]
        self.y = size.top
        self._running_head = running_head
        self._page_top = size.top

    @property
    def place(self) -> tuple[float, int, float, float]:
        """What the next lines depend on: type size, page, height, its top."""
        return self.body, len(self.pages), self.y, self._page_top

    def record(self, set_part: Callable[[], None]) -> FlowPart:
        """Set a part and return it, to be repeated at the same place."""
        begun, page = len(self.pages), self.page
        runs, rules, codes = len(page.runs), len(page.rules), len(page.codes)
        set_part()
        added = PdfPage(page.width, page.height, page.runs[runs:], page.rules[rules:], page.codes[codes:])
        return FlowPart((added, *map(_copy, self.pages[begun:])), self.y, self._page_top)

    def repeat(self, part: FlowPart) -> None:
        """Set a part as it was recorded at the same place."""
        added, *later = part.pages
        self.page.runs += added.runs
        self.page.rules += added.rules
        self.page.codes += added.codes
        self.pages += map(_copy, later)
        self.y, self._page_top = part.y, part.page_top

    @property
    def page(self) -> PdfPage:
        """The current page."""
        return self.pages[-1]

    @property
    def goes_far_over(self) -> bool:
        """Whether a last page after the first holds more than signatures."""
        share = (self.y - self.format.top) / (self.format.bottom - self.format.top)
        return len(self.pages) > 1 and share > _SIGNATURES_SHARE

    def remaining_height(self) -> float:
        """Return the height left on this page."""
        return self.format.bottom - self.y

    def ensure_height(self, height: float) -> None:
        """Begin a new page if less than `height` is left and the page has content."""
        if self.y + height > self.format.bottom + 0.01 and self.y > self._page_top:
            self.new_page()

    def new_page(self) -> None:
        """Begin the next page."""
        self.pages.append(PdfPage(self.format.width, self.format.height))
        self.y = self.format.top
        self._running_head(self)
        self._page_top = self.y

    def skip(self, height: float) -> None:
        """Add space, but not at the top of a page."""
        if self.y > self._page_top:
            self.y += height

    def move_below(self, page: int, y: float) -> None:
        """Move down to `y` if page number `page` is still the current one."""
        if len(self.pages) == page:
            self.y = max(self.y, y)

    def text(self, paragraph: Para, reserve: float = 0) -> None:
        """Set a paragraph over the full width.

        Its last two lines stay together with `reserve` points of what follows.
        """
        self.skip(paragraph.before)
        rows = self._rows(paragraph, self.format.measure)
        for left_to_set, row in zip(range(len(rows), 0, -1), rows, strict=True):
            height = row.size * SPACING
            self.ensure_height(height if left_to_set > 2 else height * left_to_set + reserve)
            self.line(row.line, row.size, self.format.left + row.align * (self.format.measure - row.line.width))
            self.y += height

    def line(self, line: Line, size: float, x: float) -> None:
        """Set one line at the current height without moving down."""
        base = self.y + size * ASCENT
        self.page.runs += [(x + dx, base, size, face, text) for dx, face, text in line.pieces]

    def columns(self, columns: Sequence[tuple[float, float, Sequence[Para]]]) -> None:
        """Set columns (left, width, paragraphs) side by side.

        The columns share their line grid.
        """
        rows = [[row for each in paragraphs for row in self._rows(each, width)] for _, width, paragraphs in columns]
        for number in range(max(map(len, rows))):
            cells = [(columns[i], row[number]) for i, row in enumerate(rows) if number < len(row)]
            height = max(cell.size * SPACING for _, cell in cells)
            self.ensure_height(height)
            for (left, width, _), cell in cells:
                self.line(cell.line, cell.size, left + cell.align * (width - cell.line.width))
            self.y += height
            for (left, width, _), cell in cells:
                self._underline(cell, left, width)
        self.y += UNDERLINE if any(cell.rule for row in rows for cell in row[-1:]) else 0

    def fields(self, *pairs: tuple[Span, Span]) -> None:
        """Set pairs of label and value on one line if each fits its share."""
        share = self.format.measure / len(pairs)
        fits = [len(break_lines((label, value), self.body, share - 2 * MM)) == 1 for label, value in pairs]
        if all(fits):
            left = self.format.left
            self.columns([(left + n * share, share, [Para(pair)]) for n, pair in enumerate(pairs)])
        else:
            for pair in pairs:
                self.text(Para(pair))

    def place_code(self, symbol: Symbol, x: float, y: float) -> None:
        """Place a code with its upper left corner on the dot nearest to (x, y)."""
        self.page.codes.append((round(x / DOT) * DOT, round(y / DOT) * DOT, symbol))

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a hairline."""
        self.page.rules.append((x0, y0, x1, y1))

    def add_footers(self, form: str, slogan: str, page_label: Callable[[int, int], str]) -> None:
        """Add the form's name, the slogan and the page number below the text.

        The slogan is left out if it does not fit. The page number is left out on a single page.
        """
        for number, page in enumerate(self.pages, 1):
            base = self.format.bottom + self.small * 1.3
            texts = (form, slogan, page_label(number, len(self.pages)) if len(self.pages) > 1 else "")
            lines = [break_lines((Span(text, ITALIC),), self.small, self.format.measure)[0] for text in texts]
            slogan_width = self.format.measure - 2 * max(lines[0].width, lines[2].width) - 6 * MM
            for align, line in ((0, lines[0]), (0.5, lines[1]), (1, lines[2])):
                if align == 0.5 and line.width > slogan_width:
                    continue
                x = self.format.left + align * (self.format.measure - line.width)
                page.runs += [(x + dx, base, self.small, f, t) for dx, f, t in line.pieces]

    def cut(self) -> None:
        """End the last page on a whole dot after its text, as a roll is cut."""
        self.page.height = round_down_to_dots(ceil((self.y + self.format.top) / DOT))

    def _rows(self, paragraph: Para, width: float) -> list["_Row"]:
        """Return the paragraph's lines; the last one carries the rule."""
        size = paragraph.size or self.body
        lines = break_lines(paragraph.spans, size, width)
        if len(lines) > 1 and paragraph.align == 0.5:
            lines = balance_lines(paragraph.spans, size, width)
        rules = [0.0] * (len(lines) - 1) + [paragraph.rule]
        return [_Row(line, size, paragraph.align, rule) for line, rule in zip(lines, rules, strict=True)]

    def _underline(self, row: "_Row", left: float, width: float) -> None:
        """Draw the short line below a unit's name or the motto (NĐ 30/2020/NĐ-CP)."""
        if row.rule:
            length = row.line.width * row.rule
            x = left + row.align * (width - row.line.width) + (row.line.width - length) / 2
            self.rule(x, self.y + 1, x + length, self.y + 1)


def _copy(page: PdfPage) -> PdfPage:
    """Return a page with the same content, to be continued by itself."""
    return PdfPage(page.width, page.height, [*page.runs], [*page.rules], [*page.codes])


class _Row(NamedTuple):
    """One line of a column."""

    line: Line
    size: float
    align: float
    rule: float
