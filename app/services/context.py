"""What every use case is handed besides its command: the hour, the person, the office. Nothing here is asked of the
machine; `app.bootstrap` reads it once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.models.instants import local_day
from app.settings import Office


@dataclass(frozen=True)
class Context:
    """One act's circumstances. `now` is aware; in a training office it may be pretend time.
    `built_on` is the day the program was made, `drift` how far the wall clock left the running time since the start,
    `uptime` the seconds the machine has run, `place` where the person sits: `window` or `command`."""

    now: datetime
    actor: str
    office: Office
    training: bool
    built_on: date = date.min
    drift: timedelta = timedelta(0)
    uptime: int = 0
    place: str = "command"

    @property
    def today(self) -> date:
        """The day on the office's wall calendar."""
        return local_day(self.now)
