"""The recovery key as a person reads and types it: eight groups of five letters and digits, 160 random bits.

The last sign of each group checks the four before it and the group's place, so that a slip of the eye is told with the
group it is in. The signs are those of Crockford's base 32: no I, L, O, U."""

import secrets
from collections.abc import Sequence

from app.models.errors import Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, _DATA = 8, 4
_READ_AS = str.maketrans("ILO", "110")
_FIELD = 0b100101
"""x^5 + x^2 + 1: the field of 32 elements in which the checks are reckoned."""


def new_recovery_key() -> str:
    """A fresh key, `7K2MQ-…` eight times."""
    return _format_key([secrets.randbelow(len(ALPHABET)) for _ in range(GROUPS * _DATA)])


def recovery_bytes(text: str) -> bytes:
    """The 20 bytes a typed key stands for; blanks, dashes and small letters do no harm.

    Raises Refusal `recovery_key_shape`, `recovery_key_group` with the number of the group to look at.
    """
    letters = "".join(c for c in text.upper() if c not in "-–—. \t\r\n").translate(_READ_AS)
    if len(letters) != GROUPS * (_DATA + 1) or any(c not in ALPHABET for c in letters):
        raise Refusal("recovery_key_shape", "recovery_key", groups=GROUPS, signs=_DATA + 1)
    value = 0
    for place in range(GROUPS):
        *signs, check = (ALPHABET.index(c) for c in letters[place * (_DATA + 1) :][: _DATA + 1])
        if check != _check(signs, place):
            raise Refusal("recovery_key_group", "recovery_key", group=place + 1)
        for sign in signs:
            value = value << 5 | sign
    return value.to_bytes(GROUPS * _DATA * 5 // 8, "big")


def invalid_groups(groups: Sequence[str]) -> tuple[int, ...]:
    """Which groups, from 1, are whole and do not stand as they were printed; unfinished ones are not judged."""
    read = [group.strip().upper().translate(_READ_AS) for group in groups]
    return tuple(n for n, group in enumerate(read, 1) if len(group) == _DATA + 1 and not _is_valid_group(group, n - 1))


def _is_valid_group(group: str, place: int) -> bool:
    if any(sign not in ALPHABET for sign in group):
        return False
    *signs, check = (ALPHABET.index(sign) for sign in group)
    return check == _check(signs, place)


def _format_key(signs: list[int]) -> str:
    groups = [signs[n : n + _DATA] for n in range(0, len(signs), _DATA)]
    return "-".join("".join(ALPHABET[s] for s in (*group, _check(group, n))) for n, group in enumerate(groups))


def _check(signs: list[int], place: int) -> int:
    """Finds one wrong sign, two exchanged ones, and a group in another's place."""
    total = place + 1
    for sign in signs:
        total = _times_x(total ^ sign)
    return total


def _times_x(element: int) -> int:
    element <<= 1
    return element ^ _FIELD if element > 31 else element
