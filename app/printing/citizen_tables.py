"""Tables of citizens' ratings and feedback as Excel files."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

_FACE = "Times New Roman"
Cell = str | int | float | None


@dataclass(frozen=True)
class TableBlock:
    """Rows below one line of headings."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class CitizenTable:
    """The content of one sheet.

    The blocks are set below each other, the note below them. `widths` are in characters.
    """

    sheet: str
    title: str
    office: str
    period: tuple[date, date]
    widths: Sequence[int]
    blocks: Sequence[TableBlock]
    note: str


def citizen_table(table: CitizenTable) -> bytes:
    """Return the table as .xlsx; texts are never formulas."""
    import xlsxwriter

    target = io.BytesIO()
    first, last = table.period
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(last.year, last.month, last.day)})  # noqa: DTZ001
    looks = {
        "plain": book.add_format({"font_name": _FACE, "font_size": 11, "text_wrap": True, "border": 1}),
        "head": book.add_format(
            {"font_name": _FACE, "font_size": 11, "bold": True, "text_wrap": True, "align": "center", "border": 1}
        ),
        "title": book.add_format({"font_name": _FACE, "font_size": 13, "bold": True, "align": "center"}),
        "note": book.add_format({"font_name": _FACE, "font_size": 10, "italic": True, "text_wrap": True}),
    }
    sheet = book.add_worksheet(table.sheet)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    for place, width in enumerate(table.widths):
        sheet.set_column(place, place, width)
    end = len(table.widths) - 1
    sheet.write_string(0, 0, table.office)
    sheet.merge_range(1, 0, 1, end, table.title, looks["title"])
    sheet.merge_range(2, 0, 2, end, f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}", looks["note"])
    line = 4
    for block in table.blocks:
        for number, row in enumerate((block.headings, *block.rows)):
            for place, cell in enumerate(row):
                sheet.write(line, place, "" if cell is None else cell, looks["plain" if number else "head"])
            line += 1
        line += 1
    sheet.merge_range(line, 0, line, end, table.note, looks["note"])
    sheet.set_row(line, 45)
    book.close()
    return target.getvalue()
