"""Fees of a period: payments by book, procedure and cashier; debts."""

from app.models.enums import Right
from app.services.context import Context
from app.services.permissions import requires
from app.services.reporting.fees import FeeReport, ReportFees, fees_taken
from app.storage.uow import Reading


@requires(Right.READ_LISTS)
def report_fees(query: ReportFees, context: Context, work: Reading) -> FeeReport:
    """Sum the payments of a period.

    Raises Refusal `period_reversed`.
    """
    return fees_taken(query, work)
