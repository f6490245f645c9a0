"""The register as the figures count it: states, columns, parts and groups.

A dossier without a pause or a recall is counted from its row, by one covering index.
A dossier with one (a supplement asked, a result taken back) has `winding` set.
It is counted from its last event within the period.
`conditions` is the one definition of each column, so that a count and the list of its dossiers cannot differ.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Select,
    String,
    UnaryExpression,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.sql.operators import custom_op

from app.models.dossier import Dossier, DossierPaper
from app.models.enums import Action, Channel, FigureColumn, FigureGroup, Handling, ReturnBy, Status
from app.models.journal import Event
from app.models.lifecycle import PAUSE_OR_RECALL_ACTIONS
from app.models.mapping import Day, Instant

_D = Dossier.c
_E = Event.c
_FIRST, _LAST = bindparam("first", type_=Day()), bindparam("last", type_=Day())
_AS_OF, _SOON = bindparam("judged", type_=Day()), bindparam("soon", type_=Day())
_ESCALATED = bindparam("escalated", type_=Day())
_ENTERED = bindparam("entered", type_=Instant())
"""Calendar days before the due day in which an open dossier is nearly late."""
_IN_PROGRESS = (Status.RECEIVED.value, Status.PROCESSING.value)
# In the words of the partial index `ix_event_paid_online`, which a bound value would not use.
_IS_PAID_ONLINE = literal_column(
    "payment.action = 'pay' AND json_extract(payment.facts, '$.method') IN ('transfer', 'qr', 'card')", Boolean()
)
PRESENT_COLUMNS = frozenset(
    (
        *(FigureColumn.WORKING, FigureColumn.NOW_LATE, FigureColumn.DUE_TODAY),
        *(FigureColumn.WAITING_PAPERS, FigureColumn.WAITING_PAYMENT, FigureColumn.TO_RETURN),
    )
)
"""Columns of what waits at an instant; their holder is the place of the dossier."""
Part = Callable[[Select[Any]], Select[Any]]
"""Limits a statement to one part of the register."""


@dataclass(frozen=True)
class StateAtEnd:
    """Columns with the state of a dossier at the end of the period.

    `closed` and `outcome` may be later than the period for a state read from the row. `waiting` is true while the
    citizen has to act. `promised` is the present due day, `due` the original one. `holder` of an ended dossier is who
    ended it; `place` is where it is now, `money` what was paid for it.
    """

    closed: ColumnElement[Any]
    outcome: ColumnElement[Any]
    due: ColumnElement[Any]
    waiting: ColumnElement[bool]
    status: ColumnElement[Any]
    promised: ColumnElement[Any]
    holder: ColumnElement[str]
    place: ColumnElement[str]
    apologised: ColumnElement[bool]
    paid: ColumnElement[bool]
    money: ColumnElement[Any]
    paid_online: ColumnElement[bool]
    interrupted: ColumnElement[bool]


def _not_by_index(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column by whose values SQLite does not search.

    Without statistics it takes any equality as rare and leaves the index that has all the columns.
    """
    return type_coerce(UnaryExpression(column, operator=custom_op("+")), column.type)


_CLOSED = _not_by_index(_D.closed_day)
_OTHER, _MONEY = Event.alias("act"), Event.alias("payment")


def _has_event(*actions: Action, known_then: bool) -> ColumnElement[bool]:
    """Return whether a dossier has an event of some actions."""
    names = [action.value for action in actions]
    event = exists().where(_OTHER.c.dossier_id == _D.id, _OTHER.c.action.in_(names))
    return event.where(_OTHER.c.entered_at <= _ENTERED) if known_then else event


def _paid_online(known_then: bool) -> ColumnElement[bool]:
    event = exists().where(_MONEY.c.dossier_id == _D.id, _IS_PAID_ONLINE)
    return event.where(_MONEY.c.entered_at <= _ENTERED) if known_then else event


def _known_change(name: str) -> ColumnElement[Any]:
    """Return a field of the state as the last event known then set it.

    Undo and refund set it too. It is NULL where no event has set it.
    """
    last = Event.alias(f"last_{name}")
    facts = type_coerce(last.c.facts, String)
    changed = and_(facts.like(f'%"{name}":%'), func.json_type(facts, f"$.change.{name}").is_not(None))
    value = func.json_extract(facts, f"$.change.{name}")
    first = func.json_extract(facts, f"$.{name}")
    is_intake = last.c.action == Action.INTAKE.value
    return (
        select(case((is_intake, first), else_=value))
        .where(last.c.dossier_id == _D.id, last.c.entered_at <= _ENTERED, or_(is_intake, changed))
        .correlate(Dossier)
        .order_by(last.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _known(name: str) -> ColumnElement[Any]:
    """Return a column of the last event known then, also one after the period."""
    last = Event.alias(f"newest_{name}")
    return (
        select(last.c[name])
        .where(last.c.dossier_id == _D.id, last.c.entered_at <= _ENTERED)
        .correlate(Dossier)
        .order_by(last.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _day_of(instant: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the day, as stored, of an instant in office time as text."""
    return type_coerce(cast(func.replace(func.substr(instant, 1, 10), "-", ""), Integer), _D.due_day.type)


def _settler(closed: ColumnElement[Any], known_then: bool) -> ColumnElement[Any]:
    """Return who held a closed dossier when it ended."""
    closing = Event.alias("closing")
    ends = [action.value for action in (Action.FINISH, Action.REFUSE, Action.STOP, Action.CLOSE)]
    statement = select(closing.c.holder_from).where(
        closing.c.dossier_id == _D.id, closed.is_not(None), closing.c.action.in_(ends)
    )
    if known_then:
        statement = statement.where(closing.c.entered_at <= _ENTERED)
    return statement.order_by(closing.c.id.desc()).limit(1).scalar_subquery()


_WAITING = _E.status.in_((Status.SUPPLEMENT_ASKED.value, Status.PAYMENT_DUE.value))
_HOLDER = func.coalesce(_settler(_D.closed_day, known_then=False), _D.holder)
_OF_THE_ROW: Mapping[str, ColumnElement[Any]] = {
    "status": _D.status,
    "promised": _D.due_day,
    "holder": _HOLDER,
    "place": _D.holder,
    "apologised": _D.apologised,
    "paid": _D.paid > 0,
    "money": _D.paid,
    "paid_online": and_(_D.paid > 0, _paid_online(known_then=False)),
    "interrupted": _D.winding,
}
ROW_STATE = StateAtEnd(_CLOSED, _D.outcome, _D.original_due_day, literal(False), **_OF_THE_ROW)
EVENT_STATE = StateAtEnd(_E.state_closed_day, _E.state_outcome, _E.state_due_day, _WAITING, **_OF_THE_ROW)
_PLACE_THEN = func.coalesce(_known("holder_to"), _D.holder)
_MONEY_THEN = func.coalesce(_known_change("paid"), 0)
_PAID_THEN = _MONEY_THEN > 0
KNOWN_STATE = StateAtEnd(
    closed=_E.state_closed_day,
    outcome=_E.state_outcome,
    due=_E.state_due_day,
    waiting=_WAITING,
    status=_known("status"),
    promised=_day_of(_known_change("due_at")),
    holder=func.coalesce(_settler(_known("state_closed_day"), known_then=True), _PLACE_THEN),
    place=_PLACE_THEN,
    apologised=func.coalesce(_known_change("apologised"), 0) == 1,
    paid=_PAID_THEN,
    money=_MONEY_THEN,
    paid_online=and_(_PAID_THEN, _paid_online(known_then=True)),
    interrupted=_has_event(*sorted(PAUSE_OR_RECALL_ACTIONS), known_then=True),
)
"""State of a dossier as known at an instant, without what was entered later.

What is read from the row of a dossier is that of its last known event, also of one after the period.
"""
_HAS_LOOKED_UP_PAPER = exists().where(
    DossierPaper.c.dossier_id == _D.id, DossierPaper.c.handling == Handling.LOOKUP.value
)
_BY_POST = or_(_D.channel == Channel.POST.value, _D.return_by == ReturnBy.POST.value)


def conditions(state: StateAtEnd) -> Mapping[FigureColumn, ColumnElement[bool]]:
    """Return the condition of each column, which counts and lists share.

    Bound values are `first` and `last` of the period, `judged`, the day on which an open dossier is late, `soon`, the
    last due day of one that is nearly late, and `escalated`, that of one that is listed for the head.
    """
    in_period, online = _D.received_day >= _FIRST, _D.channel == Channel.ONLINE.value
    ended = and_(state.closed.is_not(None), state.closed <= _LAST)
    resolved = and_(ended, state.outcome == Status.FINISHED.value)
    late = and_(state.due.is_not(None), state.closed > state.due)
    early = and_(state.due.is_not(None), state.closed < state.due)
    overdue = and_(state.due.is_not(None), state.due < _AS_OF, ~state.waiting)
    withdrawn = and_(ended, state.outcome.in_((Status.STOPPED.value, Status.WITHDRAWN.value)))
    returned = and_(ended, state.outcome.in_((Status.REFUSED.value, Status.CLOSED.value)))
    on_time = and_(resolved, ~late, ~early)
    any_late = or_(and_(resolved, late), and_(~ended, overdue))
    working = state.status.in_(_IN_PROGRESS)
    return {
        FigureColumn.RECEIVED: literal(True),
        FigureColumn.RECEIVED_ONLINE: and_(in_period, online),
        FigureColumn.RECEIVED_DIRECT_POST: and_(in_period, ~online),
        FigureColumn.CARRIED_OVER: ~in_period,
        FigureColumn.RESOLVED: resolved,
        FigureColumn.RESOLVED_EARLY: and_(resolved, early),
        FigureColumn.RESOLVED_ON_TIME: on_time,
        FigureColumn.RESOLVED_LATE: and_(resolved, late),
        FigureColumn.PENDING: ~ended,
        FigureColumn.PENDING_IN_TIME: and_(~ended, ~overdue),
        FigureColumn.PENDING_LATE: and_(~ended, overdue),
        FigureColumn.WITHDRAWN: withdrawn,
        FigureColumn.RETURNED_UNRESOLVED: returned,
        FigureColumn.FORM_RESOLVED: or_(resolved, withdrawn, returned),
        FigureColumn.FORM_ON_TIME: or_(on_time, withdrawn, returned),
        FigureColumn.LATE: any_late,
        FigureColumn.APOLOGISED: and_(any_late, state.apologised),
        FigureColumn.NEARLY_LATE: and_(~ended, ~overdue, ~state.waiting, state.due.is_not(None), state.due <= _SOON),
        FigureColumn.ESCALATED: and_(~ended, overdue, state.due <= _ESCALATED),
        FigureColumn.DUE_IN_PERIOD: and_(working, state.promised.between(_FIRST, _LAST)),
        FigureColumn.WORKING: working,
        FigureColumn.NOW_LATE: and_(working, state.promised < _AS_OF),
        FigureColumn.DUE_TODAY: and_(working, state.promised == _AS_OF),
        FigureColumn.WAITING_PAPERS: state.status == Status.SUPPLEMENT_ASKED.value,
        FigureColumn.WAITING_PAYMENT: state.status == Status.PAYMENT_DUE.value,
        FigureColumn.TO_RETURN: state.status == Status.FINISHED.value,
        FigureColumn.UNINTERRUPTED: and_(resolved, ~state.interrupted),
        FigureColumn.NEW: in_period,
        FigureColumn.SAME_DAY: and_(in_period, resolved, state.closed == _D.received_day),
        FigureColumn.DIGITISED: and_(in_period, or_(online, _HAS_LOOKED_UP_PAPER)),
        FigureColumn.POSTAL: and_(in_period, _BY_POST),
        FigureColumn.PAID: and_(in_period, state.paid),
        FigureColumn.PAID_ONLINE: and_(in_period, state.paid_online),
    }


def group_value(group: FigureGroup, state: StateAtEnd) -> ColumnElement[str]:
    """Return the value of a group; a month is that of reception, `202603`."""
    if group is FigureGroup.HOLDER:
        return state.holder
    return _GROUPS[group]


_GROUPS: Mapping[FigureGroup, ColumnElement[str]] = {
    FigureGroup.FIELD: _D.field,
    FigureGroup.PROCEDURE: type_coerce(_D.procedure_code, String),
    FigureGroup.CHANNEL: type_coerce(_D.channel, String),
    FigureGroup.MONTH: func.substr(cast(_D.received_day, String), 1, 6, type_=String),
}


def _uninterrupted(columns: Select[Any]) -> Select[Any]:
    """Limit a statement to dossiers whose row shows their whole past."""
    return _in_period(columns.where(_D.winding.is_(False)))


def _all_uninterrupted(columns: Select[Any]) -> Select[Any]:
    """Limit a statement like `_uninterrupted`, for a count of all fields.

    It reads the index that has every counted column.
    """
    return _in_period(columns.where(_not_by_index(_D.winding).is_(False)))


def _in_period(columns: Select[Any]) -> Select[Any]:
    return columns.where(_D.received_day <= _LAST, or_(_CLOSED.is_(None), _CLOSED >= _FIRST))


def _paused_or_recalled(columns: Select[Any]) -> Select[Any]:
    """Limit a statement to dossiers read from their last event in the period."""
    later = Event.alias("later")
    last = select(func.max(later.c.id)).where(later.c.dossier_id == _D.id, later.c.occurred_day <= _LAST)
    return columns.select_from(Dossier.join(Event, _E.id == last.scalar_subquery())).where(
        _D.winding.is_(True),
        _D.received_day <= _LAST,
        or_(_CLOSED.is_(None), _CLOSED >= _FIRST),  # closed before the period: its events are not read
        or_(_D.outcome.is_(None), _D.outcome != Status.VOID.value),
        or_(_E.state_closed_day.is_(None), _E.state_closed_day >= _FIRST),
    )


_PAUSED = (_paused_or_recalled, EVENT_STATE)
_LATER_ENTERED = select(_E.dossier_id).where(_E.entered_at > _ENTERED).distinct().cte("later_entered")
"""Dossiers with an event that was entered after the instant. Their row shows more than was known then."""


def _known_then(part: Part) -> Part:
    """Return a part of the register without the dossiers entered later."""
    return lambda columns: part(columns).where(_D.id.not_in(select(_LATER_ENTERED.c.dossier_id)))


def _known_in_part(columns: Select[Any]) -> Select[Any]:
    """Limit a statement to the later entered dossiers, as known then."""
    other = Event.alias("other")
    last = select(func.max(other.c.id)).where(
        other.c.dossier_id == _LATER_ENTERED.c.dossier_id, other.c.occurred_day <= _LAST, other.c.entered_at <= _ENTERED
    )
    known = _LATER_ENTERED.join(Event, _E.id == last.scalar_subquery()).join(Dossier, _D.id == _E.dossier_id)
    return columns.select_from(known).where(
        _D.received_day <= _LAST,
        or_(_E.state_outcome.is_(None), _E.state_outcome != Status.VOID.value),
        or_(_E.state_closed_day.is_(None), _E.state_closed_day >= _FIRST),
    )


def parts(*, listed: bool, as_of: bool = False) -> tuple[tuple[Part, StateAtEnd], ...]:
    """Return the disjoint parts of the register with their states.

    `listed` is for lists in the order of reception. With `as_of` they are the register as it was known at an instant:
    events with `entered_at` up to it.
    """
    present = ((_uninterrupted if listed else _all_uninterrupted, ROW_STATE), _PAUSED)
    if not as_of:
        return present
    return (*((_known_then(part), state) for part, state in present), (_known_in_part, KNOWN_STATE))
