"""The letters of a paper: the bundled Tinos faces, what they can draw, how wide it is, where a line breaks."""

import threading
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from app.models.errors import Fault
from app.resource_files import RESOURCES

REGULAR = "Tinos-Regular"
BOLD = "Tinos-Bold"
ITALIC = "Tinos-Italic"
BOLD_ITALIC = "Tinos-BoldItalic"
FACES = (REGULAR, BOLD, ITALIC, BOLD_ITALIC)

ASCENT = 0.905
"""Height of «Ẩ», the tallest capital, above the base line, in parts of the type size."""

MISSING = "□"
"""Drawn where the face has no such letter; every Tinos face has it."""

_REMOVED_CATEGORIES = {"Cc", "Cf"}
_SPACE_CATEGORIES = {"Zs", "Zl", "Zp"}
_lock = threading.Lock()
_folder = RESOURCES / "fonts"
_faces: dict[str, Any] = {}
_tables: dict[str, "_GlyphTable"] = {}


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


class _GlyphTable(dict[int, str | None]):
    """For `str.translate`: each code point as the face can draw it."""

    def __init__(self, drawn: Iterable[int]) -> None:
        super().__init__()
        self._drawn = frozenset(drawn)

    def __missing__(self, point: int) -> str | None:
        kind = unicodedata.category(chr(point))
        if kind in _SPACE_CATEGORIES or chr(point) in "\t\n\r\x0b\x0c\x85":
            self[point] = " "
        elif kind in _REMOVED_CATEGORIES:
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
        _em_width.cache_clear()
        break_lines.cache_clear()
        _measured.cache_clear()


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
            _tables[face] = _GlyphTable(font.face.charToGlyph)
        _faces.update(loaded)


def drawable(text: str, face: str) -> str:
    """The text composed (NFC), without control characters, letters unknown to the face replaced by a box."""
    return unicodedata.normalize("NFC", text).translate(_tables[face])


@lru_cache(maxsize=20_000)
def _em_width(text: str, face: str) -> float:
    width: float = _faces[face].stringWidth(text, 1)
    return width


def width_of(text: str, face: str, size: float) -> float:
    """Width in points of text that is already drawable."""
    return _em_width(text, face) * size


@lru_cache(maxsize=1000)
def break_lines(spans: tuple[Span, ...], size: float, width: float) -> tuple[Line, ...]:
    """The spans broken into lines of at most `width` points; a word longer than a line is broken inside.
    At least one line, so that an empty value keeps its place."""
    whole, words = _measured(spans)
    measure = width / size
    if whole.ems <= measure:
        return (_line(whole.pieces, size),)
    lines: list[Line] = []
    row: list[tuple[str, str]] = []
    used = 0.0
    for word in words:
        for part in [word] if word.ems <= measure else _split_word(word, measure):
            blank = _em_width(" ", row[-1][0]) if row else 0.0
            if row and used + blank + part.ems > measure:
                lines.append(_line(row, size))
                row, used, blank = [], 0.0, 0.0
            if row:
                row.append((row[-1][0], " "))
            row += part.pieces
            used += blank + part.ems
    return (*lines, _line(row, size))


@dataclass(frozen=True, slots=True)
class _Word:
    """Letters without a blank between them, as (face, text), and their width in parts of the type size."""

    pieces: tuple[tuple[str, str], ...]
    ems: float


def _word(pieces: Sequence[tuple[str, str]]) -> _Word:
    return _Word(tuple(pieces), sum(_em_width(text, face) for face, text in pieces))


@lru_cache(maxsize=1000)
def _measured(spans: tuple[Span, ...]) -> tuple[_Word, tuple[_Word, ...]]:
    """The text as one, and its words; a word runs on over the border of two spans where no blank stands."""
    pieces = [(span.face, drawable(span.text, span.face)) for span in spans]
    words: list[list[tuple[str, str]]] = [[]]
    for face, text in pieces:
        for number, part in enumerate(text.split(" ")):
            if number:
                words.append([])
            if part:
                words[-1].append((face, part))
    return _word(pieces), tuple(_word(word) for word in words if word)


def _split_word(word: _Word, measure: float) -> list[_Word]:
    """A word too long for any line, cut letter by letter into parts that fit."""
    parts: list[_Word] = []
    for face, text in word.pieces:
        row, used = "", 0.0
        for letter in text:
            extent = _em_width(letter, face)
            if row and used + extent > measure:
                parts.append(_word([(face, row)]))
                row, used = "", 0.0
            row += letter
            used += extent
        parts.append(_word([(face, row)]))
    return parts


def _line(row: Sequence[tuple[str, str]], size: float) -> Line:
    """Neighbours of the same face joined into one piece."""
    joined: list[tuple[str, str]] = []
    for face, text in row:
        if joined and joined[-1][0] == face:
            joined[-1] = (face, joined[-1][1] + text)
        else:
            joined.append((face, text))
    pieces, x = [], 0.0
    for face, text in joined:
        pieces.append((x, face, text))
        x += width_of(text, face, size)
    return Line(tuple(pieces), x)
