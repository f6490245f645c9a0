"""Context of a use case: time, user and office.

Only `app.bootstrap` reads the clock.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.models.instants import local_day
from app.settings import Office


@dataclass(frozen=True)
class Context:
    """Context of one use case call.

    `now` is aware; in a training office it may be pretended. `built_on` is the day of this release. `drift` is how far
    the wall clock has drifted from the uptime since opening. `uptime` is in seconds. `place` is `window` or `command`.
    `strange_offset` is the machine's offset from UTC if it is not that of Vietnam and was not confirmed here.
    """

    now: datetime
    actor: str
    office: Office
    training: bool
    built_on: date = date.min
    drift: timedelta = timedelta(0)
    uptime: int = 0
    place: str = "command"
    strange_offset: timedelta | None = None

    @property
    def today(self) -> date:
        """The day of `now` in Vietnamese time."""
        return local_day(self.now)
