"""Counts and lists of the figures of a period, computed from the register.

A dossier without a pause or a recall is counted from its row, by one covering index.
A dossier with one (a supplement asked, a result taken back) has `winding` set.
It is counted from its last event within the period.
`conditions` is the one definition of each column, so that a count and the list of its dossiers cannot differ.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)

from app.models.dossier import Dossier, DossierPaper
from app.models.enums import Action, Channel, FigureColumn, FigureGroup, Handling, Origin, ReturnBy, Status
from app.models.instants import local_day
from app.models.journal import Event
from app.models.mapping import Day, Instant
from app.storage.dossiers import LIST_COLUMNS
from app.storage.rows import FieldFiguresRow, ListedDossierRow
from app.storage.uow import Reading

_D = Dossier.c
_E = Event.c
_E_PAY = Event.alias("payment").c
_FIRST, _LAST = bindparam("first", type_=Day()), bindparam("last", type_=Day())
_AS_OF, _SOON = bindparam("judged", type_=Day()), bindparam("soon", type_=Day())
_NEARLY_LATE_DAYS = 3
"""Calendar days before the due day in which an open dossier is nearly late."""
_Part = Callable[[Select[Any]], Select[Any]]
"""Limits a statement to one part of the register."""
_FORM_COLUMNS = tuple(FigureColumn(name) for name in FieldFiguresRow._fields[1:])


@dataclass(frozen=True)
class StateAtEnd:
    """Columns with the state of a dossier at the end of the period.

    `closed` and `outcome` may be later than the period for a state read from the row. `waiting` is true while the
    citizen has to act.
    """

    closed: ColumnElement[Any]
    outcome: ColumnElement[Any]
    due: ColumnElement[Any]
    waiting: ColumnElement[bool]


ROW_STATE = StateAtEnd(_D.closed_day, _D.outcome, _D.original_due_day, literal(False))
EVENT_STATE = StateAtEnd(
    _E.state_closed_day,
    _E.state_outcome,
    _E.state_due_day,
    _E.status.in_((Status.SUPPLEMENT_ASKED.value, Status.PAYMENT_DUE.value)),
)


def conditions(state: StateAtEnd) -> Mapping[FigureColumn, ColumnElement[bool]]:
    """Return the condition of each column, which counts and lists share.

    Bound values are `first` and `last` of the period, `judged`, the day on which an open dossier is late, and `soon`,
    the last due day of one that is nearly late.
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
        FigureColumn.LATE: or_(and_(resolved, late), and_(~ended, overdue)),
        FigureColumn.NEARLY_LATE: and_(~ended, ~overdue, ~state.waiting, state.due.is_not(None), state.due <= _SOON),
        FigureColumn.NEW: in_period,
        FigureColumn.SAME_DAY: and_(in_period, resolved, state.closed == _D.received_day),
        FigureColumn.DIGITISED: and_(in_period, or_(online, _HAS_LOOKED_UP_PAPER)),
        FigureColumn.POSTAL: and_(
            in_period, or_(_D.channel == Channel.POST.value, _D.return_by == ReturnBy.POST.value)
        ),
        FigureColumn.PAID: and_(in_period, _D.paid > 0),
        FigureColumn.PAID_ONLINE: and_(in_period, _PAID_ONLINE),
    }


_HAS_LOOKED_UP_PAPER = exists().where(
    DossierPaper.c.dossier_id == _D.id, DossierPaper.c.handling == Handling.LOOKUP.value
)
_BY_POST = or_(_D.channel == Channel.POST.value, _D.return_by == ReturnBy.POST.value)
_PAYMENT_FACTS = type_coerce(_E_PAY.facts, String)
_PAID_ONLINE = and_(
    _D.paid > 0,
    exists().where(
        _E_PAY.dossier_id == _D.id,
        _E_PAY.action == Action.PAY.value,
        or_(*(_PAYMENT_FACTS.like(f'%"method":"{method}"%') for method in ("transfer", "qr", "card"))),
    ),
)


def _uninterrupted(columns: Select[Any]) -> Select[Any]:
    """Limit a statement to dossiers whose row shows their whole past."""
    return columns.where(
        _D.winding.is_(False), _D.received_day <= _LAST, or_(_D.closed_day.is_(None), _D.closed_day >= _FIRST)
    )


def _paused_or_recalled(columns: Select[Any]) -> Select[Any]:
    """Limit a statement to dossiers read from their last event in the period."""
    later = Event.alias("later")
    last = select(func.max(later.c.id)).where(later.c.dossier_id == _D.id, later.c.occurred_day <= _LAST)
    return columns.select_from(Dossier.join(Event, _E.id == last.scalar_subquery())).where(
        _D.winding.is_(True),
        _D.received_day <= _LAST,
        or_(_D.closed_day.is_(None), _D.closed_day >= _FIRST),  # closed before the period: its events are not read
        or_(_D.outcome.is_(None), _D.outcome != Status.VOID.value),
        or_(_E.state_closed_day.is_(None), _E.state_closed_day >= _FIRST),
    )


PARTS = ((_uninterrupted, ROW_STATE), (_paused_or_recalled, EVENT_STATE))
"""The two disjoint parts of the register, each with the state it is counted from."""
_ENTERED = bindparam("entered", type_=Instant())
_LATER_ENTERED = select(_E.dossier_id).where(_E.entered_at > _ENTERED).distinct().cte("later_entered")
"""Dossiers with an event that was entered after the instant. Their row shows more than was known then."""


def _known_then(part: _Part) -> _Part:
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


PARTS_AS_OF = (*((_known_then(part), state) for part, state in PARTS), (_known_in_part, EVENT_STATE))
"""The parts of the register as it was known at an instant: events with `entered_at` up to it."""
_CLOSING = Event.alias("closing")
_SETTLED_BY = (
    select(_CLOSING.c.holder_from)
    .where(
        _CLOSING.c.dossier_id == _D.id,
        _D.closed_day.is_not(None),
        _CLOSING.c.action.in_([action.value for action in (Action.FINISH, Action.REFUSE, Action.STOP, Action.CLOSE)]),
    )
    .order_by(_CLOSING.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
GROUPS: Mapping[FigureGroup, ColumnElement[str]] = {
    FigureGroup.FIELD: _D.field,
    FigureGroup.PROCEDURE: type_coerce(_D.procedure_code, String),
    FigureGroup.HOLDER: func.coalesce(_SETTLED_BY, _D.holder),
    FigureGroup.CHANNEL: type_coerce(_D.channel, String),
    FigureGroup.MONTH: func.substr(cast(_D.received_day, String), 1, 6, type_=String),
}
"""Values of a group; a month is that of reception, `202603`."""


def _count(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return func.count().filter(condition).label(name)


def _counts(group: ColumnElement[str], state: StateAtEnd) -> Select[Any]:
    """Select the columns of Biểu II.06a by group."""
    defined = conditions(state)
    columns: list[ColumnElement[Any]] = [group.label("group"), func.count().label(FigureColumn.RECEIVED.value)]
    columns += [_count(defined[column], column.value) for column in _FORM_COLUMNS if column != FigureColumn.RECEIVED]
    return select(*columns).group_by(group)


STAYING = _D.origin == Origin.IMPORTED.value
"""Dossiers of an older register that are not sent; a partial index has them."""
_COUNTS_STAYING = [part(_counts(_D.field, state)).where(STAYING) for part, state in PARTS]
_COUNTS = {group: [part(_counts(value, state)) for part, state in PARTS] for group, value in GROUPS.items()}


@cache
def _counts_as_of(group: FigureGroup) -> Executable:
    """Return the counts as of an instant as one statement."""
    return union_all(*(part(_counts(GROUPS[group], state)) for part, state in PARTS_AS_OF))


def counts_by_group(
    work: Reading, group: FigureGroup, first: date, last: date, today: date, as_of: datetime | None = None
) -> Sequence[FieldFiguresRow]:
    """Return the columns of Biểu II.06a for each group, in parts.

    A group may occur twice; the caller adds its rows by `group`.
    In a period that has not ended, an open dossier is late only after its due day, not at the end of the period.
    With `as_of` only events entered up to that instant count.
    """
    values = period_values(first, last, today, as_of)
    statements = _COUNTS[group] if as_of is None else [_counts_as_of(group)]
    return [row for part in statements for row in work.typed_rows(FieldFiguresRow._make, part, values)]


def counts_by_field(work: Reading, first: date, last: date, today: date) -> Sequence[FieldFiguresRow]:
    """Return the columns of Biểu II.06a for each field, in parts."""
    return counts_by_group(work, FigureGroup.FIELD, first, last, today)


def counts_of_staying(work: Reading, first: date, last: date, today: date) -> Sequence[FieldFiguresRow]:
    """Return the columns by field of the dossiers that are not sent."""
    values = period_values(first, last, today)
    return [row for part in _COUNTS_STAYING for row in work.typed_rows(FieldFiguresRow._make, part, values)]


def period_values(first: date, last: date, today: date, as_of: datetime | None = None) -> dict[str, date | datetime]:
    """Return the bound values of the conditions."""
    judged = min(last, today) if as_of is None else min(last, today, local_day(as_of))
    soon = judged + timedelta(days=_NEARLY_LATE_DAYS) if judged < date.max - timedelta(days=30) else judged
    values: dict[str, date | datetime] = {"first": first, "last": last, "judged": judged, "soon": soon}
    return values if as_of is None else {**values, "entered": as_of}


LEAF_COLUMNS = (
    *(FigureColumn.RESOLVED_EARLY, FigureColumn.RESOLVED_ON_TIME, FigureColumn.RESOLVED_LATE),
    *(FigureColumn.PENDING_IN_TIME, FigureColumn.PENDING_LATE),
    *(FigureColumn.WITHDRAWN, FigureColumn.RETURNED_UNRESOLVED),
)
"""Columns of which each counted dossier has exactly one."""


@cache
def _list(column: FigureColumn, group: FigureGroup | None, as_of: bool) -> list[Select[Any]]:
    """Return the statements of a list, newest first, all parts."""
    limited = []
    for part, state in PARTS_AS_OF if as_of else PARTS:
        defined = conditions(state)
        leaf = case(*((defined[each], each.value) for each in LEAF_COLUMNS), else_="").label("column")
        statement = part(select(*LIST_COLUMNS, leaf, _D.id)).where(defined[column])
        if group is not None:
            statement = statement.where(GROUPS[group] == bindparam("value", type_=String()))
        limited.append(statement.order_by(_D.received_day.desc(), _D.id.desc()).limit(bindparam("most")))
    return limited


def dossiers_of_column(
    work: Reading,
    column: FigureColumn,
    first: date,
    last: date,
    today: date,
    *,
    as_of: datetime | None = None,
    group: FigureGroup | None = None,
    value: str = "",
    limit: int = 50,
) -> list[ListedDossierRow]:
    """Return the newest dossiers counted in a column, each once.

    With `group` those of one row, whose group has `value`.
    """
    values = {**period_values(first, last, today, as_of), "most": limit} | ({} if group is None else {"value": value})
    statements = _list(column, group, as_of is not None)
    parts = [work.typed_rows(ListedDossierRow.from_row, part, values) for part in statements]
    return list(islice(merge(*parts, key=_newest_first), limit))


def _newest_first(row: ListedDossierRow) -> tuple[int, int]:
    return -local_day(row.line.received_at).toordinal(), -row.id
