"""Period of figures: its days, today, and the instant they are known at."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.models.instants import local_day

_NEARLY_LATE_DAYS = 3


@dataclass(frozen=True)
class FigurePeriod:
    """The days `first` to `last`, both included, as counted `today`.

    With `as_of` only events entered up to that instant count.
    """

    first: date
    last: date
    today: date
    as_of: datetime | None = None

    @property
    def judged(self) -> date:
        """Day on which an open dossier of the period is late or not."""
        day = min(self.last, self.today)
        return day if self.as_of is None else min(day, local_day(self.as_of))

    def values(self) -> dict[str, date | datetime]:
        """Return the bound values of the conditions."""
        judged = self.judged
        soon = judged + timedelta(days=_NEARLY_LATE_DAYS) if judged < date.max - timedelta(days=30) else judged
        values: dict[str, date | datetime] = {"first": self.first, "last": self.last, "judged": judged, "soon": soon}
        return values if self.as_of is None else {**values, "entered": self.as_of}
