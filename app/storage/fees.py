"""Statements on payments and on dossiers that may owe a fee."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, bindparam, cast, func, literal_column, select

from app.models.dossier import Dossier, Party
from app.models.enums import Status
from app.models.journal import Event
from app.models.mapping import Instant
from app.models.office import ProcedureVersion
from app.storage.rows import ChargedDossierRow, PaymentRow, ReliefRow
from app.storage.uow import Reading

_D, _E = Dossier.c, Event.c
# Literals, because a bound value does not use the partial indexes.
_PAY_ACTION: ColumnElement[str] = literal_column("'pay'")
_REFUND_ACTION: ColumnElement[str] = literal_column("'refund'")
_UNDO_ACTION: ColumnElement[str] = literal_column("'undo'")
_IN_PERIOD = _E.occurred_day.between(bindparam("first"), bindparam("last"))
_ENTERED = bindparam("entered", type_=Instant())
_BEFORE, _EARLIER = Event.alias("before"), Event.alias("earlier")
_SUBMITTER = Party.alias("submitter")
_LAST_BEFORE = (
    select(func.max(_EARLIER.c.id))
    .where(_EARLIER.c.dossier_id == _E.dossier_id, _EARLIER.c.action == _PAY_ACTION, _EARLIER.c.id < _E.id)
    .scalar_subquery()
)
_MONEY = (
    select(
        _E.id,
        _E.uuid,
        _E.action,
        _E.dossier_id,
        _E.occurred_at,
        _E.actor,
        _E.facts,
        _BEFORE.c.facts.label("before"),
        _D.code,
        _D.procedure_code,
        ProcedureVersion.c.name.label("procedure_name"),
        _D.applicant_name,
        _SUBMITTER.c.name.label("submitter_name"),
        _D.outcome,
    )
    .join(Dossier, _D.id == _E.dossier_id)
    .join(ProcedureVersion, ProcedureVersion.c.id == _D.procedure_version_id)
    .join(_SUBMITTER, (_SUBMITTER.c.dossier_id == _D.id) & (_SUBMITTER.c.role == "submitter"), isouter=True)
    .join(_BEFORE, _BEFORE.c.id == _LAST_BEFORE, isouter=True)
    .where(_IN_PERIOD)
    .order_by(_E.id)
)
_PAYMENTS, _REFUNDS = _MONEY.where(_E.action == _PAY_ACTION), _MONEY.where(_E.action == _REFUND_ACTION)
_UNDONE = select(_E.facts).where(_E.action == _UNDO_ACTION, _IN_PERIOD)
_ALL_RECEIVED = (
    select(
        _D.id,
        _D.code,
        _D.applicant_name,
        _D.fee,
        _D.outcome,
        _D.closed_day,
        ProcedureVersion.c.name.label("procedure_name"),
    )
    .join(ProcedureVersion, ProcedureVersion.c.id == _D.procedure_version_id)
    .where(_D.received_day.between(bindparam("first"), bindparam("last")))
    .order_by(_D.id)
)
_RECEIVED = _ALL_RECEIVED.where(_D.outcome.is_distinct_from(Status.VOID.value), _D.fee.is_(None) | (_D.fee > 0))


_RELIEVED = (
    select(_D.code, _D.applicant_name, ProcedureVersion.c.name.label("procedure_name"), _E.uuid, _E.facts)
    .join(Event, _E.dossier_id == _D.id)
    .join(ProcedureVersion, ProcedureVersion.c.id == _D.procedure_version_id)
    .where(
        _D.received_day.between(bindparam("first"), bindparam("last")),
        (_E.action.in_(("intake", "amend")) & cast(_E.facts, Text).contains('"relief":')) | (_E.action == "undo"),
    )
    .order_by(_E.id)
)
_PRESENT_RELIEVED = _RELIEVED.where(_D.outcome.is_distinct_from(Status.VOID.value))
_OWN_EVENTS = _E.entered_at <= _ENTERED


def payments(work: Reading, first: date, last: date, as_of: datetime | None) -> Sequence[PaymentRow]:
    """Return the payments and refunds of a period, in order.

    Undone ones are left out. `before` holds the facts of the previous payment of the same dossier, None for the
    first. With `as_of` they are those entered up to that instant.
    """
    values = {"first": first, "last": last}
    rows = [
        row
        for statement in (_PAYMENTS, _REFUNDS)
        for row in work.typed_rows(PaymentRow._make, *_entered(statement, values, as_of))
    ]
    undone = _undone_uuids(work, first, last, as_of)
    return sorted(row for row in rows if row.uuid not in undone)


def _entered(
    statement: Select[Any], values: Mapping[str, Any], as_of: datetime | None
) -> tuple[Select[Any], Mapping[str, Any]]:
    """Return a statement on events limited to those entered up to an instant."""
    return (statement, values) if as_of is None else (statement.where(_OWN_EVENTS), {**values, "entered": as_of})


def _undone_uuids(work: Reading, first: date, last: date, as_of: datetime | None) -> set[str]:
    """Return the uuids of events undone in a period or the day after."""
    after = last + timedelta(days=1) if last < date.max else last
    rows = work.rows(*_entered(_UNDONE, {"first": first, "last": after}, as_of))
    return {uuid for row in rows for uuid in row.facts.get("undone", ())}


def relieved(work: Reading, first: date, last: date, as_of: datetime | None) -> Sequence[ReliefRow]:
    """Return the facts of the reliefs of the dossiers of a period, and undos.

    The last facts of a dossier come last. With `as_of` they are those entered up to that instant, also of dossiers
    that are void now.
    """
    statement = _PRESENT_RELIEVED if as_of is None else _RELIEVED
    return work.typed_rows(ReliefRow._make, *_entered(statement, {"first": first, "last": last}, as_of))


def possibly_unpaid(work: Reading, first: date, last: date) -> Sequence[ChargedDossierRow]:
    """Return the dossiers of a period with a fee or with an unknown fee.

    Void dossiers are left out.
    """
    return work.typed_rows(ChargedDossierRow._make, _RECEIVED, {"first": first, "last": last})


def charged_dossiers(work: Reading, first: date, last: date) -> Sequence[ChargedDossierRow]:
    """Return all dossiers of a period, whose fee and end may have changed."""
    return work.typed_rows(ChargedDossierRow._make, _ALL_RECEIVED, {"first": first, "last": last})
