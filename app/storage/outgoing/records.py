"""Statements on the records of the outbox."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, null, select, union, update

from app.models.dossier import Dossier
from app.models.journal import Bundle, ChainHead, Event, Outbox
from app.storage.journal import NEVER_SENT
from app.storage.outgoing.carried import IN_RANGE, IS_SENT_UP, OF_EPOCH, carried_to, is_unsent
from app.storage.rows import UnsentRecord
from app.storage.uow import Reading, Writing

_E, _O, _B, _H = Event.c, Outbox.c, Bundle.c, ChainHead.c
_UNSENT_EVENTS = (
    select(
        *(_E[name] for name in UnsentRecord._fields[:11]),
        Dossier.c.code.label("dossier_code"),
        _O.payload,
    )
    .join(Dossier, Dossier.c.id == _E.dossier_id)
    .join(Outbox, _O.event_id == _E.id)
    .where(_E.workstation == bindparam("desk"), _E.sequence > carried_to(bindparam("desk")))
    .order_by(_E.workstation, _E.sequence)
    .limit(bindparam("limit"))
)
_UNSENT_WITH_PEOPLE = _UNSENT_EVENTS.add_columns(_O.people)
_UNSENT = _UNSENT_EVENTS.add_columns(null().label("people"))
_FIRST_UNSENT = (
    select(_E.id)
    .where(_E.workstation == _H.workstation, _E.sequence > carried_to(_H.workstation))
    .order_by(_E.sequence)
    .limit(1)
    .correlate(ChainHead)
    .scalar_subquery()
)
_DESKS = select(_H.workstation, _FIRST_UNSENT.label("first_id")).where(IS_SENT_UP).subquery()
_UNSENT_DESKS = select(_DESKS.c.workstation).where(_DESKS.c.first_id.is_not(None)).order_by(_DESKS.c.first_id)
_OF_FILE = (OF_EPOCH, _B.sequence == bindparam("file"))
_IDS_OF_FILE = select(_E.uuid).select_from(Bundle).join(Event, IN_RANGE).where(*_OF_FILE)
_HERE = union(
    select(_E.id, _E.dossier_id).select_from(ChainHead).join(Event, is_unsent()),
    select(_E.id, _E.dossier_id).select_from(Bundle).join(Event, IN_RANGE).where(OF_EPOCH, _B.sent_at.is_(None)),
).subquery()
_OLDEST_WAITING = select(_E.entered_at).where(_E.id == select(func.min(_HERE.c.id)).scalar_subquery())
_WAITING_DOSSIERS = select(func.count(func.distinct(_HERE.c.dossier_id)))
_FORGET_ANSWERS = (
    update(Outbox)
    .where(
        _O.answer.is_not(None),
        _O.event_id.in_(select(_E.id).select_from(Bundle).join(Event, IN_RANGE).where(*_OF_FILE)),
    )
    .values(answer=None, reason=None)
)
_SETTLE = (
    update(Outbox)
    .where(_O.event_id == select(_E.id).where(_E.uuid == bindparam("uuid")).scalar_subquery())
    .values(answer=bindparam("result"), reason=bindparam("why"))
)


def unsent_events(work: Reading, epoch: str, desk: int, limit: int, *, people: bool) -> Sequence[UnsentRecord]:
    """Return the oldest events of a desk without a file, at most `limit`.

    Columns that no file carries are not read.
    """
    statement = _UNSENT_WITH_PEOPLE if people else _UNSENT
    return work.typed_rows_in_turns(UnsentRecord._make, statement, {"epoch": epoch, "desk": desk, "limit": limit})


def unsent_desks(work: Reading, epoch: str) -> list[int]:
    """Return the desks with unsent events, the oldest event first.

    There is more than one only after the office file has changed the desk number of this database.
    """
    return [row.workstation for row in work.rows(_UNSENT_DESKS, {"epoch": epoch})]


def ids_of_file(work: Reading, epoch: str, sequence: int) -> frozenset[str]:
    """Return the ids of the records in a file of an epoch."""
    return frozenset(row.uuid for row in work.rows(_IDS_OF_FILE, {"epoch": epoch, "file": sequence}))


def settle(work: Writing, epoch: str, sequence: int, unusual: Iterable[tuple[str, str, str | None]]) -> None:
    """Store the results of a file that differ from its usual answer.

    They are record id, result, and reason of a rejection. Answers of an earlier epoch to records of the file end.
    """
    work.write(_FORGET_ANSWERS, {"epoch": epoch, "file": sequence})
    values: list[dict[str, Any]] = [{"uuid": uuid, "result": result, "why": why} for uuid, result, why in unusual]
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
    """Forget the answers, for the first sync file of a new epoch.

    The files of a new epoch carry every event again. The receiver recognises repeated events by their ids and answers
    again. A rejection is kept until then. Events of dossiers that stay in this office are not changed.
    """
    is_sent = _O.bundle.is_distinct_from(NEVER_SENT)
    work.write(update(Outbox).where(is_sent, _O.answer != "rejected").values(answer=None, reason=None))
