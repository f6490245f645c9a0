"""Rows of a table from outside, before its columns have a meaning."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

Cell = str | int | float | date | datetime | None
"""Value of a cell: text, number, day or instant; None for an empty cell. Instants are aware, in office time."""
Row = tuple[Cell, ...]

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 512
MAX_CELL = 32_767
"""Limits of a table. A register of one office has fewer than 20,000 rows a year and 40 columns; Excel writes no longer
cell."""


@dataclass(frozen=True)
class Merge:
    """Merged cells: the first and last row and column, counted from 0.

    Rows are places in `Sheet.rows`.
    """

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One table: its rows without empty ones, and their numbers in the file.

    `conversions` names the old fonts or encodings that were converted, such as `TCVN3`.
    """

    rows: tuple[Row, ...]
    numbers: tuple[int, ...]
    merges: tuple[Merge, ...] = ()
    conversions: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns of the widest row."""
        return max(map(len, self.rows), default=0)


def cell_of(row: Sequence[Cell], column: int) -> Cell:
    """Return a cell of a row, None beyond its end."""
    return row[column] if 0 <= column < len(row) else None


def text_of(cell: Cell) -> str:
    """Return the text of a cell with single blanks; empty for an empty cell."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return " ".join(str(cell).split())


def sheet_of(rows: Iterable[tuple[int, list[Cell]]], conversions: tuple[str, ...] = ()) -> Sheet:
    """Return the sheet of numbered rows; empty rows and ends are left out."""
    shown: list[Row] = []
    numbers: list[int] = []
    for number, cells in rows:
        end = len(cells)
        while end and _is_blank(cells[end - 1]):
            end -= 1
        if end:
            shown.append(tuple(None if _is_blank(cell) else cell for cell in cells[:end]))
            numbers.append(number)
    return Sheet(tuple(shown), tuple(numbers), (), conversions)


def filled_down(sheet: Sheet) -> Sheet:
    """Return the sheet with each value of merged cells in all their rows.

    Only the first column of merged cells is filled, so that no number counts twice in a row.
    """
    rows = [list(row) for row in sheet.rows]
    for merge in sheet.merges:
        value = cell_of(sheet.rows[merge.top], merge.left)
        for row in rows[merge.top + 1 : merge.bottom + 1]:
            row.extend([None] * (merge.left + 1 - len(row)))
            row[merge.left] = value if row[merge.left] is None else row[merge.left]
    return replace(sheet, rows=tuple(map(tuple, rows)))


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
