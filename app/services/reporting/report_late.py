"""Late dossiers as reports: overdue list, reasons, Biểu II.07b."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from operator import attrgetter

from app.models.calendar import WorkCalendar
from app.models.enums import FigureGroup
from app.models.values.order import vietnamese_key
from app.models.workdays import working_days_between
from app.printing.documents.report import (
    ColumnKind,
    Report,
    ReportCheck,
    ReportColumn,
    ReportFact,
    ReportSection,
    Row,
    Value,
)
from app.services.acts.known_then import rows_then
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.reporting.columns import column, day, percent, text
from app.services.reporting.figures_06a import Report06a, figures_by_group
from app.services.reporting.groups import group_labels, in_order, label_columns, label_key, value_of
from app.services.reporting.query import ReportQuery
from app.storage import office_settings
from app.storage.reporting.period import FigurePeriod
from app.storage.reporting.rows import LateDossierRow
from app.storage.reporting.tables import late_dossiers, nearly_late_dossiers
from app.storage.uow import Reading
from app.wording.reports import tables as words
from app.wording.reports.form_06a import GROUP_HEADS

LATE_DAYS = "report_late_days"
"""Setting: working days late from which a dossier is listed for the head."""
_LATE_DAYS = 5


def report_overdue(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the late and nearly late dossiers of a period.

    Open dossiers late by more than `days` working days are listed again for the head.
    """
    first, last = query.first, query.last
    calendar = work_calendar(work, context.office, context.today)
    period = query.period(context.today)
    judged = period.judged
    late_rows = _named_then(late_dossiers(work, period), query, work)
    near = _named_then(nearly_late_dossiers(work, period), query, work)
    late = [_late_row(row, last, judged, calendar) for row in late_rows]
    late.sort(key=lambda row: (-int(str(row["days_late"])), str(row["due_day"]), str(row["code"])))
    soon = [_soon_row(row, judged, calendar) for row in near]
    soon.sort(key=lambda row: (str(row["due_day"]), str(row["code"])))
    days = _escalation_days(query.days, work)
    escalated = [row for row in late if row["state"] == words.OPEN and int(str(row["days_late"])) > days]
    columns = _dossier_columns("days_late")
    return Report(
        name=query.name,
        title=words.TITLES["overdue"],
        first=first,
        last=last,
        sections=(
            ReportSection("rows", columns, tuple(late), tab="Quá hạn"),
            ReportSection("nearly_late", _soon_columns(), tuple(soon), title=words.NEARLY_LATE, tab="Sắp quá hạn"),
            ReportSection("escalated", columns, tuple(escalated), title=words.escalation_title(days), tab="Trình"),
            *(() if query.group is None else (_groups(query.group, late_rows, near, last, work),)),
        ),
        facts=(
            ReportFact("late", words.HEADINGS["late"], len(late), listed=True),
            ReportFact(
                "apologised", words.HEADINGS["apologised"], sum(bool(row["apologised"]) for row in late), listed=True
            ),
            ReportFact("escalation_days", "Trình thủ trưởng khi trễ quá (ngày làm việc)", days),
        ),
        checks=_late_check(query, context, work, len(late)),
    )


def _named_then(rows: Sequence[LateDossierRow], query: ReportQuery, work: Reading) -> Sequence[LateDossierRow]:
    """Return the dossiers with the names of their applicants known then."""
    return rows_then(
        rows,
        attrgetter("code"),
        lambda row, dossier, _: row._replace(applicant_name=dossier.name("applicant", row.applicant_name)),
        query.as_of,
        work,
    )


def _escalation_days(days: int | None, work: Reading) -> int:
    return days if days is not None else int(office_settings.setting(work, LATE_DAYS) or _LATE_DAYS)


def escalated_until(days: int | None, period: FigurePeriod, context: Context, work: Reading) -> date:
    """Return the last due day of an open dossier that is listed for the head.

    It is late by more than `days` working days, or by more than the office's own number.
    """
    calendar, most = work_calendar(work, context.office, context.today), _escalation_days(days, work)
    day, passed = period.judged, 0
    while passed <= most and day > date.min:
        passed += calendar.is_working(day)
        day -= timedelta(days=1)
    return day


def _groups(
    group: FigureGroup, late: Sequence[LateDossierRow], near: Sequence[LateDossierRow], last: date, work: Reading
) -> ReportSection:
    """Return the numbers of late and nearly late dossiers by group."""
    counts = dict(_counted(late, last, lambda row: (value_of(row, group),)))
    soon = Counter(value_of(row, group) for row in near)
    values = in_order((*(value for (value,) in counts), *soon))
    labels, none = group_labels(group, values, work), dict.fromkeys(_LATE_KEYS, 0)
    rows: tuple[Row, ...] = tuple(
        {**labels[value], **counts.get((value,), none), "nearly_late": soon[value]} for value in values
    )
    columns = (*label_columns(group), *_late_columns(), column("nearly_late", width=12))
    keys = (*_LATE_KEYS, "nearly_late")
    total: Row = {label_key(group): words.TOTAL, **_sums(rows, keys)}
    title = GROUP_HEADS[group]
    return ReportSection("groups", columns, rows, total, title=title, tab=words.BY_GROUP, scope=group.value)


def _sums(rows: Iterable[Row], keys: Sequence[str]) -> dict[str, int]:
    lines = tuple(rows)
    return {key: sum(int(str(row[key])) for row in lines) for key in keys}


def _late_check(query: ReportQuery, context: Context, work: Reading, listed: int) -> tuple[ReportCheck, ...]:
    """Compare the number of late dossiers with Biểu II.06a."""
    basis = Report06a(query.first, query.last, query.as_of)
    total = figures_by_group(basis, FigureGroup.FIELD, context.today, work).total
    expected = total.resolved_late + total.pending_late
    identity = "late = 06a resolved_late + pending_late"
    return () if listed == expected else (ReportCheck(identity, words.TOTAL, expected, listed),)


def _is_open(row: LateDossierRow, last: date) -> bool:
    return row.closed_day is None or row.closed_day > last


def _cells(row: LateDossierRow) -> dict[str, Value]:
    return {
        "code": row.code,
        "applicant": row.applicant_name,
        "name": row.procedure_name,
        "field": row.field,
        "holder": row.holder,
        "received_day": row.received_day,
        "due_day": row.due_day,
    }


def _late_row(row: LateDossierRow, last: date, judged: date, calendar: WorkCalendar) -> Row:
    is_open = _is_open(row, last)
    end = judged if is_open or row.closed_day is None else row.closed_day
    late = 0 if row.due_day is None else working_days_between(row.due_day, end, calendar)
    return {
        **_cells(row),
        "closed_day": None if is_open else row.closed_day,
        "days_late": late,
        "state": words.OPEN if is_open else words.RESOLVED,
        "apologised": row.apologised,
        "apology": words.APOLOGISED if row.apologised else words.NOT_APOLOGISED,
        "reason": row.reason,
    }


def _soon_row(row: LateDossierRow, judged: date, calendar: WorkCalendar) -> Row:
    left = 0 if row.due_day is None else working_days_between(judged, row.due_day, calendar)
    return {**_cells(row), "days_left": left}


def _dossier_columns(days: str) -> tuple[ReportColumn, ...]:
    closing = (day("closed_day"), column(days, width=9), text("apology", 10), text("reason", 26))
    return (*_plain_columns(), *closing)


def _plain_columns() -> tuple[ReportColumn, ...]:
    return (
        text("code", 19),
        text("applicant", 20),
        text("name", 34),
        text("holder", 20),
        day("received_day"),
        day("due_day"),
    )


def _soon_columns() -> tuple[ReportColumn, ...]:
    return (*_plain_columns(), column("days_left", width=9))


def report_reasons(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the late dossiers of a period by reason, or by group and reason."""
    if query.group is not None:
        return _by_group(query, query.group, context, work, share=True)
    rows = late_dossiers(work, query.period(context.today))
    counted = _counted(rows, query.last, lambda row: (row.reason or words.NO_REASON,))
    table: list[Row] = [
        {"reason": key[0], **counts, "share": percent(counts["late"], len(rows))} for key, counts in counted
    ]
    columns = (text("reason", 44), *_late_columns(), column("share", ColumnKind.PERCENT))
    return _by_reason(query, context, work, tuple(table), columns, listed=len(rows))


def report_07b(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return Biểu II.07b: the reasons of lateness by field."""
    return _by_group(query, query.group or FigureGroup.FIELD, context, work, share=False)


def _by_group(query: ReportQuery, group: FigureGroup, context: Context, work: Reading, *, share: bool) -> Report:
    """Return the late dossiers by group and reason."""
    rows = late_dossiers(work, query.period(context.today))
    counted = _counted(rows, query.last, lambda row: (value_of(row, group), row.reason or words.NO_REASON))
    labels = group_labels(group, [key[0] for key, _counts in counted], work)
    table: tuple[Row, ...] = tuple(
        {
            **labels[key[0]],
            "reason": key[1],
            **counts,
            **({"share": percent(counts["late"], len(rows))} if share else {}),
        }
        for key, counts in counted
    )
    shares = (column("share", ColumnKind.PERCENT),) if share else ()
    columns = (*label_columns(group, 26), *_late_columns(), *shares, text("reason", 40))
    return _by_reason(query, context, work, table, columns, listed=len(rows), scope=group.value)


def _by_reason(
    query: ReportQuery,
    context: Context,
    work: Reading,
    rows: tuple[Row, ...],
    columns: tuple[ReportColumn, ...],
    *,
    listed: int,
    scope: str = "",
) -> Report:
    label = columns[1].key if columns[0].key == "procedure" else columns[0].key
    total: Row = {label: words.TOTAL, **_sums(rows, _LATE_KEYS)}
    return Report(
        name=query.name,
        title=words.TITLES[query.name],
        form=words.FORMS.get(query.name, ""),
        unit="Số hồ sơ TTHC",
        first=query.first,
        last=query.last,
        sections=(ReportSection("rows", columns, rows, total, scope=scope, detail="reason"),),
        checks=_late_check(query, context, work, listed),
    )


_LATE_KEYS = ("late", "resolved_late", "pending_late", "apologised")


def _late_columns() -> Sequence[ReportColumn]:
    return [column(key, width=12) for key in _LATE_KEYS]


def _counted(
    rows: Iterable[LateDossierRow], last: date, key: Callable[[LateDossierRow], tuple[str, ...]]
) -> list[tuple[tuple[str, ...], dict[str, int]]]:
    """Return the counts by key, in Vietnamese order."""
    counts: dict[tuple[str, ...], Counter[str]] = {}
    for row in rows:
        group = counts.setdefault(key(row), Counter())
        group["late"] += 1
        group["pending_late" if _is_open(row, last) else "resolved_late"] += 1
        group["apologised"] += row.apologised
    ordered = sorted(counts, key=lambda names: [vietnamese_key(name) for name in names])
    return [(names, {each: counts[names][each] for each in _LATE_KEYS}) for names in ordered]
