"""Biểu II.06a/VPCP/KSTT of a period."""

from app.models.enums import Right
from app.models.figures import preset_period
from app.services.context import Context
from app.services.permissions import requires
from app.services.reporting.figures_06a import Figures06a, Report06a, figures_06a
from app.storage.uow import Reading

__all__ = ["preset_period", "report_06a"]
# `preset_period` is exported here because `ui` and `cli` do not import `models.figures` (contract `outer-layers`).


@requires(Right.READ_FIGURES)
def report_06a(query: Report06a, context: Context, work: Reading) -> Figures06a:
    """Count the dossiers of a period by field, as of the end of its last day.

    Raises Refusal `period_reversed`.
    """
    return figures_06a(query, context.today, work)
