"""Figures of Biểu II.06a/VPCP/KSTT for a period."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from app.models import figures
from app.models.enums import FigureGroup
from app.models.figures import COLUMNS, FigureRow, Mismatch, check_period_order
from app.models.values.order import vietnamese_key
from app.storage.reporting import figures as counts
from app.storage.reporting.period import FigurePeriod
from app.storage.rows import FieldFiguresRow
from app.storage.uow import Reading


@dataclass(frozen=True)
class Report06a:
    """Query for Biểu II.06a; both days are included.

    With `as_of` only events entered up to that instant count.
    """

    from_day: date
    to_day: date
    as_of: datetime | None = None


@dataclass(frozen=True)
class Figures06a:
    """Rows and total of the table; `checks` lists sums that do not hold."""

    from_day: date
    to_day: date
    rows: tuple[FigureRow, ...]
    total: FigureRow
    checks: tuple[Mismatch, ...]


def figures_06a(query: Report06a, today: date, work: Reading) -> Figures06a:
    """Calculate Biểu II.06a for a period, by field."""
    return figures_by_group(query, FigureGroup.FIELD, today, work)


def figures_by_group(query: Report06a, group: FigureGroup, today: date, work: Reading) -> Figures06a:
    """Calculate the columns of Biểu II.06a by another group.

    The rows have the value of the group as `field`.

    Raises Refusal `period_reversed`.
    """
    check_period_order(query.from_day, query.to_day)
    parts = counts.counts_by_group(work, group, FigurePeriod(query.from_day, query.to_day, today, query.as_of))
    added = figures.sum_by_group([_columns(part) for part in parts], [str(part.group) for part in parts])
    counted = (added[name] for name in sorted(added, key=vietnamese_key))
    rows = tuple(row for row in counted if any(getattr(row, column) for column in COLUMNS))
    total = figures.total(rows)
    return Figures06a(query.from_day, query.to_day, rows, total, figures.mismatches(rows, total))


def figures_to_send(query: Report06a, today: date, work: Reading) -> Figures06a:
    """Calculate Biểu II.06a without the dossiers that are never sent.

    The receiver counts the same from the records that it gets.
    """
    table = figures_06a(query, today, work)
    parts = counts.counts_of_staying(work, FigurePeriod(query.from_day, query.to_day, today))
    if not parts:
        return table
    staying = figures.sum_by_group([_columns(part) for part in parts], [str(part.group) for part in parts])
    sent = (figures.subtract(row, staying.get(row.field)) for row in table.rows)
    rows = tuple(row for row in sent if any(getattr(row, column) for column in COLUMNS))
    total = figures.total(rows)
    return Figures06a(query.from_day, query.to_day, rows, total, figures.mismatches(rows, total))


def _columns(part: FieldFiguresRow) -> Mapping[str, int]:
    return {column: int(getattr(part, column) or 0) for column in COLUMNS}


def to_json(table: Figures06a) -> dict[str, Any]:
    """Return the table as JSON (docs/formats.md)."""
    return {
        "period": {"from": table.from_day.isoformat(), "to": table.to_day.isoformat()},
        "rows": [asdict(row) for row in table.rows],
        "total": asdict(table.total),
        "checks": [
            {"identity": each.identity, "row": each.row, "expected": each.expected, "found": each.actual}
            for each in table.checks
        ],
    }
