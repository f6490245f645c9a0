"""Statements on the sync state of dossiers.

Each dossier has one state: `rejected` before `waiting` before `sent` before `confirmed`. A rejection is kept until a
later record of the dossier is accepted.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import and_, bindparam, case, func, or_, select

from app.models.dossier import Dossier
from app.models.journal import Bundle, Event, Outbox
from app.storage.journal import NEVER_SENT
from app.storage.outgoing.rows import DossierSyncRow, RejectedRow, SyncCountsRow
from app.storage.uow import Reading

_E, _O, _B = Event.c, Outbox.c, Bundle.c
_REJECTED_ID = func.coalesce(func.max(case((_O.answer == "rejected", _E.id))), 0)
_ACCEPTED_ID = func.coalesce(func.max(case((_O.answer.in_(("accepted", "already")), _E.id))), 0)
_IS_HERE = or_(_O.bundle.is_(None), _B.sent_at.is_(None))
_STATES = (
    select(
        _E.dossier_id,
        func.max(_E.id).label("last_id"),
        _REJECTED_ID.label("rejected_id"),
        case(
            (_REJECTED_ID > _ACCEPTED_ID, "rejected"),
            (func.max(case((_IS_HERE, 1), else_=0)) == 1, "waiting"),
            (func.max(case((_O.answer.is_(None), 1), else_=0)) == 1, "sent"),
            else_="confirmed",
        ).label("state"),
    )
    .select_from(Outbox)
    .join(Event, _E.id == _O.event_id)
    .join(Bundle, and_(_B.epoch == bindparam("epoch"), _B.sequence == _O.bundle), isouter=True)
    .where(_O.bundle.is_distinct_from(NEVER_SENT))
    .group_by(_E.dossier_id)
    .subquery()
)
_COUNTS = select(
    *(
        func.coalesce(func.sum(case((_STATES.c.state == state, 1), else_=0)), 0).label(state)
        for state in ("waiting", "sent", "confirmed", "rejected")
    )
).select_from(_STATES)
_SHOWN_ID = case((_STATES.c.state == "rejected", _STATES.c.rejected_id), else_=_STATES.c.last_id)
_REASON = case((_STATES.c.state == "rejected", _O.reason), else_=None)
_DOSSIERS = (
    select(Dossier.c.code, _STATES.c.state, _REASON.label("reason"), _O.bundle.label("sequence"))
    .select_from(_STATES)
    .join(Dossier, Dossier.c.id == _STATES.c.dossier_id)
    .join(Outbox, _O.event_id == _SHOWN_ID)
    .order_by(Dossier.c.id)
)
_REJECTED = (
    select(Dossier.c.code, _O.reason)
    .select_from(_STATES)
    .join(Dossier, Dossier.c.id == _STATES.c.dossier_id)
    .join(Outbox, _O.event_id == _STATES.c.rejected_id)
    .where(_STATES.c.state == "rejected")
    .order_by(_O.event_id)
)


def count_dossiers(work: Reading, epoch: str) -> SyncCountsRow | None:
    """Return the number of dossiers in each state."""
    return work.typed_row(SyncCountsRow._make, _COUNTS, {"epoch": epoch})


def rejected_dossiers(work: Reading, epoch: str) -> Sequence[RejectedRow]:
    """Return the rejected dossiers, each once, with the newest reason."""
    return work.typed_rows(RejectedRow._make, _REJECTED, {"epoch": epoch})


def dossier_states(work: Reading, epoch: str) -> Iterator[DossierSyncRow]:
    """Yield each dossier with its state and the file of its newest record."""
    yield from work.typed_rows(DossierSyncRow._make, _DOSSIERS, {"epoch": epoch})
