"""Register of a period (Sổ theo dõi hồ sơ) as a printed list.

It has one table for each field and volume.
It is Mẫu số 07, or Mẫu số 06 of the 2018 set.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.enums import ListForm, PaperSize, Right
from app.models.forms.library import FormVersion
from app.printing.documents.dossier import Register
from app.printing.render import render
from app.services.context import Context
from app.services.documents.header import REGISTER, head, identity_without_code
from app.services.documents.office_forms import forms_on
from app.services.documents.prepared import count_pages
from app.services.documents.register import RegisterTable, read_register
from app.services.number_repairs import repairs_between
from app.services.permissions import requires
from app.storage import journal, office_settings
from app.storage.uow import Reading
from app.wording.documents.unnumbered_forms import count_line, register_days
from app.wording.number_repairs import head_line


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
    table = read_register(query.first, query.last, query.fields, context, work)
    version = forms_on(work, context.office, context.today).version(REGISTER)
    document = _register(table, _notes(table, work), version, office_settings.settings(work), context)
    paper = query.paper or version.layout.papers[0]
    pdf = render(document, paper, layout=version.layout)
    return PreparedRegister(pdf, count_pages(pdf), table.dossiers, paper)


@requires(Right.READ_LISTS)
def register_table(query: PrepareRegister, context: Context, work: Reading) -> RegisterTable:
    """Return the register as a table, for a file.

    Raises Refusal `period_reversed`, `field_unknown`.
    """
    return read_register(query.first, query.last, query.fields, context, work)


def _notes(table: RegisterTable, work: Reading) -> tuple[str, ...]:
    """Return the period's number repairs and the last hash of each desk.

    They are signed with the page, so that a later change of earlier events is detectable.
    """
    repairs = tuple(each.text for each in repairs_between(table.first, table.last, work))
    heads = sorted((end.workstation, end.sequence, end.hash) for end in journal.chain_heads(work))
    return (*repairs, head_line(heads)) if heads else repairs


def _register(
    table: RegisterTable, notes: tuple[str, ...], version: FormVersion, keys: dict[str, Any], context: Context
) -> Register:
    facts = (register_days(table.first, table.last), count_line(table.dossiers), *notes[-1:])
    return Register(
        head=head(context, version),
        identity=identity_without_code(facts, version, keys, context),
        first=table.first.isoformat(),
        last=table.last.isoformat(),
        blocks=table.blocks,
        notes=notes,
    )
