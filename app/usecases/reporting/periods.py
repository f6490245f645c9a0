"""Reporting periods as the rules in force lay them."""

from dataclasses import dataclass
from datetime import date

from app.models.figures import preset_period
from app.services.context import Context
from app.services.law.counter import report_start_day
from app.services.permissions import public
from app.storage.uow import Reading


@dataclass(frozen=True)
class FindPeriod:
    """Query: the period of a preset, such as `month`, that contains a day."""

    preset: str
    on: date


@public("the periods are law and no secret")
def find_period(query: FindPeriod, context: Context, work: Reading) -> tuple[date, date]:
    """Return the first and the last day.

    Raises Refusal `unknown_preset`, `calendar_year_unknown`.
    """
    return preset_period(query.preset, query.on, report_start_day(work, context.office, query.on))
