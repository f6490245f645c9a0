"""Statements on the records of the outbox."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, null, or_, select, update

from app.models.dossier import Dossier
from app.models.journal import Bundle, Event, Outbox
from app.storage.journal import NEVER_SENT
from app.storage.rows import UnsentRecord
from app.storage.uow import Reading, Writing

_E, _O = Event.c, Outbox.c
_UNSENT_EVENTS = (
    select(
        *(_E[name] for name in UnsentRecord._fields[:11]),
        Dossier.c.code.label("dossier_code"),
        _O.payload,
    )
    .join(Dossier, Dossier.c.id == _E.dossier_id)
    .join(Outbox, _O.event_id == _E.id)
    .where(_O.bundle.is_(None), _E.workstation == bindparam("desk"))
    .order_by(_E.workstation, _E.sequence)
    .limit(bindparam("limit"))
)
_UNSENT_WITH_PEOPLE = _UNSENT_EVENTS.add_columns(_O.people)
_UNSENT = _UNSENT_EVENTS.add_columns(null().label("people"))
_UNSENT_DESKS = (
    select(_E.workstation)
    .join(Outbox, _O.event_id == _E.id)
    .where(_O.bundle.is_(None))
    .group_by(_E.workstation)
    .order_by(func.min(_E.id))
)
_OF_DESK = select(_E.id).where(_E.id == _O.event_id, _E.workstation == bindparam("desk")).exists()
_MARK = (
    update(Outbox)
    .where(_O.event_id.between(bindparam("first"), bindparam("last")), _O.bundle.is_(None), _OF_DESK)
    .values(bundle=bindparam("file"))
)
_IDS_OF_FILE = select(_E.uuid).join(Outbox, _O.event_id == _E.id).where(_O.bundle == bindparam("bundle"))
_STILL_HERE = select(Bundle.c.sequence).where(Bundle.c.epoch == bindparam("epoch"), Bundle.c.sent_at.is_(None))
_IS_HERE = or_(_O.bundle.is_(None), _O.bundle.in_(_STILL_HERE))
_OLDEST_WAITING = (
    select(_E.entered_at).join(Outbox, _O.event_id == _E.id).where(_IS_HERE).order_by(_O.event_id).limit(1)
)
_WAITING_DOSSIERS = (
    select(func.count(func.distinct(_E.dossier_id)))
    .select_from(Outbox)
    .join(Event, _E.id == _O.event_id)
    .where(_IS_HERE)
)
_SETTLE = (
    update(Outbox)
    .where(_O.event_id == select(_E.id).where(_E.uuid == bindparam("uuid")).scalar_subquery())
    .values(answer=bindparam("result"), reason=bindparam("why"))
)


def unsent_events(work: Reading, desk: int, limit: int, *, people: bool) -> Sequence[UnsentRecord]:
    """Return the oldest unsent events of a desk, at most `limit`.

    Columns that no file carries are not read.
    """
    statement = _UNSENT_WITH_PEOPLE if people else _UNSENT
    return work.typed_rows(UnsentRecord._make, statement, {"desk": desk, "limit": limit})


def unsent_desks(work: Reading) -> list[int]:
    """Return the desks with unsent events, the oldest event first.

    There is more than one only after the office file has changed the desk number of this database.
    """
    return [row.workstation for row in work.rows(_UNSENT_DESKS)]


def mark_sent(work: Writing, desk: int, event_ids: Sequence[int], bundle: int) -> None:
    """Record the sync file that contains the unsent events of a desk.

    They are the ones between the first and the last id, so that one statement marks them and intake waits less.
    """
    if event_ids:
        work.write(_MARK, {"desk": desk, "first": event_ids[0], "last": event_ids[-1], "file": bundle})


def ids_of_file(work: Reading, sequence: int) -> frozenset[str]:
    """Return the ids of the records in a file of the current epoch."""
    return frozenset(row.uuid for row in work.rows(_IDS_OF_FILE, {"bundle": sequence}))


def settle(work: Writing, bundle: int, usual: str, others: Iterable[tuple[str, str, str | None]]) -> None:
    """Store the results of a file of the current epoch.

    `usual` is the result of most records. `others` are record id, result, and reason of a rejection.
    """
    work.write(update(Outbox).where(_O.bundle == bundle).values(answer=usual, reason=None))
    values: list[dict[str, Any]] = [{"uuid": uuid, "result": result, "why": why} for uuid, result, why in others]
    if values:
        work.write(_SETTLE, values)


def count_waiting_dossiers(work: Reading, epoch: str) -> int:
    """Return the number of dossiers with records still on this machine.

    Unlike `states.count_dossiers` it does not read the records already sent.
    """
    return int(work.value(_WAITING_DOSSIERS, {"epoch": epoch}))


def oldest_waiting(work: Reading, epoch: str) -> datetime | None:
    """Return when the oldest record that is still here was entered, or None."""
    entered_at: datetime | None = work.value(_OLDEST_WAITING, {"epoch": epoch})
    return entered_at


def requeue_all_events(work: Writing) -> None:
    """Mark every event as unsent, for the first sync file of a new epoch.

    The receiver recognises repeated events by their ids and answers again. A rejection is kept until
    then. Events of dossiers that stay in this office are not changed.
    """
    is_sent = _O.bundle.is_distinct_from(NEVER_SENT)
    work.write(update(Outbox).where(is_sent).values(bundle=None))
    work.write(update(Outbox).where(is_sent, _O.answer != "rejected").values(answer=None, reason=None))
