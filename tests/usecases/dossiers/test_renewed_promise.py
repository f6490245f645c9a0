"""Due dates and proofs after supplements, payments and apologies."""

from datetime import date

import pytest

from app.services.dossier_detail import DossierDetail
from app.usecases.catalogue.calendar import ImportCalendar, import_calendar
from tests.support.offices import Desk, at
from tests.usecases.dossiers.test_actions import add_version

TUESDAY = at("2026-03-10T09:00")
REQUESTED_AT, COMPLETE_AT = at("2026-03-12T10:00"), at("2026-03-16T09:00")


def with_request(desk: Desk, clock: str, limit: str = "5", unit: str = "working_day") -> str:
    """Return a dossier for which papers were requested on Thursday 12/03."""
    add_version(desk, supplement_clock=clock, limit=limit, unit=unit)
    code = desk.take_in(TUESDAY, term=None).code
    desk.act(code, "ask-supplement", REQUESTED_AT, note="Thiếu bản chính")
    return code


def paused(desk: Desk, limit: str, unit: str) -> DossierDetail:
    """Return a dossier whose term was paused until Monday 16/03."""
    return desk.act(with_request(desk, "pause", limit, unit), "supplement", COMPLETE_AT)


def test_restarted_term_has_a_proof_of_its_own(desk: Desk) -> None:
    sheet = desk.act(with_request(desk, "restart"), "supplement", COMPLETE_AT)
    assert sheet.deadline[1] == "Đủ hồ sơ bổ sung lúc 09 giờ 00 phút, thứ Hai, 16/03/2026: thời hạn tính lại từ đầu."
    assert sheet.deadline[-2] == "Hẹn trả kết quả: 17 giờ 00 phút, thứ Hai, 23/03/2026."
    assert not any("17/03/2026." in line and "Hẹn" in line for line in sheet.deadline)


def test_paused_term_adds_the_pause_to_its_proof(desk: Desk) -> None:
    sheet = paused(desk, "5", "working_day")
    assert sheet.deadline[-3:-1] == (
        "Tạm dừng từ 10 giờ 00 phút, thứ Năm, 12/03/2026 đến 09 giờ 00 phút, thứ Hai, 16/03/2026: "
        "không tính 2 ngày làm việc vào thời hạn.",
        "Hẹn trả kết quả: 17 giờ 00 phút, thứ Năm, 19/03/2026.",
    )


@pytest.mark.parametrize(
    ("limit", "unit", "due", "length"),
    [
        ("20", "day", "2026-04-03T17:00", "4 ngày"),
        ("16", "hour", "2026-03-16T09:00", "14 giờ làm việc"),
        ("4.5", "working_day", "2026-03-19T11:30", "2 ngày làm việc"),
    ],
)
def test_pause_is_counted_in_the_unit_of_the_term(desk: Desk, limit: str, unit: str, due: str, length: str) -> None:
    sheet = paused(desk, limit, unit)
    assert sheet.due_at == sheet.original_due_at == at(due)
    assert length in sheet.deadline[-3]
    assert desk.check().ok


def test_pause_extends_a_term_in_days_before_it_moves_off_days_off(desk: Desk) -> None:
    """18 days end on Saturday 28/03; with 4 paused days on Wednesday 01/04."""
    code = with_request(desk, "pause", "18", "day")
    assert desk.show(code, REQUESTED_AT).due_at == at("2026-03-30T17:00")
    sheet = desk.act(code, "supplement", COMPLETE_AT)
    assert sheet.due_at == sheet.original_due_at == at("2026-04-01T17:00")
    decision = "date,kind,hours,decision\n2026-04-08,off,,Thử\n"
    assert desk.office.write(import_calendar, ImportCalendar(decision), COMPLETE_AT).affected == ()


def test_two_pauses_move_a_term_in_days_once(desk: Desk) -> None:
    """18 days end on Saturday 28/03, after 7 paused days on Saturday 04/04."""
    code = with_request(desk, "pause", "18", "day")
    desk.act(code, "supplement", COMPLETE_AT)
    desk.act(code, "ask-payment", at("2026-03-17T08:00"), note="Lệ phí", amount=5_000)
    sheet = desk.act(code, "pay", at("2026-03-20T08:00"), amount=5_000)
    assert sheet.due_at == sheet.original_due_at == at("2026-04-06T17:00")
    assert sheet.deadline[-5:-1] == (
        "Tạm dừng từ 08 giờ 00 phút, thứ Ba, 17/03/2026 đến 08 giờ 00 phút, thứ Sáu, 20/03/2026: "
        "không tính 3 ngày vào thời hạn.",
        "Thời hạn kết thúc vào ngày nghỉ, thứ Bảy, 04/04/2026 và Chủ nhật, 05/04/2026: nghỉ hằng tuần.",
        "Chuyển sang ngày làm việc tiếp theo: thứ Hai, 06/04/2026.",
        "Hẹn trả kết quả: 17 giờ 00 phút, thứ Hai, 06/04/2026.",
    )
    assert desk.check().ok


def test_apology_in_a_term_in_days_is_extended_from_its_own_day(desk: Desk) -> None:
    add_version(desk, supplement_clock="pause", limit="18", unit="day")
    code = desk.take_in(TUESDAY, term=None).code
    desk.act(code, "apologise", at("2026-03-11T08:00"), until=date(2026, 4, 1), note="Chờ xác minh")
    for begun, ended in (("2026-03-12", "2026-03-15"), ("2026-03-16", "2026-03-18")):
        desk.act(code, "ask-supplement", at(f"{begun}T08:00"), note="Thiếu đơn")
        sheet = desk.act(code, "supplement", at(f"{ended}T08:00"))
    assert sheet.due_at == at("2026-04-06T17:00")
    assert sheet.original_due_at == at("2026-04-02T17:00")


def test_moved_calendar_counts_the_pause_alike(desk: Desk) -> None:
    """A pause of office hours is the same when the calendar is planned again."""
    paused(desk, "16", "hour")
    decision = "date,kind,hours,decision\n2026-03-27,off,,Thử\n"
    assert desk.office.write(import_calendar, ImportCalendar(decision), COMPLETE_AT).affected == ()


def test_payment_adds_the_pause_to_the_proof(desk: Desk) -> None:
    add_version(desk)
    code = desk.take_in(TUESDAY, term=None).code
    desk.act(code, "ask-payment", REQUESTED_AT, note="Lệ phí trước bạ", amount=5_000)
    sheet = desk.act(code, "pay", COMPLETE_AT, amount=5_000)
    assert sheet.deadline[-2] == "Hẹn trả kết quả: 17 giờ 00 phút, thứ Năm, 19/03/2026."


def test_apology_adds_its_day_to_the_proof_and_undo_removes_it(desk: Desk) -> None:
    add_version(desk)
    code = desk.take_in(TUESDAY, term=None).code
    before = desk.show(code, TUESDAY).deadline
    sheet = desk.act(code, "apologise", REQUESTED_AT, until=date(2026, 3, 25), note="Chờ xác minh")
    again = "Đã xin lỗi thứ Năm, 12/03/2026 và hẹn lại: 17 giờ 00 phút, thứ Tư, 25/03/2026."
    assert sheet.deadline == (*before, again)
    assert desk.act(code, "undo", REQUESTED_AT, note="Bấm nhầm").deadline == before
    assert desk.check().ok


def test_running_term_keeps_its_proof(desk: Desk) -> None:
    code = with_request(desk, "none")
    assert desk.act(code, "supplement", COMPLETE_AT).deadline == desk.show(code, TUESDAY).deadline
