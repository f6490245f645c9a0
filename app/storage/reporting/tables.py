"""Statements of the reports besides Biểu II.06a, on the same conditions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, and_, bindparam, func, select, type_coerce

from app.models.dossier import Dossier
from app.models.enums import FigureColumn, FigureGroup, Status
from app.models.mapping import Day
from app.models.office import ProcedureVersion
from app.models.reports import DossierLateReason, LateReason
from app.storage.figures import GROUPS, PARTS, StateAtEnd, conditions, period_values
from app.storage.reporting.rows import CertifiedRow, DueCountRow, HourRow, LateDossierRow, ShareCountsRow, TimeRow
from app.storage.uow import Reading

_D = Dossier.c
_FIRST, _LAST = bindparam("first", type_=Day()), bindparam("last", type_=Day())
_LAST_REASON = (
    select(LateReason.c.name)
    .join(DossierLateReason, DossierLateReason.c.reason_id == LateReason.c.id)
    .where(DossierLateReason.c.dossier_id == _D.id)
    .order_by(DossierLateReason.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_SHARES = tuple(FigureColumn(name) for name in ShareCountsRow._fields[1:])


def _late(column: FigureColumn) -> list[Select[Any]]:
    statements = []
    for part, state in PARTS:
        selected = select(
            _D.id,
            _D.code,
            _D.applicant_name,
            _D.field,
            ProcedureVersion.c.name.label("procedure_name"),
            GROUPS[FigureGroup.HOLDER].label("holder"),
            _D.received_day,
            type_coerce(state.due, Day()).label("due_day"),
            type_coerce(state.closed, Day()).label("closed_day"),
            _D.apologised,
            _LAST_REASON.label("reason"),
        )
        statements.append(
            part(selected).where(conditions(state)[column], ProcedureVersion.c.id == _D.procedure_version_id)
        )
    return statements


_LATE = {column: _late(column) for column in (FigureColumn.LATE, FigureColumn.NEARLY_LATE)}


def late_dossiers(work: Reading, first: date, last: date, today: date) -> Sequence[LateDossierRow]:
    """Return the late dossiers of a period, resolved or open at its end.

    `closed_day` may be after the period; the dossier is then open at its end.
    """
    return _dossiers(work, FigureColumn.LATE, first, last, today)


def nearly_late_dossiers(work: Reading, first: date, last: date, today: date) -> Sequence[LateDossierRow]:
    """Return the open dossiers due within three days after the period."""
    return _dossiers(work, FigureColumn.NEARLY_LATE, first, last, today)


def _dossiers(work: Reading, column: FigureColumn, first: date, last: date, today: date) -> list[LateDossierRow]:
    values = period_values(first, last, today)
    return [row for part in _LATE[column] for row in work.typed_rows(LateDossierRow._make, part, values)]


def _shares(group: ColumnElement[str], state: StateAtEnd) -> Select[Any]:
    defined = conditions(state)
    columns: list[ColumnElement[Any]] = [group.label("group")]
    columns += [func.count().filter(defined[column]).label(column.value) for column in _SHARES]
    return select(*columns).where(_D.received_day >= _FIRST).group_by(group)


_SHARE_COUNTS: dict[FigureGroup, list[Select[Any]]] = {
    group: [part(_shares(value, state)) for part, state in PARTS]
    for group, value in GROUPS.items()
    if group is not FigureGroup.HOLDER
}


def share_counts(work: Reading, group: FigureGroup, first: date, last: date, today: date) -> Sequence[ShareCountsRow]:
    """Return counts of channels and services of the dossiers of a period.

    A group may occur twice; the caller adds its rows.
    """
    values = period_values(first, last, today)
    return [row for part in _SHARE_COUNTS[group] for row in work.typed_rows(ShareCountsRow._make, part, values)]


_RESOLVED_ROW = and_(_D.outcome == Status.FINISHED.value, _D.closed_day.between(_FIRST, _LAST))
_TIMES = (
    select(
        type_coerce(_D.procedure_code, String).label("procedure_code"),
        _D.received_day,
        type_coerce(_D.original_due_day, Day()).label("due_day"),
        type_coerce(_D.closed_day, Day()).label("closed_day"),
        func.count().label("dossiers"),
    )
    .where(_D.winding.is_(False), _D.outcome == Status.FINISHED.value, _D.closed_day.between(_FIRST, _LAST))
    .group_by(_D.procedure_code, _D.received_day, _D.original_due_day, _D.closed_day)
)


def processing_days(work: Reading, first: date, last: date) -> Sequence[TimeRow]:
    """Return the days of dossiers resolved in a period without interruption."""
    return work.typed_rows(TimeRow._make, _TIMES, {"first": first, "last": last})


_CERTIFIED = (
    select(
        type_coerce(_D.procedure_code, String).label("procedure_code"),
        func.count().label("dossiers"),
        func.sum(_D.quantity).label("quantity"),
        func.sum(_D.paid).label("paid"),
    )
    .where(_RESOLVED_ROW, type_coerce(_D.procedure_code, String).in_(bindparam("codes", expanding=True)))
    .group_by(_D.procedure_code)
)


def certified_counts(work: Reading, codes: Sequence[str], first: date, last: date) -> Sequence[CertifiedRow]:
    """Return dossiers, quantities and payments, by procedure."""
    return work.typed_rows(CertifiedRow._make, _CERTIFIED, {"codes": list(codes), "first": first, "last": last})


_DUE = (
    select(_D.holder, func.count().label("dossiers"))
    .where(_D.status.in_((Status.RECEIVED.value, Status.PROCESSING.value)), _D.due_day.between(_FIRST, _LAST))
    .group_by(_D.holder)
)


_LOCAL_SECONDS = type_coerce(_D.received_at, Integer) + 7 * 3600
_WEEKDAY = (_LOCAL_SECONDS // 86_400 + 3) % 7  # 01/01/1970 was a Thursday
_HOUR = _LOCAL_SECONDS // 3600 % 24
_HOURS = (
    select(_WEEKDAY.label("weekday"), _HOUR.label("hour"), func.count().label("dossiers"))
    .where(_D.received_day.between(_FIRST, _LAST), _D.status != Status.VOID.value)
    .group_by(_WEEKDAY, _HOUR)
)


def reception_hours(work: Reading, first: date, last: date) -> Sequence[HourRow]:
    """Return the dossiers received in a period by weekday and hour."""
    return work.typed_rows(HourRow._make, _HOURS, {"first": first, "last": last})


def due_by_holder(work: Reading, first: date, last: date) -> Sequence[DueCountRow]:
    """Return the number of dossiers in progress due in a period, by holder."""
    return work.typed_rows(DueCountRow._make, _DUE, {"first": first, "last": last})
