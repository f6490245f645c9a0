"""Vietnamese alphabetical order."""

import re
import unicodedata

from app.models.text import fold_text, plain_apostrophes

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANKS = {letter: f"{rank:02d}" for rank, letter in enumerate(_ALPHABET, 10)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng

Key = tuple[tuple[str, ...], tuple[int, ...], str]


def vietnamese_key(text: str) -> Key:
    """Return the sort key of a text: A Ă Â B C D Đ …, then the tones.

    Words are compared one by one, the alphabet before the tones (ngang, huyền, hỏi, ngã, sắc, nặng).
    Case does not count. Digits are compared by value and come first.
    """
    words: list[str] = []
    tones: list[int] = []
    for word in re.findall(r"[0-9]+|[^\W\d_]+", plain_apostrophes(unicodedata.normalize("NFC", text.lower()))):
        words.append(_value(word) if word.isdigit() else _ranks(word, tones))
    return tuple(words), tuple(tones), text


def _value(digits: str) -> str:
    """Return digits so that they sort by value and come first."""
    plain = digits.lstrip("0")
    return f"00{len(plain):04d}{plain}"


def _ranks(word: str, tones: list[int]) -> str:
    ranks = []
    for letter in word:
        parts = unicodedata.normalize("NFD", letter)
        tone = next((_TONES[mark] for mark in parts if mark in _TONES), 0)
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
        ranks.append(_RANKS.get(base) or _RANKS.get(fold_text(base)) or f"99{ord(base[:1]):06x}")
        tones.append(tone)
    return "".join(ranks)
