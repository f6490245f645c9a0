"""The money of a period: every payment, added up by receipt book, by procedure and by who took it, and what the
dossiers of the period still owe."""

from app.models.enums import Right
from app.services.context import Context
from app.services.permissions import requires
from app.services.reporting.fees import FeeReport, ReportFees, fees_taken
from app.storage.uow import Reading


@requires(Right.READ_LISTS)
def report_fees(query: ReportFees, context: Context, work: Reading) -> FeeReport:
    """Add up the payments of a period.

    Raises Refusal `period_reversed`.
    """
    return fees_taken(query, work)
