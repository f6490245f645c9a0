"""Every report of the program: its figures and its issuer."""

from app.printing.documents.report import Report
from app.services.context import Context
from app.services.permissions import requires
from app.services.reporting.query import ReportQuery
from app.services.reporting.registry import build_report, kind_of
from app.storage.uow import Reading


@requires(lambda query: kind_of(query.name).right)
def make_report(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Build a report of a period.

    Raises Refusal `report_unknown`, `report_group`, `report_variant`, `period_reversed`.
    """
    return build_report(query, context, work)
