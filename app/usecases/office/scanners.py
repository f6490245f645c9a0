"""The office's scanners: how their bytes become scans, the set-up card they are tried with, and what each of its codes
tells about a scanner's settings."""

from dataclasses import dataclass

from app.models.enums import PaperSize, Right
from app.printing.forms.scanner_card import CardCode, ScannerTestCard, draw_scanner_test_card
from app.scanning.frames import ScanAssembler
from app.scanning.self_test import TEST_CODES, CodeCheck, TestCode, check_test_code, check_typed_test_code
from app.services.context import Context
from app.services.permissions import requires
from app.storage.uow import Reading
from app.wording import scanner_card as words

__all__ = [
    "TEST_CODES",
    "CodeCheck",
    "ScanAssembler",
    "ScannerCard",
    "TestCode",
    "TestLine",
    "judge_scan",
    "judge_typed_scan",
    "scanner_card",
]


@dataclass(frozen=True)
class ScannerCard:
    """The set-up card, on A4 or A5."""

    paper: PaperSize = PaperSize.A4


@dataclass(frozen=True)
class TestLine:
    """One line of the self-test: which code of the card, whether it came right, and what to set where it did not."""

    code: str
    right: bool
    said: str


@requires(Right.ASK_OFFICE)
def scanner_card(query: ScannerCard, context: Context, work: Reading) -> bytes:
    """The set-up card as a PDF: every test code with what it tries.

    Raises Refusal `paper_not_on_roll` for a roll, which has no room for it.
    """
    codes = [CardCode(code.text, code.square, *words.TEST_CODES[code.name]) for code in TEST_CODES]
    return draw_scanner_test_card(
        ScannerTestCard(context.office.name, words.CARD_TITLE, words.STEPS, tuple(codes)), query.paper
    )


def judge_scan(text: str) -> TestLine | None:
    """What a scan tells of the scanner; None where it is no code of the card."""
    return _to_test_line(check_test_code(text))


def judge_typed_scan(text: str, ended: bool) -> TestLine | None:
    """What keys tell that came into a field instead of being heard as a scan; `ended` with Enter or Tab."""
    return _to_test_line(check_typed_test_code(text, ended))


def _to_test_line(found: CodeCheck | None) -> TestLine | None:
    return None if found is None else TestLine(found.code, not found.faults, words.advice(found.faults))
