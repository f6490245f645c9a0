"""VietQR codes on papers, read back from the rendered pages."""

import binascii
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.codes import comparable
from app.models.enums import PaperForm, PaperSize
from app.models.law.vietqr import vietqr_text
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from tests.support.offices import OFFICE, Desk, at, desk_session
from tests.support.pdf_reading import pages, scan_codes
from tests.usecases.dossiers.test_payments import read_fields

ACCOUNT = "970436-0123456789"
NOW = at("2026-11-20T08:00")


@pytest.fixture
def account_desk(training_folder: Path) -> Iterator[Desk]:
    (training_folder / "office.toml").write_text(f'bank_account = "{ACCOUNT}"\n{OFFICE}', encoding="utf-8")
    with desk_session(training_folder) as desk:
        yield desk


def transfers(desk: Desk, code: str, form: PaperForm, paper: PaperSize | None = None, **more: Any) -> list[list[str]]:
    """Return the VietQR texts of each page."""
    pdf = desk.office.write(prepare_paper, PreparePaper(code, form, paper=paper, **more), NOW).pdf
    return [[text for _, text in page if text.startswith("000201")] for page in scan_codes(pdf)]


def content(text: str) -> tuple[str, str, str]:
    """Return account, amount and purpose of a VietQR text."""
    fields = read_fields(text)
    receiver = read_fields(read_fields(fields["38"])["01"])
    return f"{receiver['00']}-{receiver['01']}", fields["54"], read_fields(fields["62"])["08"]


@pytest.mark.parametrize("paper", [PaperSize.A5, PaperSize.A4])
def test_receipt_has_the_code_on_the_given_copy_only(account_desk: Desk, paper: PaperSize) -> None:
    code = account_desk.take_in(NOW, fee=8000, quantity=2).code
    texts = transfers(account_desk, code, PaperForm.RECEIPT, paper)
    assert len(texts) == 2 and not texts[0]
    (text,) = texts[1]
    assert content(text) == (ACCOUNT, "16000", comparable(code))


def test_receipt_on_a_roll_has_the_code(account_desk: Desk) -> None:
    code = account_desk.take_in(NOW, fee=8000).code
    texts = [text for page in transfers(account_desk, code, PaperForm.RECEIPT, PaperSize.ROLL_80) for text in page]
    assert content(texts[0])[1] == "8000"


def test_receipt_asks_for_what_is_left(account_desk: Desk) -> None:
    code = account_desk.take_in(NOW, fee=8000).code
    account_desk.act(code, "pay", NOW, amount=3000)
    first = transfers(account_desk, code, PaperForm.RECEIPT)
    assert {content(text)[1] for page in first for text in page} == {"5000"}
    account_desk.act(code, "pay", NOW, amount=5000)
    assert not any(transfers(account_desk, code, PaperForm.RECEIPT))


def test_receipt_without_an_amount_has_no_code(account_desk: Desk) -> None:
    code = account_desk.take_in(NOW, fee=0).code
    assert not any(transfers(account_desk, code, PaperForm.RECEIPT))


def test_receipt_without_an_account_has_no_code(desk: Desk) -> None:
    code = desk.take_in(NOW, fee=8000).code
    assert not any(transfers(desk, code, PaperForm.RECEIPT))


def test_notice_of_payment_has_the_asked_amount(account_desk: Desk) -> None:
    code = account_desk.take_in(NOW, fee=0).code
    account_desk.act(code, "ask-payment", NOW, amount=500_000, note="Lệ phí trước bạ")
    (text,) = [text for page in transfers(account_desk, code, PaperForm.PAYMENT) for text in page]
    assert content(text) == (ACCOUNT, "500000", comparable(code))


def test_receipt_has_the_caption(account_desk: Desk) -> None:
    code = account_desk.take_in(NOW, fee=8000).code
    pdf = account_desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RECEIPT), NOW).pdf
    assert "Quét VietQR để nộp phí" in " ".join(" ".join(page.text for page in pages(pdf)).split())


@given(st.from_regex(r"[0-9]{6}-[0-9A-Z]{1,19}", fullmatch=True), st.integers(1, 10**12), st.text(max_size=60))
def test_text_keeps_the_field_rules_of_emvco(account: str, amount: int, purpose: str) -> None:
    """Tags ascend, lengths have two digits, the CRC covers all before it."""
    text = vietqr_text(account, amount, purpose)
    fields = read_fields(text)
    assert "".join(f"{tag}{len(value):02d}{value}" for tag, value in fields.items()) == text
    assert list(fields) == sorted(fields) and next(iter(fields)) == "00" and list(fields)[-1] == "63"
    assert fields["00"] == "01" and fields["01"] == "12" and len(text) <= 512
    assert all(1 <= len(value) <= 99 for value in fields.values()) and len(fields["54"]) <= 13
    assert int(fields["63"], 16) == binascii.crc_hqx(text[:-4].encode("ascii"), 0xFFFF)
