"""Font of papers for reportlab, with one usual subset in all documents.

reportlab cuts, compresses and writes a face for every document again, which is most of the time of a receipt. The first
subset of a `PaperFont` always has the characters of Vietnamese, so that it is written once in a process. Other
characters go into further subsets of their document.
"""

import re
import unicodedata
import zlib
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject, PDFStream
from reportlab.pdfbase.ttfonts import TTFont

from app.printing.layout.paper_faces import Glyphs, PaperFace

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in _TONES]
_SIGNS = "đĐ□«»–—“”‘’…·•×°²³₫§©±½"
USUAL = "".join(sorted({*map(chr, range(33, 127)), *_LETTERS, *_SIGNS}))
"""Characters of the first subset; at most 255."""
_SUBSET_SIZE = 256


_OWN_NAME = ""
"""The place of the name that a font has in its document."""


@dataclass(frozen=True)
class _UsualSubset:
    """The first subset as it is written into a document.

    `objects` are by their names in a document, in the order of their numbers; the last one is the font itself.
    """

    points: list[int]
    cut: bytes
    widths: str
    objects: Mapping[str, tuple[bytes | str, ...]]


class _Written(PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object as it is written; strings are names of other objects."""

    __RefOnly__ = 1

    def __init__(self, parts: tuple[bytes | str, ...], own_name: str = "") -> None:
        self._parts, self._own_name = parts, f"/{own_name}".encode()

    def format(self, doc: Any) -> bytes:
        """Return the object with the numbers that others have in a document."""
        numbers = doc.idToObjectNumberAndVersion
        return b"".join(
            part if isinstance(part, bytes) else f"{numbers[part][0]} 0 R".encode() if part else self._own_name
            for part in self._parts
        )


class PaperFont(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A TrueType font whose first subset is the same in every document.

    `glyphs` are the characters of another face, to be shared. Raises TTFError or OSError.
    """

    def __init__(self, name: str, path: Path, glyphs: Glyphs | None = None) -> None:
        super().__init__(name, path)
        read: Any = self.face
        self.face: Any = PaperFace(read, path, glyphs)
        self._template: Any = None
        self._cut = self.face.makeSubset
        self.face.makeSubset = self._make_subset

    def stringWidth(self, text: str, size: float, encoding: str = "utf-8") -> float:
        """Return the width of a text in points."""
        widths = self.face.charWidths
        width: float = 0.001 * size * sum([widths[ord(character)] for character in text])
        return width

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """Return the parts of a text as (number of the subset, codes)."""
        if doc not in self.state:
            self.state[doc] = self._usual_state()
        parts: list[tuple[int, bytes]] = super().splitString(text, doc, encoding)
        return parts

    def usual_name(self, doc: Any) -> str:
        """Return the name of the usual subset in a document."""
        self.splitString("", doc)
        return str(self.getSubsetInternalName(0, doc))

    def usual_codes(self, text: str) -> str | None:
        """Return a text as the content of a PDF string in the usual subset.

        None for a text with other characters.
        """
        try:
            return text.translate(self._codes)
        except _Unusual:
            return None

    def addObjects(self, doc: Any) -> None:
        """Add the font to a document; the usual subset is written already."""
        usual, name = self._usual, self.getSubsetInternalName(0, doc)[1:]
        *parts, (_, font) = usual.objects.items()
        if len(self.state[doc].subsets) == 1:
            del self.state[doc]
            for part, written in parts:
                doc.Reference(_Written(written), part)
            doc.idToObject["BasicFonts"].dict[name] = doc.Reference(_Written(font, name), name)
        else:
            super().addObjects(doc)
            doc.idToObject |= {part: _Written(written) for part, written in parts}
            doc.idToObject["BasicFonts"].dict[name].Widths = usual.widths

    def _make_subset(self, points: list[int]) -> bytes:
        usual = self._usual
        return usual.cut if points == usual.points else bytes(self._cut(points))

    @cached_property
    def _usual(self) -> _UsualSubset:
        """The first subset, made with the first document."""
        document, points = PDFDocument(), list[int](self._usual_state().subsets[0])
        cut = bytes(self._cut(points))
        self.face.makeSubset = lambda _points: cut
        name = self.usual_name(document)[1:]
        super().addObjects(document)
        self.face.makeSubset = self._make_subset
        widths = f"[ {' '.join(f'{self.face.getCharWidth(point):.6g}' for point in points)} ]"
        document.idToObject[name].Widths = widths
        names = [document.numberToId[number] for number in range(1, document.objectcounter + 1)]
        return _UsualSubset(points, cut, widths, {each: _parts(document, each, name) for each in names[1:]})

    @cached_property
    def _codes(self) -> "_Codes":
        """The codes of usual characters."""
        document = _NewDocument()
        parts = {character: self.splitString(character, document) for character in f" {USUAL}"}
        del self.state[document]
        return _Codes({ord(character): escapePDF(codes) for character, ((_, codes),) in parts.items()})

    def _usual_state(self) -> Any:
        """Return the state of a new document, which has the usual subset."""
        if self._template is None:
            document = _NewDocument()
            super().splitString(USUAL, document)
            self._template = self.state.pop(document)
            self._template.nextCode = _SUBSET_SIZE
        state = copy(self._template)
        state.assignments, state.subsets = dict(state.assignments), [list(points) for points in state.subsets]
        return state


def _parts(document: Any, name: str, font: str) -> tuple[bytes | str, ...]:
    """Return the parts of an object of a font; streams are compressed."""
    described = document.idToObject[name]
    if isinstance(described, PDFStream):
        content = described.content
        described.content = zlib.compress(content if isinstance(content, bytes) else content.encode())
        described.filters, described.dictionary["Filter"] = None, "/FlateDecode"
        return (described.format(document),)
    written, parts, end = described.format(document), list[bytes | str](), 0
    for match in re.finditer(rb"\b(\d+) 0 R\b|" + re.escape(f"/{font}".encode()), written):
        parts += [written[end : match.start()], document.numberToId[int(match[1])] if match[1] else _OWN_NAME]
        end = match.end()
    return (*parts, written[end:])


class _Unusual(Exception):
    """A character beyond the usual subset."""


class _Codes(dict[int, str]):
    """A table for `str.translate`: each code point as an escaped code.

    Raises _Unusual.
    """

    def __missing__(self, point: int) -> str:
        raise _Unusual


class _NewDocument:
    """Key of the state that documents begin with."""
