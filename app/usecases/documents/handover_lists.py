"""Hand-over lists of a period, to print again."""

from dataclasses import dataclass
from datetime import date, datetime

from app.models.enums import Right
from app.models.figures import check_period_order
from app.services.context import Context
from app.services.documents.handover_lists import handover_list_code
from app.services.permissions import requires
from app.storage.prints.handovers import handover_groups
from app.storage.uow import Reading

_MOST_LISTED = 500


@dataclass(frozen=True)
class ListHandoverLists:
    """Query: the hand-overs of several dossiers in one act, in a period."""

    first: date
    last: date


@dataclass(frozen=True)
class HandoverListLine:
    """One hand-over list; `code` finds it again for a print."""

    code: str
    sent_at: datetime
    actor: str
    receiver: str
    dossiers: int


@requires(Right.READ_LISTS)
def list_handover_lists(query: ListHandoverLists, context: Context, work: Reading) -> tuple[HandoverListLine, ...]:
    """Return the hand-over lists of a period, latest first.

    Raises Refusal `period_reversed`.
    """
    check_period_order(query.first, query.last)
    return tuple(
        HandoverListLine(
            code=handover_list_code(row.workstation, row.sequence),
            sent_at=row.entered_at,
            actor=row.actor,
            receiver=row.holder_to or "",
            dossiers=row.dossiers,
        )
        for row in handover_groups(work, query.first, query.last, _MOST_LISTED)
    )
