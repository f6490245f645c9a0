"""Numbers of people and bodies: identity card, passport, tax code."""

import re
import unicodedata

from app.models.text import fold_text

_SEPARATORS = re.compile(r"[\s.\-_/\u2010-\u2015\u2212]")
_LETTERED = re.compile(r"[A-Za-z]{1,2}[\s.\-_/]*[0-9][0-9\s.\-_/]*")
_LETTERED_DIGITS = range(6, 10)


def comparable_number(number: str) -> str:
    """Return the form in which all spellings of one number are equal.

    Blanks, dots, dashes, slashes and case do not count: `012.345 678 901`, `0101234567-001` and `c 1234567` give
    `012345678901`, `0101234567001` and `C1234567`.
    """
    return _SEPARATORS.sub("", fold_text(unicodedata.normalize("NFKC", number))).upper()


def is_lettered_number(text: str) -> bool:
    """Return whether a typed text is a number with an alphabetic prefix.

    Passports and old residence cards have one or two capitals before six to nine digits.
    """
    return bool(_LETTERED.fullmatch(text.strip())) and sum(c.isdigit() for c in text) in _LETTERED_DIGITS


def searched_number(number: str | None) -> str | None:
    """Return the comparable form of a person's number, or None."""
    return comparable_number(number or "") or None
