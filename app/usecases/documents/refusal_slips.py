"""The slips of refusals at the counter: found again by their code, printed again, listed."""

from dataclasses import dataclass
from datetime import date, datetime

from app.models.enums import Right
from app.models.figures import check_period_order
from app.printing.documents.dossier import RefusalSlip
from app.printing.documents.serialize import from_json
from app.services.context import Context
from app.services.permissions import requires
from app.storage import counter_refusals
from app.storage.uow import Reading

_MAX_LISTED = 2000


@dataclass(frozen=True)
class ListCounterRefusals:
    """The refusals at the counter of a period; both days belong to it."""

    first: date
    last: date


@dataclass(frozen=True)
class CounterRefusalLine:
    """One refusal: the slip's number as printed, its code, who was turned away, from what, why, by whom."""

    code: str
    number: str
    refused_at: datetime
    name: str
    procedure: str
    reason: str
    actor: str


@requires(Right.READ_LISTS)
def list_counter_refusals(
    query: ListCounterRefusals, context: Context, work: Reading
) -> tuple[CounterRefusalLine, ...]:
    """The refusals of a period, the latest first.

    Raises Refusal `period_reversed`.
    """
    check_period_order(query.first, query.last)
    rows = counter_refusals.refusals_between(work, query.first, query.last, _MAX_LISTED)
    found = [(row, from_json(row.document)) for row in rows]
    return tuple(
        CounterRefusalLine(
            row.code, slip.head.number, row.refused_at, slip.submitter.name, slip.procedure, row.reason, row.actor
        )
        for row, slip in found
        if isinstance(slip, RefusalSlip)
    )
