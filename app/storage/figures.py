"""Counts for Biểu II.06a/VPCP/KSTT, computed from the register.

A dossier without a pause or a recall is counted from its row, by one covering index.
A dossier with one (a supplement asked, a result taken back) has `winding` set.
It is counted from its last event within the period.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, or_, select

from app.models.dossier import Dossier
from app.models.enums import Channel, Status
from app.models.journal import Event
from app.models.mapping import Day
from app.storage.rows import FieldFiguresRow
from app.storage.uow import Reading

_D = Dossier.c
_E = Event.c
_FIRST, _LAST = bindparam("first", type_=Day()), bindparam("last", type_=Day())
_AS_OF = bindparam("judged", type_=Day())


def _count(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return func.count().filter(condition).label(name)


def _counts(
    group: ColumnElement[Any],
    closed: ColumnElement[Any],
    outcome: ColumnElement[Any],
    due: ColumnElement[Any],
    waiting: ColumnElement[bool],
) -> Select[Any]:
    """Select the columns by group, from the state at the end of the period."""
    in_period = _D.received_day >= _FIRST
    online = _D.channel == Channel.ONLINE.value
    ended = and_(closed.is_not(None), closed <= _LAST)
    resolved = and_(ended, outcome == Status.FINISHED.value)
    late = and_(due.is_not(None), closed > due)
    early = and_(due.is_not(None), closed < due)
    overdue = and_(due.is_not(None), due < _AS_OF, ~waiting)
    return select(
        group.label("group"),
        func.count().label("received"),
        _count(and_(in_period, online), "received_online"),
        _count(and_(in_period, ~online), "received_direct_post"),
        _count(~in_period, "carried_over"),
        _count(resolved, "resolved"),
        _count(and_(resolved, early), "resolved_early"),
        _count(and_(resolved, ~late, ~early), "resolved_on_time"),
        _count(and_(resolved, late), "resolved_late"),
        _count(~ended, "pending"),
        _count(and_(~ended, ~overdue), "pending_in_time"),
        _count(and_(~ended, overdue), "pending_late"),
        _count(and_(ended, outcome.in_((Status.STOPPED.value, Status.WITHDRAWN.value))), "withdrawn"),
        _count(and_(ended, outcome.in_((Status.REFUSED.value, Status.CLOSED.value))), "returned_unresolved"),
    ).group_by(group)


def _uninterrupted_dossiers(group: ColumnElement[Any]) -> Select[Any]:
    return _counts(group, _D.closed_day, _D.outcome, _D.original_due_day, literal(False)).where(
        _D.winding.is_(False), _D.received_day <= _LAST, or_(_D.closed_day.is_(None), _D.closed_day >= _FIRST)
    )


def _paused_or_recalled_dossiers(group: ColumnElement[Any]) -> Select[Any]:
    later = Event.alias("later")
    last = select(func.max(later.c.id)).where(later.c.dossier_id == _D.id, later.c.occurred_day <= _LAST)
    waiting = _E.status.in_((Status.SUPPLEMENT_ASKED.value, Status.PAYMENT_DUE.value))
    return (
        _counts(group, _E.state_closed_day, _E.state_outcome, _E.state_due_day, waiting)
        .select_from(Dossier.join(Event, _E.id == last.scalar_subquery()))
        .where(
            _D.winding.is_(True),
            _D.received_day <= _LAST,
            or_(_D.closed_day.is_(None), _D.closed_day >= _FIRST),  # closed before the period: its events are not read
            or_(_D.outcome.is_(None), _D.outcome != Status.VOID.value),
            or_(_E.state_closed_day.is_(None), _E.state_closed_day >= _FIRST),
        )
    )


_BY_FIELD = (_uninterrupted_dossiers(_D.field), _paused_or_recalled_dossiers(_D.field))


def counts_by_field(work: Reading, first: date, last: date, today: date) -> Sequence[FieldFiguresRow]:
    """Return the columns of Biểu II.06a for each field, in parts.

    A field may occur twice; the caller adds its rows by `group`.
    In a period that has not ended, an open dossier is late only after its due day, not at the end of the period.
    """
    values = {"first": first, "last": last, "judged": min(last, today)}
    return [row for part in _BY_FIELD for row in work.typed_rows(FieldFiguresRow._make, part, values)]
