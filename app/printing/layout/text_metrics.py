"""The bundled faces of papers: characters, text widths, line breaks."""

import threading
import unicodedata
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError

from app.models.errors import Fault
from app.printing.layout.paper_faces import Glyphs
from app.printing.layout.paper_font import PaperFont
from app.printing.layout.scripts import SCRIPT_TEXT, SCRIPTS, Script
from app.printing.layout.title_lines import title_lines
from app.resource_files import RESOURCES

REGULAR = "Tinos-Regular"
BOLD = "Tinos-Bold"
ITALIC = "Tinos-Italic"
BOLD_ITALIC = "Tinos-BoldItalic"
FACES = (REGULAR, BOLD, ITALIC, BOLD_ITALIC)
_BOLD_FACES = (BOLD, BOLD_ITALIC)

ASCENT = 0.905
"""Height of «Ẩ», the tallest capital, above the baseline, in parts of the type size."""

MISSING = "?"
"""Drawn for a character that no bundled face has. The doubt at intake names it."""

_SUBSTITUTES = {0x2610: "□"}
"""The box to tick of blank forms, drawn by a character that every Tinos face has."""
_SHORT = 50
"""Characters of a text that seldom takes more than one line."""
_REMOVED_CATEGORIES = {"Cc", "Cf"}
_SPACE_CATEGORIES = {"Zs", "Zl", "Zp"}
_lock = threading.Lock()
_FONTS = RESOURCES / "fonts"
_faces: dict[str, Any] = {}
_tables: dict[str, "_GlyphTable"] = {}


class Span(NamedTuple):
    """A piece of text in one face."""

    text: str
    face: str = REGULAR


class Line(NamedTuple):
    """One broken line.

    `pieces` are (distance from its left end, face, text) without blank ones. Lengths are points.
    """

    pieces: tuple[tuple[float, str, str], ...]
    width: float


class _GlyphTable(dict[int, str | None]):
    """A table for `str.translate`: each code point as the face can draw it."""

    def __init__(self, drawn: Container[int]) -> None:
        super().__init__()
        self._drawn = drawn

    def __missing__(self, point: int) -> str | None:
        kind = unicodedata.category(chr(point))
        if kind in _SPACE_CATEGORIES or chr(point) in "\t\n\r\x0b\x0c\x85":
            self[point] = " "
        elif kind in _REMOVED_CATEGORIES:
            self[point] = None
        else:
            self[point] = chr(point) if point in self._drawn else _SUBSTITUTES.get(point, MISSING)
        return self[point]


def load_faces() -> None:
    """Register the four faces once.

    Raises Fault `paper_fonts_missing` if a file is missing or is no font.
    """
    with _lock:
        if not _faces:
            _load("tinos", FACES)


def _load(family: str, faces: Sequence[str]) -> None:
    loaded: dict[str, Any] = {}
    glyphs: Glyphs | None = None
    try:
        for face in faces:
            loaded[face] = PaperFont(face, _FONTS / family / f"{face}.ttf", glyphs)
            glyphs = glyphs or loaded[face].face.charToGlyph
    except (TTFError, OSError) as error:
        raise Fault("paper_fonts_missing", folder=str(_FONTS)) from error
    for face, font in loaded.items():
        pdfmetrics.registerFont(font)
        _tables[face] = _GlyphTable(font.face.charToGlyph)
    _faces.update(loaded)


def _runs(span: Span) -> Iterator[tuple[str, str]]:
    """Yield face and drawable text of each part of a span."""
    end = 0
    for match in SCRIPT_TEXT.finditer(span.text):
        if match.start() > end:
            yield span.face, drawable(span.text[end : match.start()], span.face)
        script = SCRIPTS[(match.lastindex or 1) - 1]
        yield _loaded_face(script, span.face in _BOLD_FACES), script.draw(match[0])
        end = match.end()
    if end < len(span.text) or not span.text:
        yield span.face, drawable(span.text[end:], span.face)


def _loaded_face(script: Script, bold: bool) -> str:
    """Return the face of a script; it is loaded with its first text."""
    face = script.bold if bold else script.regular
    with _lock:
        if face not in _faces:
            _load(script.family, script.faces)
    return face


def drawable(text: str, face: str) -> str:
    """Return the text in NFC, without control characters.

    Characters that the face lacks become a question mark.
    """
    return unicodedata.normalize("NFC", text).translate(_tables[face])


@lru_cache(maxsize=2_000)
def _em_width(text: str, face: str) -> float:
    width: float = _faces[face].stringWidth(text, 1)
    return width


def width_of(text: str, face: str, size: float) -> float:
    """Return the width in points of a drawable text."""
    return _em_width(text, face) * size


def line_width(text: str, face: str, size: float) -> float:
    """Return the width in points of any text on one line."""
    return sum(_em_width(part, part_face) for part_face, part in _runs(Span(text, face))) * size


def break_lines(spans: tuple[Span, ...], size: float, width: float) -> tuple[Line, ...]:
    """Break spans into lines of at most `width` points.

    A word longer than a line is broken inside. The result has at least one line, so that an empty value keeps its
    place.
    """
    known = _known_long if spans and len(spans[-1].text) > _SHORT else _known_short
    return known(spans, size, width)


def _break(spans: tuple[Span, ...], size: float, width: float) -> tuple[Line, ...]:
    unbroken, measure = _unbroken(spans), width / size
    if unbroken.ems <= measure:
        return (_line(unbroken.pieces, size),)
    lines: list[Line] = []
    row: list[tuple[str, str]] = []
    used = 0.0
    for word in _words(spans):
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


_known_short, _known_long = lru_cache(maxsize=260)(_break), lru_cache(maxsize=340)(_break)
"""Lines of texts. The short texts of each dossier, such as its code, drop no names of papers from the long ones."""


@lru_cache(maxsize=50)
def balance_lines(spans: tuple[Span, ...], size: float, width: float) -> tuple[Line, ...]:
    """Break a centred paragraph into lines of similar width.

    A title, in bold, is broken between its words. It keeps the original lines if the balanced ones were more.
    """
    lines = break_lines(spans, size, width)
    if len(spans) == 1 and spans[0].face == BOLD:
        (span,) = spans
        texts = title_lines(span.text, width, lambda text: line_width(text, span.face, size))
        if texts:
            return tuple(break_lines((Span(text, span.face),), size, width)[0] for text in texts)
    target_width = 1.12 * sum(line.width for line in lines) / len(lines)
    balanced = break_lines(spans, size, min(width, target_width))
    return balanced if len(balanced) == len(lines) else lines


class _Word(NamedTuple):
    """Characters without a blank between them, as (face, text).

    `ems` is their width in parts of the type size.
    """

    pieces: tuple[tuple[str, str], ...]
    ems: float


def _word(pieces: Sequence[tuple[str, str]]) -> _Word:
    return _Word(tuple(pieces), sum(_em_width(text, face) for face, text in pieces))


@lru_cache(maxsize=100)
def _unbroken(spans: tuple[Span, ...]) -> _Word:
    """Return the whole text as one word."""
    return _word([run for span in spans for run in _runs(span)])


@lru_cache(maxsize=30)
def _words(spans: tuple[Span, ...]) -> tuple[_Word, ...]:
    """Return the words of a text.

    A word continues across two spans without a blank between them.
    """
    words: list[list[tuple[str, str]]] = [[]]
    for face, text in _unbroken(spans).pieces:
        for number, part in enumerate(text.split(" ")):
            if number:
                words.append([])
            if part:
                words[-1].append((face, part))
    return tuple(_shared_word(tuple(word)) for word in words if word)


@lru_cache(maxsize=500)
def _shared_word(pieces: tuple[tuple[str, str], ...]) -> _Word:
    """Return a word, which other texts of papers have too."""
    return _word(pieces)


def _break_inside(row: str) -> int:
    """Return where a word that fills a line is broken.

    A code is broken behind its last dash or slash, so that the serial stays whole.
    """
    end = max(row.rfind(mark) for mark in "-/") + 1
    return end if 2 * end > len(row) else len(row)


def _split_word(word: _Word, measure: float) -> list[_Word]:
    """Split a word into parts that fit a line."""
    parts: list[_Word] = []
    for face, text in word.pieces:
        row, used = "", 0.0
        for character in text:
            extent = _em_width(character, face)
            if row and used + extent > measure:
                end = _break_inside(row)
                parts.append(_word([(face, row[:end])]))
                row = row[end:]
                used = _em_width(row, face) if row else 0.0
            row += character
            used += extent
        parts.append(_word([(face, row)]))
    return parts


def _line(row: Sequence[tuple[str, str]], size: float) -> Line:
    """Join neighbouring pieces of the same face."""
    joined: list[tuple[str, str]] = []
    for face, text in row:
        if joined and joined[-1][0] == face:
            joined[-1] = (face, joined[-1][1] + text)
        else:
            joined.append((face, text))
    pieces, x = [], 0.0
    for face, text in joined:
        if text.strip():
            pieces.append((x, face, text))
        x += width_of(text, face, size)
    return Line(tuple(pieces), x)
