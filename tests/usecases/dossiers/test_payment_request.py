"""Requested payments: pause, resumption, worklist, paper, figures."""

from datetime import date

import pytest

from app.models.enums import PaperForm, Status
from app.models.errors import Refusal
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.dossiers.queries import ListWork, list_work
from tests.support.offices import Desk, at
from tests.support.pdf_reading import pages

MONDAY = at("2026-03-02T08:00")


def request_payment(desk: Desk, until: date | None = date(2026, 3, 6), sent: bool = True) -> str:
    code = desk.take_in(MONDAY).code  # due 09/03
    if sent:
        desk.act(code, "send", MONDAY, to="Địa chính")
        desk.act(code, "receive", MONDAY)
    desk.act(code, "ask-payment", at("2026-03-03T09:00"), amount=120_000, note="Lệ phí trước bạ", until=until)
    return code


def test_term_pauses_until_the_payment(desk: Desk) -> None:
    code = request_payment(desk)
    waiting = desk.show(code, at("2026-03-20T08:00"))
    assert (waiting.status, waiting.national_status) == (Status.PAYMENT_DUE, 6)
    assert (waiting.due_at, waiting.late, waiting.fee.amount) == (at("2026-03-09T17:00"), False, 120_000)
    paid = desk.act(code, "pay", at("2026-03-06T10:00"), amount=120_000)  # three working days later
    assert (paid.status, paid.holder) == (Status.PROCESSING, "Địa chính")
    assert paid.due_at == paid.original_due_at == at("2026-03-12T17:00")
    assert desk.check().ok


def test_payment_on_a_day_off_after_the_last_day_is_not_late(desk: Desk) -> None:
    code = desk.take_in(MONDAY).code
    desk.act(code, "ask-payment", at("2026-03-09T10:00"), amount=120_000, note="Lệ phí trước bạ")
    paid = desk.act(code, "pay", at("2026-03-14T20:00"), amount=120_000)
    assert (paid.due_at, paid.late) == (at("2026-03-16T17:00"), False)
    assert any("không tính 5 ngày làm việc vào thời hạn." in line for line in desk.show(code).deadline)
    assert desk.check().ok


def test_payment_goes_back_to_the_status_before(desk: Desk) -> None:
    code = request_payment(desk, sent=False)
    assert desk.act(code, "pay", at("2026-03-06T10:00"), amount=50_000).status == Status.RECEIVED
    assert "withdraw" in desk.show(code).allowed


@pytest.mark.parametrize("action", ["send", "finish", "apologise", "refuse", "supplement", "ask-payment"])
def test_only_few_actions_end_the_wait(desk: Desk, action: str) -> None:
    code = request_payment(desk)
    with pytest.raises(Refusal) as refused:
        desk.act(code, action, at("2026-03-10T08:00"), to="Ai", note="x", amount=1, until=date(2026, 4, 1))
    assert refused.value.code == "act_not_allowed"
    assert desk.act(code, "stop", at("2026-03-10T08:00")).status == Status.STOPPED


@pytest.mark.parametrize(
    ("until", "now", "group"),
    [
        (date(2026, 3, 6), "2026-03-06T16:00", "supplement"),
        (date(2026, 3, 6), "2026-03-07T08:00", "unpaid"),
        (None, "2026-12-01T08:00", "supplement"),
    ],
)
def test_overdue_payment_is_on_the_worklist(desk: Desk, until: date | None, now: str, group: str) -> None:
    code = request_payment(desk, until)
    (line,) = desk.office.read(list_work, ListWork(), at(now))
    assert (line.code, line.group) == (code, group)
    assert (line.due_words == "quá hạn nộp 06/03/2026") is (group == "unpaid")


def test_report_counts_the_wait_in_time(desk: Desk) -> None:
    request_payment(desk)
    total = desk.report(date(2026, 3, 1), date(2026, 3, 31)).total
    assert (total.pending, total.pending_in_time, total.pending_late) == (1, 1, 0)


def test_notice_has_amount_reason_and_last_day(desk: Desk) -> None:
    code = request_payment(desk)
    pdf = desk.office.write(prepare_paper, PreparePaper(code, PaperForm.PAYMENT), at("2026-03-03T09:01")).pdf
    text = " ".join(" ".join(page.text for page in pages(pdf)).split())
    for words in ("Lệ phí trước bạ", "120.000 đ", "ngày 06 tháng 3 năm 2026", code):
        assert words in text
    plain = desk.take_in(MONDAY).code
    with pytest.raises(Refusal) as refused:
        desk.office.write(prepare_paper, PreparePaper(plain, PaperForm.PAYMENT), MONDAY)
    assert refused.value.code == "paper_no_payment_asked"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"amount": 1}, "note_missing"),
        ({"note": "x"}, "amount_missing"),
        ({"amount": 10**13, "note": "x"}, "out_of_range"),
        ({"amount": 1, "note": "x", "until": date(2026, 3, 1)}, "until_past"),
    ],
)
def test_request_needs_amount_and_reason(desk: Desk, values: dict[str, object], why: str) -> None:
    code = desk.take_in(MONDAY).code
    with pytest.raises(Refusal) as refused:
        desk.act(code, "ask-payment", MONDAY, **values)
    assert refused.value.code == why


def test_refund_reduces_what_was_paid(desk: Desk) -> None:
    code = desk.take_in(MONDAY, fee=10_000).code
    desk.act(code, "pay", MONDAY, amount=10_000)
    assert desk.act(code, "refund", MONDAY, amount=4_000, note="Thu thừa").fee.paid == 6_000
    with pytest.raises(Refusal) as refused:
        desk.act(code, "refund", MONDAY, amount=6_001, note="x")
    assert refused.value.code == "refund_too_much"
    desk.act(code, "stop", MONDAY)
    assert desk.act(code, "refund", MONDAY, amount=6_000, note="Dừng").fee.paid == 0
    assert desk.check().ok
