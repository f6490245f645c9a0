"""A report as an Excel file: real numbers, print areas, frozen headings."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from app.models.instants import local
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportFact, ReportSection, Row, Value
from app.printing.layout.title_lines import title_lines
from app.printing.reports.headings import HeadingCell, heading_cells, levels, period_line, row_values
from app.printing.reports.sheet_columns import INDENT, PADDING, SIZE, middle, points, printed_width, sheet_columns
from app.printing.reports.sheet_pages import EDGE_MARGINS, SIDE_MARGINS, sheet_pages
from app.printing.reports.times_widths import line_count, times_width
from app.wording.documents.forms import MOTTO, NATION, TRAINING, place_and_day
from app.wording.reports import papers as words
from app.wording.reports.values import cell_text

_FACE = "Times New Roman"
_BORDER = {"border": 1, "valign": "vcenter"}
_NUMBERS = {
    ColumnKind.COUNT: "#,##0",
    ColumnKind.MONEY: "#,##0",
    ColumnKind.DECIMAL: "#,##0.0",
    ColumnKind.PERCENT: "0.00%",
    ColumnKind.DAY: "dd/mm/yyyy",
    ColumnKind.INSTANT: "hh:mm dd/mm/yyyy",
    ColumnKind.FIGURE: "#,##0",
}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "left": {"valign": "top"},
    "bold": {"bold": True, "valign": "top"},
    "title": {"bold": True, "font_size": 13, "align": "center", "valign": "vcenter"},
    "nation": {"bold": True, "align": "center", "valign": "top"},
    "centre": {"align": "center", "valign": "top"},
    "italic": {"italic": True, "align": "center", "valign": "top"},
    "head": {"bold": True, "align": "center", **_BORDER},
    "index": {"italic": True, "align": "center", "font_size": 9, **_BORDER},
    "text": {"indent": 1, **_BORDER},
    "text total": {"bold": True, "indent": 1, **_BORDER},
    "note": {"italic": True, "font_size": 10, "valign": "top"},
    **{str(kind): {"num_format": mask, "align": "right", **_BORDER} for kind, mask in _NUMBERS.items()},
    **{
        f"{kind} total": {"num_format": mask, "align": "right", "bold": True, **_BORDER}
        for kind, mask in _NUMBERS.items()
    },
}
_NOT_IN_TABS = re.compile(r"[\[\]:*?/\\']")
_WIDE = 92
"""Characters of a sheet beyond which it is printed in landscape."""
_LINE = 15.75
"""Height of a row with one line of text, in points."""
_SPACING = 1.36
"""Line spacing in parts of the type size, as spreadsheet programs set Times New Roman."""
_HIGHEST = 409.0
"""Height in points that Excel gives a row at most."""
_FACT_WIDTH = 16.0
"""Characters that hold the value of a single figure."""
_SIGN_LINES = 4


def report_workbook(report: Report) -> bytes:
    """Return a report as .xlsx, one sheet for each section.

    Texts are never formulas. The same report gives the same bytes.
    """
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    # The widths of columns count digits of the default font, which every machine replaces by one of equal widths.
    font = {"font_name": _FACE, "font_size": SIZE}
    book = xlsxwriter.Workbook(target, {**options, "default_format_properties": font})
    book.set_properties({"created": datetime.combine(report.last, time()), "title": report.title})
    styles = {
        name: book.add_format({"font_name": _FACE, "font_size": SIZE, "text_wrap": True, **look})
        for name, look in _STYLES.items()
    }
    tabs: set[str] = set()
    for section in report.sections:
        _Sheet(book.add_worksheet(_tab(section, report, tabs)), styles, report, section).write()
    book.close()
    return target.getvalue()


def _tab(section: ReportSection, report: Report, tabs: set[str]) -> str:
    """Return a sheet name of at most 31 characters that no other sheet has."""
    name = _NOT_IN_TABS.sub(" ", section.tab or section.title or report.name).strip()[:31] or report.name
    free = name
    number = 2
    while free.lower() in tabs:
        free, number = f"{name[:27]} {number}", number + 1
    tabs.add(free.lower())
    return free


class _Sheet:
    """One sheet under construction."""

    def __init__(self, sheet: Any, styles: Mapping[str, Any], report: Report, section: ReportSection) -> None:
        self.sheet, self.styles, self.report, self.section = sheet, styles, report, section
        self.columns = sheet_columns(section)
        self.end = len(self.columns) - 1
        self.line = 0
        self.heights: dict[int, float] = {}
        self.blocks: list[tuple[int, int]] = []
        """First and last row of what stays on one page."""
        self.last_row = 0
        self.signed = report.signed and section is report.sections[0]

    def write(self) -> None:
        """Write heading, table, ratios, notes and signatures."""
        for place, column in enumerate(self.columns):
            self.sheet.set_column(place, place, column.width)
        self._heading()
        first = self.line
        self._table()
        self._below()
        self._page(first)

    def _page(self, head: int) -> None:
        wide = sum(column.width for column in self.columns) > _WIDE
        self.sheet.set_landscape() if wide else self.sheet.set_portrait()
        self.sheet.set_paper(9)  # A4
        below = head + levels(self.columns) - 1 + int(self.section.indexed)
        last = max(self.heights)
        heights = [self.heights.get(line, _LINE) for line in range(last + 1)]
        for line, height in enumerate(heights):
            self.sheet.set_row(line, height)
        pages = sheet_pages(
            heights,
            printed_width(self.columns),
            landscape=wide,
            heads=(head, below),
            blocks=self.blocks,
        )
        if pages.scale:
            self.sheet.set_print_scale(pages.scale)
            self.sheet.set_h_pagebreaks(pages.breaks)
        else:
            self.sheet.fit_to_pages(1, 1)
        (left, right), (top, bottom) = SIDE_MARGINS, EDGE_MARGINS
        self.sheet.set_margins(left=left, right=right, top=top, bottom=bottom)
        self.sheet.repeat_rows(head, below)
        self.sheet.freeze_panes(below + 1, 0)
        self.sheet.print_area(0, 0, last, self.end)
        self.sheet.set_footer(f"&L{self.report.form}&RTrang &P/&N")
        if self.report.issuer.training:
            self.sheet.set_header(f"&C&20{TRAINING}")

    def _across(self, first: int, last: int, text: str, style: str) -> None:
        """Write a text over columns; the line becomes as high."""
        if last > first:
            self.sheet.merge_range(self.line, first, self.line, last, text, self.styles[style])
        else:
            self.sheet.write_string(self.line, first, text, self.styles[style])
        self._raise(self.line, _height(text, self.columns[first : last + 1], style))

    def _raise(self, line: int, height: float) -> None:
        """Give a row at least that height, in points."""
        self.heights[line] = min(_HIGHEST, max(height, self.heights.get(line, _LINE)))

    def _pair(self, left: str, left_style: str, right: str, right_style: str) -> None:
        half = middle(self.columns)
        self._across(0, half, left, left_style)
        if half < self.end:
            self._across(half + 1, self.end, right, right_style)
        self.line += 1

    def _heading(self) -> None:
        report, issuer = self.report, self.report.issuer
        if issuer.unit:
            self._pair(issuer.parent.upper(), "centre", NATION, "nation")
            self._pair(issuer.unit.upper(), "nation", MOTTO, "nation")
            self._pair(issuer.centre.upper(), "nation", "", "centre") if issuer.centre else None
            self._pair("", "left", _dated(report), "italic")
        if report.form:
            self._pair(report.form, "bold", f"{words.REPORTING_UNIT}: {issuer.unit}", "left")
            self._pair("", "left", f"{words.RECEIVING_UNIT}: {issuer.parent}", "left")
        self._across(0, self.end, _title(report.title, self.columns), "title")
        self.line += 1
        if self.section.title:
            self._across(0, self.end, self.section.title, "nation")
            self.line += 1
        self._across(0, self.end, period_line(report), "centre")
        self.line += 1
        if report.unit:
            self._across(0, self.end, words.unit_line(report.unit), "italic")
            self.line += 1
        self.line += 1

    def _table(self) -> None:
        top = self.line
        for cell in sorted(heading_cells(self.columns), key=lambda cell: cell.bottom - cell.top):
            self._head_cell(top, cell)
        self.line = top + levels(self.columns)
        if self.section.indexed:
            for place in range(len(self.columns)):
                self.sheet.write_string(self.line, place, f"({place + 1})", self.styles["index"])
            self.line += 1
        if levels(self.columns) == 1 and self.section.rows:
            self.sheet.autofilter(self.line - 1, 0, self.line + len(self.section.rows) - 1, self.end)
        for number, row in enumerate(self.section.rows, 1):
            self._row(row, number, "")
        self.last_row = self.line - 1
        if self.section.total is not None:
            self._row(self.section.total, None, " total")
        if not self.section.rows:
            self._across(0, self.end, self.section.empty or words.EMPTY, "note")
            self.line += 1
        self.blocks.append((self.last_row, self.line - 1))

    def _head_cell(self, line: int, cell: HeadingCell) -> None:
        """Write a heading; its last level becomes as high as the text needs."""
        upper, lower = line + cell.top, line + cell.bottom
        if (cell.top, cell.first) == (cell.bottom, cell.last):
            self.sheet.write_string(upper, cell.first, cell.text, self.styles["head"])
        else:
            self.sheet.merge_range(upper, cell.first, lower, cell.last, cell.text, self.styles["head"])
        above = sum(self.heights.get(level, _LINE) for level in range(upper, lower))
        self._raise(lower, _height(cell.text, self.columns[cell.first : cell.last + 1], "head") - above)

    def _row(self, row: Row, number: int | None, suffix: str) -> None:
        self._raise(self.line, _LINE)
        for place, (column, value) in enumerate(zip(self.columns, row_values(self.columns, row, number), strict=True)):
            kind = _kind(column, value)
            _write_cell(self.sheet, self.line, place, column, value, self.styles[f"{kind}{suffix}"])
            if kind is ColumnKind.TEXT and value:
                self._raise(self.line, _height(cell_text(value, column.kind), (column,), f"text{suffix}"))
        self.line += 1

    def _below(self) -> None:
        report = self.report
        self.line += 1
        main = self.section is report.sections[0]
        lines: list[str] = []
        if main:
            self._facts()
            lines += [
                words.ratio_line(ratio.name, cell_text(ratio.percent, ColumnKind.PERCENT), ratio.definition)
                for ratio in report.ratios
            ]
        lines += [f"{column.heading.rstrip('.')}: {column.definition}" for column in self.columns if column.definition]
        lines += report.notes if main else ()
        lines += [words.check_line(c.row, c.identity, c.expected, c.actual) for c in report.checks] if main else []
        for text in lines:
            self._across(0, self.end, text, "note")
            self.line += 1
        if self.signed:
            last_text = self.line - 1
            self._signatures()
            self.blocks += [(last_text, self.line), (self.last_row, self.line)]

    def _facts(self) -> None:
        """Write the single figures as a table of two columns."""
        if not self.report.facts:
            return
        label, value = self.report.fact_heads
        half = min(middle(self.columns), self.end - 1)
        last = _fact_end(self.columns, half + 1)
        self._across(0, half, label, "head")
        self._across(half + 1, last, value, "head")
        for fact in self.report.facts:
            self.line += 1
            self._across(0, half, fact.name, "text")
            self._fact_value(fact, half + 1, last)
        self.line += 2

    def _fact_value(self, fact: ReportFact, first: int, last: int) -> None:
        if fact.value is None or isinstance(fact.value, str):
            self._across(first, last, cell_text(fact.value, "decimal"), str(fact.kind))
            return
        style = self.styles[str(fact.kind)]
        if last > first:
            self.sheet.merge_range(self.line, first, self.line, last, "", style)
        _write_cell(self.sheet, self.line, first, ReportColumn(fact.key, fact.name, fact.kind), fact.value, style)

    def _signatures(self) -> None:
        issuer = self.report.issuer
        self.line += 1
        self._pair(words.COMPILER_SIGNS, "nation", words.HEAD_SIGNS, "nation")
        self._pair(words.COMPILER_HINT, "italic", words.HEAD_HINT, "italic")
        self.line += _SIGN_LINES
        self._pair("", "left", issuer.signer, "nation")
        for text in (words.RECIPIENTS, *(f"- {line}" for line in self.report.recipients)):
            self._across(0, middle(self.columns), text, "note")
            self.line += 1


def _dated(report: Report) -> str:
    issuer = report.issuer
    return place_and_day(issuer.place, issuer.day) if issuer.day else ""


def _room(columns: Sequence[ReportColumn], style: str) -> float:
    """Return the points of merged columns that hold text."""
    indent: int = _STYLES[style].get("indent", 0)
    return sum(map(points, columns)) - PADDING - INDENT * indent


def _height(text: str, columns: Sequence[ReportColumn], style: str) -> float:
    """Return the height that a text needs over merged columns."""
    look = _STYLES[style]
    size: float = look.get("font_size", SIZE)
    lines = line_count(text, _room(columns, style), size, bold=look.get("bold", False))
    return max(_LINE, lines * size * _SPACING + 1)


def _title(text: str, columns: Sequence[ReportColumn]) -> str:
    """Return a title with its line ends."""
    size = _STYLES["title"]["font_size"]
    lines = title_lines(text, _room(columns, "title") * 0.97, lambda part: times_width(part, size, bold=True))
    return "\n".join(lines) or text


def _fact_end(columns: Sequence[ReportColumn], first: int) -> int:
    """Return the last of the columns that hold the value of a single figure."""
    width = 0.0
    for place in range(first, len(columns)):
        width += columns[place].width
        if width >= _FACT_WIDTH:
            return place
    return len(columns) - 1


def _kind(column: ReportColumn, value: Value) -> ColumnKind:
    """Return the kind of a cell.

    A figure with a fraction has its decimal; a text among instants is a text.
    """
    if column.kind is ColumnKind.FIGURE and isinstance(value, float):
        return ColumnKind.DECIMAL
    if column.kind in (ColumnKind.DAY, ColumnKind.INSTANT) and isinstance(value, str):
        return ColumnKind.TEXT
    return column.kind


def _write_cell(sheet: Any, line: int, place: int, column: ReportColumn, value: Value, style: Any) -> None:
    if value is None:
        sheet.write_blank(line, place, None, style)
    elif isinstance(value, datetime):
        sheet.write_datetime(line, place, local(value).replace(tzinfo=None), style)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, datetime.combine(value, time()), style)
    elif isinstance(value, (bool, str)):
        sheet.write_string(line, place, cell_text(value, column.kind), style)
    else:
        sheet.write_number(line, place, value / 100 if column.kind is ColumnKind.PERCENT else value, style)
