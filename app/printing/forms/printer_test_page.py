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
    bars: tuple[str, str]
    square: tuple[str, str]


def draw_printer_test_page(card: PrinterTestPage, paper: PaperSize) -> bytes:
    """The page as a PDF, its codes in whole dots of a 203 dpi printer.

    Raises Fault `paper_fonts_missing`.
    """
    load_faces()
    size = FORMATS[paper]
    sheet = PageFlow(size, size.body_sizes[-1], lambda _sheet: None)
    sheet.text(para(card.office, REGULAR, align=0.5))
    sheet.text(para(card.title, BOLD, sheet.title, 0.5))
    sheet.text(para(card.printer, BOLD, align=0.5))
    for number, step in enumerate(card.steps, 1):
        sheet.text(para(f"{number}. {step}", REGULAR, before=1 * MM))
    sheet.skip(2 * MM)
    for face in _FACES:
        sheet.text(para(card.letters, face, sheet.title))
    _ruler(sheet, card.ruler)
    _codes(sheet, card)
    if paper is PaperSize.ROLL_80:
        sheet.cut()
    else:
        _frame(sheet, card.frame)
    return draw_pdf(sheet.pages, card.title, "")


def _ruler(sheet: PageFlow, said: str) -> None:
    """Whole centimetres as far as the text is broad, ten at most."""
    sheet.text(para(said, REGULAR, before=2 * MM))
    sheet.y += 1 * MM
    left = sheet.format.left + 1 * MM
    long = min(100, int((sheet.format.measure / MM - 4) // 10 * 10))
    for place in range(long + 1):
        x = left + place * MM
        sheet.rule(x, sheet.y, x, sheet.y + _TICKS.get(place % 10, _TICK))
        if place % 10 == 0:
            sheet.page.runs.append((x + 0.6 * MM, sheet.y + 5 * MM, _FIGURE_SIZE, REGULAR, str(place // 10)))
    sheet.rule(left, sheet.y, left + long * MM, sheet.y)
    sheet.y += 7 * MM


def _codes(sheet: PageFlow, card: PrinterTestPage) -> None:
    """Bars, the square under them, as on a roll where there is no room for both abreast."""
    (bars_said, bars_text), (square_said, square_text) = card.bars, card.square
    bars, square = text_barcode(bars_text, _BARCODE_HEIGHT, sheet.format.measure), qr(square_text, _QR_SIZE)
    sheet.text(para(bars_said, REGULAR, before=1 * MM))
    sheet.y += 1 * MM
    sheet.code(bars, sheet.format.left + min(bars.quiet, (sheet.format.measure - bars.width) / 2), sheet.y)
    sheet.y += bars.height + 3 * MM
    sheet.text(para(square_said, REGULAR))
    sheet.y += square.quiet
    sheet.code(square, sheet.format.left + square.quiet, sheet.y)
    sheet.y += square.height + square.quiet


def _frame(sheet: PageFlow, said: str) -> None:
    """A frame 5 mm from every edge: a side that is missing or nearer shows paper of another size, or a page enlarged
    or shrunk."""
    wide, tall = sheet.format.width, sheet.format.height
    left, top, right, bottom = _EDGE, _EDGE, wide - _EDGE, tall - _EDGE
    for x0, y0, x1, y1 in (
        *((left, top, right, top), (right, top, right, bottom)),
        *((right, bottom, left, bottom), (left, bottom, left, top)),
    ):
        sheet.rule(x0, y0, x1, y1)
    sheet.page.runs.append((sheet.format.left, bottom - 1.5 * MM, _FIGURE_SIZE + 1, ITALIC, said))
