"""Widths of text in Times New Roman, without a font file."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_FIRST = 32
"""Code point of the first width below."""
_REGULAR = (
    "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 "
    "278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 "
    "722 944 722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 "
    "500 333 389 278 500 500 722 500 500 444 480 200 480 541"
)
_BOLD = (
    "250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 "
    "333 570 570 570 500 930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 "
    "722 1000 722 722 667 333 278 333 581 500 333 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 "
    "556 444 389 333 556 500 722 500 500 444 394 220 394 520"
)
_WIDTHS = tuple(tuple(int(width) / 1000 for width in face.split()) for face in (_REGULAR, _BOLD))
"""Widths in parts of the type size, regular and bold, as Tinos and Times New Roman have them."""
_HORN, _HORN_WIDTH = "\u031b", 0.045
"""The mark of ơ and ư, and what it adds."""
_PUNCTUATION = {"«": 0.5, "»": 0.5, "–": 0.5, "“": 0.45, "”": 0.5, "·": 0.35}
_OTHER = 0.6
_WIDE = 1.0
_WIDE_FORMS = ("W", "F")


@lru_cache(maxsize=2_000)
def _character(character: str, bold: bool) -> float:
    base, *marks = tuple(unicodedata.normalize("NFD", character.replace("đ", "d").replace("Đ", "D")))
    place = ord(base) - _FIRST
    widths = _WIDTHS[bold]
    if 0 <= place < len(widths):
        return widths[place] + (_HORN_WIDTH if _HORN in marks else 0.0)
    if base in _PUNCTUATION:
        return _PUNCTUATION[base]
    return _WIDE if unicodedata.east_asian_width(base) in _WIDE_FORMS or base in "—…→" else _OTHER


def times_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text on one line, in points."""
    return sum(_character(character, bold) for character in text) * size


def line_count(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """Return the number of lines that a text takes in `room` points.

    Lines end at blanks; a longer word is broken inside.
    """
    if len(text) * size <= room and "\n" not in text:
        return 1
    return sum(1 for paragraph in text.split("\n") for _line in _lines(paragraph, room, size, bold))


def _lines(text: str, room: float, size: float, bold: bool) -> Iterator[float]:
    """Yield the widths of the lines of a paragraph."""
    blank, used = times_width(" ", size, bold=bold), 0.0
    for word in text.split(" "):
        extent = times_width(word, size, bold=bold)
        if used and used + extent > room:
            yield used
            used = 0.0
        while extent > room:
            yield room
            extent -= room
        used += extent + blank
    yield used
