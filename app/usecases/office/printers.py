"""The office's printers: the page each is tried with, and how a paper becomes the dots of a thermal printer."""

from dataclasses import dataclass

from app.models.enums import PaperSize, Right
from app.printing.forms.printer_test_page import PrinterCard, draw_printer_card
from app.printing.layout.thermal import roll_commands
from app.scanning.self_test import CODES
from app.services.context import Context
from app.services.permissions import needs
from app.storage.uow import Reading
from app.wording import printer_test_page as words

__all__ = ["TrialPage", "roll_commands", "trial_page"]
_BARS = next(code.text for code in CODES if code.name == "bars")
_SQUARE = next(code.text for code in CODES if code.name == "letters")


@dataclass(frozen=True)
class TrialPage:
    """The page a printer is tried with; `printer` is the name the person knows it by."""

    printer: str
    paper: PaperSize


@needs(Right.ASK_OFFICE)
def trial_page(query: TrialPage, context: Context, work: Reading) -> bytes:
    """The page as a PDF; its codes are those of the set-up card, which open nothing when scanned."""
    card = PrinterCard(
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
    return draw_printer_card(card, query.paper)
