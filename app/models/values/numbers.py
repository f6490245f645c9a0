"""Numbers of people and bodies: identity card, passport, tax code."""

import re
import unicodedata

from app.models.text import fold_text

_SEPARATORS = re.compile(r"[\s.\-_/\u2010-\u2015\u2212]")
_LETTERED_DIGITS, _LETTERS = range(6, 10), range(1, 4)


def comparable_number(number: str) -> str:
    """Return the form in which all spellings of one number are equal.

    Blanks, dots, dashes, slashes, case and invisible characters do not count: `012.345 678 901`, `0101234567-001` and
    `c 1234567` give `012345678901`, `0101234567001` and `C1234567`.
    """
    visible = "".join(c for c in unicodedata.normalize("NFKC", number) if c.isprintable())
    return _SEPARATORS.sub("", fold_text(visible)).upper()


def is_lettered_number(text: str) -> bool:
    """Return whether a typed text is a number with capitals.

    Passports and old residence cards have up to three capitals and six to nine digits, mostly the capitals first.
    """
    plain = comparable_number(text)
    digits = sum(c.isdigit() for c in plain)
    return plain.isascii() and plain.isalnum() and digits in _LETTERED_DIGITS and len(plain) - digits in _LETTERS


def searched_number(number: str | None) -> str | None:
    """Return the comparable form of a person's number, or None."""
    return comparable_number(number or "") or None
