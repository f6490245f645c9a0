"""Statements of the reports besides Biểu II.06a, on the same conditions."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, String, and_, bindparam, exists, func, literal, or_, select, type_coerce
from sqlalchemy import cast as sql_cast

from app.models.dossier import Dossier
from app.models.enums import Action, FigureColumn, FigureGroup, Status
from app.models.journal import Event
from app.models.mapping import Day, Instant
from app.models.office import ProcedureVersion
from app.models.reports import DossierLateReason, LateReason
from app.storage.dossiers import LIST_COLUMNS, OPEN_STATES
from app.storage.reporting.parts import ROW_STATE, StateAtEnd, conditions, group_value, parts
from app.storage.reporting.period import FigurePeriod
from app.storage.reporting.rows import CertifiedRow, DossierGroupsRow, HourRow, LateDossierRow, TimeRow
from app.storage.rows import DossierListRow, HolderCountRow
from app.storage.uow import Reading

_D = Dossier.c
_FIRST, _LAST = bindparam("first", type_=Day()), bindparam("last", type_=Day())
_ENTERED = bindparam("entered", type_=Instant())


def _last_reason(as_of: bool) -> Any:
    """Select the reason of a late dossier that was entered last."""
    reason = (
        select(LateReason.c.name)
        .join(DossierLateReason, DossierLateReason.c.reason_id == LateReason.c.id)
        .where(DossierLateReason.c.dossier_id == _D.id)
    )
    if as_of:
        reason = reason.where(DossierLateReason.c.entered_at <= _ENTERED)
    return reason.order_by(DossierLateReason.c.id.desc()).limit(1).scalar_subquery()


@cache
def _late(column: FigureColumn, as_of: bool) -> tuple[Select[Any], ...]:
    statements = []
    for part, state in parts(listed=True, as_of=as_of):
        selected = select(
            _D.id,
            _D.code,
            _D.applicant_name,
            _D.field,
            type_coerce(_D.procedure_code, String).label("procedure_code"),
            ProcedureVersion.c.name.label("procedure_name"),
            type_coerce(_D.channel, String).label("channel"),
            state.holder.label("holder"),
            _D.received_day,
            type_coerce(state.due, Day()).label("due_day"),
            type_coerce(state.closed, Day()).label("closed_day"),
            state.apologised.label("apologised"),
            _last_reason(as_of).label("reason"),
        )
        statements.append(
            part(selected).where(conditions(state)[column], ProcedureVersion.c.id == _D.procedure_version_id)
        )
    return tuple(statements)


def late_dossiers(work: Reading, period: FigurePeriod) -> Sequence[LateDossierRow]:
    """Return the late dossiers of a period, resolved or open at its end.

    `closed_day` may be after the period; the dossier is then open at its end.
    """
    return _dossiers(work, FigureColumn.LATE, period)


def nearly_late_dossiers(work: Reading, period: FigurePeriod) -> Sequence[LateDossierRow]:
    """Return the open dossiers due within three days after the period."""
    return _dossiers(work, FigureColumn.NEARLY_LATE, period)


def _dossiers(work: Reading, column: FigureColumn, period: FigurePeriod) -> list[LateDossierRow]:
    statements = _late(column, period.as_of is not None)
    return [row for part in statements for row in work.typed_rows(LateDossierRow._make, part, period.values())]


@cache
def _times(group: FigureGroup, as_of: bool) -> tuple[Select[Any], ...]:
    return tuple(
        part(_times_of(group, state)).where(conditions(state)[FigureColumn.UNINTERRUPTED])
        for part, state in parts(listed=True, as_of=as_of)
    )


def _times_of(group: FigureGroup, state: StateAtEnd) -> Select[Any]:
    value = group_value(group, state)
    days = (_D.received_day, type_coerce(state.due, Day()), type_coerce(state.closed, Day()))
    names = ("received_day", "due_day", "closed_day")
    labelled = (day.label(name) for day, name in zip(days, names, strict=True))
    return select(value.label("group"), *labelled, func.count().label("dossiers")).group_by(value, *days)


_PRESENT_TIMES = (
    select(
        type_coerce(_D.procedure_code, String).label("group"),
        _D.received_day,
        type_coerce(_D.original_due_day, Day()).label("due_day"),
        type_coerce(_D.closed_day, Day()).label("closed_day"),
        func.count().label("dossiers"),
    )
    .where(_D.winding.is_(False), _D.outcome == Status.FINISHED.value, _D.closed_day.between(_FIRST, _LAST))
    .group_by(_D.procedure_code, _D.received_day, _D.original_due_day, _D.closed_day)
)
"""The times by procedure as they are now, from one covering index of the day of closing."""


def processing_days(work: Reading, group: FigureGroup, period: FigurePeriod) -> Sequence[TimeRow]:
    """Return the days of dossiers resolved in a period without interruption.

    A combination may occur twice; the caller adds them.
    """
    values = period.values()
    if group is FigureGroup.PROCEDURE and period.as_of is None:
        return work.typed_rows(TimeRow._make, _PRESENT_TIMES, values)
    statements = _times(group, period.as_of is not None)
    return [row for part in statements for row in work.typed_rows(TimeRow._make, part, values)]


_PAGED, _UNDO = Event.alias("paged"), Event.alias("undo")
_PAGES_OF_EVENT = func.coalesce(
    func.json_extract(type_coerce(_PAGED.c.facts, String), "$.fee_facts.pages"),
    func.json_extract(type_coerce(_PAGED.c.facts, String), "$.pages"),
)


def _pages(as_of: bool) -> Any:
    """Select the pages of one original, as last corrected and not undone."""
    undone = exists().where(
        _UNDO.c.dossier_id == _PAGED.c.dossier_id,
        _UNDO.c.action == Action.UNDO.value,
        type_coerce(_UNDO.c.facts, String).like(literal("%") + _PAGED.c.uuid + literal("%")),
    )
    undone = undone.where(_UNDO.c.entered_at <= _ENTERED) if as_of else undone
    pages = select(_PAGES_OF_EVENT).where(
        _PAGED.c.dossier_id == _D.id,
        _PAGED.c.action.in_((Action.INTAKE.value, Action.AMEND.value)),
        _PAGES_OF_EVENT.is_not(None),
        ~undone,
    )
    if as_of:
        pages = pages.where(_PAGED.c.entered_at <= _ENTERED)
    return sql_cast(pages.order_by(_PAGED.c.id.desc()).limit(1).scalar_subquery(), Integer)


@cache
def _certified(group: FigureGroup, as_of: bool) -> tuple[Select[Any], ...]:
    return tuple(_certified_part(group, as_of, part, state) for part, state in parts(listed=True, as_of=as_of))


def _certified_part(group: FigureGroup, as_of: bool, part: Any, state: StateAtEnd) -> Select[Any]:
    code = type_coerce(_D.procedure_code, String)
    dossiers: Any = part(
        select(
            group_value(group, state).label("group"),
            code.label("procedure_code"),
            _D.quantity,
            state.money.label("paid"),
            _pages(as_of).label("pages"),
        )
    ).where(conditions(state)[FigureColumn.RESOLVED], code.in_(bindparam("codes", expanding=True)))
    each = dossiers.subquery("certified").c
    return select(
        each.group,
        each.procedure_code,
        func.count().label("dossiers"),
        func.sum(each.quantity).label("quantity"),
        func.coalesce(func.sum(each.quantity * each.pages), 0).label("pages"),
        func.count().filter(each.pages.is_(None)).label("without_pages"),
        func.sum(each.paid).label("paid"),
    ).group_by(each.group, each.procedure_code)


def certified_counts(
    work: Reading, codes: Sequence[str], group: FigureGroup, period: FigurePeriod
) -> Sequence[CertifiedRow]:
    """Return the certified work by group and procedure.

    A combination may occur twice; the caller adds them.
    """
    values = {**period.values(), "codes": list(codes)}
    statements = _certified(group, period.as_of is not None)
    return [row for part in statements for row in work.typed_rows(CertifiedRow._make, part, values)]


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


def _open(state: StateAtEnd) -> Select[Any]:
    promised = type_coerce(state.promised, Day()).label("due_day")
    return select(state.place.label("holder"), state.status.label("status"), promised, func.count().label("dossiers"))


@cache
def _open_then() -> tuple[Select[Any], ...]:
    return tuple(
        part(_open(state))
        .where(and_(state.status.in_(OPEN_STATES), or_(state.closed.is_(None), state.status == Status.FINISHED.value)))
        .group_by(state.place, state.status, state.promised)
        for part, state in parts(listed=True, as_of=True)
    )


def open_by_holder_then(work: Reading, as_of: datetime, today: date) -> Sequence[HolderCountRow]:
    """Return the open dossiers of an instant by holder, status and due day.

    A combination may occur twice; the caller adds them.
    """
    values = FigurePeriod(date.min, date.max, today, as_of).values()
    return [row for part in _open_then() for row in work.typed_rows(HolderCountRow._make, part, values)]


_MANY = 500
"""Values of one `IN`."""
_GROUPS_OF = select(
    _D.code,
    _D.field,
    type_coerce(_D.procedure_code, String).label("procedure_code"),
    type_coerce(_D.channel, String).label("channel"),
    group_value(FigureGroup.HOLDER, ROW_STATE).label("holder"),
).where(_D.code.in_(bindparam("codes", expanding=True)))


def groups_of_dossiers(work: Reading, codes: Sequence[str]) -> dict[str, DossierGroupsRow]:
    """Return the groups of some dossiers by code."""
    distinct = list(dict.fromkeys(codes))
    rows: dict[str, DossierGroupsRow] = {}
    for first in range(0, len(distinct), _MANY):
        some = {"codes": distinct[first : first + _MANY]}
        rows |= {row.code: row for row in work.typed_rows(DossierGroupsRow._make, _GROUPS_OF, some)}
    return rows


_LISTED = select(*LIST_COLUMNS).where(_D.code.in_(bindparam("codes", expanding=True)))


def dossiers_of_codes(work: Reading, codes: Sequence[str]) -> list[DossierListRow]:
    """Return some dossiers as rows of a list, newest first."""
    rows: list[DossierListRow] = []
    for first in range(0, len(codes), _MANY):
        rows += work.typed_rows(DossierListRow._make, _LISTED, {"codes": list(codes[first : first + _MANY])})
    return sorted(rows, key=lambda row: (row.received_at, row.code), reverse=True)
