"""Plain tables as Excel files: title, frozen headings with filters, rows."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

_FACE = "Times New Roman"
_HEAD_ROW = 4
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "issuer": {"bold": True},
    "title": {"bold": True, "font_size": 13},
    "note": {"italic": True},
    "head": {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True},
    "text": {"border": 1, "valign": "top", "text_wrap": True},
    "number": {"border": 1, "valign": "top", "num_format": "#,##0"},
    "total": {"border": 1, "bold": True, "num_format": "#,##0"},
}


Cell = str | int | None


@dataclass(frozen=True)
class WorkbookTable:
    """One sheet of a workbook.

    `name` is its tab. `headings` are pairs of text and width. None is an empty cell. `total` is a last row in bold.
    """

    name: str
    headings: tuple[tuple[str, float], ...]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] = ()


def workbook(office: str, title: str, note: str, day: date, tables: Sequence[WorkbookTable]) -> bytes:
    """Return the tables as one .xlsx file.

    Each has the office's name, the title and a note on top. Texts are never formulas. The same tables give the same
    bytes.
    """
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(day.year, day.month, day.day)})  # noqa: DTZ001
    styles = {name: book.add_format({"font_name": _FACE, "font_size": 11, **look}) for name, look in _STYLES.items()}
    for table in tables:
        _sheet(book.add_worksheet(table.name), styles, (office, title, note), table)
    book.close()
    return target.getvalue()


def _sheet(sheet: Any, styles: Mapping[str, Any], above: tuple[str, str, str], table: WorkbookTable) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    for line, (text, look) in enumerate(zip(above, ("issuer", "title", "note"), strict=True)):
        sheet.write_string(line, 0, text, styles[look])
    for column, (head, width) in enumerate(table.headings):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEAD_ROW, column, head, styles["head"])
    sheet.repeat_rows(_HEAD_ROW)
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    last = _HEAD_ROW
    for last, row in enumerate(table.rows, _HEAD_ROW + 1):
        _row(sheet, last, row, styles["text"], styles["number"])
    if table.rows:
        sheet.autofilter(_HEAD_ROW, 0, last, len(table.headings) - 1)
    _row(sheet, last + 1, table.total, styles["total"], styles["total"])


def _row(sheet: Any, line: int, row: Sequence[Cell], text: Any, number: Any) -> None:
    for column, value in enumerate(row):
        if value is None:
            sheet.write_blank(line, column, None, text)
        elif isinstance(value, int):
            sheet.write_number(line, column, value, number)
        else:
            sheet.write_string(line, column, value, text)
