"""A sheet as delimited text, for readers that know one format only."""

import csv
import io
from datetime import datetime

from app.models.instants import iso
from app.sheets.sheet import Cell, Sheet, text_of


def delimited_text(sheet: Sheet, separator: str) -> str:
    """Return the rows as text; days are ISO.

    Each row keeps its line, counted from the first row, because spreadsheets hide a line `sep=` before it.
    """
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator, lineterminator="\n")
    line = sheet.numbers[0] if sheet.numbers else 1
    for row, number in zip(sheet.rows, sheet.numbers, strict=True):
        target.write("\n" * max(0, number - line))
        writer.writerow([_text(cell) for cell in row])
        line = number + 1
    return target.getvalue()


def _text(cell: Cell) -> str:
    return iso(cell) if isinstance(cell, datetime) else text_of(cell)
