"""Pages drawn to PDF."""

from collections.abc import Callable, Sequence
from io import BytesIO
from math import cos, radians, sin
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase.pdfmetrics import getFont

from app.printing.layout.barcode import Symbol
from app.printing.layout.page_flow import MM, PdfPage
from app.printing.layout.paper_canvas import PaperCanvas
from app.printing.layout.text_metrics import BOLD, REGULAR, width_of

rl_config.useA85 = 0  # binary streams are 20% smaller and faster than ASCII ones

CanvasFactory = Callable[..., Any]
"""Creates reportlab's Canvas, or a recorder of its calls for benchmarks."""

_EncodedText = dict[tuple[str, str], list[tuple[str, str]]]
_MAX_SLIP_RUNS = 150
"""Pages with more text runs are lists, on which the same texts repeat."""
_HAIRLINE = 0.5
_WATERMARK_ANGLE = radians(25)
_WATERMARK_FILL = 0.9
_WATERMARK_STROKE = 0.4
_OUTLINE_WIDTH = 0.7
_FILL_MODE, _OUTLINE_MODE = 0, 1
_NARROW_PAGE = 100 * MM
"""Narrower pages are rolls. Their printers have no grey, so the watermark is an outline."""
_QUIET_MODULES = 4
"""Clear modules between the watermark and a code."""


def draw_pdf(
    pages: Sequence[PdfPage], title: str, watermark: str, canvas_factory: CanvasFactory = PaperCanvas
) -> bytes:
    """Return the pages as a PDF, the same bytes each time.

    `watermark`, if any, is large and light behind the text.
    """
    out = BytesIO()
    canvas = canvas_factory(out, invariant=True, initialFontName=REGULAR, lang="vi")
    canvas.setTitle(title)
    encoded: _EncodedText = {}
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        if watermark:
            _watermark(canvas, page, watermark)
        _rules(canvas, page)
        if len(page.runs) > _MAX_SLIP_RUNS:
            _list_text(canvas, page, encoded)
        else:
            _text(canvas, page)
        for left, top, symbol in page.codes:
            _code(canvas, left, page.height - top - symbol.height, symbol)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _text(canvas: Any, page: PdfPage) -> None:
    current: tuple[str, float] | None = None
    for x, base, size, face, text in page.runs:
        if current != (face, size):
            current = (face, size)
            canvas.setFont(face, size)
        canvas.drawString(x, page.height - base, text)


def _list_text(canvas: Any, page: PdfPage, encoded: _EncodedText) -> None:
    """Draw the text of a list page as one text object.

    Each text is encoded once for all pages. A register of 5,000 lines takes a third of the time.
    """
    code: list[str] = []
    current: tuple[str, float] | None = None
    for x, base, size, face, text in page.runs:
        code.append(f"1 0 0 1 {x:.2f} {page.height - base:.2f} Tm")
        for subset, encoded_text in _encoded_parts(canvas, face, text, encoded):
            if current != (subset, size):
                current = (subset, size)
                code.append(f"{subset} {size:g} Tf")
            code.append(f"({encoded_text}) Tj")
    canvas.addLiteral("BT\n" + "\n".join(code) + "\nET")


def _encoded_parts(canvas: Any, face: str, text: str, encoded: _EncodedText) -> list[tuple[str, str]]:
    """Return a text as pairs of font subset name and escaped PDF string."""
    if (face, text) not in encoded:
        font, document = getFont(face), canvas._doc
        encoded[face, text] = [
            (font.getSubsetInternalName(subset, document), canvas._escape(part))
            for subset, part in font.splitString(text, document)
        ]
    return encoded[face, text]


def _rules(canvas: Any, page: PdfPage) -> None:
    if page.rules:
        canvas.setLineWidth(_HAIRLINE)
        canvas.lines([(x0, page.height - y0, x1, page.height - y1) for x0, y0, x1, y1 in dict.fromkeys(page.rules)])


def _code(canvas: Any, left: float, bottom: float, symbol: Symbol) -> None:
    """Draw all dark cells as one path in modules, scaled once."""
    canvas.saveState()
    canvas.translate(left, bottom)
    canvas.scale(symbol.module, symbol.height / symbol.modules_high)
    canvas.addLiteral(symbol.path)
    canvas.restoreState()


def _watermark(canvas: Any, page: PdfPage, watermark: str) -> None:
    """Draw the watermark in the middle of the largest band without a code."""
    top, bottom = _clear_height(page)
    em = width_of(watermark, BOLD, 1)
    size = min(
        0.7 * page.width / (em * cos(_WATERMARK_ANGLE)),
        0.8 * (bottom - top) / (em * sin(_WATERMARK_ANGLE) + cos(_WATERMARK_ANGLE)),
    )
    canvas.saveState()
    canvas.setFillGray(_WATERMARK_FILL)
    canvas.setStrokeGray(_WATERMARK_STROKE)
    canvas.setLineWidth(_OUTLINE_WIDTH)
    canvas.setFont(BOLD, size)
    canvas.translate(page.width / 2, page.height - (top + bottom) / 2)
    canvas.rotate(25)
    canvas.drawString(
        -em * size / 2, -size * 0.35, watermark, mode=_OUTLINE_MODE if page.width < _NARROW_PAGE else _FILL_MODE
    )
    canvas.restoreState()


def _clear_height(page: PdfPage) -> tuple[float, float]:
    """Return the upper and lower edge of the largest band without a code."""
    occupied = sorted(
        (top - code.module * _QUIET_MODULES, top + code.height + code.module * _QUIET_MODULES)
        for _, top, code in page.codes
    )
    largest, edge = (0.0, 0.0), 0.0
    for top, bottom in [*occupied, (page.height, page.height)]:
        largest = max(largest, (edge, top), key=lambda band: band[1] - band[0])
        edge = max(edge, bottom)
    return largest
