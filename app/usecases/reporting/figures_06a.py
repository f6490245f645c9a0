"""Biểu II.06a/VPCP/KSTT of a period, also as a JSON or Excel file."""

import json
from dataclasses import asdict

from app.models.enums import Right
from app.models.errors import Refusal
from app.models.figures import preset_period
from app.printing.tables import Row06a, table_06a
from app.services.context import Context
from app.services.permissions import requires
from app.services.reporting.figures_06a import Figures06a, Report06a, figures_06a, to_json
from app.storage.uow import Reading

__all__ = ["preset_period", "report_06a", "report_file"]
# `preset_period` is exported here because `ui` and `cli` do not import `models.figures` (contract `outer-layers`).


@requires(Right.READ_FIGURES)
def report_06a(query: Report06a, context: Context, work: Reading) -> Figures06a:
    """Count the dossiers of a period by field, as of the end of its last day.

    Raises Refusal `period_reversed`.
    """
    return figures_06a(query, context.today, work)


def report_file(table: Figures06a, ending: str, office_name: str, parent: str = "") -> bytes:
    """Return the table as a `.json` or `.xlsx` file.

    Raises Refusal `report_format` for another ending.
    """
    if ending == ".json":
        return (json.dumps(to_json(table), ensure_ascii=False, indent=2) + "\n").encode()
    if ending == ".xlsx":
        rows, total = [Row06a(**asdict(row)) for row in table.rows], Row06a(**asdict(table.total))
        return table_06a(rows, total, (table.from_day, table.to_day), office_name, parent)
    raise Refusal("report_format", "out", text=ending, allowed=".json, .xlsx")
