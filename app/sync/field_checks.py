"""Checks of the fields of sync files."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime

FieldCheck = Callable[[object], bool]
Shape = Mapping[str, FieldCheck]

_MAX_INTEGER = 2**53 - 1  # the largest integer that every JSON reader represents exactly
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([+-][0-9]{2}:[0-9]{2}|Z)")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def first_mismatch(value: Mapping[str, object], shape: Shape) -> str | None:
    """Return the first field that is missing, unexpected or invalid, or None."""
    for name in sorted(shape.keys() ^ value.keys()):
        return name
    for name, check in shape.items():
        if not check(value[name]):
            return name
    return None


def integer_between(minimum: int, maximum: int = _MAX_INTEGER) -> FieldCheck:
    """Accept an integer within both bounds, but no boolean."""
    return lambda value: type(value) is int and minimum <= value <= maximum


def text_between(minimum: int, maximum: int) -> FieldCheck:
    """Accept text with a length within both bounds."""
    return lambda value: isinstance(value, str) and minimum <= len(value) <= maximum


def single_line(maximum: int) -> FieldCheck:
    """Accept non-empty text of one line without control characters.

    Lone surrogates are refused as well because no database stores them.
    """
    return lambda value: (
        isinstance(value, str)
        and 1 <= len(value) <= maximum
        and not any(unicodedata.category(character) in ("Cc", "Cs") for character in value)
    )


def one_of(*codes: str) -> FieldCheck:
    """Accept one of a closed list of codes."""
    return lambda value: isinstance(value, str) and value in codes


def nullable(check: FieldCheck) -> FieldCheck:
    """Accept None or what `check` accepts."""
    return lambda value: value is None or check(value)


def hexadecimal(digits: int) -> FieldCheck:
    """Accept exactly this number of lower-case hexadecimal digits."""
    pattern = re.compile(f"[0-9a-f]{{{digits}}}")
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def is_uuid(value: object) -> bool:
    """Accept a UUID in lower case with dashes."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def is_instant(value: object) -> bool:
    """Accept an ISO 8601 instant with offset, to the second or finer."""
    if not isinstance(value, str) or _INSTANT.fullmatch(value) is None:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_flag(value: object) -> bool:
    """Accept true or false."""
    return isinstance(value, bool)


def is_object(value: object) -> bool:
    """Accept a JSON object."""
    return isinstance(value, dict)
