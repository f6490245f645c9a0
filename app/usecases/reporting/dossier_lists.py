"""The dossiers behind a figure of a report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import NamedTuple

from app.models.enums import FigureColumn, FigureGroup, ReportName, Right, Status
from app.models.errors import Refusal
from app.models.figures import check_period_order
from app.services.acts.known_then import list_row_then, rows_then, today_then
from app.services.context import Context
from app.services.dossier_lines import DossierLine, to_dossier_lines
from app.services.permissions import requires
from app.services.reporting.counted_lines import lines_counted
from app.services.reporting.query import CountedLine, ReportKind, ReportQuery, check_query
from app.services.reporting.registry import kind_of
from app.services.reporting.report_certified import certified_procedures
from app.services.reporting.report_late import escalated_until
from app.storage.reporting import figures
from app.storage.reporting.period import FigurePeriod
from app.storage.reporting.tables import dossiers_of_codes
from app.storage.rows import DossierListRow
from app.storage.uow import Reading
from app.wording.reports.tables import NO_DOSSIER

MOST = 1_000_000


@dataclass(frozen=True)
class ListFigure:
    """Query: the dossiers of a column in a period, newest first.

    `group` and `value` limit them to one row of the table; `value` alone is a kind of certified work, or any label of a
    row of lines. `labels` are the other cells that name the row. With `as_of` only events entered up to that instant
    count. `report` is the table with the column, `days` the limit of an escalation list. `fields` limit the register,
    `cashier` the payments.
    """

    column: str
    first: date
    last: date
    group: FigureGroup | None = None
    value: str = ""
    as_of: datetime | None = None
    limit: int = MOST
    days: int | None = None
    report: str = ReportName.FORM_06A
    labels: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    cashier: str | None = None


class FigureLine(NamedTuple):
    """A dossier of a figure, or a feedback.

    `column` is the one leaf column of Biểu II.06a that counts it, or the figure of a report of other things. `item`
    names the feedback. One that is about no dossier has no code, status and instant.
    """

    code: str
    key: str
    name: str
    procedure: str
    status: Status | None
    received_at: datetime | None
    due_at: datetime | None
    late: bool
    column: str
    item: str = ""


@requires(Right.READ_LISTS)
def list_figure(query: ListFigure, context: Context, work: Reading) -> tuple[FigureLine, ...]:
    """Return the dossiers that a figure counts, each once.

    Counts and lists share their conditions.

    Raises Refusal `unknown_choice`, `period_reversed`.
    """
    kind = kind_of(query.report)
    check_period_order(query.first, query.last)
    if _is_counted(query, kind):
        return _counted(query, kind, context, work)
    column = _column(query.column, kind)
    period = FigurePeriod(query.first, query.last, context.today, query.as_of)
    is_escalated = column is FigureColumn.ESCALATED
    rows = figures.dossiers_of_column(
        work,
        column,
        period,
        group=query.group,
        value=query.value,
        codes=_codes(query, work),
        escalated=escalated_until(query.days, period, context, work) if is_escalated else None,
        limit=max(1, query.limit),
    )
    lines = _lines(query, [row.line for row in rows], context, work)
    return tuple(FigureLine(*line, row.column) for line, row in zip(lines, rows, strict=True))


def _is_counted(query: ListFigure, kind: ReportKind) -> bool:
    """Return whether a report counts lines for a figure, not states."""
    is_column = kind.by_columns and query.column in (*kind.listed, *FigureColumn)
    return query.column in kind.figures and (bool(query.labels) or _is_own_label(query) or not is_column)


def _is_own_label(query: ListFigure) -> bool:
    return bool(query.value) and query.group is None


def _counted(query: ListFigure, kind: ReportKind, context: Context, work: Reading) -> tuple[FigureLine, ...]:
    """Return what a figure counts: each feedback, else each dossier once."""
    assert kind.counted is not None
    source = ReportQuery(
        name=query.report,
        first=query.first,
        last=query.last,
        fields=query.fields,
        cashier=query.cashier,
        as_of=query.as_of,
    )
    check_query(source, kind)
    value = "" if query.value == NO_DOSSIER else query.value
    labels = {**query.labels, **({} if query.group is None else {query.group.value: value})}
    own = query.value if _is_own_label(query) else ""
    counted = kind.counted(source, query.column, context, work)
    matching = lines_counted(counted, query.column, labels, own, work, query.as_of)
    items = [line for line in reversed(matching) if line.item][: query.limit]
    codes = [line.code for line in matching if line.code and not line.item]
    rows = dossiers_of_codes(work, codes)[: max(1, query.limit)]
    dossiers = (FigureLine(*line, query.column) for line in _lines(query, rows, context, work))
    return (*_items(items, query, context, work), *dossiers)[: max(1, query.limit)]


def _items(items: Sequence[CountedLine], query: ListFigure, context: Context, work: Reading) -> Iterator[FigureLine]:
    """Yield the things that are listed themselves, the newest first."""
    rows = dossiers_of_codes(work, list(dict.fromkeys(line.code for line in items if line.code)))
    lines = {line.code: line for line in _lines(query, rows, context, work)}
    for each in items:
        line = lines.get(each.code or "")
        if line is None:
            yield FigureLine(
                code="",
                key="",
                name=NO_DOSSIER,
                procedure="",
                status=None,
                received_at=None,
                due_at=None,
                late=False,
                column=query.column,
                item=each.item,
            )
        else:
            yield FigureLine(*line, query.column, each.item)


def _lines(query: ListFigure, rows: Sequence[DossierListRow], context: Context, work: Reading) -> Sequence[DossierLine]:
    """Return the lines of a list, as known at the instant of the query."""
    known = rows_then(rows, attrgetter("code"), list_row_then, query.as_of, work)
    return to_dossier_lines(work, known, today_then(context.today, query.as_of))


def _column(name: str, kind: ReportKind) -> FigureColumn:
    """Return the column that counts what a table calls `name`."""
    if name in kind.listed:
        return kind.listed[name]
    if not kind.by_columns or name not in set(FigureColumn):
        columns = tuple(FigureColumn) if kind.by_columns else ()
        allowed = ", ".join(dict.fromkeys((*kind.figures, *kind.listed, *columns)))
        raise Refusal("unknown_choice", "list", text=name[:40], allowed=allowed)
    return FigureColumn(name)


def _codes(query: ListFigure, work: Reading) -> Sequence[str] | None:
    """Return the procedures of certified work; None for every procedure."""
    if query.report != ReportName.CERTIFIED:
        return None
    return sorted(certified_procedures(work, "" if query.group else query.value))
