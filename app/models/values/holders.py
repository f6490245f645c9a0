"""Match typed text with the holders of an office: people and units."""

import re
from collections.abc import Iterable, Sequence

from app.models.text import fold_text

_WORD = re.compile(r"[^\W_]+")


def known_holder(typed: str, holders: Iterable[str]) -> str | None:
    """Return the holder whose name is the typed text, or None.

    Case, marks and blanks do not count; an exact spelling comes first.
    """
    names = tuple(holders)
    if typed in names:
        return typed
    wanted = _words(typed)
    return next((name for name in names if _words(name) == wanted), None) if wanted else None


def find_holders(typed: str, holders: Iterable[str], limit: int = 7) -> tuple[str, ...]:
    """Return the holders that typed text can mean, best first.

    Initials («nta»), then the beginnings of consecutive words («ngu thi a»), then of words anywhere. The given order
    is kept within each. Empty text returns the first holders.
    """
    wanted = _words(typed)
    if not wanted:
        return tuple(holders)[:limit]
    ranked = [(rank, place, name) for place, name in enumerate(holders) if (rank := _rank(wanted, _words(name))) < _NO]
    return tuple(name for _rank_, _place, name in sorted(ranked)[:limit])


_NO = 4


def _rank(wanted: Sequence[str], words: Sequence[str]) -> int:
    initials = "".join(word[0] for word in words)
    if len(wanted) == 1 and len(wanted[0]) > 1 and initials.endswith(wanted[0]):
        return 0
    starts = (words[place : place + len(wanted)] for place in range(len(words) - len(wanted) + 1))
    if any(all(word.startswith(part) for part, word in zip(wanted, start, strict=True)) for start in starts):
        return 1
    if len(wanted) == 1 and len(wanted[0]) > 1 and wanted[0] in initials:
        return 2
    return 3 if all(any(word.startswith(part) for word in words) for part in wanted) else _NO


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold_text(text)))
