"""Canvas of papers: reportlab's, with text and lines written faster.

A receipt has a hundred texts, and reportlab spends most of its time on them. Texts of the usual subset are encoded by
one table here. The pages are those of reportlab's canvas, compressed less.
"""

import zlib
from collections.abc import Sequence
from itertools import chain
from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase.pdfdoc import PDFStream, PDFStreamFilterZCompress
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from app.printing.layout.paper_font import PaperFont

_LEVEL = 1
"""A page with codes is compressed in a fifth of the time, to a quarter more of 5 KiB; its faces have 70 KiB."""
_SMALLEST, _LARGEST = 1e-7, 1_000_000
"""Up to one reportlab writes six decimals, from one on seven digits; beyond both it has rules of its own."""
_KEPT_TEXTS = 2_000
"""Texts of more pages than one document has are not kept, as of many documents in one file."""


class _QuickCompression(PDFStreamFilterZCompress):  # type: ignore[misc]  # reportlab has no types
    """The filter of page streams."""

    def encode(self, text: str) -> bytes:
        """Return the compressed text."""
        return zlib.compress(text.encode(), _LEVEL)


class PaperCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that is quick with the texts of papers.

    The copies of a document have most texts in the same places, so that a written text is kept.
    """

    def __init__(self, *values: Any, **setting: Any) -> None:
        self._face_codes: dict[tuple[str, float, float | None], str] = {}
        self._texts: dict[tuple[str, float, float, str], str] = {}
        super().__init__(*values, **setting)

    def setFont(self, face: str, size: float, leading: float | None = None) -> None:
        """Set the face and the size of the next texts."""
        super().setFont(face, size, leading)
        font = getFont(face)
        self._paper_font: PaperFont | None = font if isinstance(font, PaperFont) else None
        self._face = face, size, leading

    def drawString(self, x: float, y: float, text: str, *more: Any, **setting: Any) -> None:
        """Draw a text; one of usual characters is written at once."""
        font = self._paper_font
        if font is None or more or setting:
            super().drawString(x, y, text, *more, **setting)
            return
        place = self._face_codes.get(self._face, ""), x, y, text
        written = self._texts.get(place)
        if written is None:
            written = self._write(font, x, y, text)
        if written:
            self._code.append(written)
        else:
            super().drawString(x, y, text)

    def _write(self, font: PaperFont, x: float, y: float, text: str) -> str:
        """Return a text of usual characters as it is written, else nothing."""
        codes = font.usual_codes(text)
        if not codes:
            return ""
        face = self._face_codes.get(self._face)
        if face is None:  # not before the first text, which adds the face to the document
            face = f"Tm {font.usual_name(self._doc)} {_number(self._fontsize)} Tf {_number(self._leading)} TL"
            self._face_codes[self._face] = face
        written = f"BT 1 0 0 1 {_number(x)} {_number(y)} {face} ({codes}) Tj T* ET"
        self._texts[face, x, y, text] = written
        return written

    def lines(self, linelist: Sequence[tuple[float, float, float, float]]) -> None:
        """Draw lines from (x0, y0) to (x1, y1); a table repeats their ends."""
        written = {number: _number(number) for number in {*chain.from_iterable(linelist)}}
        each = (f"{written[x0]} {written[y0]} m {written[x1]} {written[y1]} l" for x0, y0, x1, y1 in linelist)
        self._code += ["n", *each, "S"]

    def showPage(self) -> None:
        """End the page."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.Contents = PDFStream(content=page.stream, filters=[_QuickCompression()])
        if len(self._texts) > _KEPT_TEXTS:
            self._texts.clear()

    def _startPage(self) -> None:
        super()._startPage()
        self._paper_font = None


def _number(number: float) -> str:
    """Return a number as reportlab writes it."""
    if 1 <= number < _LARGEST:
        return f"{number:.7g}"
    if _SMALLEST < abs(number) < 1:
        return f"{number:.6f}".rstrip("0").rstrip(".").removeprefix("0") or "0"
    return str(fp_str(number))
