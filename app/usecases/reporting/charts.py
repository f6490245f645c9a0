"""Charts of a period: results by field, recent months, and on-time ratios.

The ratios follow the three definitions in use.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from app.models.enums import Right, Status
from app.models.errors import Refusal
from app.models.figures import Ratio, on_time_ratios, preset_period
from app.models.lifecycle import PAUSED_STATUSES
from app.models.values.order import vietnamese_key
from app.printing.charts import AgeBar, ChartSheet, FieldBar, HourCell, MonthBar, RatioText, chart_sheet
from app.services.context import Context
from app.services.law.counter import report_start_day
from app.services.permissions import requires
from app.services.reporting.figures_06a import Report06a, figures_06a
from app.services.reporting.query import last_year
from app.storage import backlog
from app.storage.reporting.tables import reception_hours
from app.storage.uow import Reading
from app.wording.figures import AGE_NAMES, SOURCES, chart_title, ratio_definition, ratio_value

_MONTHS = 6


@dataclass(frozen=True)
class ChartReport:
    """Query: the charts of a period, and of the six months at its end.

    Both days belong to the period.
    """

    from_day: date
    to_day: date


@dataclass(frozen=True)
class Charts:
    """The charts as a PDF of one page, and their data."""

    pdf: bytes
    sheet: ChartSheet


@requires(Right.READ_FIGURES)
def chart_report(query: ChartReport, context: Context, work: Reading) -> Charts:
    """Draw the charts of a period from the figures of Biểu 06a.

    Raises Refusal `period_reversed`.
    """
    table = figures_06a(Report06a(query.from_day, query.to_day), context.today, work)
    settled = [FieldBar(row.field, row.resolved_early + row.resolved_on_time, row.resolved_late) for row in table.rows]
    sheet = ChartSheet(
        office=context.office.name,
        title=chart_title(query.from_day, query.to_day),
        fields=tuple(sorted(settled, key=lambda bar: (-bar.in_time - bar.late, vietnamese_key(bar.field)))),
        months=_months(query.to_day, context, work),
        ratios=tuple(_in_words(ratio) for ratio in on_time_ratios(table.total)),
        sources=SOURCES,
        sample=context.training,
        ages=_ages(context.today, work),
        hours=tuple(HourCell(*row) for row in reception_hours(work, query.from_day, query.to_day)),
    )
    return Charts(chart_sheet(sheet), sheet)


def _in_words(ratio: Ratio) -> RatioText:
    definition = ratio_definition(ratio.definition, ratio.part, ratio.whole)
    return RatioText(ratio_value(ratio.part, ratio.whole), definition)


def _year_before(first: date, last: date, context: Context, work: Reading) -> tuple[int, int]:
    """Return received and resolved dossiers of the same days last year."""
    if first.year == 1:
        return 0, 0
    total = figures_06a(Report06a(*last_year(first, last)), context.today, work).total
    return total.received_online + total.received_direct_post, total.resolved


def _ages(today: date, work: Reading) -> tuple[AgeBar, ...]:
    """Return the open dossiers by time to their due day, in calendar days."""
    counts: Counter[int] = Counter()
    for row in backlog.open_by_holder(work):
        if row.status != Status.FINISHED:
            counts[_age(Status(row.status), row.due_day, today)] += row.dossiers
    return tuple(AgeBar(name, counts[place], place < 2) for place, name in enumerate(AGE_NAMES) if counts[place])


def _age(status: Status, due: date | None, today: date) -> int:
    """Return the place of an open dossier in `AGE_NAMES`."""
    if status in PAUSED_STATUSES:
        return 5
    if due is None:
        return 6
    left = (due - today).days
    if left < 0:
        return 0 if left < -10 else 1
    return 2 if left == 0 else 3 if left <= 5 else 4


def _months(last: date, context: Context, work: Reading) -> tuple[MonthBar, ...]:
    """Return the last six reporting months; the last one ends with the period."""
    starts = report_start_day(work, context.office, last)
    months: list[MonthBar] = []
    day = last
    try:
        for _place in range(_MONTHS):
            first, end = preset_period("month", day, starts)
            total = figures_06a(Report06a(first, min(end, last)), context.today, work).total
            received = total.received_online + total.received_direct_post
            before = _year_before(first, min(end, last), context, work)
            months.append(MonthBar(f"{end:%m/%Y}", received, total.resolved, *before))
            day = first - timedelta(days=1)
    except (Refusal, OverflowError):
        pass  # the calendar starts here, so that fewer months exist
    return tuple(reversed(months))
