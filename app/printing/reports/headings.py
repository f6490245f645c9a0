"""Headings of a section's table, in several levels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportSection, Row, Value
from app.wording.reports import papers as words
from app.wording.reports.papers import NUMBER_HEAD
from app.wording.reports.values import cell_text, period_text

NUMBER_KEY = "#"
"""Key of the column TT."""
_NUMBER_COLUMN = ReportColumn(NUMBER_KEY, NUMBER_HEAD, ColumnKind.COUNT, width=5)


@dataclass(frozen=True)
class HeadingCell:
    """One heading over columns and levels.

    `first`, `last`, `top` and `bottom` are included and count from 0.
    """

    text: str
    first: int
    last: int
    top: int
    bottom: int


def shown_columns(section: ReportSection) -> tuple[ReportColumn, ...]:
    """Return the columns with TT in front if the section is numbered."""
    return (_NUMBER_COLUMN, *section.columns) if section.numbered else section.columns


def levels(columns: Sequence[ReportColumn]) -> int:
    """Return the number of heading lines."""
    return 1 + max((len(column.groups) for column in columns), default=0)


def heading_cells(columns: Sequence[ReportColumn]) -> Iterator[HeadingCell]:
    """Yield the headings.

    The heading of a column reaches down to the last level.
    """
    bottom = levels(columns) - 1
    for level in range(bottom):
        first = 0
        while first < len(columns):
            shared = columns[first].groups[: level + 1]
            last = first
            while last + 1 < len(columns) and columns[last + 1].groups[: level + 1] == shared:
                last += 1
            if len(shared) > level:
                yield HeadingCell(shared[level], first, last, level, level)
            first = last + 1
    for place, column in enumerate(columns):
        yield HeadingCell(column.heading, place, place, len(column.groups), bottom)


def row_values(columns: Sequence[ReportColumn], row: Row, number: int | None) -> list[Value]:
    """Return the cells of a row; a row without a number leaves TT empty."""
    return [number if column.key == NUMBER_KEY else row.get(column.key) for column in columns]


def cell_texts(columns: Sequence[ReportColumn], values: Sequence[Value]) -> list[str]:
    """Return the cells of a row as text."""
    return [cell_text(value, column.kind) for column, value in zip(columns, values, strict=True)]


def is_number(column: ReportColumn) -> bool:
    """Return whether the cells of a column are aligned to the right."""
    return column.kind not in (ColumnKind.TEXT, ColumnKind.DAY, ColumnKind.INSTANT)


def period_line(report: Report) -> str:
    """Return the line below the title: the period, or the report's subtitle."""
    if report.subtitle:
        return report.subtitle
    days = period_text(report.first, report.last)
    return words.period_line(report.first, report.last) if report.form else days
