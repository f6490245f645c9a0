"""Number repair by two people: forward only, recorded and printed."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.models.enums import AccessKind, Role
from app.models.errors import Fault, Refusal
from app.services.credentials import Credentials
from app.usecases.accounts.access_log import ListAccess, list_access
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.documents.register import PrepareRegister, prepare_register
from app.usecases.intake.preprinted import PrintPreprinted, print_preprinted
from app.usecases.intake.turn_away import RefuseAtCounter, refuse_at_counter
from app.usecases.office.integrity import CheckOffice, check_office
from app.usecases.office.number_repair import GetNumbersState, RepairNumbers, get_numbers_state, repair_numbers
from tests.support.offices import ADMIN, MORNING, Desk, desk_session, intake_line, machine_now
from tests.support.pdf_reading import pages, scan_codes

HAI, HAI_PIN = "Lê Văn Hai", "480217"
DAY, WHY = date(2026, 2, 9), "Máy phụ đã cấp đến số 41 khi mất điện"


def repair(desk: Desk, number: int, day: date = DAY, why: str = WHY, second: Any = None, at: Any = MORNING) -> Any:
    return desk.office.write(repair_numbers, RepairNumbers(day, number, why, second), at)


def turn_away(desk: Desk) -> Any:
    return desk.office.write(
        refuse_at_counter, RefuseAtCounter.read(intake_line(reason="Thiếu bản chính"), DAY), MORNING
    )


def refused(desk: Desk, number: int, **options: Any) -> tuple[str, dict[str, Any]]:
    before = desk.contents()
    with pytest.raises(Refusal) as refusal:
        repair(desk, number, **options)
    assert desk.contents() == before
    return refusal.value.code, dict(refusal.value.values)


def test_repair_moves_the_number_forward_and_register_shows_it(desk: Desk) -> None:
    assert desk.take_in().code.endswith("-0001")
    state = repair(desk, 42)
    assert (state.given, state.least, [each.before for each in state.repairs]) == (41, 42, [2])
    assert desk.check().ok
    assert desk.take_in().code.endswith("-0042") and desk.check().ok
    pdf = desk.office.read(prepare_register, PrepareRegister(DAY, DAY), MORNING).pdf
    text = " ".join(pages(pdf)[-1].text.split())
    assert "số kế tiếp từ 2 thành 42" in text and WHY in text
    trail = desk.office.read(list_access, ListAccess(), MORNING)
    assert [line.what for line in trail[:1]] == [AccessKind.NUMBERS_REPAIRED]


def test_repair_refuses_issued_numbers(desk: Desk) -> None:
    for _ in range(3):
        desk.take_in()
    desk.office.write(print_preprinted, PrintPreprinted(2), MORNING)
    assert refused(desk, 6) == ("number_already_next", {"number": 6})
    assert refused(desk, 5) == ("number_not_forward", {"least": 6})
    assert refused(desk, 20_006)[0] == "number_other_desk"
    assert refused(desk, 9000)[0] == "number_too_far"
    assert refused(desk, 7, why=" ngắn ")[0] == "number_reason"
    assert refused(desk, 7, day=DAY + timedelta(days=8))[0] == "number_day_range"


def test_damaged_counter_is_repaired_beyond_the_highest_number(desk: Desk) -> None:
    for _ in range(3):
        desk.take_in()
    desk.tamper("UPDATE counter SET value = 1 WHERE name = 'serial:01:260209'")
    assert [each.code for each in desk.check().findings] == ["number_ahead"]
    assert refused(desk, 2) == ("number_not_forward", {"least": 4})
    with pytest.raises(Fault, match="number_given_before"):
        desk.take_in()
    (number_repair,) = repair(desk, 4).repairs
    assert (
        "số kế tiếp từ 2 thành 4" in number_repair.text and "không cấp" not in number_repair.text
    )  # documents have 2 and 3
    assert desk.check().ok and desk.take_in().code.endswith("-0004") and desk.check().ok


def test_register_and_slip_counters_are_repaired_too(desk: Desk) -> None:
    for _ in range(2):
        desk.take_in()
        turn_away(desk)
    desk.tamper("UPDATE counter SET value = 1 WHERE name NOT LIKE 'serial:%'")
    assert [each.code for each in desk.check().findings] == ["number_ahead", "number_ahead"]
    with pytest.raises(Fault, match="number_given_before"):
        turn_away(desk)
    assert repair(desk, 3, why="Tệp dữ liệu bị hỏng").given == 2
    assert desk.check().ok and turn_away(desk).number == 3
    assert refused(desk, 3)[0] == "number_already_next"


def test_repair_of_a_past_and_a_future_day(desk: Desk) -> None:
    for day in (DAY - timedelta(days=3), DAY + timedelta(days=2)):
        assert repair(desk, 9, day=day).given == 8
        assert [each.day for each in desk.office.read(get_numbers_state, GetNumbersState(day), MORNING).repairs] == [
            str(day)
        ]
    assert desk.check().ok


def test_repair_needs_two_people_with_the_right(real_folder: Path) -> None:
    now = machine_now()
    with desk_session(real_folder, ADMIN) as desk:
        desk.office.write(add_user, AddUser(HAI, Role.CLERK, secret=HAI_PIN))
        number = desk.take_in(now).code
        day = desk.office.read(get_numbers_state, GetNumbersState(), now).day
        for second, code in (
            (None, "second_missing"),
            (Credentials(ADMIN, "x"), "second_person_same"),
            (Credentials(HAI, "000000"), "sign_in_wrong"),
        ):
            with pytest.raises(Refusal) as refusal:
                repair(desk, 7, day, second=second, at=now)
            assert refusal.value.code == code
        done = repair(desk, 7, day, second=Credentials(HAI, HAI_PIN), at=now).repairs[0]
        assert (done.by, done.second, done.reason) == (ADMIN, HAI, WHY)
        assert int(desk.take_in(now).code[-4:]) == 7 and number.endswith("-0001")
        desk.office.sign_in(Credentials(HAI, HAI_PIN))
        with pytest.raises(Refusal) as refusal:
            repair(desk, 9, day, at=now)
        assert refusal.value.code == "not_your_right"


def test_printed_journal_end_detects_a_rewritten_journal(desk: Desk) -> None:
    desk.take_in()
    pdf = desk.office.read(prepare_register, PrepareRegister(DAY, DAY), MORNING).pdf
    (line,) = [line for line in pages(pdf)[-1].text.splitlines() if "Nhật ký đến" in line]
    printed = line.rpartition(": ")[2].strip()
    assert any(f"Nhật ký đến: {printed}" in text for kind, text in scan_codes(pdf)[0] if kind == "QR Code"), (
        "the page is signed"
    )
    assert findings_of(desk, f" {printed.upper()} ") == []
    desk.take_in()
    assert findings_of(desk, printed) == [], "later events do not matter"
    other = printed[:-1] + ("0" if printed[-1] != "0" else "1")
    assert findings_of(desk, other) == ["head_differs"]
    assert findings_of(desk, printed.replace("1-1-", "1-9-")) == ["head_missing"]
    with pytest.raises(Refusal) as refusal:
        findings_of(desk, "1-1-xyz")
    assert refusal.value.code == "head_shape"


def findings_of(desk: Desk, printed: str) -> list[str]:
    return [each.code for each in desk.office.read(check_office, CheckOffice(printed), MORNING).findings]
