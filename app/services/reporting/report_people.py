"""Officers of a period, and the sheet of the weekly briefing."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict

from app.models.enums import FigureGroup, Status
from app.models.values.order import vietnamese_key
from app.printing.documents.report import ColumnKind, Report, ReportCheck, ReportFact, ReportSection, Row
from app.services.context import Context
from app.services.reporting import satisfaction
from app.services.reporting.columns import column, percent, text
from app.services.reporting.figures_06a import Figures06a, Report06a, figures_by_group
from app.services.reporting.query import ReportQuery
from app.services.reporting.report_06a import ratios
from app.storage import backlog
from app.storage.reporting.tables import due_by_holder
from app.storage.uow import Reading
from app.wording.reports import tables as words
from app.wording.reports.form_06a import HOLDER_NOTE

_FIGURES = ("received", "resolved", "resolved_early", "resolved_on_time", "resolved_late", "pending", "pending_late")
_MOST_WAITING = 18
"""Lines of the weekly sheet, which is one page."""


def report_officers(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the figures and the rating of each officer."""
    table = figures_by_group(Report06a(query.first, query.last), FigureGroup.HOLDER, context.today, work)
    scores = {each.officer: each for each in satisfaction.satisfaction(query.first, query.last, work).officers}
    rows = []
    for row in table.rows:
        rating = scores.get(row.field)
        rows.append(
            {
                **asdict(row),
                "holder": row.field,
                "on_time_share": percent(row.resolved_early + row.resolved_on_time, row.resolved),
                "rated": rating.rated if rating else 0,
                "score": rating.score if rating else None,
            }
        )
    total = table.total
    whole: Row = {
        **asdict(total),
        "holder": words.TOTAL,
        "on_time_share": percent(total.resolved_early + total.resolved_on_time, total.resolved),
        "rated": sum(each.rated for each in scores.values()),
    }
    columns = (
        text("holder", 28),
        *(column(key, width=9) for key in _FIGURES),
        column("on_time_share", ColumnKind.PERCENT, 10),
        column("rated", width=9),
        column("score", ColumnKind.DECIMAL, 10),
    )
    return Report(
        name=query.name,
        title=words.TITLES["officers"],
        unit="Số hồ sơ TTHC",
        first=query.first,
        last=query.last,
        sections=(ReportSection("rows", columns, tuple(rows), whole, scope="holder"),),
        notes=(HOLDER_NOTE,),
        checks=_checks(table),
    )


def _checks(table: Figures06a) -> tuple[ReportCheck, ...]:
    return tuple(ReportCheck(each.identity, each.row, each.expected, each.actual) for each in table.checks)


def report_weekly(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the sheet of the weekly briefing on one page.

    The second table is the backlog at the time of the report.
    """
    table = figures_by_group(Report06a(query.first, query.last), FigureGroup.HOLDER, context.today, work)
    due = {row.holder: row.dossiers for row in due_by_holder(work, query.first, query.last)}
    counted = {row.field: row for row in table.rows}
    names = sorted({*counted, *due}, key=vietnamese_key)
    keys = ("new", "resolved", "late", "due_this_week")
    rows: list[Row] = []
    for name in names:
        row = counted.get(name)
        rows.append({"holder": name, **_week(row), "due_this_week": due.get(name, 0)})
    total: Row = {"holder": words.TOTAL, **{key: sum(int(str(row[key])) for row in rows) for key in keys}}
    return Report(
        name=query.name,
        title=words.TITLES["weekly"],
        first=query.first,
        last=query.last,
        sections=(
            ReportSection(
                "rows",
                (text("holder", 34), *(column(key, width=12, listed=key != "new") for key in keys)),
                tuple(rows),
                total,
                title=words.BY_HOLDER,
                tab="Trong tuần",
                scope="holder",
            ),
            _waiting(context, work),
        ),
        facts=tuple(ReportFact(key, words.HEADINGS[key], total[key]) for key in keys),
        ratios=ratios(table.total),
        checks=_checks(table),
    )


def _week(row: object) -> Mapping[str, int]:
    if row is None:
        return {"new": 0, "resolved": 0, "late": 0}
    get = row.__getattribute__
    return {
        "new": get("received_online") + get("received_direct_post"),
        "resolved": get("resolved"),
        "late": get("resolved_late") + get("pending_late"),
    }


def _waiting(context: Context, work: Reading) -> ReportSection:
    """Return the open dossiers by holder: what waits for whom, now."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    today = context.today
    for row in backlog.open_by_holder(work):
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
        shown = (*shown, {"holder": f"{len(rest)} người, bộ phận khác", **others})
    total: Row = {"holder": words.TOTAL, **{key: sum(int(str(row[key])) for row in rows) for key in keys}}
    columns = (text("holder", 34), *(column(key, width=9, listed=False) for key in keys))
    return ReportSection("waiting", columns, shown, total, title=words.WAITING, tab="Chờ ai")


_WAITING_KEYS = {
    Status.SUPPLEMENT_ASKED: "waiting_papers",
    Status.PAYMENT_DUE: "waiting_payment",
    Status.FINISHED: "to_return",
}
