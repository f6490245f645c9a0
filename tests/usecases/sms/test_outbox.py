"""SMS messages are composed with the action and contain no name."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import SmsSituation, SmsStatus
from app.models.errors import Refusal
from app.phone.modem import _SAFE, MAX_MESSAGE_LENGTH
from app.services.law.rules import shipped_rules
from app.services.sms_lines import SmsLine
from app.sheets.reading import read_sheet
from app.usecases.catalogue.calendar import ImportCalendar, import_calendar
from app.usecases.sms.outbox import (
    ListSms,
    MarkExported,
    RecordSendResult,
    SetOptOut,
    SetSmsEnabled,
    list_sms,
    mark_exported,
    record_send_result,
    set_opt_out,
    set_sms_enabled,
    sms_csv,
    sms_file,
)
from app.wording.sms import ascii_text, sms_text
from tests.support.offices import MORNING, PERSON, Desk, at

LATER = at("2026-02-10T09:00")


@pytest.fixture
def sms_desk(desk: Desk) -> Desk:
    """Open a desk of an office that sends messages."""
    desk.office.write(set_sms_enabled, SetSmsEnabled(True), MORNING)
    return desk


def waiting(desk: Desk) -> tuple[SmsLine, ...]:
    return desk.office.read(list_sms, ListSms(waiting=True), LATER).lines


def situations(desk: Desk) -> list[SmsSituation]:
    return [line.situation for line in waiting(desk)]


def test_disabled_office_composes_no_message(desk: Desk) -> None:
    desk.take_in()
    assert waiting(desk) == ()
    assert not desk.office.read(list_sms, ListSms(), MORNING).enabled


def test_intake_message_has_code_and_due_day(sms_desk: Desk) -> None:
    accepted = sms_desk.take_in()
    (line,) = waiting(sms_desk)
    assert (line.phone, line.situation, line.code) == ("0905123456", SmsSituation.RECEIVED, accepted.code)
    assert accepted.due_at is not None
    due = f"{accepted.due_at.astimezone(MORNING.tzinfo):%H:%M %d/%m/%Y}"
    opening = f"MẪU UBND xã Thử Nghiệm: Đã tiếp nhận hồ sơ {accepted.code}"
    assert line.text == f"{opening}, hẹn trả {due}. ĐT 0200 000 002"
    assert PERSON["name"] not in line.text


def test_message_goes_to_the_submitter_first(sms_desk: Desk) -> None:
    sms_desk.take_in(submitter={**PERSON, "name": "Lê Văn Sửu", "phone": "+84 912.345.678"})
    sms_desk.take_in(submitter={**PERSON, "name": "Lê Văn Sửu", "phone": None})
    assert [line.phone for line in waiting(sms_desk)] == ["0912345678", "0905123456"]


@pytest.mark.parametrize("phone", [None, "0234 3822 111", "1022", "0905 123 45", "+1 202 555 0188"])
def test_number_that_is_not_mobile_gets_no_message(sms_desk: Desk, phone: str | None) -> None:
    sms_desk.take_in(applicant={**PERSON, "phone": phone})
    assert waiting(sms_desk) == ()


def test_new_message_replaces_a_waiting_one(sms_desk: Desk) -> None:
    code = sms_desk.take_in().code
    sms_desk.act(code, "ask-supplement", note="Thiếu bản chính")
    assert situations(sms_desk) == [SmsSituation.SUPPLEMENT]
    sms_desk.act(code, "supplement")
    assert situations(sms_desk) == []
    sms_desk.act(code, "finish")
    assert situations(sms_desk) == [SmsSituation.READY]
    sms_desk.act(code, "take-back", note="Kết quả sai")
    assert situations(sms_desk) == []
    sms_desk.act(code, "finish")
    sms_desk.act(code, "return")
    assert situations(sms_desk) == []
    assert {line.status for line in sms_desk.show(code).sms} == {SmsStatus.DROPPED}


@pytest.mark.parametrize(
    ("action", "values", "situation"),
    [
        ("refuse", {"note": "Không thuộc thẩm quyền"}, SmsSituation.REFUSED),
        ("stop", {"note": "Công dân đề nghị"}, SmsSituation.STOPPED),
        ("withdraw", {}, SmsSituation.STOPPED),
        ("apologise", {"until": at("2026-03-05T00:00").date(), "note": "Chờ xác minh"}, SmsSituation.APOLOGY),
    ],
)
def test_each_outcome_has_a_message(
    sms_desk: Desk, action: str, values: dict[str, object], situation: SmsSituation
) -> None:
    code = sms_desk.take_in().code
    sms_desk.act(code, action, **values)
    assert situations(sms_desk) == [situation]
    if situation == SmsSituation.APOLOGY:
        assert "05/03/2026" in waiting(sms_desk)[0].text


def test_at_once_dossier_has_no_message(sms_desk: Desk) -> None:
    sms_desk.take_in(at_once=True, term=None)
    assert waiting(sms_desk) == ()


def test_corrected_number_gets_waiting_messages(sms_desk: Desk) -> None:
    code = sms_desk.take_in().code
    sms_desk.act(code, "amend", note="Ghi nhầm số", sets=(("phone", "0912 000 111"),))
    assert [line.phone for line in waiting(sms_desk)] == ["0912000111"]
    sms_desk.act(code, "amend", note="Không có điện thoại", sets=(("phone", ""),))
    assert waiting(sms_desk) == ()


def test_opted_out_number_gets_no_message(sms_desk: Desk) -> None:
    sms_desk.take_in()
    assert sms_desk.office.write(set_opt_out, SetOptOut("+84905123456", True), MORNING) == "0905123456"
    assert waiting(sms_desk) == ()
    sms_desk.take_in()
    assert waiting(sms_desk) == ()
    sms_desk.office.write(set_opt_out, SetOptOut("0905 123 456", False), MORNING)
    sms_desk.take_in()
    assert len(waiting(sms_desk)) == 1
    with pytest.raises(Refusal, match="not_a_mobile"):
        sms_desk.office.write(set_opt_out, SetOptOut("không", True), MORNING)


def test_refused_action_composes_no_message(sms_desk: Desk) -> None:
    code = sms_desk.take_in().code
    before = sms_desk.contents()
    with pytest.raises(Refusal):
        sms_desk.act(code, "return")
    assert sms_desk.contents() == before


def test_calendar_change_composes_messages_for_affected_dossiers(sms_desk: Desk) -> None:
    code = sms_desk.take_in(MORNING).code
    due = sms_desk.show(code).due_at
    assert due is not None
    table = f"date,kind,hours,decision\n{due.astimezone(MORNING.tzinfo):%Y-%m-%d},off,,Nghỉ bù\n"
    changed = sms_desk.office.write(import_calendar, ImportCalendar(table), LATER)
    assert [each.code for each in changed.affected] == [code]
    (line,) = waiting(sms_desk)
    assert line.situation == SmsSituation.HOLIDAY
    assert f"{due.astimezone(MORNING.tzinfo):%d/%m/%Y}" in line.text


def test_message_fails_after_three_rejections(sms_desk: Desk) -> None:
    code = sms_desk.take_in().code
    (line,) = waiting(sms_desk)
    for _ in range(2):
        sms_desk.office.write(record_send_result, RecordSendResult(line.id, "+CMS ERROR: 28", refused=True), LATER)
        assert waiting(sms_desk)
    sms_desk.office.write(record_send_result, RecordSendResult(line.id, "+CMS ERROR: 28", refused=True), LATER)
    assert waiting(sms_desk) == ()
    (message,) = sms_desk.show(code).sms
    assert (message.status, message.tries, message.way) == (SmsStatus.FAILED, 3, "+CMS ERROR: 28")


def test_lost_modem_counts_as_no_try(sms_desk: Desk) -> None:
    sms_desk.take_in()
    (line,) = waiting(sms_desk)
    for _ in range(5):
        sms_desk.office.write(record_send_result, RecordSendResult(line.id, "unplugged"), LATER)
    (line,) = waiting(sms_desk)
    assert (line.tries, line.way) == (0, "unplugged")


def test_csv_has_waiting_messages_and_no_formula(sms_desk: Desk) -> None:
    sms_desk.take_in()
    (line,) = waiting(sms_desk)
    assert sms_desk.office.write(mark_exported, MarkExported((line.id, line.id + 7)), LATER) == 1
    assert sms_desk.office.write(mark_exported, MarkExported((line.id,)), LATER) == 0
    table = sms_csv([replace(line, text='=HYPERLINK("x")', plain="-1+1")]).decode("utf-8-sig").splitlines()
    assert table[1].startswith('0905123456,"\'=HYPERLINK(""x"")",\'-1+1,')


def test_workbook_keeps_the_first_zero_of_a_phone(sms_desk: Desk) -> None:
    sms_desk.take_in()
    sheet = read_sheet(sms_file(waiting(sms_desk), ".xlsx"), "tin.xlsx")
    assert sheet.rows[0][0] == "Số điện thoại" and sheet.rows[1][0] == "0905123456"


@given(
    st.sampled_from([rule.value["text"] for rule in shipped_rules() if rule.kind == "notice"]),
    st.text(min_size=1, max_size=300),
    st.text(max_size=200),
    st.booleans(),
)
def test_each_text_fits_one_message(pattern: str, office: str, phone: str, due: bool) -> None:
    text = sms_text(pattern, "000.00.12.H29-260209-10001", office, phone, MORNING if due else None, LATER)
    plain = ascii_text(text)
    assert len(text) <= MAX_MESSAGE_LENGTH
    assert len(plain) <= MAX_MESSAGE_LENGTH
    assert _SAFE.fullmatch(plain)
    assert "000.00.12.H29-260209-10001" in plain


def test_plain_text_has_no_diacritics() -> None:
    assert ascii_text("ĐƯỜNG Đặng Thị Ẫm Ỷ – «số 3»") == "DUONG Dang Thi Am Y    so 3 "
