"""Test page for a printer: Vietnamese characters, ruler, frame, codes."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.enums import PaperSize
from app.printing.layout.barcode import qr, text_barcode
from app.printing.layout.page_flow import FORMATS, MM, PageFlow, para
from app.printing.layout.pdf_canvas import draw_pdf
from app.printing.layout.text_metrics import BOLD, BOLD_ITALIC, ITALIC, REGULAR, load_faces

_EDGE = 5 * MM
_BARCODE_HEIGHT = 11 * MM
_QR_SIZE = 40 * MM
_FACES = (REGULAR, BOLD, ITALIC, BOLD_ITALIC)
_TICKS = {0: 5 * MM, 5: 3.5 * MM}
_TICK = 2 * MM
_FIGURE_SIZE = 7.0


@dataclass(frozen=True)
class PrinterTestPage:
    """The content of the page.

    `ruler` and `frame` are the captions beside them. `barcode` and `qr_code` are pairs of caption and text.
    """

    office: str
    title: str
    printer: str
    steps: Sequence[str]
    letters: str
    ruler: str
    frame: str
    barcode: tuple[str, str]
    qr_code: tuple[str, str]


def draw_printer_test_page(card: PrinterTestPage, paper: PaperSize) -> bytes:
    """Return the page as a PDF with codes in whole dots at 203 dpi.

    Raises Fault `paper_fonts_missing`.
    """
    load_faces()
    size = FORMATS[paper]
    flow = PageFlow(size, size.body_sizes[-1], lambda _flow: None)
    flow.text(para(card.office, REGULAR, align=0.5))
    flow.text(para(card.title, BOLD, flow.title, 0.5))
    flow.text(para(card.printer, BOLD, align=0.5))
    for number, step in enumerate(card.steps, 1):
        flow.text(para(f"{number}. {step}", REGULAR, before=1 * MM))
    flow.skip(2 * MM)
    for face in _FACES:
        flow.text(para(card.letters, face, flow.title))
    _ruler(flow, card.ruler)
    _codes(flow, card)
    if paper is PaperSize.ROLL_80:
        flow.cut()
    else:
        _frame(flow, card.frame)
    return draw_pdf(flow.pages, card.title, "")


def _ruler(flow: PageFlow, caption: str) -> None:
    """Draw a ruler of whole centimetres, at most ten."""
    flow.text(para(caption, REGULAR, before=2 * MM))
    flow.y += 1 * MM
    left = flow.format.left + 1 * MM
    length = min(100, int((flow.format.measure / MM - 4) // 10 * 10))
    for millimetre in range(length + 1):
        x = left + millimetre * MM
        flow.rule(x, flow.y, x, flow.y + _TICKS.get(millimetre % 10, _TICK))
        if millimetre % 10 == 0:
            flow.page.runs.append((x + 0.6 * MM, flow.y + 5 * MM, _FIGURE_SIZE, REGULAR, str(millimetre // 10)))
    flow.rule(left, flow.y, left + length * MM, flow.y)
    flow.y += 7 * MM


def _codes(flow: PageFlow, card: PrinterTestPage) -> None:
    """Draw the QR code below the barcode; a roll is too narrow for both."""
    (barcode_caption, barcode_text), (qr_caption, qr_text) = card.barcode, card.qr_code
    barcode, square = text_barcode(barcode_text, _BARCODE_HEIGHT, flow.format.measure), qr(qr_text, _QR_SIZE)
    flow.text(para(barcode_caption, REGULAR, before=1 * MM))
    flow.y += 1 * MM
    flow.place_code(barcode, flow.format.left + min(barcode.quiet, (flow.format.measure - barcode.width) / 2), flow.y)
    flow.y += barcode.height + 3 * MM
    flow.text(para(qr_caption, REGULAR))
    flow.y += square.quiet
    flow.place_code(square, flow.format.left + square.quiet, flow.y)
    flow.y += square.height + square.quiet


def _frame(flow: PageFlow, caption: str) -> None:
    """Draw a frame 5 mm from every edge.

    A missing or shifted side shows another paper size, or a scaled page.
    """
    width, height = flow.format.width, flow.format.height
    left, top, right, bottom = _EDGE, _EDGE, width - _EDGE, height - _EDGE
    for x0, y0, x1, y1 in (
        *((left, top, right, top), (right, top, right, bottom)),
        *((right, bottom, left, bottom), (left, bottom, left, top)),
    ):
        flow.rule(x0, y0, x1, y1)
    flow.page.runs.append((flow.format.left, bottom - 1.5 * MM, _FIGURE_SIZE + 1, ITALIC, caption))
