"""Dossiers, money and opinions as they were known at an instant.

A dossier without an event entered after the instant is read from its row, any other one from its events up to it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Select, and_, bindparam, case, exists, literal, or_, select, type_coerce

from app.models.citizens import Feedback, Rating
from app.models.dossier import Dossier
from app.models.enums import Action, Channel, SatisfactionFace, Status
from app.models.journal import Event
from app.models.mapping import Day, Instant
from app.models.office import ProcedureVersion
from app.storage.reporting.rows import DossierEventRow, EndedRow, ReceivedThenRow, SettledThenRow
from app.storage.uow import Reading

_D, _E = Dossier.c, Event.c
_FIRST, _LAST = bindparam("first", type_=Day()), bindparam("last", type_=Day())
_ENTERED = bindparam("entered", type_=Instant())
_MANY = 500
"""Values of one `IN`."""
_LATER, _OTHER = Event.alias("later"), Event.alias("other")
_EVENTS = (
    select(_D.code, Event)
    .join(Event, _E.dossier_id == _D.id)
    .where(
        _D.code.in_(bindparam("codes", expanding=True)),
        _E.action != Action.RESTATE.value,
        exists().where(_LATER.c.dossier_id == _D.id, _LATER.c.entered_at > _ENTERED),
    )
    .order_by(_D.id, _E.id)
)


def events_of_changed(work: Reading, codes: Sequence[str], as_of: datetime) -> list[DossierEventRow]:
    """Return all events of those dossiers that were changed after an instant.

    The events of a dossier follow each other in order.
    """
    distinct = list(dict.fromkeys(codes))
    rows: list[DossierEventRow] = []
    for first in range(0, len(distinct), _MANY):
        values = {"codes": distinct[first : first + _MANY], "entered": as_of}
        rows += work.typed_rows(DossierEventRow.from_row, _EVENTS, values)
    return rows


_CHANGED = select(_E.dossier_id).where(_E.entered_at > _ENTERED).distinct().cte("changed_later")
_LAST_KNOWN = (
    select(_OTHER.c.id)
    .where(_OTHER.c.dossier_id == _CHANGED.c.dossier_id, _OTHER.c.entered_at <= _ENTERED)
    .order_by(_OTHER.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_IS_UNCHANGED = _D.id.not_in(select(_CHANGED.c.dossier_id))
_WITH_LAST_EVENT = _CHANGED.join(Event, _E.id == _LAST_KNOWN).join(Dossier, _D.id == _E.dossier_id)
_IS_DISLIKED = or_(
    exists().where(
        Rating.c.dossier_id == _D.id,
        Rating.c.face == SatisfactionFace.DISSATISFIED.value,
        Rating.c.rated_at <= _ENTERED,
    ),
    exists().where(Feedback.c.dossier_id == _D.id, Feedback.c.received_at <= _ENTERED),
)


def _flag(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return type_coerce(case((condition, 1), else_=0), Boolean)


def _settled(
    closed: ColumnElement[Any], due: ColumnElement[Any], outcome: ColumnElement[Any], status: ColumnElement[Any]
) -> Select[Any]:
    is_late = and_(outcome == Status.FINISHED.value, due.is_not(None), closed > due)
    return select(_D.code, _flag(or_(is_late, _IS_DISLIKED)).label("unsatisfactory")).where(
        closed.between(_FIRST, _LAST), status != Status.VOID.value
    )


_SETTLED = (
    _settled(_D.closed_day, _D.original_due_day, _D.outcome, _D.status).where(_IS_UNCHANGED),
    _settled(_E.state_closed_day, _E.state_due_day, _E.state_outcome, _E.status).select_from(_WITH_LAST_EVENT),
)


def settled_then(work: Reading, first: date, last: date, as_of: datetime) -> list[SettledThenRow]:
    """Return the dossiers settled in a period, as known at an instant."""
    values = {"first": first, "last": last, "entered": as_of}
    return [row for part in _SETTLED for row in work.typed_rows(SettledThenRow._make, part, values)]


_KNOWN, _VOIDED = Event.alias("known"), Event.alias("voided")
_RECEIVED = select(_D.code, _flag(_D.channel == Channel.ONLINE.value).label("online")).where(
    _D.received_day.between(_FIRST, _LAST),
    exists().where(_KNOWN.c.dossier_id == _D.id, _KNOWN.c.entered_at <= _ENTERED),
    or_(
        _D.status != Status.VOID.value,
        ~exists().where(
            _VOIDED.c.dossier_id == _D.id, _VOIDED.c.action == Action.VOID.value, _VOIDED.c.entered_at <= _ENTERED
        ),
    ),
)


def received_then(work: Reading, first: date, last: date, as_of: datetime) -> list[ReceivedThenRow]:
    """Return the dossiers received in a period, as known at an instant."""
    values = {"first": first, "last": last, "entered": as_of}
    return work.typed_rows(ReceivedThenRow._make, _RECEIVED, values)


_RETURN = Event.alias("returned")
_RETURNED_AT = (
    select(_RETURN.c.occurred_at)
    .where(_RETURN.c.dossier_id == _D.id, _RETURN.c.action == Action.RETURN.value, _RETURN.c.entered_at <= _ENTERED)
    .order_by(_RETURN.c.id.desc())
    .limit(1)
    .scalar_subquery()
)


def _ended(closed: ColumnElement[Any], outcome: ColumnElement[Any], returned: ColumnElement[Any]) -> Select[Any]:
    return select(
        _D.id,
        _D.code,
        _D.procedure_code,
        ProcedureVersion.c.name.label("procedure_name"),
        _D.field,
        type_coerce(closed, Day()).label("closed_day"),
        type_coerce(outcome, _D.outcome.type).label("outcome"),
        type_coerce(returned, Instant()).label("returned_at"),
    ).where(
        ProcedureVersion.c.id == _D.procedure_version_id,
        closed <= _LAST,
        outcome != Status.VOID.value,
    )


_ENDED = (
    _ended(_D.closed_day, _D.outcome, _D.returned_at).where(_IS_UNCHANGED),
    _ended(
        _E.state_closed_day,
        _E.state_outcome,
        case((_E.status == Status.RETURNED.value, _RETURNED_AT), else_=literal(None)),
    ).select_from(_WITH_LAST_EVENT),
)


def ended_then(work: Reading, last: date, as_of: datetime) -> list[EndedRow]:
    """Return the dossiers that ended up to a day, as known at an instant.

    The earliest come first.
    """
    values = {"last": last, "entered": as_of}
    rows = [row for part in _ENDED for row in work.typed_rows(EndedRow._make, part, values)]
    return sorted(rows, key=attrgetter("closed_day", "id"))
