"""Repairs of a day's number counter, as stored in the office settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.storage import office_settings
from app.storage.uow import Reading
from app.wording.number_repairs import repair_line

REPAIRS_SETTING = "number_repairs"
"""The setting that lists the repairs."""


@dataclass(frozen=True)
class NumberRepair:
    """One repair of a counter.

    `before` would have been the next number, `next` is the new one. `by` and `second` approved it.
    """

    day: str
    desk: int
    before: int
    next: int
    reason: str
    by: str
    second: str | None
    at: str

    @property
    def text(self) -> str:
        """The repair as one Vietnamese sentence."""
        numbers, both = (self.before, self.next), (self.by, self.second)
        day, at = date.fromisoformat(self.day), datetime.fromisoformat(self.at)
        return repair_line(day, self.desk, numbers, both, at, self.reason)


def repairs_between(first: date, last: date, work: Reading) -> Sequence[NumberRepair]:
    """Return the repairs of a period's numbers, oldest first."""
    stored: list[dict[str, Any]] = office_settings.setting(work, REPAIRS_SETTING) or []
    return [NumberRepair(**fields) for fields in stored if first.isoformat() <= fields["day"] <= last.isoformat()]
