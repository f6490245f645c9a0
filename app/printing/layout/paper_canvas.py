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
_LARGEST = 1_000_000
"""From one up to here reportlab writes seven digits; beyond it has a rule of its own."""


class _QuickCompression(PDFStreamFilterZCompress):  # type: ignore[misc]  # reportlab has no types
    """The filter of page streams."""

    def encode(self, text: str) -> bytes:
        """Return the compressed text."""
        return zlib.compress(text.encode(), _LEVEL)


class PaperCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that is quick with the texts of papers."""

    def setFont(self, face: str, size: float, leading: float | None = None) -> None:
        """Set the face and the size of the next texts."""
        super().setFont(face, size, leading)
        font = getFont(face)
        self._paper_font: PaperFont | None = font if isinstance(font, PaperFont) else None
        self._face_code = ""

    def drawString(self, x: float, y: float, text: str, *more: Any, **setting: Any) -> None:
        """Draw a text; one of usual characters is written at once."""
        font = self._paper_font
        codes = None if more or setting or font is None else font.usual_codes(text)
        if codes and font is not None:
            self._face_code = self._face_code or (
                f"Tm {font.usual_name(self._doc)} {_number(self._fontsize)} Tf {_number(self._leading)} TL"
            )
            self._code.append(f"BT 1 0 0 1 {_number(x)} {_number(y)} {self._face_code} ({codes}) Tj T* ET")
        else:
            super().drawString(x, y, text, *more, **setting)

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

    def _startPage(self) -> None:
        super()._startPage()
        self._paper_font = None


def _number(number: float) -> str:
    """Return a number as reportlab writes it."""
    return f"{number:.7g}" if 1 <= number < _LARGEST else str(fp_str(number))
