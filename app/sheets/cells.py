"""Values of cells: whole numbers, days, instants, numbers of people."""

import re
from datetime import date, datetime, time
from functools import lru_cache

from app.models.instants import OFFICE_TIME, local_day
from app.models.text import clean
from app.sheets.sheet import Cell, text_of
from app.sheets.workbook import serial_day

_THOUSANDS = re.compile(r"[0-9]{1,3}([., '\u00a0\u202f][0-9]{3})+")
_ZERO_DECIMALS = re.compile(r"([0-9]+)[.,]0{1,2}")
_BLANKS = frozenset(("", "-", "–", "—", "_", "x", "X", "."))
_DAY = re.compile(r"([0-9]{1,2})\s*[/.\-]\s*([0-9]{1,2})\s*[/.\-]\s*([0-9]{4}|[0-9]{2})(?![0-9])")
_ISO_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
_RUN_TOGETHER = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_SPOKEN = re.compile(r"ngày\s*([0-9]{1,2})\s*tháng\s*([0-9]{1,2})\s*năm\s*([0-9]{4})", re.IGNORECASE)
_TIME = re.compile(r"\b([0-9]{1,2})\s*(?:[:hH]|giờ)\s*([0-9]{2})?")
_SCIENTIFIC = re.compile(r"[0-9][.,][0-9]+E\+?[0-9]+", re.IGNORECASE)
_TAX_CODES, _PERSONAL_NUMBERS = {9: 10, 12: 13}, {10: 12, 11: 12}
"""Digits that a number needs, by the digits that a workbook left of it."""
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 80_000
"""Serials from 18/05/1927 to 10/01/2119; smaller numbers in a column of days are not days."""


def whole_number(cell: Cell) -> int | None:
    """Return the count in a cell; None for an empty cell or a dash.

    Separators of thousands are read: `1.234`, `1,234`, `1 234`. A workbook that read `1.234` as a fraction is read as
    1,234, because a count of dossiers has no fraction.

    Raises ValueError for any other text.
    """
    if cell is None or isinstance(cell, int):
        return cell
    if isinstance(cell, float):
        return _whole_float(cell)
    text = text_of(cell).strip("'")
    if text in _BLANKS:
        return None
    plain = _ZERO_DECIMALS.sub(r"\1", text) if _ZERO_DECIMALS.fullmatch(text) else text
    if plain.isascii() and plain.lstrip("-").isdigit():
        return int(plain[:18])
    if _THOUSANDS.fullmatch(plain):
        return int(re.sub(r"\D", "", plain)[:18])
    raise ValueError(text)


def _whole_float(value: float) -> int:
    if value.is_integer():
        return int(value)
    thousands = round(value * 1000, 6)
    if thousands.is_integer():
        return int(thousands)
    raise ValueError(str(value))


def day_or_instant(cell: Cell, today: date) -> date | datetime | None:
    """Return the day or instant in a cell; None for an empty cell.

    Read are `8/3/99`, `08-03-1999`, `8.3.1999`, `08031999`, `1999-03-08`, «ngày 8 tháng 3 năm 1999», each with a time
    before or after it, and Excel serials as numbers or text. A year of two digits is the latest that is not after
    `today` by more than a year.

    Raises ValueError for any other text.
    """
    if cell is None or isinstance(cell, (date, datetime)):
        return cell
    if isinstance(cell, (int, float)):
        return _of_serial(float(cell), str(cell))
    return _of_text(cell, today)


@lru_cache(maxsize=8192)
def _of_text(cell: str, today: date) -> date | datetime | None:
    text = clean(cell).strip("'")
    if text in _BLANKS:
        return None
    if re.fullmatch(r"[0-9]{5}([.,][0-9]+)?", text):
        return _of_serial(float(text.replace(",", ".")), text)
    day, rest = _day_in(text, today)
    return _with_time(day, rest)


def _of_serial(serial: float, text: str) -> date | datetime:
    if _RUN_TOGETHER.fullmatch(text.zfill(8)) and serial > _LAST_SERIAL:
        return _day_in(text.zfill(8), date.max)[0]
    value = serial_day(serial) if _FIRST_SERIAL <= serial <= _LAST_SERIAL else None
    if value is None:
        raise ValueError(text)
    return value


def _day_in(text: str, today: date) -> tuple[date, str]:
    """Return the day of a text and the text without it."""
    iso = _ISO_DAY.search(text)
    if iso:
        return date(int(iso[1]), int(iso[2]), int(iso[3])), text[: iso.start()] + " " + text[iso.end() :]
    match = _SPOKEN.search(text) or _DAY.search(text) or _RUN_TOGETHER.fullmatch(text)
    if match is None:
        raise ValueError(text)
    rest = text[: match.start()] + " " + text[match.end() :]
    return date(_year(match[3], today), int(match[2]), int(match[1])), rest


def _year(digits: str, today: date) -> int:
    if len(digits) == 4:
        return int(digits)
    century = today.year - today.year % 100 if today < date.max else 2000
    year = century + int(digits)
    return year if year <= today.year + 1 else year - 100


def _with_time(day: date, rest: str) -> date | datetime:
    match = _TIME.search(rest.replace("T", " "))
    if match is None:
        return day
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour < 12 and {"PM", "CH"} & set(rest.upper().split()):
        hour += 12
    return datetime.combine(day, time(hour, minute), OFFICE_TIME)


def day_of(value: date | datetime) -> date:
    """Return the day of a day or instant."""
    return local_day(value) if isinstance(value, datetime) else value


def identity_number(cell: Cell, *, of_body: bool = False) -> str:
    """Return the number of a person or organisation as text.

    A workbook that stored the number as a number has lost its leading zeros: 10 and 11 digits are filled to 12, because
    numbers of citizens have 12 digits and most begin with 0. A tax code has 10 or 13 digits.

    Raises ValueError for a number in scientific notation, whose last digits are lost.
    """
    text = text_of(cell).strip("'")
    if _SCIENTIFIC.fullmatch(text):
        raise ValueError(text)
    if isinstance(cell, (int, float)) and text.isdigit():
        lengths = _TAX_CODES if of_body else _PERSONAL_NUMBERS
        return text.zfill(lengths.get(len(text), 0))
    return "" if text in _BLANKS else clean(text)


def phone_number(cell: Cell) -> str:
    """Return a telephone number as text; a lost leading zero is restored.

    Raises ValueError like `identity_number`.
    """
    text = text_of(cell).strip("'")
    if _SCIENTIFIC.fullmatch(text):
        raise ValueError(text)
    if text.isdigit() and len(text) in (9, 10) and not text.startswith("0"):
        return f"0{text}"
    return "" if text in _BLANKS else clean(text)
