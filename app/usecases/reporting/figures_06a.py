"""The statutory tables: counted, checked, and written out for the office that asked."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

from app.disk import write_file
from app.models import figures
from app.models.enums import Right
from app.models.errors import Refusal
from app.printing.tables import Row06a, table_06a
from app.services.context import Context
from app.services.permissions import requires
from app.services.reporting.figures_06a import Figures06a, Report06a, figures_06a, to_json
from app.storage.uow import Reading


@requires(Right.READ_FIGURES)
def report_06a(query: Report06a, context: Context, work: Reading) -> Figures06a:
    """Count the dossiers of a period by field, as they stood at the end of its last day.

    Raises Refusal `period_reversed`.
    """
    return figures_06a(query, context.today, work)


def preset_period(preset: str, on: date, quarter_starts: int = 15) -> tuple[date, date]:
    """The reporting period of a preset (`month`, `quarter`, `half`, `year`, `week`) that holds a day."""
    return figures.preset_period(preset, on, quarter_starts)


def write_report(table: Figures06a, path: Path, office_name: str, parent: str = "") -> None:
    """Write the table to a `.json` or `.xlsx` file, whole or not at all.

    Raises Refusal `report_format` for another ending; OSError where the disk does not let us.
    """
    ending = path.suffix.lower()
    if ending == ".json":
        content = (json.dumps(to_json(table), ensure_ascii=False, indent=2) + "\n").encode()
    elif ending == ".xlsx":
        content = table_06a(
            [Row06a(**asdict(row)) for row in table.rows],
            Row06a(**asdict(table.total)),
            (table.from_day, table.to_day),
            office_name,
            parent,
        )
    else:
        raise Refusal("report_format", "out", text=ending or path.name, allowed=".json, .xlsx")
    write_file(path, content)
