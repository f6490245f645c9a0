"""Query for a report, and the kinds of reports."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from app.models.enums import FigureColumn, FigureGroup, Right
from app.models.errors import Refusal
from app.models.figures import PRESETS, check_period_order, preset_period
from app.printing.documents.report import Report
from app.services.context import Context
from app.storage.reporting.period import FigurePeriod
from app.storage.uow import Reading


@dataclass(frozen=True)
class ReportQuery:
    """Query: a report of the days `first` to `last`, both included.

    `variant` is empty or `office`. `group` replaces the grouping of a table that has several. `compare` adds the period
    before and the same period last year. `fields` limits the register, `cashier` the payments. `days` is the limit of
    an escalation list. With `as_of` only events entered up to that instant count.
    """

    name: str
    first: date
    last: date
    variant: str = ""
    group: FigureGroup | None = None
    compare: bool = False
    fields: tuple[str, ...] = ()
    cashier: str | None = None
    days: int | None = None
    as_of: datetime | None = None

    def period(self, today: date) -> FigurePeriod:
        """Return the days and the instant of the report, as counted today."""
        return FigurePeriod(self.first, self.last, today, self.as_of)


Build = Callable[[ReportQuery, Context, Reading], Report]
Counted = Callable[[ReportQuery, str, Context, Reading], Iterable["CountedLine"]]
"""Yields what the report counts for one figure."""


class CountedLine(NamedTuple):
    """A thing that a report counts, by the code of its dossier.

    `item` names a thing that is listed itself, such as a feedback, which may be about no dossier. `figures` are the
    columns and single figures that count it. `labels` are the values that name the rows of the report; a group that is
    not among them is that of the dossier.
    """

    code: str | None
    figures: tuple[str, ...]
    labels: Mapping[str, str]
    item: str = ""


@dataclass(frozen=True)
class ReportKind:
    """A kind of report: its builder, right and possible groups.

    `caption` is its name in lists. With `by_columns` its dossiers can be listed by the columns of `FigureColumn`.
    `listed` are its columns that another column counts. `counted` yields what its `figures` count, with the dossiers.
    """

    caption: str
    build: Build
    right: Right = Right.READ_FIGURES
    groups: tuple[FigureGroup, ...] = ()
    variants: tuple[str, ...] = ()
    by_columns: bool = False
    listed: Mapping[str, FigureColumn] = field(default_factory=dict)
    counted: Counted | None = None
    figures: tuple[str, ...] = ()


def check_query(query: ReportQuery, kind: ReportKind) -> None:
    """Check period, group and variant of a query.

    Raises Refusal `period_reversed`, `report_group`, `report_variant`.
    """
    check_period_order(query.first, query.last)
    if query.group is not None and query.group not in kind.groups:
        allowed = ", ".join(kind.groups) or "–"
        raise Refusal("report_group", "group", name=query.name, text=query.group, allowed=allowed)
    if query.variant and query.variant not in kind.variants:
        raise Refusal("report_variant", "variant", name=query.name, text=query.variant)


def previous_period(first: date, last: date, starts: int) -> tuple[date, date]:
    """Return the period before: of the same preset, else equally long.

    Raises Refusal `calendar_year_unknown` at the ends of the calendar.
    """
    try:
        day_before = first - timedelta(days=1)
        for preset in PRESETS:
            if preset_period(preset, first, starts) == (first, last):
                return preset_period(preset, day_before, starts)
        return first - (last - first) - timedelta(days=1), day_before
    except OverflowError:
        raise Refusal("calendar_year_unknown", "from", year=first.year) from None


def last_year(first: date, last: date) -> tuple[date, date]:
    """Return the same days of the year before; 29 February becomes the 28th.

    Raises Refusal `calendar_year_unknown` in the first year of the calendar.
    """
    if first.year <= 1:
        raise Refusal("calendar_year_unknown", "from", year=first.year)
    return _year_before(first), _year_before(last)


def _year_before(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)
