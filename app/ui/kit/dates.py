"""Format days and times of the window, in office time."""

import re
from datetime import date, datetime

from app.models.instants import local

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def weekday(day: date) -> str:
    """Return the Vietnamese name of the weekday.

    It is in lower case, except Chủ nhật.
    """
    return _WEEKDAYS[day.weekday()]


def format_day(day: date) -> str:
    """Return a day as `11/03/2026`."""
    return day.strftime("%d/%m/%Y")


def format_time(instant: datetime) -> str:
    """Return an instant as `09:12` in office time."""
    return local(instant).strftime("%H:%M")


def format_instant(instant: datetime | None) -> str:
    """Return an instant as `09:12 11/03/2026`, empty for None."""
    return "" if instant is None else local(instant).strftime("%H:%M %d/%m/%Y")


def format_promise(instant: datetime) -> str:
    """Return a promised instant as `17:00 thứ Tư 11/03/2026`."""
    wall = local(instant)
    return f"{wall:%H:%M} {weekday(wall.date())} {wall:%d/%m/%Y}"


def format_birth(value: str) -> str:
    """Return `1999-03-08` as `08/03/1999` and a bare year unchanged."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", value)
    return f"{match[3]}/{match[2]}/{match[1]}" if match else value
