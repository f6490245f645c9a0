"""Instants and office time: aware UTC inside, +07:00 on screen and paper."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

OFFICE_TIME = timezone(timedelta(hours=7))
"""Official time of Viet Nam: +07:00 all year, no summer time since 1975."""


def office_instant(text: str) -> datetime:
    """An instant as ISO 8601; without an offset it is Vietnamese time.

    Raises ValueError for anything else.
    """
    if not re.match(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", text):
        raise ValueError(text)
    instant = datetime.fromisoformat(text)
    return (instant if instant.tzinfo else instant.replace(tzinfo=OFFICE_TIME)).replace(microsecond=0)


def local(instant: datetime) -> datetime:
    """The instant on the office's wall clock."""
    return instant.astimezone(OFFICE_TIME)


def local_day(instant: datetime) -> date:
    """The day of the instant on the office's wall calendar."""
    return instant.astimezone(OFFICE_TIME).date()


def iso(instant: datetime | None) -> str | None:
    """The instant as answers write it: `2026-02-12T09:30:00+07:00`."""
    return None if instant is None else local(instant).isoformat(timespec="seconds")


def from_epoch(seconds: int) -> datetime:
    """The instant stored as whole seconds since 1970 UTC."""
    return datetime.fromtimestamp(seconds, UTC)
