"""Instants and office time: aware UTC inside, +07:00 for display."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import overload

OFFICE_TIME = timezone(timedelta(hours=7))
"""Official time of Viet Nam: +07:00 all year, no summer time since 1975."""


def office_instant(text: str) -> datetime:
    """Return the instant of an ISO 8601 text.

    A text without an offset is in office time.

    Raises ValueError for any other text.
    """
    if not re.match(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", text):
        raise ValueError(text)
    instant = datetime.fromisoformat(text)
    return (instant if instant.tzinfo else instant.replace(tzinfo=OFFICE_TIME)).replace(microsecond=0)


def local(instant: datetime) -> datetime:
    """Return the instant in office time."""
    return instant if instant.tzinfo is OFFICE_TIME else instant.astimezone(OFFICE_TIME)


def local_day(instant: datetime) -> date:
    """Return the day of the instant in office time."""
    return local(instant).date()


@overload
def iso(instant: datetime) -> str: ...
@overload
def iso(instant: None) -> None: ...
@overload
def iso(instant: datetime | None) -> str | None: ...
def iso(instant: datetime | None) -> str | None:
    """Return the instant as written in JSON: `2026-02-12T09:30:00+07:00`."""
    return None if instant is None else _iso(instant)


@lru_cache(maxsize=1024)
def _iso(instant: datetime) -> str:
    """Return the text of an instant; the records of one dossier repeat it."""
    return local(instant).isoformat(timespec="seconds")


def from_epoch(seconds: int) -> datetime:
    """Return the instant stored as whole seconds since 1970 UTC."""
    return datetime.fromtimestamp(seconds, UTC)
