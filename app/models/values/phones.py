"""Telephone numbers of Viet Nam, for notices, search and doubts.

Mobile numbers have ten digits with the prefixes in use since the conversion of 2018. Landlines begin with 02 and have
eleven digits. Sources: TT 22/2014/TT-BTTTT and QĐ 798/QĐ-BTTTT of 2018.
"""

import re
import unicodedata

_MOBILE = re.compile(r"0(3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])[0-9]{7}")
_LANDLINE = re.compile(r"02[0-9]{9}")
_ABROAD = re.compile(r"\s*(\+|00)\s*84")
_BETWEEN = re.compile(r"\s*(?:[/,;|\n]|\bhoặc\b|\bvà\b|\s-\s)\s*")
_JOINED = re.compile(r"(0[0-9]{9,10})-?(0[0-9]{9,10})")


def comparable_phone(phone: str) -> str:
    """Return one phone number in one comparable spelling.

    `+84 905.123.456` gives `0905123456`.
    """
    plain = unicodedata.normalize("NFKC", phone)
    digits = re.sub(r"[^0-9]", "", plain)
    abroad = _ABROAD.match(plain) or (digits.startswith("84") and len(digits) >= 11)
    return "0" + re.sub(r"^(00)?840?", "", digits) if abroad else digits


def phone_numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of a phone field in comparable form.

    A field may have two numbers: `0905 123 456 / 02363 822 123`.
    """
    parts = [comparable_phone(part) for part in _BETWEEN.split(unicodedata.normalize("NFKC", text))]
    numbers = [number for part in parts if part for number in _split_joined(part)]
    return tuple(dict.fromkeys(numbers))


def _split_joined(digits: str) -> tuple[str, ...]:
    match = _JOINED.fullmatch(digits)
    return match.groups() if match else (digits,)


def is_phone(number: str) -> bool:
    """Return whether a comparable number is a mobile or a landline."""
    return bool(_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number))


def mobile_number(phone: str | None) -> str:
    """Return the first mobile number of a field, else an empty text."""
    return next((number for number in phone_numbers(phone or "") if _MOBILE.fullmatch(number)), "")
