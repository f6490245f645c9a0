"""Statements on hand-overs of several dossiers in one act."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import bindparam, func, select

from app.models.dossier import Dossier
from app.models.enums import Action
from app.models.instants import OFFICE_TIME
from app.models.journal import Event
from app.storage.prints.rows import HandoverGroupRow, HandoverMemberRow
from app.storage.uow import Reading

_E = Event.c
_SCANNED_WHOLE = 200_000
"""Events up to which a period is searched without its first and last event."""
_MOST_EVENTS = 2000
"""Events around a hand-over that may belong to the same act; a batch has at most 500 dossiers."""
_SAME_ACT = (_E.workstation, _E.actor, _E.entered_at, _E.holder_to)
_GROUPS = (
    select(*_SAME_ACT, func.min(_E.sequence).label("sequence"), func.count().label("dossiers"))
    .where(
        _E.action == Action.SEND.value,
        _E.id.between(bindparam("low"), bindparam("high")),
        _E.entered_at >= bindparam("begin"),
        _E.entered_at < bindparam("end"),
    )
    .group_by(*_SAME_ACT)
    .having(func.count() > 1)
    .order_by(func.min(_E.id).desc())
    .limit(bindparam("most"))
)
_MEMBER = select(_E.id, *_SAME_ACT, _E.sequence, _E.holder_from, _E.occurred_at, Dossier.c.code).join(
    Dossier, Dossier.c.id == _E.dossier_id
)
"""The columns of `HandoverMemberRow`."""
_BY_SEQUENCE = _MEMBER.where(_E.workstation == bindparam("desk"), _E.sequence == bindparam("number"))
_LAST_OF_DOSSIER = (
    _MEMBER.where(_E.dossier_id == bindparam("of"), _E.action == Action.SEND.value).order_by(_E.id.desc()).limit(50)
)
_SENT_BETWEEN = _MEMBER.where(
    _E.id.between(bindparam("low"), bindparam("high")), _E.action == Action.SEND.value
).order_by(_E.id)
_BEFORE_ACT = (
    select(_E.id)
    .where(_E.id.between(bindparam("low"), bindparam("of")), _E.entered_at != bindparam("at"))
    .order_by(_E.id.desc())
    .limit(1)
)
_AFTER_ACT = (
    select(_E.id)
    .where(_E.id.between(bindparam("of"), bindparam("high")), _E.entered_at != bindparam("at"))
    .order_by(_E.id)
    .limit(1)
)


def handover_groups(work: Reading, first: date, last: date, limit: int) -> Sequence[HandoverGroupRow]:
    """Return hand-overs of several dossiers in a period, latest first."""
    begin = datetime.combine(first, time(), OFFICE_TIME)
    end = datetime.combine(last, time(), OFFICE_TIME) + timedelta(days=1)
    high = int(work.value(select(func.max(_E.id))) or 0)
    low = 0 if high <= _SCANNED_WHOLE else _first_id_at(work, begin, high)
    values = {"begin": begin, "end": end, "low": low, "high": high, "most": limit}
    return work.typed_rows(HandoverGroupRow._make, _GROUPS, values)


def _first_id_at(work: Reading, instant: datetime, high: int) -> int:
    """Return the id of the first event entered at an instant or later.

    Events are entered in the order of time, so that it is found by halving.
    """
    entry = select(_E.id, _E.entered_at).where(_E.id >= bindparam("from_id")).order_by(_E.id).limit(1)
    low = 0
    while low < high:
        middle = (low + high) // 2
        row = work.row(entry, {"from_id": middle})
        if row is None or row.entered_at >= instant:
            high = middle
        else:
            low = int(row.id) + 1
    return low


def handover_members(work: Reading, desk: int, sequence: int) -> Sequence[HandoverMemberRow]:
    """Return the dossiers of the act that wrote a record of a desk, in order.

    Empty unless the record is a hand-over.
    """
    one = work.typed_row(HandoverMemberRow._make, _BY_SEQUENCE, {"desk": desk, "number": sequence})
    return () if one is None else _members_with(work, one)


def last_handover_members(work: Reading, dossier_id: int) -> Sequence[HandoverMemberRow]:
    """Return the dossiers of the last joint hand-over of a dossier."""
    for one in work.typed_rows(HandoverMemberRow._make, _LAST_OF_DOSSIER, {"of": dossier_id}):
        members = _members_with(work, one)
        if len(members) > 1:
            return members
    return ()


def _members_with(work: Reading, one: HandoverMemberRow) -> Sequence[HandoverMemberRow]:
    """Return the hand-overs of the same act.

    An act writes its events one after the other, so that the search ends at the first event of another time.
    """
    around = {"low": one.id - _MOST_EVENTS, "of": one.id, "high": one.id + _MOST_EVENTS, "at": one.entered_at}
    low = work.value(_BEFORE_ACT, around) or around["low"]
    high = work.value(_AFTER_ACT, around) or around["high"]
    sent = work.typed_rows(HandoverMemberRow._make, _SENT_BETWEEN, {"low": low, "high": high})
    return [each for each in sent if _act_of(each) == _act_of(one)]


def _act_of(member: HandoverMemberRow) -> tuple[object, ...]:
    return tuple(getattr(member, column.name) for column in _SAME_ACT)
