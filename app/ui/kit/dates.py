"""Days and times as the window shows them: 11/03/2026, 09:12, thứ Tư. Office time, never the machine's zone."""

import re
from datetime import date, datetime

from app.models.instants import local

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def weekday(day: date) -> str:
    """Name of the weekday in small letters, Chủ nhật as it is always written."""
    return _WEEKDAYS[day.weekday()]


def format_day(day: date) -> str:
    """`11/03/2026`."""
    return day.strftime("%d/%m/%Y")


def format_time(instant: datetime) -> str:
    """`09:12` on the office's wall clock."""
    return local(instant).strftime("%H:%M")


def format_instant(instant: datetime | None) -> str:
    """`09:12 11/03/2026`, empty for an instant that is not known."""
    return "" if instant is None else local(instant).strftime("%H:%M %d/%m/%Y")


def format_promise(instant: datetime) -> str:
    """`17:00 thứ Tư 11/03/2026`, the way an appointment is read out to a citizen."""
    wall = local(instant)
    return f"{wall:%H:%M} {weekday(wall.date())} {wall:%d/%m/%Y}"


def parse_day(text: str) -> date | None:
    """A day as a clerk types it: `08/03/1999`, `8.3.1999`, `08031999`. None for anything else."""
    parts = re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", text.strip())
    digits = re.fullmatch(r"(\d{2})(\d{2})(\d{4})", text.strip())
    found = parts or digits
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def birth_to_iso(text: str) -> str:
    """A birth date for the command: `1999-03-08` or `1999`; what cannot be read goes through as typed, to be refused
    with a reason."""
    stripped = text.strip()
    day = parse_day(stripped)
    return day.isoformat() if day else stripped


def format_birth(value: str) -> str:
    """The other way: `1999-03-08` as `08/03/1999`, a bare year as it is."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else value
