"""Repairs of a day's number counter, as stored in the office settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.storage import office_settings
from app.storage.uow import Reading
from app.wording.number_repairs import repair_line

REPAIRS_SETTING = "number_repairs"


@dataclass(frozen=True)
class NumberRepair:
    """One repair: the number that would have come next, the one that came instead, and who answers for it, why."""

    day: str
    desk: int
    before: int
    next: int
    reason: str
    by: str
    second: str | None
    at: str

    @property
    def told(self) -> str:
        """As the register and the terminal say it."""
        numbers, both = (self.before, self.next), (self.by, self.second)
        day, at = date.fromisoformat(self.day), datetime.fromisoformat(self.at)
        return repair_line(day, self.desk, numbers, both, at, self.reason)


def repairs_between(first: date, last: date, work: Reading) -> Sequence[NumberRepair]:
    """The repairs of a period's numbers, in the order they were made: the register tells them."""
    told: list[dict[str, Any]] = office_settings.setting(work, REPAIRS_SETTING) or []
    return [NumberRepair(**each) for each in told if first.isoformat() <= each["day"] <= last.isoformat()]
