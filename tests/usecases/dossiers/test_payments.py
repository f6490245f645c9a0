"""Payments: method, electronic receipts from 2027, slip, table."""

import re
from datetime import date
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import PaperForm
from app.models.errors import Refusal
from app.models.law.vietqr import vietqr_text
from app.services.reporting.query import ReportQuery
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.reporting.tables import make_report
from tests.support.offices import OFFICE, Desk, at, desk_session
from tests.support.pdf_reading import pdf_text

LAST_2026, FIRST_2027 = at("2026-12-31T23:59"), at("2027-01-01T00:00")
JANUARY = at("2027-01-05T09:00")


def text_of(desk: Desk, code: str, when: object = JANUARY) -> str:
    pdf = desk.office.write(prepare_paper, PreparePaper(code, PaperForm.FEE), when).pdf
    return pdf_text(pdf)


@pytest.mark.parametrize("text", ["AA/26-0000001", "05/0001234", "không có số"])
def test_paper_receipts_stay_free_text_until_the_end_of_2026(desk: Desk, text: str) -> None:
    for _ in range(2):
        code = desk.take_in(LAST_2026).code
        assert desk.act(code, "pay", LAST_2026, amount=2000, receipt=text).fee.receipt == text
    assert "BIÊN LAI THU" in text_of(desk, code, LAST_2026)
    assert "BIÊN LAI THU" in text_of(desk, code, JANUARY)


@pytest.mark.parametrize("text", ["123", "/1", "1C27TAA/", "1C27TAA/123456789", "1C27TAA/12a", "1C27TAA/0", "A/-1"])
def test_number_of_an_electronic_receipt_has_at_most_eight_digits(desk: Desk, text: str) -> None:
    code = desk.take_in(FIRST_2027).code
    with pytest.raises(Refusal) as refused:
        desk.act(code, "pay", FIRST_2027, amount=2000, receipt=text)
    assert (refused.value.code, refused.value.field) == ("receipt_number_shape", "receipt")
    assert desk.show(code).fee.paid == 0


@pytest.mark.parametrize("used", ["01/1C27TAA/00000007", "01/1c27taa/7"])
def test_number_is_used_once_in_a_year(desk: Desk, used: str) -> None:
    first, second = desk.take_in(FIRST_2027).code, desk.take_in(FIRST_2027).code
    desk.act(first, "pay", FIRST_2027, amount=2000, receipt=used)
    for again in ("01/1C27TAA/7", "01/1c27taa/0007"):
        with pytest.raises(Refusal) as refused:
            desk.act(second, "pay", JANUARY, amount=2000, receipt=again)
        assert (refused.value.code, refused.value.values["code"]) == ("receipt_number_used", first)
    desk.act(second, "pay", JANUARY, amount=1000, receipt="1C27TBB/7")
    desk.act(second, "pay", at("2028-01-01T08:00"), amount=1000, receipt="01/1C27TAA/7")
    assert desk.check(at("2028-01-01T08:00")).findings == ()


def test_slip_is_marked_as_no_receipt(training_folder: Path) -> None:
    lines = 'tax_code = "0100000000"\nreceipt_form = "01BLP"\nbank_account = "970436-0123456789"\n'
    (training_folder / "office.toml").write_text(lines + OFFICE, encoding="utf-8")
    with desk_session(training_folder) as desk:
        code = desk.take_in(JANUARY, fee=8000).code
        desk.act(code, "pay", JANUARY, amount=5000, method="transfer", receipt="1C27TAA/00000123")
        text = text_of(desk, code)
        for words in (
            "PHIẾU THU",
            "không phải là biên lai",
            "01BLP · 1C27TAA · 00000123",
            "Chuyển khoản",
            "0100000000",
        ):
            assert words in text, words
        assert "BIÊN LAI THU" not in text and "Còn phải nộp: 3.000 đ" in text
        assert "VietQR" in text


def test_money_of_the_day_by_method_with_refunds(desk: Desk) -> None:
    one, two = desk.take_in(JANUARY, fee=9000).code, desk.take_in(JANUARY, fee=4000).code
    desk.act(one, "pay", JANUARY, amount=9000, method="cash", receipt="1C27TAA/1")
    desk.act(two, "pay", JANUARY, amount=4000, method="qr", receipt="1C27TAA/2")
    desk.act(one, "refund", JANUARY, amount=1000, note="Thu thừa", method="cash")
    day = JANUARY.date()
    taken = desk.fees(day, day, JANUARY)
    assert {each.method: (each.payments, each.amount) for each in taken.methods} == {"cash": (2, 8000), "qr": (1, 4000)}
    assert taken.amount == 12_000
    with pytest.raises(Refusal) as refused:
        desk.act(two, "pay", JANUARY, amount=1, method="gold")
    assert refused.value.code == "method_unknown"


def test_table_of_electronic_receipts(desk: Desk) -> None:
    paper = desk.take_in(LAST_2026, fee=2000).code
    desk.act(paper, "pay", LAST_2026, amount=2000, receipt="05/0000001")
    code = desk.take_in(JANUARY, fee=9000).code
    desk.act(code, "pay", JANUARY, amount=9000, receipt="1C27TAA/12")
    desk.act(code, "refund", JANUARY, amount=500, note="Thu thừa")
    report = desk.office.read(make_report, ReportQuery("receipts", date(2026, 12, 1), date(2027, 1, 31)), JANUARY)
    (row,) = report.sections[0].rows
    assert (row["symbol"], row["number"], row["amount"], row["issued_on"]) == (
        "1C27TAA",
        "00000012",
        9000,
        "05/01/2027",
    )
    assert row["remark"] == f"Hồ sơ {code}; đã hoàn 500 đ"
    assert len(report.sections[0].columns) + 1 == 13


def read_fields(text: str) -> dict[str, str]:
    """Return the tags of an EMVCo text with their values."""
    fields, place = {}, 0
    while place < len(text):
        tag, length = text[place : place + 2], int(text[place + 2 : place + 4])
        fields[tag] = text[place + 4 : place + 4 + length]
        place += 4 + length
    return fields


@given(st.from_regex(r"[0-9]{6}-[0-9A-Z]{1,19}", fullmatch=True), st.integers(1, 10**12), st.text(max_size=60))
def test_vietqr_text_reads_back(account: str, amount: int, purpose: str) -> None:
    text = vietqr_text(account, amount, purpose)
    fields = read_fields(text)
    receiver = read_fields(read_fields(fields["38"])["01"])
    assert f"{receiver['00']}-{receiver['01']}" == account and fields["54"] == str(amount)
    assert (fields["53"], fields["58"], read_fields(fields["38"])["00"]) == ("704", "VN", "A000000727")
    assert re.fullmatch(r"[A-Z0-9 ]{0,25}", read_fields(fields["62"])["08"]) and re.fullmatch(
        "[0-9A-F]{4}", fields["63"]
    )


def test_vietqr_crc_is_that_of_a_known_code() -> None:
    """CRC-16/CCITT-FALSE of «123456789» is 29B1; the code is also scanned."""
    from app.models.law.vietqr import _crc16

    assert _crc16("123456789") == 0x29B1
    text = vietqr_text("970436-0123456789", 8000, "H29.12-270105-0001")
    image = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_image(scale=4)
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [text]
