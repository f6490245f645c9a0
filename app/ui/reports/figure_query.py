"""Query for the dossiers behind a figure that was opened on F5."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from app.models.enums import FigureGroup
from app.services.reporting.export import ColumnKind, Report, ReportColumn, ReportPeriod, ReportSection
from app.services.reporting.registry import REPORTS
from app.ui.reports.figure_list import MOST
from app.usecases.reporting.dossier_lists import ListFigure
from app.wording.reports.tables import LAST_YEAR, PREVIOUS
from app.wording.reports.values import cell_text

_FACTS, _TAB = "facts", "Số liệu chung"
VALUE = "value"
"""Key of the column with the figures of a table of single figures."""


def shown_sections(report: Report) -> Sequence[ReportSection]:
    """Return the tables of a report; its single figures are the last one."""
    if not any(fact.listed for fact in report.facts):
        return report.sections
    rows = tuple(
        {"key": fact.key, "name": fact.name, VALUE: fact.value if fact.listed else cell_text(fact.value, fact.kind)}
        for fact in report.facts
    )
    opened = frozenset(fact.key for fact in report.facts if fact.listed)
    name, value = report.fact_heads
    columns = (ReportColumn("name", name, kind=ColumnKind.TEXT, width=52), ReportColumn(VALUE, value, width=14))
    return (*report.sections, ReportSection(_FACTS, columns, rows, title=_TAB, tab=_TAB, opened=opened))


def other_periods(report: Report, section: ReportSection) -> Iterator[tuple[dict[str, Any], ReportPeriod]]:
    """Yield the totals of the periods beside the report's own, as rows."""
    for period, name in ((report.previous, PREVIOUS), (report.last_year, LAST_YEAR)):
        if section is report.table and period is not None and period.total is not None:
            yield {**period.total, section.columns[0].key: name}, period


def figure_query(
    report: Report, section: ReportSection, column: ReportColumn, row: Any, as_of: datetime | None
) -> ListFigure:
    """Return the query for the dossiers of a figure, of the row's period."""
    is_row, is_group = row in section.rows, section.scope in set(FigureGroup)
    period: Report | ReportPeriod = next((own for each, own in other_periods(report, section) if each == row), report)
    has_lines = bool(REPORTS[report.name].figures)
    names = (*(() if is_group else (section.scope,)), section.detail) if is_row and has_lines else ()
    return ListFigure(
        str(row["key"]) if row.get("key") in section.opened else column.key,
        period.first,
        period.last,
        FigureGroup(section.scope) if is_row and is_group else None,
        str(row.get(section.scope) or "") if is_row and (is_group or not has_lines) else "",
        as_of=as_of,
        limit=MOST,
        report=report.name,
        labels={name: str(row.get(name) or "") for name in names if name},
    )
