"""Scanner set-up: the test card, and the check of each scanned test code."""

from dataclasses import dataclass

from app.models.enums import PaperSize, Right
from app.printing.forms.scanner_card import CardCode, ScannerTestCard, draw_scanner_test_card
from app.scanning.frames import ScanAssembler
from app.scanning.self_test import TEST_CODES, CodeCheck, check_test_code, check_typed_test_code
from app.services.context import Context
from app.services.permissions import requires
from app.storage.uow import Reading
from app.wording.documents import scanner_card as words

__all__ = ["TEST_CODES", "ScanAssembler", "ScannerCard", "TestLine", "judge_scan", "judge_typed_scan", "scanner_card"]


@dataclass(frozen=True)
class ScannerCard:
    """Query: the set-up card on A4 or A5."""

    paper: PaperSize = PaperSize.A4


@dataclass(frozen=True)
class TestLine:
    """One line of the self-test: code, whether it was correct, and advice."""

    code: str
    right: bool
    advice: str


@requires(Right.ASK_OFFICE)
def scanner_card(query: ScannerCard, context: Context, work: Reading) -> bytes:
    """Return the set-up card as a PDF with all test codes and what they test.

    Raises Refusal `paper_not_on_roll` because the card does not fit on a roll.
    """
    codes = [CardCode(code.text, code.square, *words.TEST_CODES[code.name]) for code in TEST_CODES]
    return draw_scanner_test_card(
        ScannerTestCard(context.office.name, words.CARD_TITLE, words.STEPS, tuple(codes)), query.paper
    )


def judge_scan(text: str) -> TestLine | None:
    """Check a scan; return None for a text that is no test code."""
    return _to_test_line(check_test_code(text))


def judge_typed_scan(text: str, ended: bool) -> TestLine | None:
    """Check keystrokes that reached a field instead of the scan detection.

    `ended` is true if Enter or Tab followed them.
    """
    return _to_test_line(check_typed_test_code(text, ended))


def _to_test_line(check: CodeCheck | None) -> TestLine | None:
    return None if check is None else TestLine(check.code, not check.faults, words.advice(check.faults))
