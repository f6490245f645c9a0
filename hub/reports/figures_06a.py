"""Biểu II.06a/VPCP/KSTT for a period, by field or by agency."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from app.models import figures
from app.models.errors import Refusal
from app.models.figures import COLUMNS, FigureRow, Mismatch
from hub.errors import Refused
from hub.storage.database import Connection
from hub.storage.figures import CountRow, counts

AGENCY, FIELD = "agency", "field"


@dataclass(frozen=True)
class Table06a:
    """Rows and total of the table; `checks` lists sums that do not hold.

    By agency, the `field` of a row is the agency code.
    """

    first: date
    last: date
    by: str
    rows: tuple[FigureRow, ...]
    total: FigureRow
    checks: tuple[Mismatch, ...]

    @property
    def last_midnight(self) -> datetime:
        """First moment of the last day, as a workbook stores dates."""
        return datetime(self.last.year, self.last.month, self.last.day)  # noqa: DTZ001


def figures_06a(
    connection: Connection, first: date, last: date, today: date, *, agency: str | None = None, by: str = FIELD
) -> Table06a:
    """Calculate the table of all agencies or of one.

    Raises Refused `period_reversed`.
    """
    if first > last:
        raise Refused("period_reversed", first=first.isoformat(), last=last.isoformat())
    parts = counts(connection, first, last, today, agency)
    names = [part.agency_code if by == AGENCY else part.field for part in parts]
    sums = figures.sum_by_group([columns(part) for part in parts], names)
    rows = tuple(sums[name] for name in (sorted(sums) if by == AGENCY else figures.in_order(sums)))
    total = figures.total(rows)
    return Table06a(first, last, by, rows, total, figures.mismatches(rows, total))


def columns(part: CountRow) -> dict[str, int]:
    """Return all columns of a part; sums are formed as the form does."""
    values = {name: getattr(part, name) for name in COLUMNS if hasattr(part, name)}
    values["received"] = part.received_online + part.received_direct_post + part.carried_over
    values["resolved"] = part.resolved_early + part.resolved_on_time + part.resolved_late
    values["pending"] = part.pending_in_time + part.pending_late
    return values


def preset_period(preset: str, on: date) -> tuple[date, date]:
    """Return the reporting period that contains a day.

    Raises Refused `unknown_preset`, `calendar_year_unknown`.
    """
    try:
        return figures.preset_period(preset, on)
    except Refusal as refusal:
        values = {name: str(value) for name, value in refusal.values.items()}
        raise Refused(refusal.code, **values) from refusal


def to_json(table: Table06a) -> dict[str, Any]:
    """Return the table as JSON (docs/formats.md)."""
    return {
        "period": {"from": table.first.isoformat(), "to": table.last.isoformat()},
        "rows": [_row_json(row, table.by) for row in table.rows],
        "total": asdict(table.total),
        "checks": [
            {
                "identity": check.identity,
                "row": check.row,
                "expected": check.expected,
                "found": check.actual,
            }
            for check in table.checks
        ],
    }


def _row_json(row: FigureRow, by: str) -> dict[str, Any]:
    return {**asdict(row), **({"agency_code": row.field} if by == AGENCY else {})}
