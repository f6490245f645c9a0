"""A report as an Excel file: real numbers, print areas, frozen headings."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from app.models.instants import local
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportSection, Row, Value
from app.printing.reports.headings import heading_cells, levels, period_line, row_values, shown_columns
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
_NATION_WIDTH = 34.0
"""Characters of the right half that hold the name of the state on one line."""
_LINES_OF_A_PAGE = {False: 62, True: 40}
"""Lines of text, by landscape, that are printed on one page, so that the signatures stay together."""
_REDUCED = 1.35
"""Pages that are reduced to one, so that no page has the signatures alone."""
_LANDSCAPE_WIDTH = 140
"""Characters of a landscape page in full size; a wider sheet is reduced, so that more lines fit."""


def report_workbook(report: Report) -> bytes:
    """Return a report as .xlsx, one sheet for each section.

    Texts are never formulas. The same report gives the same bytes.
    """
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    )
    book.set_properties({"created": datetime.combine(report.last, time()), "title": report.title})
    styles = {
        name: book.add_format({"font_name": _FACE, "font_size": 11, "text_wrap": True, **look})
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
        self.columns = _with_wide_end(shown_columns(section))
        self.end = len(self.columns) - 1
        self.line = 0
        self.wrapped = 0

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
        width = sum(column.width for column in self.columns)
        wide = width > _WIDE
        self.sheet.set_landscape() if wide else self.sheet.set_portrait()
        self.sheet.set_paper(9)  # A4
        room = _LINES_OF_A_PAGE[wide] * max(1.0, width / _LANDSCAPE_WIDTH)
        self.sheet.fit_to_pages(1, int(self.line + self.wrapped <= room * _REDUCED))
        self.sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.7)
        below = head + levels(self.columns) - 1 + int(self.section.indexed)
        self.sheet.repeat_rows(head, below)
        self.sheet.freeze_panes(below + 1, 0)
        self.sheet.print_area(0, 0, self.line, self.end)
        self.sheet.set_footer(f"&L{self.report.form}&RTrang &P/&N")
        if self.report.issuer.training:
            self.sheet.set_header(f"&C&20{TRAINING}")

    def _across(self, first: int, last: int, text: str, style: str, height: int = 1) -> None:
        """Write a text over columns of the current line."""
        if last > first:
            self.sheet.merge_range(self.line, first, self.line, last, text, self.styles[style])
        else:
            self.sheet.write_string(self.line, first, text, self.styles[style])
        if height > 1:
            self._set_height(self.line, height)

    def _set_height(self, line: int, lines: int) -> None:
        """Set the height of a row to a number of lines of text."""
        self.sheet.set_row(line, _LINE * lines)
        self.wrapped += lines - 1

    def _pair(self, left: str, left_style: str, right: str, right_style: str) -> None:
        middle = self._middle()
        halves = (left, self.columns[: middle + 1]), (right, self.columns[middle + 1 :])
        height = max(_lines(text, columns, 0.8) for text, columns in halves if columns)
        self._across(0, middle, left, left_style, height)
        if middle < self.end:
            self._across(middle + 1, self.end, right, right_style, height)
        self.line += 1

    def _middle(self) -> int:
        return _middle(self.columns)

    def _heading(self) -> None:
        report, issuer = self.report, self.report.issuer
        if issuer.unit:
            self._pair(issuer.parent.upper(), "centre", NATION, "nation")
            self._pair(issuer.unit.upper() if report.form else issuer.unit, "nation", MOTTO, "nation")
            self._pair(issuer.centre.upper(), "nation", "", "centre") if issuer.centre else None
            self._pair("", "left", _dated(report), "italic")
        if report.form:
            self._pair(report.form, "bold", f"{words.REPORTING_UNIT}: {issuer.unit}", "left")
            self._pair("", "left", f"{words.RECEIVING_UNIT}: {issuer.parent}", "left")
        self._across(0, self.end, report.title, "title", _lines(report.title, self.columns, 0.8))
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
        for cell in heading_cells(self.columns):
            self._head_cell(top, cell.top, cell.bottom, cell.first, cell.last, text=cell.text)
        self.line = top + levels(self.columns)
        own_lines = max(_lines(column.heading, (column,), 1) for column in self.columns)
        self._set_height(self.line - 1, max(2, own_lines - levels(self.columns) + 1))
        if self.section.indexed:
            for place in range(len(self.columns)):
                self.sheet.write_string(self.line, place, f"({place + 1})", self.styles["index"])
            self.line += 1
        if levels(self.columns) == 1 and self.section.rows:
            self.sheet.autofilter(self.line - 1, 0, self.line + len(self.section.rows) - 1, self.end)
        for number, row in enumerate(self.section.rows, 1):
            self._row(row, number, "")
        if self.section.total is not None:
            self._row(self.section.total, None, " total")
        if not self.section.rows:
            self._across(0, self.end, self.section.empty or words.EMPTY, "note")
            self.line += 1

    def _head_cell(self, line: int, top: int, bottom: int, first: int, last: int, *, text: str) -> None:
        if top == bottom and first == last:
            self.sheet.write_string(line + top, first, text, self.styles["head"])
        else:
            self.sheet.merge_range(line + top, first, line + bottom, last, text, self.styles["head"])

    def _row(self, row: Row, number: int | None, suffix: str) -> None:
        for place, (column, value) in enumerate(zip(self.columns, row_values(self.columns, row, number), strict=True)):
            style = self.styles[f"{column.kind}{suffix}"]
            _write_cell(self.sheet, self.line, place, column, value, style)
        lines = max(_lines(str(row.get(column.key) or ""), (column,), 0.95) for column in self.columns)
        if lines > 1:
            self._set_height(self.line, lines)
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
            self._across(0, self.end, text, "note", _lines(text, self.columns, 1.05))
            self.line += 1
        if report.signed and main:
            self._signatures()

    def _facts(self) -> None:
        """Write the single figures as a table of two columns."""
        if not self.report.facts:
            return
        label, value = self.report.fact_heads
        middle = min(self._middle(), self.end - 1)
        self._across(0, middle, label, "head")
        self.sheet.write_string(self.line, middle + 1, value, self.styles["head"])
        for fact in self.report.facts:
            self.line += 1
            self._across(0, middle, fact.name, "text")
            column = ReportColumn(fact.key, fact.name, fact.kind)
            if fact.value is None:
                self.sheet.write_string(self.line, middle + 1, cell_text(None, "decimal"), self.styles["text"])
            else:
                _write_cell(self.sheet, self.line, middle + 1, column, fact.value, self.styles[str(fact.kind)])
        self.line += 2

    def _signatures(self) -> None:
        issuer = self.report.issuer
        self.line += 1
        self._pair(words.COMPILER_SIGNS, "nation", words.HEAD_SIGNS, "nation")
        self._pair(words.COMPILER_HINT, "italic", words.HEAD_HINT, "italic")
        self.line += 4
        self._pair("", "left", issuer.signer, "nation")
        for text in (words.RECIPIENTS, *(f"- {line}" for line in self.report.recipients)):
            self._across(0, self._middle(), text, "note")
            self.line += 1


def _middle(columns: Sequence[ReportColumn]) -> int:
    """Return the last column of the left half, by width."""
    half, width = sum(column.width for column in columns) * 0.46, 0.0
    for place, column in enumerate(columns[:-1]):
        width += column.width
        if width >= half:
            return place
    return max(0, len(columns) - 2)


def _with_wide_end(columns: tuple[ReportColumn, ...]) -> tuple[ReportColumn, ...]:
    """Return the columns with room for the name of the state on the right.

    The widest column gives its surplus to the last one.
    """
    right = sum(column.width for column in columns[_middle(columns) + 1 :])
    missing = _NATION_WIDTH - right
    if missing <= 0 or len(columns) < 2:
        return columns
    widest = max(range(len(columns) - 1), key=lambda place: columns[place].width)
    surplus = min(missing, max(0.0, columns[widest].width - _NATION_WIDTH))
    widths = {widest: columns[widest].width - surplus, len(columns) - 1: columns[-1].width + missing}
    return tuple(replace(column, width=widths.get(place, column.width)) for place, column in enumerate(columns))


def _dated(report: Report) -> str:
    issuer = report.issuer
    return place_and_day(issuer.place, issuer.day) if issuer.day else ""


def _lines(text: str, columns: tuple[ReportColumn, ...], density: float) -> int:
    """Return how many lines a text needs over columns."""
    return max(1, -(-len(text) // max(1, int(sum(column.width for column in columns) * density))))


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
