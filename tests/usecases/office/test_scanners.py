"""Scanner set-up card: readable codes, and advice for wrong scans."""

import pytest

from app.models.enums import PaperSize
from app.models.errors import Refusal
from app.printing.readback import read_codes
from app.scanning.self_test import TEST_CODES, check_test_code, check_typed_test_code
from app.usecases.office.scanners import ScannerCard, judge_scan, judge_typed_scan, scanner_card
from app.wording.documents.scanner_card import TEST_CODES as NAMES
from app.wording.documents.scanner_card import advice
from tests.support.offices import Desk

TEXTS = {code.name: code.text for code in TEST_CODES}


@pytest.mark.parametrize("paper", [PaperSize.A4, PaperSize.A5])
def test_each_code_of_the_card_is_readable(desk: Desk, paper: PaperSize) -> None:
    pdf = desk.office.read(scanner_card, ScannerCard(paper))
    read = {text for page in read_codes(pdf) for text in (*page.barcodes, *page.qr_codes)}
    assert {text.replace("\r\n", "\n") for text in read} == set(TEXTS.values())


def test_card_on_a_roll_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="paper_not_on_roll"):
        desk.office.read(scanner_card, ScannerCard(PaperSize.ROLL_80))


@pytest.mark.parametrize("code", TEST_CODES, ids=lambda code: code.name)
def test_complete_code_is_correct(code) -> None:
    assert check_test_code(code.text + "\r\n") is not None
    line = judge_scan(code.text)
    assert line is not None
    assert (line.code, line.right, line.advice) == (code.name, True, "Đúng.")
    assert code.name in NAMES


LETTERS = TEXTS["letters"]
WRONG = [
    (TEXTS["case"].swapcase(), "case", "case"),
    (TEXTS["bars"].lower(), "bars", "case"),
    ("]C0" + TEXTS["bars"], "bars", "extra_before"),
    (TEXTS["bars"] + "\t;", "bars", "extra_after"),
    (TEXTS["case"].translate(str.maketrans("yYzZ-", "zZyY/")), "case", "layout"),
    (":VH!6)!@#$%^&*(6BHL:V", "bars", "layout"),
    (TEXTS["signs"].replace("|", "~").replace("/", "-"), "signs", "layout"),
    ("MVH4: 1", "lines", "lines_cut"),
    (LETTERS.encode("ascii", "ignore").decode(), "letters", "letters_lost"),
    (LETTERS.encode().decode("latin-1"), "letters", "letters_garbled"),
    (LETTERS.encode().decode("cp437"), "letters", "letters_garbled"),
    ("MVH1-0123456789-BHLM", "bars", "wrong"),
]


@pytest.mark.parametrize(("text", "code", "fault"), WRONG, ids=[f"{w[1]}-{w[2]}" for w in WRONG])
def test_wrong_code_has_advice(text: str, code: str, fault: str) -> None:
    line = judge_scan(text)
    assert line is not None
    assert (line.code, line.right) == (code, False)
    assert line.advice == advice([fault])


def test_code_typed_into_a_field() -> None:
    assert check_typed_test_code(TEXTS["bars"], ended=True) is not None
    slow, endless = judge_typed_scan(TEXTS["bars"], True), judge_typed_scan(TEXTS["bars"], False)
    assert slow is not None
    assert endless is not None
    assert slow.advice == advice(["slow"])
    assert endless.advice == advice(["no_end"])


@pytest.mark.parametrize("text", ["", "6303260311000078", "MVH", "MVH9-1", "048199004217||Huỳnh Thị Ẫm Ỷ|1999"])
def test_other_codes_are_no_test_codes(text: str) -> None:
    assert judge_scan(text) is None
