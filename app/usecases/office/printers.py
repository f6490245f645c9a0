"""The office's printers: the page each is tried with, and how a paper becomes the dots of a thermal printer."""

from dataclasses import dataclass

from app.models.enums import PaperSize, Right
from app.printing.forms.printer_test_page import PrinterTestPage, draw_printer_test_page
from app.printing.layout.thermal import escpos_commands
from app.scanning.self_test import TEST_CODES
from app.services.context import Context
from app.services.permissions import requires
from app.storage.uow import Reading
from app.wording import printer_test_page as words

__all__ = ["GetPrinterTestPage", "escpos_commands", "get_printer_test_page"]
_BARS = next(code.text for code in TEST_CODES if code.name == "bars")
_SQUARE = next(code.text for code in TEST_CODES if code.name == "letters")


@dataclass(frozen=True)
class GetPrinterTestPage:
    """The page a printer is tried with; `printer` is the name the person knows it by."""

    printer: str
    paper: PaperSize


@requires(Right.ASK_OFFICE)
def get_printer_test_page(query: GetPrinterTestPage, context: Context, work: Reading) -> bytes:
    """The page as a PDF; its codes are those of the set-up card, which open nothing when scanned."""
    card = PrinterTestPage(
        context.office.name,
        words.TITLE,
        words.printer_line(query.printer, query.paper),
        words.steps(query.paper),
        words.LETTERS,
        words.RULER,
        words.frame(query.paper),
        (words.BARS, _BARS),
        (words.SQUARE, _SQUARE),
    )
    return draw_printer_test_page(card, query.paper)
