"""The register of a period, as rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from app.models.enums import Status
from app.models.errors import Refusal
from app.models.figures import check_period_order
from app.models.instants import iso
from app.models.lifecycle import State
from app.models.text import clean, fold_text
from app.models.values.order import vietnamese_key
from app.printing.documents.dossier import RegisterBlock, RegisterRow
from app.services.acts.known_then import KnownDossier, rows_then
from app.services.context import Context
from app.storage.register import known_fields, register_rows
from app.storage.rows import RegisterEntryRow
from app.storage.uow import Reading
from app.wording.status import status_name


@dataclass(frozen=True)
class RegisterTable:
    """The register of a period, with one block for each field and volume."""

    first: date
    last: date
    blocks: tuple[RegisterBlock, ...]

    @property
    def dossiers(self) -> int:
        """The number of dossiers."""
        return sum(len(block.rows) for block in self.blocks)


def read_register(
    first: date,
    last: date,
    fields_of: Sequence[str],
    context: Context,
    work: Reading,
    as_of: datetime | None = None,
) -> RegisterTable:
    """Return the register of dossiers received in a period.

    With `fields_of` only those fields (lĩnh vực) are listed, with `as_of` only what was entered up to that instant.

    Raises Refusal `period_reversed`, `field_unknown`.
    """
    check_period_order(first, last)
    fields = _fields(fields_of, known_fields(work)) if fields_of else ()
    rows = sorted(
        rows_then(register_rows(work, first, last, fields), attrgetter("code"), _row_then, as_of, work),
        key=lambda row: (vietnamese_key(row.field), *_block_of(row), row.register_number),
    )
    blocks = tuple(
        RegisterBlock(field, f"{book}/{year}", tuple(_row(row, context) for row in block))
        for (field, year, book), block in groupby(rows, key=_block_of)
    )
    return RegisterTable(first, last, blocks)


def _row_then(row: RegisterEntryRow, dossier: KnownDossier, state: State) -> RegisterEntryRow:
    """Return a row as known at an instant."""
    return row._replace(
        applicant=dossier.person("applicant", row.applicant),
        due_at=state.due_at,
        returned_at=state.returned_at,
        received_by=state.received_by,
        outcome=state.outcome,
    )


def _fields(texts: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Match fields by name, with or without diacritics, or by a unique part."""
    return tuple(_field(text, known) for text in texts)


def _field(text: str, known: Sequence[str]) -> str:
    folded = fold_text(clean(text))
    matches = [name for name in known if fold_text(name) == folded] or [
        name for name in known if folded and folded in fold_text(name)
    ]
    if len(matches) != 1:
        raise Refusal("field_unknown", "field", text=text[:60])
    return matches[0]


def _block_of(row: RegisterEntryRow) -> tuple[str, int, str]:
    """Return field, year and volume; register numbers restart in each block."""
    return row.field, row.received_day.year, row.register_book


def _row(row: RegisterEntryRow, context: Context) -> RegisterRow:
    applicant = row.applicant
    return RegisterRow(
        number=f"{row.register_number:02d}",
        code=row.code,
        procedure=row.procedure_name,
        applicant=applicant["name"],
        address=applicant.get("address") or "",
        phone=applicant.get("phone") or "",
        unit=context.office.name,
        received_at=iso(row.received_at) or "",
        due_at=iso(row.due_at),
        returned_at=iso(row.returned_at),
        return_by=row.return_by,
        received_by=row.received_by or "",
        ended="" if row.outcome in (None, Status.FINISHED) else status_name(Status(row.outcome)),
    )
