"""A table as a plain Excel file: headings in row 1, all cells text."""

import io
from collections.abc import Sequence
from datetime import datetime

from app.printing.reports.times_widths import line_count

_FACE = "Times New Roman"
_SIZE, _LINE, _HIGHEST = 11, 15.0, 409.0
"""Type size, height of a line and of the highest row, in points."""
_PADDING = 5.0


def plain_workbook(tab: str, headings: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as .xlsx that people correct and programs read back.

    `headings` are pairs of text and width. Texts are never formulas. The same rows give the same bytes.
    """
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    font = {"font_name": _FACE, "font_size": _SIZE}
    book = xlsxwriter.Workbook(target, {**options, "default_format_properties": font})
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  workbooks have no time zone
    look = {"font_name": _FACE, "font_size": _SIZE, "border": 1, "text_wrap": True, "valign": "top", "num_format": "@"}
    text, head = book.add_format(look), book.add_format({**look, "bold": True, "align": "center"})
    sheet = book.add_worksheet(tab)
    for column, (heading, width) in enumerate(headings):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, head)
    rooms = [int(width * 7 + 5) * 0.75 - _PADDING for _heading, width in headings]
    sheet.set_row(0, _height([heading for heading, _width in headings], rooms, bold=True))
    for line, row in enumerate(rows, 1):
        sheet.set_row(line, _height(row, rooms))
        for column, value in enumerate(row):
            sheet.write_string(line, column, value, text)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&RTrang &P/&N")
    book.close()
    return target.getvalue()


def _height(texts: Sequence[str], rooms: Sequence[float], *, bold: bool = False) -> float:
    """Return the height of a row that shows its whole texts."""
    lines = max((line_count(text, room, _SIZE, bold=bold) for text, room in zip(texts, rooms, strict=False)), default=1)
    return min(_HIGHEST, lines * _LINE + 0.75)
