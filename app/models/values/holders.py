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
    parts = _words(typed)
    return next((name for name in names if _words(name) == parts), None) if parts else None


def find_holders(typed: str, holders: Iterable[str], limit: int = 7) -> tuple[str, ...]:
    """Return the holders that typed text can mean, best first.

    Initials («nta»), then the beginnings of consecutive words («ngu thi a»), then of words anywhere. The given order
    is kept within each. Empty text returns the first holders.
    """
    parts = _words(typed)
    if not parts:
        return tuple(holders)[:limit]
    ranked = [(rank, place, name) for place, name in enumerate(holders) if (rank := _rank(parts, _words(name))) < _NO]
    return tuple(name for _order, _place, name in sorted(ranked)[:limit])


_NO = 4  # rank of a name that does not match


def _rank(parts: Sequence[str], words: Sequence[str]) -> int:
    initials = "".join(word[0] for word in words)
    if len(parts) == 1 and len(parts[0]) > 1 and initials.endswith(parts[0]):
        return 0
    starts = (words[place : place + len(parts)] for place in range(len(words) - len(parts) + 1))
    if any(all(word.startswith(part) for word, part in zip(start, parts, strict=True)) for start in starts):
        return 1
    if len(parts) == 1 and len(parts[0]) > 1 and parts[0] in initials:
        return 2
    return 3 if all(any(word.startswith(part) for word in words) for part in parts) else _NO


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold_text(text)))
