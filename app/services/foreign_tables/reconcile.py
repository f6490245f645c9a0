"""Reconcile a table of Biểu II.06a that another office or program made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.models.errors import Refusal
from app.models.figures import COLUMNS, IDENTITIES, TOTAL_IDENTITY
from app.services.foreign_tables.headings import FIELD, NUMBER, recognise_06a
from app.services.foreign_tables.nested_totals import Structure, TableRow, is_total_name, structure_of
from app.sheets.cells import whole_number
from app.sheets.headings import Located, locate
from app.sheets.sheet import Cell, Sheet, cell_of, filled_down, text_of

_LEAST_COLUMNS = 3
_OPTIONAL = frozenset(("resolved_early", "withdrawn", "returned_unresolved"))
"""Columns that a table may leave out because the form folds them into others."""
WHOLE_NUMBER = "a count is a whole number"
NOT_NEGATIVE = "a count is not negative"


@dataclass(frozen=True)
class ForeignMismatch:
    """Identity that does not hold: row, column, and both values.

    `line` is the row's number in the file. `expected` is None where the cell has no number at all.
    """

    identity: str
    row: str
    column: str
    line: int
    expected: int | None
    found: int | str


@dataclass(frozen=True)
class Reconciled:
    """Number of counted rows, and every identity that does not hold."""

    rows: int
    checks: tuple[ForeignMismatch, ...]


def reconcile_sheet(sheet: Sheet, name: str) -> Reconciled:
    """Check each row and each total of a table.

    Raises Refusal `figures_headings`, `figures_rows`.
    """
    located = locate(sheet, recognise_06a, _LEAST_COLUMNS)
    columns = {} if located is None else {name: place for name, place in located.columns.items() if name in COLUMNS}
    if located is None or len(columns) < _LEAST_COLUMNS - 1:
        raise Refusal("figures_headings", "file", file=name)
    rows, unreadable = _rows(filled_down_names(sheet, located), located, columns)
    structure = structure_of(rows)
    if not structure.leaves:
        raise Refusal("figures_rows", "file", file=name)
    checks = [*unreadable, *_row_checks(structure, columns), *_total_checks(structure, columns)]
    return Reconciled(len(structure.leaves), tuple(sorted(checks, key=lambda check: check.line)))


def filled_down_names(sheet: Sheet, located: Located) -> Sheet:
    """Return the sheet with merged names in each of their rows.

    Counts stay where they are.
    """
    names = {located.columns.get(FIELD), located.columns.get(NUMBER)}
    merges = tuple(merge for merge in sheet.merges if merge.left in names)
    return filled_down(Sheet(sheet.rows, sheet.numbers, merges))


def _rows(sheet: Sheet, located: Located, columns: Mapping[str, int]) -> tuple[list[TableRow], list[ForeignMismatch]]:
    rows: list[TableRow] = []
    unreadable: list[ForeignMismatch] = []
    for place in located.body:
        cells, line = sheet.rows[place], sheet.numbers[place]
        number, name = _name(cells, located)
        figures: dict[str, int] = {}
        for column, at in columns.items():
            cell = cell_of(cells, at)
            try:
                value = whole_number(cell)
            except ValueError:
                unreadable.append(_unreadable(name or number, column, line, cell))
                continue
            if value is not None:
                figures[column] = value
        if figures and (name or number):
            rows.append(TableRow(line, number, name or number, figures))
    with_figures = {row.line for row in rows}
    return rows, [each for each in unreadable if each.line in with_figures]


def _unreadable(row: str, column: str, line: int, cell: Cell) -> ForeignMismatch:
    return ForeignMismatch(WHOLE_NUMBER, row, column, line, None, text_of(cell)[:80])


def _name(cells: Sequence[Cell], located: Located) -> tuple[str, str]:
    """Return TT and name of a row.

    A total may have its name in another column, where cells are merged.
    """
    number = text_of(cell_of(cells, located.columns.get(NUMBER, -1)))
    name = text_of(cell_of(cells, located.columns.get(FIELD, -1)))
    if name:
        return number, name
    taken = set(located.columns.values()) - {located.columns.get(FIELD), located.columns.get(NUMBER)}
    texts = [cell for place, cell in enumerate(cells) if place not in taken and isinstance(cell, str)]
    total = next((text for text in texts if is_total_name(text_of(text))), None)
    return ("", text_of(total)) if total else (number, text_of(texts[0]) if texts and not number else "")


def _row_checks(structure: Structure, columns: Mapping[str, int]) -> Iterator[ForeignMismatch]:
    identities = [
        (identity, whole, [part for part in parts if part in columns])
        for identity, (whole, parts) in IDENTITIES.items()
        if whole in columns and all(part in columns or part in _OPTIONAL for part in parts)
    ]
    for row in (*structure.leaves, *(each.total for each in structure.totals)):
        for identity, whole, parts in identities:
            expected = sum(row.figures.get(part, 0) for part in parts)
            actual = row.figures.get(whole, 0)
            if expected != actual:
                yield ForeignMismatch(identity, row.name, whole, row.line, expected, actual)
        for column, value in row.figures.items():
            if value < 0:
                yield ForeignMismatch(NOT_NEGATIVE, row.name, column, row.line, 0, value)


def _total_checks(structure: Structure, columns: Mapping[str, int]) -> Iterator[ForeignMismatch]:
    for line in structure.totals:
        for column in columns:
            expected = sum(part.figures.get(column, 0) for part in line.parts)
            actual = line.total.figures.get(column, 0)
            if expected != actual:
                yield ForeignMismatch(
                    f"{TOTAL_IDENTITY} ({column})", line.total.name, column, line.total.line, expected, actual
                )
