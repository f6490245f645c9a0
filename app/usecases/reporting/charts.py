"""The figures of a period as pictures: what each field settled in time, how the months went, and the on-time ratio in
the three definitions in use."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.models.enums import Right
from app.models.errors import Refusal
from app.models.figures import Ratio, on_time_ratios, preset_period
from app.printing.charts import ChartSheet, FieldBar, MonthBar, RatioText, chart_sheet
from app.services.context import Context
from app.services.permissions import requires
from app.services.reporting.figures_06a import Report06a, figures_06a
from app.storage.uow import Reading
from app.wording.figures import SOURCES, chart_title, ratio_definition, ratio_value

_MONTHS = 6


@dataclass(frozen=True)
class ChartReport:
    """The charts of a period; both days belong to it. The months shown are the six that end with it."""

    from_day: date
    to_day: date


@dataclass(frozen=True)
class Charts:
    """The sheet as a PDF of one page, and what stands on it."""

    pdf: bytes
    sheet: ChartSheet


@requires(Right.READ_FIGURES)
def chart_report(query: ChartReport, context: Context, work: Reading) -> Charts:
    """Draw the charts of a period from the figures of Biểu 06a, so that table and picture agree.

    Raises Refusal `period_reversed`.
    """
    table = figures_06a(Report06a(query.from_day, query.to_day), context.today, work)
    settled = [FieldBar(row.field, row.resolved_early + row.resolved_on_time, row.resolved_late) for row in table.rows]
    sheet = ChartSheet(
        context.office.name,
        chart_title(query.from_day, query.to_day),
        tuple(sorted(settled, key=lambda bar: (-bar.in_time - bar.late, bar.field))),
        _months(query.to_day, context, work),
        tuple(_in_words(ratio) for ratio in on_time_ratios(table.total)),
        SOURCES,
        context.training,
    )
    return Charts(chart_sheet(sheet), sheet)


def _in_words(ratio: Ratio) -> RatioText:
    definition = ratio_definition(ratio.definition, ratio.part, ratio.whole)
    return RatioText(ratio_value(ratio.part, ratio.whole), definition)


def _months(last: date, context: Context, work: Reading) -> tuple[MonthBar, ...]:
    """The reporting months up to the one that holds the last day, that one as far as the period goes."""
    starts = context.office.quarter_starts
    months: list[MonthBar] = []
    day = last
    try:
        for _place in range(_MONTHS):
            first, end = preset_period("month", day, starts)
            total = figures_06a(Report06a(first, min(end, last)), context.today, work).total
            came = total.received_online + total.received_direct_post
            months.append(MonthBar(f"{end:%m/%Y}", came, total.resolved))
            day = first - timedelta(days=1)
    except (Refusal, OverflowError):
        pass  # the calendar begins here: fewer months
    return tuple(reversed(months))
