"""Statements on the backlog: start of the day and the due board."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, func, select

from app.models.dossier import Dossier
from app.models.enums import Action, Status
from app.models.journal import Event
from app.models.lifecycle import COUNTER
from app.storage.dossiers import OPEN_STATES, SELECT_WORK_LIST
from app.storage.rows import HolderCountRow, WorkRow
from app.storage.uow import Reading

_D = Dossier.c
_DUE = SELECT_WORK_LIST.where(
    _D.status.in_((Status.RECEIVED.value, Status.PROCESSING.value)),
    _D.due_day.between(bindparam("first"), bindparam("last")),
).order_by(_D.due_day, _D.due_at, _D.id)
_OVERDUE = (
    SELECT_WORK_LIST.where(
        _D.status.in_((Status.RECEIVED.value, Status.PROCESSING.value)), _D.due_day < bindparam("day")
    )
    .order_by(_D.due_day, _D.due_at, _D.id)
    .limit(bindparam("most"))
)
_AT_COUNTER = SELECT_WORK_LIST.where(
    _D.status == Status.RECEIVED.value, _D.holder == COUNTER, _D.received_day < bindparam("day")
).order_by(_D.id)
_BY_HOLDER = (
    select(_D.holder, _D.status, _D.due_day, func.count().label("dossiers"))
    .where(_D.status.in_(OPEN_STATES))
    .group_by(_D.holder, _D.status, _D.due_day)
)
_OPEN_HOLDERS = select(_D.holder).where(_D.status.in_(OPEN_STATES)).group_by(_D.holder)
_RECENT_EVENTS = select(Event.c.action, Event.c.holder_to).order_by(Event.c.id.desc()).limit(20_000).subquery()
_RECENT_DESTINATIONS = (
    select(_RECENT_EVENTS.c.holder_to)
    .where(_RECENT_EVENTS.c.action == Action.SEND.value)
    .group_by(_RECENT_EVENTS.c.holder_to)
    .order_by(func.count().desc())
)


def due_between(work: Reading, first: date, last: date) -> Sequence[WorkRow]:
    """Return the dossiers in progress due in a period, the most urgent first."""
    return work.typed_rows(WorkRow._make, _DUE, {"first": first, "last": last})


def overdue(work: Reading, day: date, limit: int) -> Sequence[WorkRow]:
    """Return the dossiers in progress due before a day, the oldest first."""
    return work.typed_rows(WorkRow._make, _OVERDUE, {"day": day, "most": limit})


def left_at_counter(work: Reading, day: date) -> Sequence[WorkRow]:
    """Return the dossiers received before a day and still at the counter."""
    return work.typed_rows(WorkRow._make, _AT_COUNTER, {"day": day})


def open_by_holder(work: Reading) -> Sequence[HolderCountRow]:
    """Return the number of open dossiers by holder, status and due day."""
    return work.typed_rows(HolderCountRow._make, _BY_HOLDER)


def destinations(work: Reading) -> Sequence[str]:
    """Return the holders of the last 20,000 events, the most frequent first.

    Holders of open dossiers follow.
    """
    rows = (*work.rows(_RECENT_DESTINATIONS), *work.rows(_OPEN_HOLDERS))
    return tuple(dict.fromkeys(row[0] for row in rows if row[0]))
