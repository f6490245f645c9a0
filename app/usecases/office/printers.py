"""Printer test page, and ESC/POS commands for thermal printers."""

from dataclasses import dataclass

from app.models.enums import PaperSize, Right
from app.printing.forms.printer_test_page import PrinterTestPage, draw_printer_test_page
from app.printing.layout.thermal import escpos_commands
from app.scanning.self_test import TEST_CODES
from app.services.context import Context
from app.services.permissions import requires
from app.storage.uow import Reading
from app.wording.documents import printer_test_page as words

__all__ = ["GetPrinterTestPage", "escpos_commands", "get_printer_test_page"]
_BARS = next(code.text for code in TEST_CODES if code.name == "bars")
_SQUARE = next(code.text for code in TEST_CODES if code.name == "letters")


@dataclass(frozen=True)
class GetPrinterTestPage:
    """Query: the test page; `printer` is the name shown to the user."""

    printer: str
    paper: PaperSize


@requires(Right.ASK_OFFICE)
def get_printer_test_page(query: GetPrinterTestPage, context: Context, work: Reading) -> bytes:
    """Return the page as a PDF; its test codes open no dossier."""
    page = PrinterTestPage(
        office=context.office.name,
        title=words.TITLE,
        printer=words.printer_line(query.printer, query.paper),
        steps=words.steps(query.paper),
        letters=words.LETTERS,
        ruler=words.RULER,
        frame=words.frame(query.paper),
        barcode=(words.BARS, _BARS),
        qr_code=(words.SQUARE, _SQUARE),
    )
    return draw_printer_test_page(page, query.paper)
