"""Table that compares a report with the period before and the year before."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportFact, ReportSection, Row, Value
from app.services.reporting.export import COMPARISON
from app.wording.reports import tables as words

_KEYS = ("now", "previous", "last_year")
_LABEL_WIDTH = 36


def comparison(report: Report) -> tuple[ReportSection, ...]:
    """Return the totals of the three periods as a table for the paper.

    A report without a total compares its single figures, and the narrative report its lines.
    """
    table = report.table
    if table.total is not None:
        return (_totals(report, table.total),)
    lines = _figures(report)
    if not lines[0]:
        return ()
    kind = ColumnKind.COUNT if all(fact.kind is ColumnKind.COUNT for fact in lines[0]) else ColumnKind.FIGURE
    columns = (
        ReportColumn("name", report.fact_heads[0], ColumnKind.TEXT, width=52),
        *(
            ReportColumn(key, f"{name} ({first:%d/%m/%Y} – {last:%d/%m/%Y})", kind, width=20)
            for key, (name, first, last) in zip(_KEYS, _periods(report), strict=False)
        ),
    )
    rows: tuple[Row, ...] = tuple(
        {
            "name": fact.name,
            **{key: _value(figures, fact.key) for key, figures in zip(_KEYS, lines, strict=False)},
        }
        for fact in lines[0]
    )
    return (ReportSection(COMPARISON, columns, rows, title=words.COMPARISON, tab="So sánh", numbered=False),)


def _totals(report: Report, total: Row) -> ReportSection:
    table = report.table.columns
    label = next((column.key for column in table if total.get(column.key) == words.TOTAL), table[0].key)
    columns = tuple(
        replace(column, listed=False, heading=words.PERIOD, width=max(column.width, _LABEL_WIDTH))
        if column.key == label
        else replace(column, listed=False)
        for column in table
        if column.key == label or (column.kind is not ColumnKind.TEXT and column.key in total)
    )
    totals = [total, *(period.total or {} for period in (report.previous, report.last_year) if period is not None)]
    rows: tuple[Row, ...] = tuple(
        {**each, label: f"{name} ({first:%d/%m/%Y} – {last:%d/%m/%Y})"}
        for each, (name, first, last) in zip(totals, _periods(report), strict=True)
    )
    return ReportSection(COMPARISON, columns, rows, title=words.COMPARISON, tab="So sánh", numbered=False)


def _periods(report: Report) -> Iterator[tuple[str, date, date]]:
    yield words.THIS_PERIOD, report.first, report.last
    for name, period in ((words.PREVIOUS, report.previous), (words.LAST_YEAR, report.last_year)):
        if period is not None:
            yield name, period.first, period.last


def _figures(report: Report) -> list[Sequence[ReportFact]]:
    """Return the single figures of each period, this one first."""
    others = [period for period in (report.previous, report.last_year) if period is not None]
    if report.facts:
        return [report.facts, *(period.facts for period in others)]
    return [_lines(rows) for rows in (report.table.rows, *(period.rows for period in others))]


def _lines(rows: Sequence[Row]) -> tuple[ReportFact, ...]:
    """Return the lines of a table of names and values."""
    return tuple(ReportFact(str(row["key"]), str(row["name"]), row["value"]) for row in rows if "value" in row)


def _value(figures: Sequence[ReportFact], key: str) -> Value:
    return next((each.value for each in figures if each.key == key), None)
