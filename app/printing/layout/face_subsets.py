"""Subsets of the faces as PDF fonts with single-byte codes.

The usual subset of a face has the characters of Vietnamese. It is embedded as a whole, so that it is cut and compressed
once for all documents. Any other character goes into a subset of its document.
"""

import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, SUBSETN, makeToUnicodeCMap

from app.printing.layout.text_metrics import FACES

_ASCII = range(32, 127)
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in _TONES]
_SIGNS = "đĐ□«»–—“”‘’…·•×°²³₫§©±½"
_BEYOND_ASCII = sorted({ord(character) for character in (*_LETTERS, *_SIGNS)} - {*_ASCII})
_SIZE = 256
_ESCAPES = {10: "\\n", 13: "\\r", 40: "\\(", 41: "\\)", 92: "\\\\"}
"""Codes that a reader of a PDF string would take for syntax or for an end of line."""


@dataclass(frozen=True)
class PdfFont:
    """The parts of an embedded font; `widths` and `descriptor` are PDF code."""

    name: str
    widths: str
    descriptor: str
    file: bytes
    file_length: int
    to_unicode: bytes


@dataclass(frozen=True)
class UsualSubset:
    """The subset of a face that documents embed as a whole.

    `codes` has the escaped code of each character, for `str.translate`.
    """

    characters: frozenset[str]
    codes: Mapping[int, str]
    pdf_font: PdfFont


@lru_cache(maxsize=len(FACES))
def usual_subset(font: Any) -> UsualSubset:
    """Return the usual subset of a reportlab font."""
    others = iter(_BEYOND_ASCII)
    points = [0, *(code if code in _ASCII else next(others, 0) for code in range(1, _SIZE))]
    points = [point if point in font.face.charToGlyph else 0 for point in points]
    codes = _codes(points)
    return UsualSubset(frozenset(map(chr, codes)), codes, _pdf_font(font.face, points, 0))


def _codes(points: Sequence[int]) -> dict[int, str]:
    return {point: _ESCAPES.get(code, chr(code)) for code, point in enumerate(points) if point}


def _pdf_font(face: Any, points: Sequence[int], number: int) -> PdfFont:
    """Return the font of the characters `points`, by their codes; 0 is none."""
    name = f"{SUBSETN(number).decode()}+{face.name.decode()}"
    file = face.makeSubset(points)
    flags = face.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC
    box = " ".join(f"{edge:.2f}" for edge in face.bbox)
    return PdfFont(
        name=name,
        widths=" ".join(f"{face.getCharWidth(point):.4f}" for point in points),
        descriptor=(
            f"/Ascent {face.ascent:.2f} /CapHeight {face.capHeight:.2f} /Descent {face.descent:.2f} /Flags {flags}"
            f" /FontBBox [{box}] /ItalicAngle {face.italicAngle:.2f} /MissingWidth {face.defaultWidth:.2f}"
            f" /StemV {face.stemV:.2f}"
        ),
        file=zlib.compress(file),
        file_length=len(file),
        to_unicode=zlib.compress(makeToUnicodeCMap(name, points).encode()),
    )


class DocumentFace:
    """A face in one document, with the subsets that the document uses.

    `label` begins the names of its fonts in the document.
    """

    def __init__(self, font: Any, label: str) -> None:
        self._face, self._label = font.face, label
        self._usual = usual_subset(font) if font.fontName in FACES else None
        self._uses_usual = False
        self._subsets: list[list[int]] = []
        self._other_codes: dict[str, tuple[str, str]] = {}

    def encode(self, text: str) -> Sequence[tuple[str, str]]:
        """Return the parts of a text as (font name, escaped codes)."""
        if self._usual is not None and self._usual.characters.issuperset(text):
            self._uses_usual = True
            return ((self._label, text.translate(self._usual.codes)),)
        parts = groupby(map(self._encode_character, text), key=lambda each: each[0])
        return [(name, "".join(code for _, code in part)) for name, part in parts]

    def _encode_character(self, character: str) -> tuple[str, str]:
        if self._usual is not None and character in self._usual.characters:
            self._uses_usual = True
            return self._label, self._usual.codes[ord(character)]
        if character not in self._other_codes:
            if not self._subsets or len(self._subsets[-1]) == _SIZE:
                self._subsets.append([0])
            points = self._subsets[-1]
            code = _ESCAPES.get(len(points), chr(len(points)))
            points.append(ord(character))
            self._other_codes[character] = f"{self._label}.{len(self._subsets)}", code
        return self._other_codes[character]

    def fonts(self) -> Iterator[tuple[str, PdfFont]]:
        """Yield the fonts of the document with their names in it."""
        if self._usual is not None and self._uses_usual:
            yield self._label, self._usual.pdf_font
        for number, points in enumerate(self._subsets, 1):
            yield f"{self._label}.{number}", _pdf_font(self._face, points, number)
