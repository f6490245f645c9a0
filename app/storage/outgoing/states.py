"""Statements on the sync state of dossiers.

Each dossier has one state: `rejected` before `waiting` before `sent` before `confirmed`. A rejection is kept until a
later record of the dossier is accepted.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import case, func, literal, select, union_all

from app.models.dossier import Dossier
from app.models.journal import Bundle, ChainHead, Event, Outbox
from app.storage.outgoing.carried import IN_RANGE, OF_EPOCH, file_of_event, is_unsent
from app.storage.outgoing.rows import DossierSyncRow, RejectedRow, SyncCountsRow
from app.storage.uow import Reading

_E, _O, _B = Event.c, Outbox.c, Bundle.c
_CARRIED = (
    select(
        _E.id,
        _E.dossier_id,
        func.coalesce(_O.answer, _B.usual_answer).label("answer"),
        case((_B.sent_at.is_(None), 1), else_=0).label("is_here"),
    )
    .select_from(Bundle)
    .join(Event, IN_RANGE)
    .join(Outbox, _O.event_id == _E.id)
    .where(OF_EPOCH)
)
_UNSENT = (
    select(_E.id, _E.dossier_id, _O.answer, literal(1).label("is_here"))
    .select_from(ChainHead)
    .join(Event, is_unsent())
    .join(Outbox, _O.event_id == _E.id)
)
_RECORDS = union_all(_CARRIED, _UNSENT).subquery()
_R = _RECORDS.c
_REJECTED_ID = func.coalesce(func.max(case((_R.answer == "rejected", _R.id))), 0)
_ACCEPTED_ID = func.coalesce(func.max(case((_R.answer.in_(("accepted", "already")), _R.id))), 0)
_STATE = case(
    (_REJECTED_ID > _ACCEPTED_ID, "rejected"),
    (func.max(_R.is_here) == 1, "waiting"),
    (func.max(case((_R.answer.is_(None), 1), else_=0)) == 1, "sent"),
    else_="confirmed",
).label("state")
_ALL_STATES = select(
    _R.dossier_id, func.max(_R.id).label("last_id"), _REJECTED_ID.label("rejected_id"), _STATE
).group_by(_R.dossier_id)
_STATES = _ALL_STATES.subquery()
_EVER_REJECTED = select(_E.dossier_id).join(Outbox, _O.event_id == _E.id).where(_O.answer == "rejected")
_STATES_OF_REJECTED = _ALL_STATES.where(_R.dossier_id.in_(_EVER_REJECTED)).subquery()
_COUNTS = select(
    *(
        func.coalesce(func.sum(case((_STATES.c.state == state, 1), else_=0)), 0).label(state)
        for state in ("waiting", "sent", "confirmed", "rejected")
    )
).select_from(_STATES)
_SHOWN_ID = case((_STATES.c.state == "rejected", _STATES.c.rejected_id), else_=_STATES.c.last_id)
_REASON = case((_STATES.c.state == "rejected", _O.reason), else_=None)
_DOSSIERS = (
    select(Dossier.c.code, _STATES.c.state, _REASON.label("reason"), file_of_event().label("sequence"))
    .select_from(_STATES)
    .join(Dossier, Dossier.c.id == _STATES.c.dossier_id)
    .join(Outbox, _O.event_id == _SHOWN_ID)
    .join(Event, _E.id == _SHOWN_ID)
    .order_by(Dossier.c.id)
)
_REJECTED = (
    select(Dossier.c.code, _O.reason)
    .select_from(_STATES_OF_REJECTED)
    .join(Dossier, Dossier.c.id == _STATES_OF_REJECTED.c.dossier_id)
    .join(Outbox, _O.event_id == _STATES_OF_REJECTED.c.rejected_id)
    .where(_STATES_OF_REJECTED.c.state == "rejected")
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
