"""Biểu II.06a/VPCP/KSTT as a report, by field or another group."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from app.models.enums import FigureColumn, FigureGroup
from app.models.figures import COLUMNS, FigureRow, on_time_ratios
from app.printing.documents.report import (
    ColumnKind,
    Report,
    ReportCheck,
    ReportColumn,
    ReportRatio,
    ReportSection,
    Row,
    Value,
)
from app.services.context import Context
from app.services.reporting.figures_06a import Figures06a, Report06a, figures_by_group, to_json
from app.services.reporting.groups import GROUP_NOTES, group_labels, label_columns
from app.services.reporting.query import ReportQuery
from app.storage.uow import Reading
from app.wording.figures import SOURCES, ratio_definition
from app.wording.reports import form_06a as words


def report_06a(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return Biểu II.06a of a period.

    The printed form adds withdrawn and returned dossiers to columns 7 and 9. The variant `office` has them apart.
    """
    group = query.group or FigureGroup.FIELD
    table = figures_by_group(Report06a(query.first, query.last, query.as_of), group, context.today, work)
    return report_of_figures(query, group, table, group_labels(group, [row.field for row in table.rows], work))


def report_by_procedure(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return Biểu II.06a of a period with a row for each procedure."""
    return report_06a(replace(query, group=query.group or FigureGroup.PROCEDURE), context, work)


def report_of_figures(
    query: ReportQuery, group: FigureGroup, table: Figures06a, row_labels: Mapping[str, Row]
) -> Report:
    """Return counted figures as a report, with a label for each row."""
    rows: tuple[Row, ...] = tuple({**_cells(row), **row_labels[row.field]} for row in table.rows)
    total: Row = {**_cells(table.total), "field": table.total.field}
    labels = label_columns(group)
    office = query.variant == "office"
    notes = () if office else words.form_notes(table.total.withdrawn, table.total.returned_unresolved)
    return Report(
        name=query.name,
        title=words.TITLE,
        form=words.FORM,
        unit=words.UNIT,
        first=query.first,
        last=query.last,
        sections=(
            ReportSection(
                key="rows",
                columns=(*labels, *(office_columns() if office else _form_columns())),
                rows=rows,
                total={**total, labels[-1].key: table.total.field},
                tab="II.06a",
                indexed=True,
                scope=group.value,
            ),
        ),
        ratios=ratios(table.total),
        notes=(*notes, *GROUP_NOTES.get(group, ()), SOURCES),
        checks=tuple(ReportCheck(c.identity, c.row, c.expected, c.actual) for c in table.checks),
        answer=_answer(group, table, rows),
    )


def ratios(total: FigureRow) -> tuple[ReportRatio, ...]:
    """Return the on-time ratio by its three definitions."""
    return tuple(
        ReportRatio(
            each.definition,
            words.RATIO_NAMES[each.definition],
            each.part,
            each.whole,
            ratio_definition(each.definition, each.part, each.whole),
        )
        for each in on_time_ratios(total)
    )


def _answer(group: FigureGroup, table: Figures06a, rows: tuple[Row, ...]) -> Mapping[str, object]:
    """Return the JSON; its rows keep withdrawn and returned dossiers apart."""
    answer = to_json(table)
    if group is FigureGroup.FIELD:
        return answer
    keys = ("field", *(key for key in ("procedure", "name", "holder", "channel", "month") if key in (rows or ({},))[0]))
    return {**answer, "rows": [{key: row[key] for key in (*keys, *COLUMNS)} for row in rows]}


def _cells(row: FigureRow) -> dict[str, Value]:
    without_result = row.withdrawn + row.returned_unresolved
    return {
        **asdict(row),
        FigureColumn.FORM_RESOLVED.value: row.resolved + without_result,
        FigureColumn.FORM_ON_TIME.value: row.resolved_on_time + without_result,
    }


def _figure(key: FigureColumn, heading: str, *groups: str, width: float = 9) -> ReportColumn:
    return ReportColumn(key.value, heading, ColumnKind.COUNT, groups, width, listed=True)


def _received_columns() -> tuple[ReportColumn, ...]:
    received, of_which = words.RECEIVED, words.OF_WHICH
    return (
        _figure(FigureColumn.RECEIVED, words.TOTAL, received),
        _figure(FigureColumn.RECEIVED_ONLINE, words.ONLINE, received, of_which, words.IN_PERIOD, width=10),
        _figure(FigureColumn.RECEIVED_DIRECT_POST, words.DIRECT_POST, received, of_which, words.IN_PERIOD, width=12),
        _figure(FigureColumn.CARRIED_OVER, words.CARRIED, received, of_which),
    )


def _pending_columns(in_time: str) -> tuple[ReportColumn, ...]:
    pending, of_which = words.PENDING, words.OF_WHICH
    return (
        _figure(FigureColumn.PENDING, words.TOTAL, pending),
        _figure(FigureColumn.PENDING_IN_TIME, in_time, pending, of_which, width=15 if len(in_time) > 12 else 9),
        _figure(FigureColumn.PENDING_LATE, words.LATE, pending, of_which),
    )


def _form_columns() -> tuple[ReportColumn, ...]:
    """Return columns 3 to 13 of the printed form."""
    resolved, of_which = words.RESOLVED, words.OF_WHICH
    return (
        *_received_columns(),
        _figure(FigureColumn.FORM_RESOLVED, words.TOTAL, resolved),
        _figure(FigureColumn.RESOLVED_EARLY, words.EARLY, resolved, of_which),
        _figure(FigureColumn.FORM_ON_TIME, words.FORM_ON_TIME, resolved, of_which, width=14),
        _figure(FigureColumn.RESOLVED_LATE, words.LATE, resolved, of_which),
        *_pending_columns(words.FORM_IN_TIME),
    )


def office_columns() -> tuple[ReportColumn, ...]:
    """Return the columns of the offices' annexes, without folding."""
    resolved, of_which = words.RESOLVED, words.OF_WHICH
    return (
        *_received_columns(),
        _figure(FigureColumn.RESOLVED, words.TOTAL, resolved),
        _figure(FigureColumn.RESOLVED_EARLY, words.EARLY, resolved, of_which),
        _figure(FigureColumn.RESOLVED_ON_TIME, words.ON_TIME, resolved, of_which),
        _figure(FigureColumn.RESOLVED_LATE, words.LATE, resolved, of_which),
        *_pending_columns(words.IN_TIME),
        _figure(FigureColumn.WITHDRAWN, words.WITHDRAWN, words.WITHOUT_RESULT),
        _figure(FigureColumn.RETURNED_UNRESOLVED, words.RETURNED, words.WITHOUT_RESULT),
    )
