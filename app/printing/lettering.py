"""The letters of a paper: the bundled Tinos faces, what they can draw, how wide it is, where a line breaks."""

import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from app.models.values import Fault

REGULAR = "Tinos-Regular"
BOLD = "Tinos-Bold"
ITALIC = "Tinos-Italic"
BOLD_ITALIC = "Tinos-BoldItalic"
FACES = (REGULAR, BOLD, ITALIC, BOLD_ITALIC)

ASCENT = 0.905
"""Height of «Ẩ», the tallest capital, above the base line, in parts of the type size."""

MISSING = "□"
"""Drawn where the face has no such letter; every Tinos face has it."""

_REMOVED = {"Cc", "Cf"}
_BLANKS = {"Zs", "Zl", "Zp"}
_lock = threading.Lock()
_folder = Path(__file__).resolve().parents[2] / "resources" / "fonts"
_faces: dict[str, Any] = {}
_tables: dict[str, "_Drawable"] = {}


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one face."""

    text: str
    face: str = REGULAR


@dataclass(frozen=True, slots=True)
class Line:
    """One set line: pieces as (distance from its left end, face, text), and its width, in points."""

    pieces: tuple[tuple[float, str, str], ...]
    width: float


class _Drawable(dict[int, str | None]):
    """For `str.translate`: each code point as the face can draw it."""

    def __init__(self, drawn: Iterable[int]) -> None:
        super().__init__()
        self._drawn = frozenset(drawn)

    def __missing__(self, point: int) -> str | None:
        kind = unicodedata.category(chr(point))
        if kind in _BLANKS or chr(point) in "\t\n\r\x0b\x0c\x85":
            self[point] = " "
        elif kind in _REMOVED:
            self[point] = None
        else:
            self[point] = chr(point) if point in self._drawn else MISSING
        return self[point]


def use_fonts(folder: Path) -> None:
    """Take the faces from `folder`/tinos instead of the program's own resources; call it before the first paper."""
    global _folder  # noqa: PLW0603 -- handed down once at start, like the database's place
    with _lock:
        _folder = folder
        _faces.clear()
        _tables.clear()
        _em.cache_clear()
        set_lines.cache_clear()


def load_faces() -> None:
    """Register the four faces once.

    Raises Fault `paper_fonts_missing` where a file is not there or is not a font.
    """
    with _lock:
        if _faces:
            return
        try:
            loaded = {face: TTFont(face, _folder / "tinos" / f"{face}.ttf") for face in FACES}
        except (TTFError, OSError) as wrong:
            raise Fault("paper_fonts_missing", folder=str(_folder)) from wrong
        for face, font in loaded.items():
            pdfmetrics.registerFont(font)
            _tables[face] = _Drawable(font.face.charToGlyph)
        _faces.update(loaded)


def drawable(text: str, face: str) -> str:
    """The text composed (NFC), without control characters, letters unknown to the face replaced by a box."""
    return unicodedata.normalize("NFC", text).translate(_tables[face])


@lru_cache(maxsize=20_000)
def _em(text: str, face: str) -> float:
    width: float = _faces[face].stringWidth(text, 1)
    return width


def width_of(text: str, face: str, size: float) -> float:
    """Width in points of text that is already drawable."""
    return _em(text, face) * size


@lru_cache(maxsize=1000)
def set_lines(spans: tuple[Span, ...], size: float, width: float) -> tuple[Line, ...]:
    """The spans broken into lines of at most `width` points; a word longer than a line is broken inside.
    At least one line, so that an empty value keeps its place."""
    pieces = [(drawable(span.text, span.face), span.face) for span in spans]
    whole = _line([(face, text) for text, face in pieces], size)
    if whole.width <= width:
        return (whole,)
    lines: list[Line] = []
    row: list[tuple[str, str]] = []
    used = 0.0
    for word in _words(pieces):
        for part in _parts(word, size, width):
            extent = sum(width_of(text, face, size) for face, text in part)
            blank = width_of(" ", row[-1][0], size) if row else 0.0
            if row and used + blank + extent > width:
                lines.append(_line(row, size))
                row, used, blank = [], 0.0, 0.0
            row += [(row[-1][0], " "), *part] if row else part
            used += blank + extent
    return (*lines, _line(row, size))


def _words(pieces: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Words as lists of (face, text): a word runs on over the border of two spans where no blank stands."""
    words: list[list[tuple[str, str]]] = [[]]
    for text, face in pieces:
        for number, part in enumerate(text.split(" ")):
            if number:
                words.append([])
            if part:
                words[-1].append((face, part))
    return [word for word in words if word]


def _parts(word: list[tuple[str, str]], size: float, width: float) -> list[list[tuple[str, str]]]:
    """The word whole, or cut letter by letter into parts that fit the line."""
    if sum(width_of(text, face, size) for face, text in word) <= width:
        return [word]
    parts: list[list[tuple[str, str]]] = []
    row, used = "", 0.0
    for face, text in word:
        row, used = "", 0.0
        for letter in text:
            extent = width_of(letter, face, size)
            if row and used + extent > width:
                parts.append([(face, row)])
                row, used = "", 0.0
            row += letter
            used += extent
        parts.append([(face, row)])
    return parts


def _line(row: list[tuple[str, str]], size: float) -> Line:
    """Neighbours of the same face joined into one piece."""
    joined: list[list[str]] = []
    for face, text in row:
        if joined and joined[-1][0] == face:
            joined[-1][1] += text
        else:
            joined.append([face, text])
    pieces, x = [], 0.0
    for face, text in joined:
        pieces.append((x, face, text))
        x += width_of(text, face, size)
    return Line(tuple(pieces), x)
