"""Import of a register kept in Excel or on another program."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.models.codes import comparable
from app.models.enums import Right
from app.models.errors import Refusal
from app.services.clock_guard import with_monotonic_clock
from app.services.context import Context
from app.services.permissions import requires
from app.services.register_import.collector import paused_collector
from app.services.register_import.columns import COLUMN_NAMES, ColumnUse, column_uses, register_columns
from app.services.register_import.entries import EntryReader, RegisterEntry
from app.services.register_import.mapping import TableMap, parse_map
from app.services.register_import.procedures import ProcedureIndex
from app.services.register_import.writing import check_entries, import_entries
from app.sheets.headings import Located
from app.sheets.reading import read_sheet
from app.sheets.sheet import Row, Sheet, cell_of, filled_down, text_of
from app.storage.uow import Reading, Writing
from app.wording.imports.register_import import refusal_reason

BATCH = 1000
"""Rows of one transaction; intake at the counter waits for one at most."""
REASON = "Lý do bị bỏ"
_SHOWN = 10


@dataclass(frozen=True)
class ReadRegister:
    """Query: a CSV or XLSX file, its name, and the text of MAP.toml.

    `places` are the columns that the user chose; they replace the recognised ones.
    """

    content: bytes
    name: str
    map_text: str = ""
    places: Mapping[str, int] | None = None


@dataclass(frozen=True)
class RefusedRegisterRow:
    """A row that is not imported: its number in the file and the reason."""

    row: int
    reason: str


@dataclass(frozen=True)
class RegisterPlan:
    """What an import would do, before anything is written.

    `entries` are new or known dossiers, `already` the rows that repeat an earlier row of the file. `sample` has the
    first rows as texts by the columns of `uses`. `sheet` and `header` serve the file of refused rows.
    """

    name: str
    uses: tuple[ColumnUse, ...]
    sample: tuple[tuple[str, ...], ...]
    entries: tuple[RegisterEntry, ...]
    already: int
    refused: tuple[RefusedRegisterRow, ...]
    conversions: tuple[str, ...]
    sheet: Sheet = field(repr=False)

    @property
    def reserved(self) -> frozenset[str]:
        """The own codes of the register, in comparable form."""
        return frozenset(comparable(entry.code) for entry in self.entries if entry.code)

    def batches(self) -> Iterator[tuple[RegisterEntry, ...]]:
        """Yield the entries in blocks of one transaction."""
        for first in range(0, len(self.entries), BATCH):
            yield self.entries[first : first + BATCH]


@dataclass(frozen=True)
class ImportBatch:
    """Command: write entries of a plan; with `send` they are sent later.

    `reserved` are the codes of the plan that no new dossier may get.
    """

    entries: tuple[RegisterEntry, ...]
    name: str
    send: bool = False
    reserved: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ImportedBatch:
    """Numbers of written and of known rows; refused rows."""

    imported: int
    already: int
    refused: tuple[RefusedRegisterRow, ...]


@requires(Right.TAKE_IN)
def read_register(query: ReadRegister, context: Context, work: Reading) -> RegisterPlan:
    """Read a register and decide every row; nothing is written.

    Raises Refusal like `read_sheet`, `parse_map` and `register_columns`; `table_rows` without an entry.
    """
    with paused_collector():
        return _plan(query, context, work)


def _plan(query: ReadRegister, context: Context, work: Reading) -> RegisterPlan:
    mapping = parse_map(query.map_text, COLUMN_NAMES)
    sheet = filled_down(read_sheet(query.content, query.name))
    located = register_columns(sheet, mapping, query.name)
    if query.places is not None:
        located = replace(located, columns=dict(query.places))
    entries, already, refused = _entries(sheet, located, mapping, context, work)
    if not (entries or already or refused):
        raise Refusal("table_rows", "file")
    return RegisterPlan(
        name=query.name,
        uses=column_uses(located, sheet),
        sample=_sample(sheet, located),
        entries=tuple(entries),
        already=already,
        refused=tuple(refused),
        conversions=sheet.conversions,
        sheet=sheet,
    )


def _sample(sheet: Sheet, located: Located) -> tuple[tuple[str, ...], ...]:
    shown = sheet.rows[located.body.start : located.body.start + _SHOWN]
    return tuple(
        tuple("" if (cell := cell_of(row, place)) is None else str(cell) for place in range(sheet.width))
        for row in shown
    )


def _entries(
    sheet: Sheet, located: Located, mapping: TableMap, context: Context, work: Reading
) -> tuple[list[RegisterEntry], int, list[RefusedRegisterRow]]:
    index = ProcedureIndex(work, mapping.procedures)
    reader = EntryReader(located.columns, mapping, index, context.now, context.office.due_time)
    rows_by_code, digests = dict[str, RegisterEntry](), set[str]()
    entries, already, refused = list[RegisterEntry](), 0, list[RefusedRegisterRow]()
    for place in located.body:
        cells, row = sheet.rows[place], sheet.numbers[place]
        if not _is_entry(cells, located):
            continue
        try:
            entry = reader.read(row, cells)
            if entry.digest in digests:
                already += 1
                continue
            _refuse_same_code(entry, rows_by_code)
        except Refusal as refusal:
            refused.append(RefusedRegisterRow(row, refusal_reason(refusal)))
        else:
            digests.add(entry.digest)
            entries.append(entry)
    return entries, already, refused


def _is_entry(cells: Row, located: Located) -> bool:
    """Return whether a row is a dossier.

    Titles between dossiers, and lines of sums, have fewer than two of the columns.
    """
    used = [name for name, place in located.columns.items() if cell_of(cells, place) is not None]
    return len(used) > 1 and used != ["number", "note"]


def _refuse_same_code(entry: RegisterEntry, rows_by_code: dict[str, RegisterEntry]) -> None:
    code = comparable(entry.code) if entry.code else ""
    if entry.code and not code:
        raise Refusal("alias_shape", "code", alias=entry.code)
    if code and (first := rows_by_code.setdefault(code, entry)) is not entry:
        raise Refusal("import_code_twice", "code", code=entry.code, row=first.row)


@requires(Right.TAKE_IN)
def check_batch(command: ImportBatch, context: Context, work: Reading) -> ImportedBatch:
    """Return what `import_batch` would write."""
    return _result(*check_entries(command.entries, command.reserved, context, work))


@requires(Right.TAKE_IN)
def import_batch(command: ImportBatch, context: Context, work: Writing) -> ImportedBatch:
    """Write entries as dossiers of their own days; known ones stay.

    A dossier keeps its own code as an alias. Its code is of its own day of receipt. No receipt is printed and no text
    message is sent.
    """
    context = with_monotonic_clock(context, work)
    with paused_collector():
        written = import_entries(command.entries, command.name, command.send, command.reserved, context, work)
        work.commit()
    return _result(written.imported, written.already, written.refused)


def _result(imported: int, already: int, refused: Sequence[tuple[int, Refusal]]) -> ImportedBatch:
    return ImportedBatch(
        imported, already, tuple(RefusedRegisterRow(row, refusal_reason(refusal)) for row, refusal in refused)
    )


def refused_rows_file(plan: RegisterPlan, refused: Sequence[RefusedRegisterRow]) -> bytes:
    """Return the refused rows as a workbook to correct and bring again.

    It has the headings of the register and a last column with the reasons. All values are text.
    """
    from app.printing.reports.plain_workbook import plain_workbook

    places = {number: place for place, number in enumerate(plan.sheet.numbers)}
    headings = tuple((use.heading or f"Cột {use.place + 1}", 18.0) for use in plan.uses)
    rows = [
        [*(text_of(cell_of(plan.sheet.rows[places[each.row]], use.place)) for use in plan.uses), each.reason]
        for each in refused
    ]
    return plain_workbook("Dòng bị bỏ", (*headings, (REASON, 60.0)), rows)
