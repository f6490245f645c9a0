"""Counts for the statutory tables, straight from the register (Biểu II.06a/VPCP/KSTT; columns in docs).

A dossier whose row still tells its whole past is counted from one covering index; one with a winding past (a
supplement, a result taken back) is counted as it stood after its last event within the period."""

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
    """One table's columns by group, from how each dossier stood at the end of the period."""
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


def _straight_dossiers(group: ColumnElement[Any]) -> Select[Any]:
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
            or_(_D.closed_day.is_(None), _D.closed_day >= _FIRST),  # ended before for good: its events need no look
            or_(_D.outcome.is_(None), _D.outcome != Status.VOID.value),
            or_(_E.state_closed_day.is_(None), _E.state_closed_day >= _FIRST),
        )
    )


_BY_FIELD = (_straight_dossiers(_D.field), _paused_or_recalled_dossiers(_D.field))


def counts_by_field(work: Reading, first: date, last: date, today: date) -> Sequence[FieldFiguresRow]:
    """The columns of Biểu 06a for each field, in two parts to be added up by `group`. In a period still running an open
    dossier is late only once its day has gone by, not because the period ends after it."""
    values = {"first": first, "last": last, "judged": min(last, today)}
    return [row for part in _BY_FIELD for row in work.typed_rows(FieldFiguresRow._make, part, values)]
