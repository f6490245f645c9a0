"""Fees of a period: sums, unpaid fees, cash sheet and files."""

import io
import json
import zipfile
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.bootstrap import main
from app.models.enums import PaperSize
from app.models.errors import Refusal
from app.models.fees import book_and_number
from app.services.reporting.export import report_file
from app.services.reporting.report_lists import fees_report, fees_to_json
from app.usecases.documents.cash_sheet import PrepareCash, prepare_cash
from app.usecases.documents.prepare import read_codes
from tests.support.offices import OFFICE, at, desk_session, json_lines
from tests.support.pdf_reading import pages, pdf_text

DAY, NEXT_DAY = date(2026, 2, 9), date(2026, 2, 10)
EVENING = at("2026-02-09T16:30")
BIRTH = "1.001193"


def taken(desk, first=DAY, last=DAY, cashier=None):
    return desk.fees(first, last, EVENING, cashier)


def printed(desk, first=DAY, last=DAY, cashier=None, paper=None):
    return desk.office.read(prepare_cash, PrepareCash(first, last, cashier, paper), EVENING)


def a_day(desk):
    """Three dossiers with full, partial and no payment; one with unknown fee."""
    whole, part, nothing = (desk.take_in(fee=fee, procedure=BIRTH).code for fee in (30_000, 50_000, 70_000))
    desk.act(whole, "pay", at("2026-02-09T09:00"), amount=10_000, receipt="05/0000009")
    desk.act(part, "pay", at("2026-02-09T09:10"), amount=40_000, receipt="05/0000010")
    desk.act(whole, "pay", at("2026-02-09T09:20"), amount=20_000)
    desk.act(nothing, "pay", at("2026-02-10T09:00"), amount=70_000, receipt="06/0000001")
    return whole, part, nothing


def test_each_payment_counts_once_by_book_procedure_and_cashier(desk):
    whole, part, nothing = a_day(desk)
    report = taken(desk)
    assert [(p.book, p.number, p.code, p.amount) for p in report.payments] == [
        ("05", "0000009", whole, 10_000),
        ("05", "0000010", part, 40_000),
        ("", "", whole, 20_000),
    ]
    assert report.amount == 70_000
    assert [(b.book, b.first, b.last, b.payments, b.amount) for b in report.books] == [
        ("05", "0000009", "0000010", 2, 50_000),
        ("", "", "", 1, 20_000),
    ]
    assert [(p.procedure, p.payments, p.amount) for p in report.procedures] == [(BIRTH, 3, 70_000)]
    assert [(p.name, p.payments, p.amount) for p in report.people] == [("tap-huan", 3, 70_000)]
    assert [(o.code, o.fee, o.paid, o.owed) for o in report.unpaid] == [
        (part, 50_000, 40_000, 10_000),
        (nothing, 70_000, 0, 70_000),
    ]
    assert report.owed == 80_000


def test_fee_paid_after_the_period_is_unpaid_in_the_period(desk):
    a_day(desk)
    assert taken(desk, DAY, NEXT_DAY).amount == 140_000
    assert [o.owed for o in taken(desk, DAY, NEXT_DAY).unpaid] == [10_000]
    assert [b.book for b in taken(desk, NEXT_DAY, NEXT_DAY).books] == ["06"]
    assert taken(desk, NEXT_DAY, NEXT_DAY).unpaid == ()


def test_each_payment_of_one_dossier_is_in_the_list_of_its_day(desk):
    """Two on one day, one later, a refund, and one that was undone."""
    code = desk.take_in(fee=90_000, procedure=BIRTH).code
    desk.act(code, "pay", at("2026-02-09T09:00"), amount=30_000, receipt="05/1")
    desk.act(code, "pay", at("2026-02-09T15:00"), amount=20_000, receipt="05/2")
    desk.act(code, "pay", at("2026-02-10T09:00"), amount=40_000, receipt="05/3")
    desk.act(code, "pay", at("2026-02-11T09:00"), amount=5_000)
    desk.act(code, "undo", at("2026-02-11T09:05"), note="bấm nhầm")
    desk.act(code, "refund", at("2026-02-11T10:00"), amount=10_000, note="Thu thừa")
    third = date(2026, 2, 11)
    days = {day: desk.fees(day, day, at("2026-02-12T08:00")) for day in (DAY, NEXT_DAY, third)}
    amounts = {day: [(p.number, p.amount) for p in fees.payments] for day, fees in days.items()}
    assert amounts == {DAY: [("1", 30_000), ("2", 20_000)], NEXT_DAY: [("3", 40_000)], third: [("", -10_000)]}
    assert [fees.amount for fees in days.values()] == [50_000, 40_000, -10_000]
    assert [(line.paid, line.owed) for line in days[DAY].unpaid] == [(50_000, 40_000)]
    whole = desk.fees(DAY, third, at("2026-02-12T08:00"))
    assert (len(whole.payments), whole.amount) == (4, 80_000) and desk.show(code).fee.paid == 80_000
    sheet = desk.office.read(prepare_cash, PrepareCash(DAY, third), at("2026-02-12T08:00"))
    text = pdf_text(sheet.pdf)
    assert text.count(code) >= 4 and "30.000" in text and "-10.000" in text.replace("−", "-")


def test_void_and_withdrawn_dossiers_have_no_unpaid_fee(desk):
    void, withdrawn = (desk.take_in(fee=30_000).code for _ in range(2))
    desk.act(void, "pay", at("2026-02-09T09:00"), amount=10_000, receipt="7")
    desk.act(void, "void", at("2026-02-09T10:00"), note="Nhầm")
    desk.act(withdrawn, "withdraw", at("2026-02-10T09:00"))
    assert [(p.number, p.void) for p in taken(desk).payments] == [("7", True)]
    assert [o.code for o in taken(desk).unpaid] == [withdrawn]  # not yet withdrawn on that evening
    assert taken(desk, DAY, NEXT_DAY).unpaid == ()
    assert "(Hồ sơ đã hủy)" in pdf_text(printed(desk).pdf)


def test_unknown_fee_is_counted_as_unknown_not_as_zero(desk):
    desk.take_in(procedure=unknown_fee(desk))
    assert (taken(desk).unpaid, taken(desk).unknown) == ((), 1)
    assert "Có 01 hồ sơ chưa xác định mức thu." in pdf_text(printed(desk).pdf)


def unknown_fee(desk):
    ((code,),) = desk.rows(
        "SELECT code FROM procedure_version WHERE json_extract(facts, '$.fee_vnd') = '' ORDER BY code LIMIT 1"
    )
    return code


def test_fees_of_one_cashier(training_folder):
    with desk_session(training_folder, "Trần Thị Bình") as desk:
        desk.act(desk.take_in(fee=30_000).code, "pay", at("2026-02-09T09:00"), amount=30_000, receipt="05/1")
    with desk_session(training_folder) as desk:
        desk.act(desk.take_in(fee=8_000).code, "pay", at("2026-02-09T09:00"), amount=5_000, receipt="05/2")
        assert [p.name for p in taken(desk).people] == ["tap-huan", "Trần Thị Bình"]
        hers = taken(desk, cashier=" tran thi binh ")
        assert (hers.amount, hers.unpaid, hers.unknown) == (30_000, (), 0)
        text = pdf_text(printed(desk, cashier="Trần Thị Bình").pdf)
        assert "Người thu: Trần Thị Bình" in text
        assert "chưa thu đủ" not in text
        assert text.count("Trần Thị Bình") >= 3


@pytest.mark.parametrize("paper", [PaperSize.A4, PaperSize.A5])
def test_cash_sheet_shows_all_payments_and_records_nothing(desk, paper):
    whole, part, nothing = a_day(desk)
    before = desk.contents()
    drawn = printed(desk, paper=paper)
    assert desk.contents() == before
    text = pdf_text(drawn.pdf)
    for part_of_it in (
        "BẢNG KÊ THU PHÍ, LỆ PHÍ (Ngày 09 tháng 02 năm 2026)",
        "Số khoản đã thu: 03 · Tổng số tiền: 70.000 đ",
        "05/0000009",
        "Quyển 05 0000009 – 0000010 2 50.000 đ",
        "Chưa ghi số biên lai 1 20.000 đ",
        "III. Hồ sơ tiếp nhận trong ngày chưa thu đủ",
        "Tổng số tiền đã thu: 70.000 đ. Viết bằng chữ: Bảy mươi nghìn đồng.",
        "NGƯỜI THU TIỀN",
        "KẾ TOÁN",
        "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
        "Phạm Văn Mẫu",
    ):
        assert part_of_it in text, part_of_it
    assert all(code in text for code in (whole, part, nothing))
    assert "Ngày thu: 09/02/2026" in read_codes(drawn.pdf)[0].qr_codes[0]
    assert "Số khoản: 3; tổng số tiền: 70.000 đ" in read_codes(drawn.pdf)[0].qr_codes[0]
    assert all(page.width > page.height for page in pages(drawn.pdf))


def test_cash_sheet_adds_up_by_method_in_the_order_of_the_counter(desk):
    code = desk.take_in(fee=90_000, procedure=BIRTH).code
    for minute, (method, amount) in enumerate((("card", 20_000), ("qr", 30_000), ("cash", 8_000), ("transfer", 5_000))):
        desk.act(code, "pay", at(f"2026-02-09T09:0{minute}"), amount=amount, method=method)
    report = taken(desk)
    assert [(each.method, each.amount) for each in report.methods] == [
        ("cash", 8_000),
        ("transfer", 5_000),
        ("qr", 30_000),
        ("card", 20_000),
    ]
    text = pdf_text(printed(desk).pdf)
    sums = "Tiền mặt 1 8.000 đ Chuyển khoản 1 5.000 đ Mã QR 1 30.000 đ Thẻ 1 20.000 đ"
    assert f"Hình thức thanh toán Số khoản Số tiền {sums}" in text


def test_cash_sheet_of_a_day_without_payments(desk):
    text = pdf_text(printed(desk).pdf)
    assert "Không thu khoản nào trong thời gian này." in text
    assert "Không có hồ sơ nào chưa thu đủ." in text
    assert "Tổng số tiền đã thu: 0 đ. Viết bằng chữ: Không đồng." in text


def test_long_cash_sheet_has_all_payments_and_signatures_beside_the_total(desk):
    for n in range(40):
        desk.act(desk.take_in(fee=8000).code, "pay", at("2026-02-09T09:00"), amount=8000, receipt=f"05/{n + 1:07d}")
    sheets = pages(printed(desk, paper=PaperSize.A5).pdf)
    together = " ".join(page.text for page in sheets)
    assert all(f"05/{n + 1:07d}" in together for n in range(40))
    for page in sheets:
        assert ("NGƯỜI THU TIỀN" in page.text) == ("Viết bằng chữ" in page.text)
    assert "320.000 đ" in sheets[-1].text


def test_cash_sheet_without_signer_is_refused(training_folder):
    (training_folder / "office.toml").write_text(f'signer = ""\n{OFFICE}', encoding="utf-8")
    with desk_session(training_folder) as desk, pytest.raises(Refusal) as refused:
        printed(desk)
    assert refused.value.code == "paper_signer_missing"


def test_receipt_numbers_are_sorted_by_value(desk):
    for number in ("05/10", "05/9", "04/100"):
        desk.act(desk.take_in(fee=8000).code, "pay", at("2026-02-09T09:00"), amount=8000, receipt=number)
    assert [(p.book, p.number) for p in taken(desk).payments] == [("04", "100"), ("05", "9"), ("05", "10")]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 90_000)), max_size=8))
def test_sums_agree_for_random_payments(desk, paid):
    codes = [desk.take_in(fee=50_000).code for _ in range(3)]
    before = taken(desk)
    for which, amount in paid:
        desk.act(codes[which], "pay", at("2026-02-09T09:00"), amount=amount)
    report = taken(desk)
    assert report.amount - before.amount == sum(amount for _, amount in paid)
    for sums in (report.books, report.procedures, report.people):
        assert sum(each.amount for each in sums) == report.amount
        assert sum(each.payments for each in sums) == len(report.payments)
    unpaid = {code: max(0, 50_000 - sum(a for which, a in paid if codes[which] == code)) for code in codes}
    assert {each.code: each.owed for each in report.unpaid if each.code in codes} == {
        c: o for c, o in unpaid.items() if o
    }


@pytest.mark.parametrize(
    ("text", "parts"), [("05/0001234", ("05", "0001234")), ("12", ("", "12")), ("A/B/7", ("A/B", "7")), ("", ("", ""))]
)
def test_receipt_is_split_into_book_and_number(text, parts):
    assert book_and_number(text) == parts


def command(desk, *words):
    return main([*map(str, words), "--data", str(desk.folder), "--now", "2026-02-09T16:30", "--json"])


def test_fee_report_command(desk, tmp_path, capsys):
    a_day(desk)
    out = tmp_path / "thu.pdf"
    assert command(desk, "print", "cash", "--on", "2026-02-09", "--out", out) == 0
    (answer,) = json_lines(capsys.readouterr().out)
    assert answer == {"file": str(out), "form": "cash", "pages": len(pages(out.read_bytes())), "copies": 1}
    period = ("--from", "2026-02-09", "--to", "2026-02-10")
    for ending in ("json", "xlsx", "pdf"):
        file = tmp_path / f"thu.{ending}"
        assert command(desk, "report", "fees", *period, "--out", file) == 0
        (answer,) = json_lines(capsys.readouterr().out)
        assert answer["total"] == {"payments": 4, "amount": 140_000, "owed": 10_000, "unknown": 0}
        assert answer["payments"][0]["at"] == "2026-02-09T09:00:00+07:00"
        assert file.stat().st_size
    assert json.loads((tmp_path / "thu.json").read_text(encoding="utf-8")) == answer


def test_excel_file_has_numbers_and_no_formulas(desk):
    code = desk.take_in(fee=8000, applicant={"kind": "citizen", "name": "=A1+1"}).code
    desk.act(code, "pay", at("2026-02-09T09:00"), amount=8000, receipt="=2/+3")
    content = report_file(fees_report(taken(desk)), ".xlsx")
    assert content == report_file(fees_report(taken(desk)), ".xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == 7
    assert "<v>8000</v>" in sheets[0]
    assert not any("<f>" in sheet for sheet in sheets)
    assert fees_to_json(taken(desk))["books"][0]["book"] == "=2"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("print", "cash"), "cash_day_missing"),
        (("print", "cash", "--from", "2026-02-01"), "cash_day_missing"),
        (("print", "cash", "A", "--on", "2026-02-01"), "cash_no_code"),
        (("print", "cash", "--on", "2026-02-01", "--copies", "2"), "copies_range"),
        (("print", "cash", "--on", "2026-02-01", "--paper", "80mm"), "paper_not_on_roll"),
        (("print", "cash", "--from", "2026-02-02", "--to", "2026-02-01"), "period_reversed"),
        (("print", "cash", "--on", "2026-02-01", "--field", "Hộ tịch"), "field_without_register"),
        (("report", "fees", "--from", "2026-02-02", "--to", "2026-02-01"), "period_reversed"),
        (("report", "fees", "--from", "2026-02-02"), "period_missing"),
    ],
)
def test_invalid_fee_report_command_is_refused(desk, tmp_path, capsys, words, why):
    out = tmp_path / "thu.pdf"
    assert command(desk, *words, "--out", out) == 1
    assert json_lines(capsys.readouterr().out)[0]["refused"]["code"] == why
    assert not out.exists()
