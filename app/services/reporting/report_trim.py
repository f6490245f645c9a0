"""Real time of procedures against their limits, and proposals to shorten."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate

from app.models.calendar import WorkCalendar
from app.models.enums import FigureGroup
from app.models.values.order import vietnamese_key
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportSection, Row
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.reporting.columns import column, percent, text
from app.services.reporting.groups import group_labels, in_order, label_columns
from app.services.reporting.query import ReportQuery
from app.storage.reporting import tables
from app.storage.reporting.rows import TimeRow
from app.storage.uow import Reading
from app.wording.reports import tables as words

_MIN_DOSSIERS = 5
"""Dossiers from which the real time of a procedure supports a proposal."""


def report_trim(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the real time of each procedure against its limit."""
    group = query.group or FigureGroup.PROCEDURE
    table = _times(group, query, context, work)
    by_procedure = table if group is FigureGroup.PROCEDURE else _times(FigureGroup.PROCEDURE, query, context, work)
    proposals = [_proposal(row) for row in by_procedure if _is_proposal(row)]
    return Report(
        name=query.name,
        title=words.TITLES["trim"],
        first=query.first,
        last=query.last,
        sections=(
            ReportSection("rows", _trim_columns(group), tuple(table), tab="Thời gian thực tế", scope=group.value),
            ReportSection(
                "proposals",
                _proposal_columns(),
                tuple(proposals),
                title=words.PROPOSALS,
                tab="Đề xuất",
                scope="procedure",
                empty=words.NO_PROPOSALS,
            ),
        ),
        notes=(words.PROPOSAL_RULE,),
    )


def _times(group: FigureGroup, query: ReportQuery, context: Context, work: Reading) -> list[Row]:
    """Return the real times by group, in the order of fields and codes."""
    rows = tables.processing_days(work, group, query.period(context.today))
    index = _WorkingDays(rows, work_calendar(work, context.office, context.today))
    times: defaultdict[str, Counter[int]] = defaultdict(Counter)
    limits: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for row in rows:
        if row.closed_day is not None:
            times[row.group][index.between(row.received_day, row.closed_day)] += row.dossiers
        if row.due_day is not None:
            limits[row.group][index.between(row.received_day, row.due_day)] += row.dossiers
    labels = group_labels(group, times, work)
    table: list[Row] = [{**labels[value], **_trim_row(times[value], limits[value])} for value in in_order(times)]
    return sorted(table, key=lambda row: (vietnamese_key(str(row["field"])), str(row.get("procedure", ""))))


class _WorkingDays:
    """Number of working days between two days, from one running count."""

    def __init__(self, rows: Sequence[TimeRow], calendar: WorkCalendar) -> None:
        days = [day for row in rows for day in (row.received_day, row.due_day, row.closed_day) if day is not None]
        self._first = min(days, default=date(2000, 1, 1))
        length = (max(days, default=self._first) - self._first).days + 1
        self._counts = list(
            accumulate(calendar.is_working(self._first + timedelta(days=place)) for place in range(length))
        )

    def between(self, earlier: date, later: date) -> int:
        """Return the working days after `earlier` up to and including `later`."""
        return self._counts[(later - self._first).days] - self._counts[(earlier - self._first).days]


def _trim_row(times: Counter[int], limits: Counter[int]) -> Row:
    limit = _share_of(limits, 1, 2) if limits else None
    middle = (_share_of(times, 1, 2) + _share_of(times, 1, 2, above=True)) / 2
    return {
        "dossiers": times.total(),
        "limit_days": limit,
        "median_days": middle,
        "p90_days": _share_of(times, 9, 10),
        "used_share": percent(int(middle * 2), limit * 2) if limit else None,
    }


def _share_of(counts: Counter[int], part: int, whole: int, above: bool = False) -> int:
    """Return the smallest value that a share of the dossiers does not exceed.

    `above` returns the next dossier's value at an exact boundary, for the median of an even number.
    """
    limit = counts.total() * part
    reached = 0
    for value in sorted(counts):
        reached += counts[value] * whole
        if reached > limit or (reached == limit and not above):
            return value
    return max(counts)


def _is_proposal(row: Row) -> bool:
    limit, real, dossiers = row["limit_days"], row["p90_days"], row["dossiers"]
    if not isinstance(limit, int) or not isinstance(real, int) or not isinstance(dossiers, int):
        return False
    return dossiers >= _MIN_DOSSIERS and max(real, 1) < limit


def _proposal(row: Row) -> Row:
    limit, real = int(str(row["limit_days"])), max(1, int(str(row["p90_days"])))
    shared = {key: row[key] for key in ("procedure", "name", "dossiers", "limit_days")}
    return {**shared, "proposed_days": real, "saved_days": limit - real, "saved_share": percent(limit - real, limit)}


def _trim_columns(group: FigureGroup) -> tuple[ReportColumn, ...]:
    return (
        *label_columns(group, 46),
        column("dossiers"),
        column("limit_days"),
        column("median_days", ColumnKind.DECIMAL),
        column("p90_days"),
        column("used_share", ColumnKind.PERCENT),
    )


def _proposal_columns() -> tuple[ReportColumn, ...]:
    return (
        text("procedure", 11),
        text("name", 46),
        column("dossiers"),
        column("limit_days"),
        column("proposed_days"),
        column("saved_days"),
        column("saved_share", ColumnKind.PERCENT),
    )
