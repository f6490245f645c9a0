"""Satisfaction table of a period."""

from dataclasses import dataclass
from datetime import date

from app.models.enums import Right
from app.services.context import Context
from app.services.permissions import requires
from app.services.reporting.satisfaction import Satisfaction, satisfaction
from app.storage.uow import Reading


@dataclass(frozen=True)
class ReportSatisfaction:
    """Query: the satisfaction table of a period; both days included."""

    from_day: date
    to_day: date


@requires(Right.READ_FIGURES)
def report_satisfaction(query: ReportSatisfaction, context: Context, work: Reading) -> Satisfaction:
    """Count the ratings given and the dossiers settled in a period.

    Raises Refusal `period_reversed`.
    """
    return satisfaction(query.from_day, query.to_day, work)
