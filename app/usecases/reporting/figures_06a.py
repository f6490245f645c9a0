"""The statutory tables: counted, checked, and written out for the office that asked."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.models import figures
from app.models.figures import COLUMNS, FigureRow, Mismatch, refuse_reversed
from app.models.values import Refusal, Right
from app.printing.tables import table_06a
from app.services.context import Context
from app.services.permissions import needs
from app.storage import figures as counts
from app.storage.uow import Reading


@dataclass(frozen=True)
class Report06a:
    """Biểu II.06a for a period; both days belong to it."""

    from_day: date
    to_day: date


@dataclass(frozen=True)
class Figures06a:
    """The table, its total row, and every sum that does not hold (none, in a sound register)."""

    from_day: date
    to_day: date
    rows: tuple[FigureRow, ...]
    total: FigureRow
    checks: tuple[Mismatch, ...]


@needs(Right.READ_FIGURES)
def report_06a(query: Report06a, context: Context, work: Reading) -> Figures06a:
    """Count the dossiers of a period by field, as they stood at the end of its last day.

    Raises Refusal `period_reversed`.
    """
    return figures_06a(query, context.today, work)


def figures_06a(query: Report06a, today: date, work: Reading) -> Figures06a:
    """The table of `report_06a`; also the summary of a sync file."""
    refuse_reversed(query.from_day, query.to_day)
    parts = counts.counts_by_field(work, query.from_day, query.to_day, today)
    added = figures.added_up([_columns(part) for part in parts], [str(part.group) for part in parts])
    rows = tuple(added[name] for name in sorted(added) if any(getattr(added[name], column) for column in COLUMNS))
    total = figures.total(rows)
    return Figures06a(query.from_day, query.to_day, rows, total, figures.mismatches(rows, total))


def _columns(part: Any) -> Mapping[str, int]:
    return {column: int(getattr(part, column) or 0) for column in COLUMNS}


def preset_period(preset: str, on: date, quarter_starts: int = 15) -> tuple[date, date]:
    """The reporting period of a preset (`month`, `quarter`, `half`, `year`, `week`) that holds a day."""
    return figures.preset_period(preset, on, quarter_starts)


def told(table: Figures06a) -> dict[str, Any]:
    """The table as INTERFACES §6 promises it."""
    return {
        "period": {"from": table.from_day.isoformat(), "to": table.to_day.isoformat()},
        "rows": [asdict(row) for row in table.rows],
        "total": asdict(table.total),
        "checks": [asdict(check) for check in table.checks],
    }


def write_report(table: Figures06a, path: Path, office_name: str, parent: str = "") -> None:
    """Write the table to a `.json` or `.xlsx` file, whole or not at all.

    Raises Refusal `report_format` for another ending; OSError where the disk does not let us.
    """
    ending = path.suffix.lower()
    if ending == ".json":
        content = (json.dumps(told(table), ensure_ascii=False, indent=2) + "\n").encode()
    elif ending == ".xlsx":
        content = table_06a(
            [asdict(row) for row in table.rows],
            asdict(table.total),
            (table.from_day, table.to_day),
            office_name,
            parent,
        )
    else:
        raise Refusal("report_format", "out", text=ending or path.name, allowed=".json, .xlsx")
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError:
        with suppress(OSError):
            partial.unlink()
        raise
