"""Register of a period (Sổ theo dõi hồ sơ) as a printed list.

It has one table for each field and volume.
It is Mẫu số 07, or Mẫu số 06 of the 2018 set.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from app.models.enums import ListForm, PaperSize, Right, Status
from app.models.errors import Refusal
from app.models.figures import check_period_order
from app.models.instants import iso
from app.models.text import clean, fold_text
from app.models.values.order import vietnamese_key
from app.printing.documents.dossier import Register, RegisterBlock, RegisterRow
from app.printing.render import render
from app.services.context import Context
from app.services.documents.header import REGISTER, head, identity_without_code, series, unnumbered
from app.services.documents.prepared import count_pages
from app.services.documents.register import RegisterTable
from app.services.number_repairs import repairs_between
from app.services.permissions import requires
from app.storage import journal, office_settings
from app.storage.register import known_fields, register_rows
from app.storage.rows import RegisterEntryRow
from app.storage.uow import Reading
from app.wording.documents.unnumbered_forms import count_line, register_days
from app.wording.number_repairs import head_line
from app.wording.status import status_name


@dataclass(frozen=True)
class PrepareRegister:
    """Query: the register of dossiers received from `first` to `last`.

    Both days belong to the period.
    With `fields` only those fields (lĩnh vực) are listed. The default paper is A4.
    """

    first: date
    last: date
    paper: PaperSize | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class PreparedRegister:
    """The drawn register: its PDF, number of pages and number of dossiers."""

    pdf: bytes
    pages: int
    dossiers: int
    paper: PaperSize
    form: ListForm = ListForm.REGISTER


@requires(Right.READ_LISTS)
def prepare_register(query: PrepareRegister, context: Context, work: Reading) -> PreparedRegister:
    """Lay out and draw the register.

    It has no print record because it belongs to no dossier.
    Raises Refusal `period_reversed`, `field_unknown`, `paper_not_on_roll`.
    """
    table, paper = _table(query, context, work), query.paper or PaperSize.A4
    pdf = render(_register(table, _notes(table, work), office_settings.settings(work), context), paper)
    return PreparedRegister(pdf, count_pages(pdf), table.dossiers, paper)


@requires(Right.READ_LISTS)
def register_table(query: PrepareRegister, context: Context, work: Reading) -> RegisterTable:
    """Return the register as a table, for a file.

    Raises Refusal `period_reversed`, `field_unknown`.
    """
    return _table(query, context, work)


def _table(query: PrepareRegister, context: Context, work: Reading) -> RegisterTable:
    check_period_order(query.first, query.last)
    fields = _fields(query.fields, known_fields(work)) if query.fields else ()
    rows = sorted(
        register_rows(work, query.first, query.last, fields),
        key=lambda row: (vietnamese_key(row.field), *_block_of(row), row.register_number),
    )
    blocks = tuple(
        RegisterBlock(field, f"{book}/{year}", tuple(_row(row, context) for row in block))
        for (field, year, book), block in groupby(rows, key=_block_of)
    )
    return RegisterTable(query.first, query.last, blocks)


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


def _notes(table: RegisterTable, work: Reading) -> tuple[str, ...]:
    """Return the period's number repairs and the last hash of each desk.

    They are signed with the page, so that a later change of earlier events is detectable.
    """
    repairs = tuple(each.text for each in repairs_between(table.first, table.last, work))
    heads = sorted((end.workstation, end.sequence, end.hash) for end in journal.chain_heads(work))
    return (*repairs, head_line(heads)) if heads else repairs


def _register(table: RegisterTable, notes: tuple[str, ...], keys: dict[str, Any], context: Context) -> Register:
    facts = (register_days(table.first, table.last), count_line(table.dossiers), *notes[-1:])
    return Register(
        head=head(context, unnumbered(f"STD-{series(context)}")),
        identity=identity_without_code(facts, REGISTER, keys, context),
        first=table.first.isoformat(),
        last=table.last.isoformat(),
        blocks=table.blocks,
        notes=notes,
    )


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
