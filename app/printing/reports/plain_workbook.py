"""A table as a plain Excel file: headings in row 1, all cells text."""

import io
from collections.abc import Sequence
from datetime import datetime

_FACE = "Times New Roman"


def plain_workbook(tab: str, headings: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as .xlsx that people correct and programs read back.

    `headings` are pairs of text and width. Texts are never formulas. The same rows give the same bytes.
    """
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  workbooks have no time zone
    look = {"font_name": _FACE, "font_size": 11, "border": 1, "text_wrap": True, "valign": "top", "num_format": "@"}
    text, head = book.add_format(look), book.add_format({**look, "bold": True, "align": "center"})
    sheet = book.add_worksheet(tab)
    for column, (heading, width) in enumerate(headings):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, head)
    for line, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            sheet.write_string(line, column, value, text)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()
