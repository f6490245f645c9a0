"""The slips of refusals at the counter: found again by their code, printed again, listed."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.models.figures import refuse_reversed
from app.models.values import PaperForm, Refusal, Right, clean
from app.printing.documents.dossier import RefusalSlip
from app.printing.documents.serialize import from_json
from app.services.context import Context
from app.services.permissions import needs
from app.storage import counter_refusals
from app.storage.uow import Reading

_CODE = re.compile(r"PTC-[0-9]{4}-[0-9]{2,}-[0-9]{4,}")
_MOST_LISTED = 2000


@dataclass(frozen=True)
class Slip:
    """A slip of Mẫu số 03 as it is to be printed now, and its row."""

    id: int
    document: RefusalSlip


@dataclass(frozen=True)
class ListSlips:
    """The refusals at the counter of a period; both days belong to it."""

    first: date
    last: date


@dataclass(frozen=True)
class SlipLine:
    """One refusal: the slip's number as printed, its code, who was turned away, from what, why, by whom."""

    code: str
    number: str
    refused_at: datetime
    name: str
    procedure: str
    reason: str
    actor: str


@needs(Right.READ_LISTS)
def list_slips(query: ListSlips, context: Context, work: Reading) -> tuple[SlipLine, ...]:
    """The refusals of a period, the latest first.

    Raises Refusal `period_reversed`.
    """
    refuse_reversed(query.first, query.last)
    rows = counter_refusals.refusals_between(work, query.first, query.last, _MOST_LISTED)
    found = [(row, from_json(row.document)) for row in rows]
    return tuple(
        SlipLine(row.code, slip.head.number, row.refused_at, slip.submitter.name, slip.procedure, row.reason, row.actor)
        for row, slip in found
        if isinstance(slip, RefusalSlip)
    )


def slip_code(year: int, desk: int, number: int) -> str:
    """The code of a slip: its year, the desk that gave it, its number there."""
    return f"PTC-{year}-{desk:02d}-{number:04d}"


def slip_of(code: str, form: PaperForm, work: Reading) -> Slip | None:
    """The slip under a code, numbered as printed again where it was printed before; None for another form, or for what
    is no slip's code at all.

    Raises Refusal `slip_unknown`.
    """
    known_as = clean(code).upper()
    if form != PaperForm.REFUSAL or not _CODE.fullmatch(known_as):
        return None
    row = counter_refusals.refusal_by_code(work, known_as)
    document = None if row is None else from_json(row.document)
    if row is None or not isinstance(document, RefusalSlip):
        raise Refusal("slip_unknown", "code", code=known_as)
    again = counter_refusals.times_printed(work, row.id)
    return Slip(row.id, replace(document, identity=replace(document.identity, reprint=again)))
