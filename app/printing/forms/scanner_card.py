"""Test card for a scanner: barcodes and QR codes with their purposes."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.enums import PaperSize
from app.models.errors import Refusal
from app.printing.layout.barcode import Symbol, qr, text_barcode
from app.printing.layout.page_flow import FORMATS, MM, PageFlow, para
from app.printing.layout.pdf_canvas import draw_pdf
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR, load_faces

_BARCODE_HEIGHT = 11 * MM
_GAP = 5 * MM


@dataclass(frozen=True)
class CardCode:
    """One code: text, kind, name, and what it tests."""

    text: str
    is_qr: bool
    name: str
    purpose: str


@dataclass(frozen=True)
class ScannerTestCard:
    """The content of the card."""

    office: str
    title: str
    steps: Sequence[str]
    codes: Sequence[CardCode]


def draw_scanner_test_card(card: ScannerTestCard, paper: PaperSize) -> bytes:
    """Return the card as a PDF with codes in whole dots at 203 dpi.

    Raises Refusal `paper_not_on_roll`; Fault `paper_fonts_missing`.
    """
    if paper is PaperSize.ROLL_80:
        raise Refusal("paper_not_on_roll", field="paper")
    load_faces()
    size = FORMATS[paper]
    flow = PageFlow(size, size.body_sizes[-1], lambda _flow: None)
    flow.text(para(card.office, REGULAR, align=0.5))
    flow.text(para(card.title, BOLD, flow.title, 0.5))
    flow.skip(2 * MM)
    for number, step in enumerate(card.steps, 1):
        flow.text(para(f"{number}. {step}", REGULAR))
    for number, code in enumerate(card.codes, 1):
        _code(flow, number, code)
    return draw_pdf(flow.pages, card.title, "")


def _code(flow: PageFlow, number: int, code: CardCode) -> None:
    """Set name and purpose, and the code below, indented by its quiet zone."""
    symbol = _symbol(code, flow.format.measure)
    flow.ensure_height(_GAP + 3 * flow.body * 1.3 + symbol.height + symbol.quiet)
    flow.skip(_GAP)
    flow.text(para(f"{number}. {code.name}", BOLD))
    flow.text(para(code.purpose, ITALIC))
    flow.y += symbol.quiet if code.is_qr else 2 * MM
    flow.place_code(symbol, flow.format.left + symbol.quiet, flow.y)
    flow.y += symbol.height + (symbol.quiet if code.is_qr else 1 * MM)


def _symbol(code: CardCode, measure: float) -> Symbol:
    if code.is_qr:
        return qr(code.text, measure / 2)
    return text_barcode(code.text, _BARCODE_HEIGHT, measure)
