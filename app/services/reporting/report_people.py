"""Officers of a period, and the sheet of the weekly briefing."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, replace

from app.models.enums import FigureColumn, FigureGroup, Status
from app.models.figures import FigureRow
from app.models.instants import local_day
from app.models.values.order import vietnamese_key
from app.printing.documents.report import (
    UNLISTED,
    ColumnKind,
    Report,
    ReportCheck,
    ReportColumn,
    ReportFact,
    ReportSection,
    Row,
)
from app.services.context import Context
from app.services.reporting import satisfaction
from app.services.reporting.columns import column, percent, text
from app.services.reporting.figures_06a import Figures06a, Report06a, figures_by_group
from app.services.reporting.groups import GROUP_NOTES, counts_of_columns, group_labels, label_columns, label_key
from app.services.reporting.query import ReportQuery
from app.services.reporting.report_06a import ratios
from app.storage import backlog
from app.storage.reporting.tables import open_by_holder_then
from app.storage.uow import Reading
from app.wording.reports import tables as words
from app.wording.reports.form_06a import GROUP_HEADS

_FIGURES = ("received", "resolved", "resolved_early", "resolved_on_time", "resolved_late", "pending", "pending_late")
_MOST_WAITING = 18
"""Lines of the weekly sheet, which is one page."""


def report_officers(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the figures and the rating of each officer, or of each group."""
    group = query.group or FigureGroup.HOLDER
    basis = Report06a(query.first, query.last, query.as_of)
    table = figures_by_group(basis, group, context.today, work)
    labels = group_labels(group, [row.field for row in table.rows], work)
    rows: list[Row] = [{**asdict(row), **labels[row.field], **_on_time(row)} for row in table.rows]
    whole: Row = {**asdict(table.total), label_key(group): words.TOTAL, **_on_time(table.total)}
    ratings: tuple[ReportColumn, ...] = ()
    if group is FigureGroup.HOLDER:
        ratings = (replace(column("rated", width=9), listed=True), column("score", ColumnKind.DECIMAL, 10))
        scores = _scores(query, work)
        rows += [_without_dossiers(name) for name in scores.keys() - labels.keys()]
        rows = [{**row, **_rating(scores.get(str(row["holder"])))} for row in rows]
        rows.sort(key=lambda row: vietnamese_key(str(row["holder"])))
        whole = {**whole, "rated": sum(each.rated for each in scores.values())}
    figures = (*(column(key, width=9) for key in _FIGURES), column("on_time_share", ColumnKind.PERCENT, 10))
    columns = (*label_columns(group, 28), *figures, *ratings)
    return Report(
        name=query.name,
        title=words.TITLES["officers"],
        unit="Số hồ sơ TTHC",
        first=query.first,
        last=query.last,
        sections=(ReportSection("rows", columns, tuple(rows), whole, scope=group.value),),
        ratios=ratios(table.total),
        notes=GROUP_NOTES.get(group, ()),
        checks=_checks(table),
    )


def _scores(query: ReportQuery, work: Reading) -> Mapping[str, satisfaction.OfficerScore]:
    """Return the rating of each officer by name."""
    return {
        each.officer: each for each in satisfaction.satisfaction(query.first, query.last, work, query.as_of).officers
    }


def _without_dossiers(name: str) -> Row:
    """Return the row of a rated officer who holds none of the dossiers."""
    row = FigureRow(name)
    return {**asdict(row), "holder": name, **_on_time(row)}


def _rating(score: satisfaction.OfficerScore | None) -> Row:
    return {"rated": score.rated if score else 0, "score": score.score if score else None}


def _on_time(row: FigureRow) -> Row:
    return {"on_time_share": percent(row.resolved_early + row.resolved_on_time, row.resolved)}


def _checks(table: Figures06a) -> tuple[ReportCheck, ...]:
    return tuple(ReportCheck(each.identity, each.row, each.expected, each.actual) for each in table.checks)


_WEEK = (FigureColumn.NEW, FigureColumn.RESOLVED, FigureColumn.LATE, FigureColumn.DUE_IN_PERIOD)


def report_weekly(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the sheet of the weekly briefing on one page.

    The second table is the backlog at the time of the report, or at `as_of`.
    """
    group = query.group or FigureGroup.HOLDER
    table = figures_by_group(Report06a(query.first, query.last, query.as_of), group, context.today, work)
    counted = {
        value: counts
        for value, counts in counts_of_columns(_WEEK, group, query, context, work).items()
        if counts.total()
    }
    labels = group_labels(group, counted, work)
    keys = tuple(each.value for each in _WEEK)
    rows: tuple[Row, ...] = tuple(
        {**labels[value], **{key: counts[key] for key in keys}} for value, counts in counted.items()
    )
    columns = (*label_columns(group), *(column(key, width=12) for key in keys))
    sums = {key: sum(counts[key] for counts in counted.values()) for key in keys}
    return Report(
        name=query.name,
        title=words.TITLES["weekly"],
        first=query.first,
        last=query.last,
        sections=(
            ReportSection(
                "rows",
                columns,
                rows,
                {label_key(group): words.TOTAL, **sums},
                title=words.BY_HOLDER if group is FigureGroup.HOLDER else GROUP_HEADS[group],
                tab="Trong tuần",
                scope=group.value,
            ),
            _waiting(query, context, work),
        ),
        facts=tuple(ReportFact(key, words.HEADINGS[key], sums[key], listed=True) for key in keys),
        ratios=ratios(table.total),
        checks=_checks(table),
    )


def _waiting(query: ReportQuery, context: Context, work: Reading) -> ReportSection:
    """Return the open dossiers by holder: what waits for whom, now or then."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    today, waiting = context.today, backlog.open_by_holder(work)
    if query.as_of is not None:
        today = min(today, local_day(query.as_of))
        waiting = open_by_holder_then(work, query.as_of, today)
    for row in waiting:
        group = counts[row.holder]
        if row.status in (Status.RECEIVED, Status.PROCESSING):
            group["working"] += row.dossiers
            group["now_late"] += row.dossiers if row.due_day is not None and row.due_day < today else 0
            group["due_today"] += row.dossiers if row.due_day == today else 0
        else:
            group[_WAITING_KEYS[Status(row.status)]] += row.dossiers
    keys = ("working", "now_late", "due_today", *_WAITING_KEYS.values())
    ordered = sorted(counts, key=lambda name: (-counts[name]["now_late"], -counts[name].total(), vietnamese_key(name)))
    rows: tuple[Row, ...] = tuple({"holder": name, **{key: counts[name][key] for key in keys}} for name in ordered)
    shown, rest = rows[:_MOST_WAITING], rows[_MOST_WAITING:]
    if rest:
        others = {key: sum(int(str(row[key])) for row in rest) for key in keys}
        shown = (*shown, {"holder": f"{len(rest)} người, bộ phận khác", UNLISTED: True, **others})
    total: Row = {"holder": words.TOTAL, **{key: sum(int(str(row[key])) for row in rows) for key in keys}}
    columns = (text("holder", 34), *(column(key, width=9) for key in keys))
    return ReportSection(
        "waiting", columns, shown, total, title=words.WAITING, tab="Chờ ai", scope=FigureGroup.HOLDER.value
    )


_WAITING_KEYS = {
    Status.SUPPLEMENT_ASKED: "waiting_papers",
    Status.PAYMENT_DUE: "waiting_payment",
    Status.FINISHED: "to_return",
}
