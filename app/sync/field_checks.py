"""What each field of a sync file may hold: small tests, and the first field of an object that fails its own."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime

FieldCheck = Callable[[object], bool]
Shape = Mapping[str, FieldCheck]

_MAX_INTEGER = 2**53 - 1  # the largest whole number every JSON reader keeps exactly
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([+-][0-9]{2}:[0-9]{2}|Z)")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def first_mismatch(value: Mapping[str, object], shape: Shape) -> str | None:
    """The first field that is missing, not in the shape, or of the wrong kind; None when all fit."""
    for name in sorted(shape.keys() ^ value.keys()):
        return name
    for name, check in shape.items():
        if not check(value[name]):
            return name
    return None


def integer_between(least: int, most: int = _MAX_INTEGER) -> FieldCheck:
    """A whole number within both bounds; true and false are not numbers."""
    return lambda value: type(value) is int and least <= value <= most


def text(least: int = 1, most: int = 2000) -> FieldCheck:
    """Text of a length within both bounds."""
    return lambda value: isinstance(value, str) and least <= len(value) <= most


def single_line(most: int) -> FieldCheck:
    """Text of one line, not empty, that any screen and database keeps: no control character, no half a surrogate."""
    return lambda value: (
        isinstance(value, str)
        and 1 <= len(value) <= most
        and not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in value)
    )


def one_of(*codes: str) -> FieldCheck:
    """One of a closed list of codes."""
    return lambda value: isinstance(value, str) and value in codes


def nullable(check: FieldCheck) -> FieldCheck:
    """The same, or nothing."""
    return lambda value: value is None or check(value)


def hexadecimal(digits: int) -> FieldCheck:
    """Small hexadecimal digits, exactly so many."""
    spelled = re.compile(f"[0-9a-f]{{{digits}}}")
    return lambda value: isinstance(value, str) and spelled.fullmatch(value) is not None


def is_uuid(value: object) -> bool:
    """A UUID in small letters with its dashes."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def is_instant(value: object) -> bool:
    """An instant in ISO 8601, to the second or finer, with its offset."""
    if not isinstance(value, str) or _INSTANT.fullmatch(value) is None:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_flag(value: object) -> bool:
    """True or false."""
    return isinstance(value, bool)


def is_object(value: object) -> bool:
    """A JSON object."""
    return isinstance(value, dict)
