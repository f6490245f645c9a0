"""List of refusals at the counter (Mẫu số 03)."""

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
    """Query: the refusals at the counter in a period; both days included."""

    first: date
    last: date


@dataclass(frozen=True)
class CounterRefusalLine:
    """One refusal at the counter; `number` is the number as printed."""

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
    """Return the refusals of a period, latest first.

    Raises Refusal `period_reversed`.
    """
    check_period_order(query.first, query.last)
    rows = counter_refusals.refusals_between(work, query.first, query.last, _MAX_LISTED)
    slips = [(row, from_json(row.document)) for row in rows]
    return tuple(
        CounterRefusalLine(
            code=row.code,
            number=slip.head.number,
            refused_at=row.refused_at,
            name=slip.submitter.name,
            procedure=slip.procedure,
            reason=row.reason,
            actor=row.actor,
        )
        for row, slip in slips
        if isinstance(slip, RefusalSlip)
    )
