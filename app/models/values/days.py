"""Days as people type them."""

import re
import unicodedata
from datetime import date, timedelta

from app.models.text import clean

_PARTS = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})", re.ASCII)
_RUN = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_YEARS = range(1880, 2101)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2044\u2215"), "-")
_SERIAL = re.compile(r"[1-7]\d{4}", re.ASCII)
_SERIAL_ZERO = date(1899, 12, 30)


def parse_day(text: str, *, latest: date | None = None) -> date | None:
    """Return a typed day, None for other text.

    Accepted are `8/3/1999`, `08-03-1999`, `8.3.1999`, `08031999`, `1999-03-08` and `8/3/99`. A year of two digits is in
    this century; with `latest` (a day of birth) it is the newest year that does not exceed it.
    """
    plain = _plain(text)
    match = _PARTS.fullmatch(plain) or _RUN.fullmatch(plain)
    if match is not None:
        return _day(_full_year(match[3], match[2], match[1], latest), match[2], match[1])
    iso = _ISO.fullmatch(plain)
    return _day(iso[1], iso[2], iso[3]) if iso else None


def parse_table_day(text: str) -> date | None:
    """Return a day of a table, None for other text.

    Besides the spellings of `parse_day`, a serial of Excel (46063) is accepted, as a cell without a format of days has
    it. The first one is of 1927.
    """
    plain = _plain(text)
    return _SERIAL_ZERO + timedelta(int(plain)) if _SERIAL.fullmatch(plain) else parse_day(plain)


def birth_to_iso(text: str, today: date) -> str:
    """Return a typed date of birth as `1999-03-08` or `1999`.

    Other text is returned as typed, so that the command refuses it with a reason.
    """
    plain = _plain(text)
    day = None if _YEAR.fullmatch(plain) else parse_day(plain, latest=today)
    return day.isoformat() if day else plain


def _plain(text: str) -> str:
    """Return the text with plain digits and dashes, all visible."""
    return clean(unicodedata.normalize("NFKC", text)).translate(_DASHES)


def _full_year(year: str, month: str, day: str, latest: date | None) -> str:
    if len(year) == 4:
        return year
    recent = f"20{year}"
    if latest is None:
        return recent
    possible = _day(recent, month, day)
    return recent if possible is not None and possible <= latest else f"19{year}"


def _day(year: str, month: str, day: str) -> date | None:
    try:
        match = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return match if match.year in _YEARS else None
