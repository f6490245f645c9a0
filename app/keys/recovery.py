"""The recovery key as text: eight groups of five characters.

It holds 160 random bits. The last character of each group is a check character over the other four and the group's
place, so that a typing error is reported with its group. The characters are Crockford's base 32, without I, L, O and U.
"""

import secrets
from collections.abc import Sequence

from app.models.errors import Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, _DATA = 8, 4
_READ_AS = str.maketrans("ILO", "110")
_FIELD = 0b100101
"""x^5 + x^2 + 1, the polynomial of GF(32) for the check characters."""


def new_recovery_key() -> str:
    """Return a new random key, `7K2MQ-…` with eight groups."""
    return format_groups([secrets.randbelow(len(ALPHABET)) for _ in range(GROUPS * _DATA)], _DATA)


def recovery_bytes(text: str) -> bytes:
    """Return the 20 bytes of a typed key.

    Blanks, dashes and lower case are accepted.

    Raises Refusal `recovery_key_shape`, `recovery_key_group` with the number of the wrong group.
    """
    typed = typed_characters(text)
    if len(typed) != GROUPS * (_DATA + 1) or any(c not in ALPHABET for c in typed):
        raise Refusal("recovery_key_shape", "recovery_key", groups=GROUPS, signs=_DATA + 1)
    number = 0
    for place in range(GROUPS):
        *values, check = (ALPHABET.index(c) for c in typed[place * (_DATA + 1) :][: _DATA + 1])
        if check != _check(values, place):
            raise Refusal("recovery_key_group", "recovery_key", group=place + 1)
        for value in values:
            number = number << 5 | value
    return number.to_bytes(GROUPS * _DATA * 5 // 8, "big")


def invalid_groups(groups: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers, from 1, of complete groups with a wrong check."""
    typed = [group.strip().upper().translate(_READ_AS) for group in groups]
    return tuple(n for n, group in enumerate(typed, 1) if len(group) == _DATA + 1 and not _is_valid_group(group, n - 1))


def _is_valid_group(group: str, place: int) -> bool:
    if any(character not in ALPHABET for character in group):
        return False
    *values, check = (ALPHABET.index(character) for character in group)
    return check == _check(values, place)


def format_groups(values: Sequence[int], data: int) -> str:
    """Return values below 32 as groups of `data` characters and a check."""
    groups = [values[n : n + data] for n in range(0, len(values), data)]
    return "-".join("".join(ALPHABET[s] for s in (*group, _check(group, n))) for n, group in enumerate(groups))


def typed_characters(text: str) -> str:
    """Return the characters of a typed code, without blanks and dashes."""
    return "".join(c for c in text.upper() if c not in "-–—. \t\r\n").translate(_READ_AS)


def _check(values: Sequence[int], place: int) -> int:
    """Return a check value.

    It detects one wrong character, two swapped ones, and a group in another's place.
    """
    total = place + 1
    for value in values:
        total = _times_x(total ^ value)
    return total


def _times_x(element: int) -> int:
    element <<= 1
    return element ^ _FIELD if element > 31 else element
