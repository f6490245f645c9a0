"""The page a printer is tried with: the hardest Vietnamese letters, rulers both ways, a frame along the edges of the
paper, and codes that the scanners' own page judges."""

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
    """What the page says: whose it is, its title, the printer's name, what to look at, the letters, and the words
    beside ruler and frame; a code of bars and a square one, each with the sentence above it."""

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
    """The page as a PDF, its codes in whole dots of a 203 dpi printer.

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


def _ruler(flow: PageFlow, said: str) -> None:
    """Whole centimetres as far as the text is broad, ten at most."""
    flow.text(para(said, REGULAR, before=2 * MM))
    flow.y += 1 * MM
    left = flow.format.left + 1 * MM
    long = min(100, int((flow.format.measure / MM - 4) // 10 * 10))
    for place in range(long + 1):
        x = left + place * MM
        flow.rule(x, flow.y, x, flow.y + _TICKS.get(place % 10, _TICK))
        if place % 10 == 0:
            flow.page.runs.append((x + 0.6 * MM, flow.y + 5 * MM, _FIGURE_SIZE, REGULAR, str(place // 10)))
    flow.rule(left, flow.y, left + long * MM, flow.y)
    flow.y += 7 * MM


def _codes(flow: PageFlow, card: PrinterTestPage) -> None:
    """Bars, the square under them, as on a roll where there is no room for both abreast."""
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


def _frame(flow: PageFlow, said: str) -> None:
    """A frame 5 mm from every edge: a side that is missing or nearer shows paper of another size, or a page enlarged
    or shrunk."""
    wide, tall = flow.format.width, flow.format.height
    left, top, right, bottom = _EDGE, _EDGE, wide - _EDGE, tall - _EDGE
    for x0, y0, x1, y1 in (
        *((left, top, right, top), (right, top, right, bottom)),
        *((right, bottom, left, bottom), (left, bottom, left, top)),
    ):
        flow.rule(x0, y0, x1, y1)
    flow.page.runs.append((flow.format.left, bottom - 1.5 * MM, _FIGURE_SIZE + 1, ITALIC, said))
