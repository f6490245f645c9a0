"""Font of papers for reportlab, with one usual subset in all documents.

reportlab cuts and compresses a face for every document again, which is most of the time of a receipt. The first subset
of a `PaperFont` always has the characters of Vietnamese, so that it is cut and compressed once in a process. Other
characters go into further subsets of their document.
"""

import unicodedata
import zlib
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from reportlab.pdfbase.ttfonts import SUBSETN, TTFont, makeToUnicodeCMap

from app.printing.layout.paper_faces import Glyphs, PaperFace

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in _TONES]
_SIGNS = "đĐ□«»–—“”‘’…·•×°²³₫§©±½"
USUAL = "".join(sorted({*map(chr, range(33, 127)), *_LETTERS, *_SIGNS}))
"""Characters of the first subset; at most 255."""
_SUBSET_SIZE = 256


@dataclass(frozen=True)
class _UsualSubset:
    """The parts of a subset; `file` and `to_unicode` are compressed."""

    name: str
    points: list[int]
    cut: bytes
    file: bytes
    to_unicode: bytes
    widths: str


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

    def addObjects(self, doc: Any) -> None:
        """Add the font to a document; the usual subset is there already."""
        usual, name = self._usual, self.getSubsetInternalName(0, doc)[1:]
        super().addObjects(doc)
        _set_compressed(doc.idToObject[f"fontFile:{self.face.filename}({usual.name})"], usual.file)
        _set_compressed(doc.idToObject[f"toUnicodeCMap:{usual.name}"], usual.to_unicode)
        doc.idToObject["BasicFonts"].dict[name].Widths = usual.widths

    def _make_subset(self, points: list[int]) -> bytes:
        usual = self._usual
        return usual.cut if points == usual.points else bytes(self._cut(points))

    @cached_property
    def _usual(self) -> "_UsualSubset":
        """The first subset, made with the first document."""
        points: list[int] = self._usual_state().subsets[0]
        cut = bytes(self._cut(points))
        name = f"{SUBSETN(0).decode()}+{self.face.name.decode()}"
        return _UsualSubset(
            name=name,
            points=points,
            cut=cut,
            file=zlib.compress(cut),
            to_unicode=zlib.compress(makeToUnicodeCMap(name, points).encode()),
            widths=f"[ {' '.join(f'{self.face.getCharWidth(point):.6g}' for point in points)} ]",
        )

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


class _NewDocument:
    """Key of the state that documents begin with."""


def _set_compressed(stream: Any, content: bytes) -> None:
    stream.content, stream.dictionary["Filter"] = content, "/FlateDecode"
