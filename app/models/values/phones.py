"""Telephone numbers of Viet Nam, for notices, search and doubts.

Mobile numbers have ten digits with the prefixes in use since the conversion of 2018. Landlines begin with 02 and have
eleven digits. Sources: TT 22/2014/TT-BTTTT and QĐ 798/QĐ-BTTTT of 2018.
"""

import re
import unicodedata

from app.models.text import fold_text

_MOBILE = re.compile(r"0(3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])[0-9]{7}")
_LANDLINE = re.compile(r"02[0-9]{9}")
_BETWEEN = re.compile(r"[/,;|\n&]|\b(?:hoac|hay|va)\b|\s(?=\+)")
_DASH = re.compile(r"[-\u2010-\u2015\u2212]")
_JOINED = re.compile(r"(0[0-9]{9,10})(0[0-9]{9,10})")
_EXTENSION = re.compile(
    r"[\s,;(]*(?:\b(?:may le|may nhanh|so le|so nhanh|le|nhanh|noi bo)|ext(?:ension)?|x|#)[\s.:]*[0-9]{1,5}\b\s*\)?"
    r"|\s*\([0-9]{1,5}\)\s*$"
)
"""Extension of a landline: «máy lẻ 12», «ext. 12», «(12)»."""
_LONG_ABROAD = 11
"""Least digits of a number that begins with 84 instead of +84."""


def comparable_phone(phone: str) -> str:
    """Return one phone number in one comparable spelling, no extension.

    `+84 905.123.456`, `84905123456` and `0084 905123456` give `0905123456`.
    """
    signs = re.sub(r"[^0-9+]", "", _EXTENSION.sub("", _plain(phone)))
    digits = signs.replace("+", "")
    abroad = signs.startswith(("+84", "0084")) or (digits.startswith("84") and len(digits) >= _LONG_ABROAD)
    return "0" + re.sub(r"^(00)?840?", "", digits) if abroad else digits


def phone_numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of a phone field in comparable form.

    A field may have two numbers: `0905 123 456 / 02363 822 123`. Extensions are left out.
    """
    parts = _BETWEEN.split(_EXTENSION.sub("", _plain(text)))
    return tuple(dict.fromkeys(number for part in parts for number in _numbers_of(part) if number))


def _numbers_of(part: str) -> tuple[str, ...]:
    """Return the numbers of a text without separators but dashes and blanks."""
    whole = comparable_phone(part)
    if is_phone(whole):
        return (whole,)
    pieces = tuple(map(comparable_phone, _DASH.split(part)))
    if any(map(is_phone, pieces)):
        return pieces
    match = _JOINED.fullmatch(whole)
    return match.groups() if match else (whole,)


def _plain(text: str) -> str:
    """Return the text in lower case without marks and invisible characters."""
    visible = (c for c in unicodedata.normalize("NFKC", text) if c.isprintable() or c.isspace())
    return fold_text("".join(visible))


def is_phone(number: str) -> bool:
    """Return whether a comparable number is a mobile or a landline."""
    return bool(_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number))


def mobile_number(phone: str | None) -> str:
    """Return the first mobile number of a field, else an empty text."""
    return next((number for number in phone_numbers(phone or "") if _MOBILE.fullmatch(number)), "")
