"""Each pair of status and action on a real database."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.models.enums import Action, Status, Verdict
from app.models.errors import Refusal
from app.models.lifecycle import COUNTER
from app.services.dossier_detail import DossierDetail
from app.usecases.catalogue.calendar import ImportCalendar, import_calendar
from app.usecases.catalogue.procedures import ImportCatalogue, import_catalogue
from tests.models.test_lifecycle import RESULT, TABLE
from tests.support.offices import MORNING, PERSON, SAME_DAY, Desk, at, desk_session

NEXT_MONTH = at("2026-03-10T09:00")
PATHS: dict[Status, tuple[tuple[str, dict[str, Any]], ...]] = {
    Status.RECEIVED: (),
    Status.PROCESSING: (("send", {"to": "Tư pháp"}),),
    Status.SUPPLEMENT_ASKED: (("send", {"to": "Tư pháp"}), ("ask-supplement", {"note": "Thiếu bản chính"})),
    Status.PAYMENT_DUE: (("send", {"to": "Tư pháp"}), ("ask-payment", {"amount": 8000, "note": "Lệ phí"})),
    Status.FINISHED: (("send", {"to": "Tư pháp"}), ("finish", {})),
    Status.RETURNED: (("finish", {}), ("return", {})),
    Status.REFUSED: (("refuse", {"note": "Không đủ điều kiện"}),),
    Status.STOPPED: (("stop", {}),),
    Status.WITHDRAWN: (("withdraw", {}),),
    Status.CLOSED: (("ask-supplement", {"note": "Thiếu đơn"}), ("close", {"at": NEXT_MONTH})),
    Status.VOID: (("void", {"note": "Nhầm thủ tục"}),),
}
"""Actions that bring a dossier into each status."""
ACTS: dict[Action, dict[str, Any]] = {
    Action.INTAKE: {},
    Action.SEND: {"to": "Địa chính"},
    Action.RECEIVE: {},
    Action.TAKE_BACK: {},
    Action.ASK_SUPPLEMENT: {"note": "Thiếu đơn"},
    Action.SUPPLEMENT: {},
    Action.REFUSE: {"note": "Không đủ điều kiện"},
    Action.STOP: {},
    Action.WITHDRAW: {},
    Action.CLOSE: {"at": NEXT_MONTH},
    Action.APOLOGISE: {"until": date(2026, 3, 2), "note": "Chờ xác minh"},
    Action.FINISH: {},
    Action.RETURN: {"received_by": "Nguyễn Văn Sửu"},
    Action.AMEND: {"sets": (("phone", "0912 000 111"),), "note": "Sửa số"},
    Action.PAY: {"amount": 2000, "receipt": "AA/26-0000001"},
    Action.ASK_PAYMENT: {"amount": 8000, "note": "Lệ phí"},
    Action.REFUND: {"amount": 100, "note": "Thu thừa"},
    Action.VOID: {"note": "Nhầm"},
    Action.UNDO: {"note": "Bấm nhầm"},
}


def bring_to(desk: Desk, status: Status) -> str:
    """Return the code of a dossier in this status."""
    code = desk.take_in().code
    for action, values in PATHS[status]:
        desk.act(code, action, **values)
    return code


@pytest.mark.parametrize("status", PATHS)
def test_each_allowed_action_changes_the_status(desk: Desk, status: Status) -> None:
    for action in map(Action, TABLE[status].split()):
        code = bring_to(desk, status)
        if action == Action.REFUND or (action == Action.UNDO and status == Status.RECEIVED):
            continue  # test_undo and test_payments have them
        before = desk.show(code)
        after = desk.act(code, action.value, **{"at": MORNING, **ACTS[action]})
        assert before.status == status
        assert after.status == RESULT.get(action, status) or (action, status) in RESTORED, action
        if action == Action.UNDO:
            continue
        assert after.steps[: len(before.steps)] == before.steps
        assert after.steps[-1].action == action and after.steps[-1].status == after.status
        plain = {"allowed": (), "undoable": None, "warnings": (), "unsubmitted": (), "requested": ()}
        assert replace(desk.show(code), **plain) == replace(after, **plain)
    assert desk.check().ok


@pytest.mark.parametrize("status", PATHS)
def test_each_disallowed_action_is_refused(desk: Desk, status: Status) -> None:
    code = bring_to(desk, status)
    for action in set(ACTS) - set(map(Action, TABLE[status].split())):
        refused_without_a_trace(desk, code, action.value, "act_not_allowed", **ACTS[action])


RESTORED = {(Action.TAKE_BACK, Status.PROCESSING), (Action.PAY, Status.PAYMENT_DUE)} | {
    (Action.UNDO, status) for status in PATHS
}
"""The recall of a hand-over that was not received, a payment and an undo restore an earlier status."""


def refused_without_a_trace(desk: Desk, code: str, action: str, reason: str, **values: Any) -> Refusal:
    """Expect this refusal and an unchanged database."""
    before = desk.contents()
    with pytest.raises(Refusal) as refused:
        desk.act(code, action, **values)
    assert refused.value.code == reason, action
    assert desk.contents() == before
    return refused.value


@pytest.mark.parametrize(
    ("action", "values", "reason"),
    [
        ("send", {}, "holder_missing"),
        ("send", {"to": " \u200b "}, "holder_missing"),
        ("send", {"to": "x" * 501}, "text_too_long"),
        ("send", {"to": "Tư pháp", "note": "x" * 2001}, "text_too_long"),
        ("send", {"to": "Tư pháp", "sets": (("name", "Đào Ẫm"),)}, "set_without_amend"),
        ("refuse", {}, "note_missing"),
        ("ask-supplement", {"note": "\t"}, "note_missing"),
        ("void", {}, "note_missing"),
        ("void", {"note": "Nhầm", "at": at("2026-02-10T08:00")}, "void_same_day"),
        ("void", {"note": "Nhầm", "at": at("2026-02-09T07:59")}, "act_before_intake"),
        ("pay", {}, "amount_missing"),
        ("pay", {"amount": 0}, "amount_missing"),
        ("pay", {"amount": -1}, "amount_missing"),
        ("pay", {"amount": 99999999999999999999}, "out_of_range"),
        ("apologise", {}, "until_missing"),
        ("apologise", {"until": date(2026, 2, 23)}, "until_not_later"),
        ("apologise", {"until": date(2026, 2, 28)}, "until_not_working"),
        ("apologise", {"until": date(9999, 12, 31)}, "calendar_year_unknown"),
        ("apologise", {"until": date(2026, 3, 2), "at": at("2026-03-03T08:00")}, "until_past"),
        ("amend", {}, "nothing_to_amend"),
        ("amend", {"sets": (("kind", "agency"),)}, "unknown_field"),
        ("amend", {"sets": (("submitter.name", "Ai"),)}, "unknown_field"),
        ("amend", {"sets": (("authority", "x"),)}, "unknown_field"),
        ("amend", {"sets": (("name", ""),)}, "name_missing"),
        ("amend", {"sets": (("name", "123"),)}, "name_without_letters"),
        ("amend", {"sets": (("birth_date", "2030-01-01"),)}, "birth_date_future"),
        ("amend", {"sets": (("gender", "khác"),)}, "unknown_gender"),
    ],
)
def test_refused_action_changes_nothing(desk: Desk, action: str, values: dict[str, Any], reason: str) -> None:
    code = desk.take_in().code
    assert desk.show(code).due_at == at("2026-02-23T17:00")
    refused_without_a_trace(desk, code, action, reason, **values)


@pytest.mark.parametrize(
    "code", ["", "   ", "H29.12-260209-0009", "6301260209000099", "' OR 1=1 --", "\x00", "x" * 5000]
)
def test_unknown_dossier_is_refused(desk: Desk, code: str) -> None:
    refused_without_a_trace(desk, code, "finish", "dossier_unknown")


def test_each_spelling_of_a_code_identifies_the_dossier(desk: Desk) -> None:
    accepted = desk.take_in(alias="DVC-2026/000123")
    for spelling in (
        accepted.key,
        f" {accepted.key[:4]} {accepted.key[4:8]} {accepted.key[8:12]} {accepted.key[12:]} ",
        accepted.code.lower(),
        accepted.code.replace("-", "\u2013"),
        f"000.00.12.{accepted.code.replace('H29.12', 'H29')}",
        "dvc 2026 000123",
    ):
        assert desk.show(spelling).code == accepted.code


def test_complete_history_of_a_dossier(desk: Desk) -> None:
    code = desk.take_in(submitter={**PERSON, "name": "Lê Thị Dần"}).code
    desk.act(code, "send", at("2026-02-09T08:10"), to="Tư pháp")
    desk.act(code, "receive", at("2026-02-09T09:00"), note="Đủ giấy tờ")
    desk.act(code, "send", at("2026-02-10T09:00"), to="Lãnh đạo")
    finished = desk.act(code, "finish", at("2026-02-11T10:00"))
    assert [(s.action.value, s.from_, s.to, s.verdict) for s in finished.steps] == [
        ("intake", None, COUNTER, None),
        ("send", COUNTER, "Tư pháp", None),
        ("receive", COUNTER, "Tư pháp", Verdict.EARLY),
        ("send", "Tư pháp", "Lãnh đạo", None),
        ("receive", "Tư pháp", "Lãnh đạo", Verdict.EARLY),
        ("finish", "Lãnh đạo", COUNTER, Verdict.EARLY),
    ]
    assert (finished.national_status, finished.closed_at, finished.late) == (9, at("2026-02-11T10:00"), False)
    returned = desk.act(code, "return", at("2026-02-12T08:00"), received_by="Lê Thị Dần", receiver_id="048190000001")
    assert (returned.national_status, returned.returned_at) == (10, at("2026-02-12T08:00"))
    assert returned.holder == "Lê Thị Dần"
    assert desk.rows("SELECT received_by FROM dossier") == [("Lê Thị Dần",)]


def test_amendment_is_recorded_and_searchable(desk: Desk) -> None:
    code = desk.take_in(
        principal={"name": "Lý Mão", "authority": "GUQ 01"}, submitter={**PERSON, "name": "Lê Dần"}
    ).code
    sets = (
        ("name", "  Đào   Thị\u200b Ẩm "),
        ("birth_date", "1991"),
        ("principal.phone", ""),
        ("submitter.email", "d@x.vn"),
    )
    amended = desk.act(code, "amend", sets=sets, note="Theo căn cước")
    assert (amended.applicant["name"], amended.applicant["birth_date"]) == ("Đào Thị Ẩm", "1991")
    assert amended.principal is not None and amended.principal["phone"] is None
    assert amended.submitter["email"] == "d@x.vn"
    (facts,) = desk.rows("SELECT facts FROM event WHERE action = 'amend'")[0]
    assert '"applicant.name":{"before":"Đào Thị Ẫm","now":"Đào Thị Ẩm"}' in facts
    assert desk.check().ok


@pytest.mark.parametrize("role", ["submitter", "principal"])
def test_forgotten_authority_is_added_and_removed_again(desk: Desk, role: str) -> None:
    people = {"principal": {"name": "Lý Mão"}} if role == "principal" else {"submitter": {**PERSON, "name": "Y Bhăm"}}
    code = desk.take_in(**people).code
    before = getattr(desk.show(code), role)
    added = desk.act(code, "amend", sets=((f"{role}.authority", "GUQ 07/2026"),), note="Quên ghi")
    assert getattr(added, role) == {**before, "authority": "GUQ 07/2026"}
    assert getattr(desk.act(code, "undo", note="Ghi nhầm"), role) == before
    desk.act(code, "amend", sets=((f"{role}.authority", "GUQ 08/2026"),), note="Quên ghi")
    removed = desk.act(code, "amend", sets=((f"{role}.authority", ""),), note="Không có giấy")
    assert getattr(removed, role) == before
    (facts,) = desk.rows("SELECT facts FROM event WHERE action = 'amend' ORDER BY id DESC LIMIT 1")[0]
    assert f'"{role}.authority":{{"before":"GUQ 08/2026","now":null}}' in facts
    assert desk.check().ok


@pytest.mark.parametrize("name", ["applicant.authority", "principal.birth_date", "co1.authority", "submitter.kind"])
def test_field_that_a_role_lacks_is_not_amended(desk: Desk, name: str) -> None:
    line = {"principal": {"name": "Lý Mão"}, "submitter": {**PERSON, "name": "Y Bhăm"}, "co_applicants": [PERSON]}
    code = desk.take_in(**line).code
    with pytest.raises(Refusal) as refused:
        desk.act(code, "amend", sets=((name, "x"),), note="Sửa")
    assert refused.value.code == "unknown_field"


def test_payment_is_recorded(desk: Desk) -> None:
    code = desk.take_in().code
    desk.act(code, "pay", amount=1500, receipt="AA/26-01")
    sheet = desk.act(code, "pay", amount=500)
    assert (sheet.fee.amount, sheet.fee.paid, sheet.fee.receipt) == (2000, 2000, "AA/26-01")


# --- supplements: the term restarts, pauses, or continues


def add_version(desk: Desk, **cells: str) -> None:
    """Add a version of the procedure that is valid from the first day on."""
    cells = {"code": SAME_DAY, "limit": "5", "unit": "working_day", "valid_from": "2026-02-01", **cells}
    table = "\t".join(cells) + "\n" + "\t".join(cells.values()) + "\n"
    desk.office.write(import_catalogue, ImportCatalogue(table), MORNING)


def supplemented(
    desk: Desk, requested_at: datetime, received_at: datetime, apology: date | None = None
) -> DossierDetail:
    """Return a dossier for which papers were requested and received."""
    code = desk.take_in(term=None).code
    if apology is not None:
        desk.act(code, "apologise", MORNING, until=apology)
    desk.act(code, "ask-supplement", requested_at, note="Thiếu bản chính")
    return desk.act(code, "supplement", received_at)


def test_supplement_restarts_the_term(desk: Desk) -> None:
    add_version(desk)
    sheet = supplemented(desk, at("2026-02-10T09:00"), at("2026-03-02T09:00"))
    assert sheet.due_at == sheet.original_due_at == at("2026-03-09T17:00")
    assert (sheet.status, sheet.holder) == (Status.RECEIVED, COUNTER)


def test_supplement_restarts_a_same_day_term_with_its_cutoff(desk: Desk) -> None:
    add_version(desk, limit="0", unit="same_day", same_day_cutoff="10:00")
    for came, due in (("2026-03-02T10:00", "2026-03-02T17:00"), ("2026-03-02T10:01", "2026-03-03T17:00")):
        assert supplemented(desk, at("2026-02-10T09:00"), at(came)).due_at == at(due)


def test_pause_extends_the_term_by_its_working_days(desk: Desk) -> None:
    """Due on Monday 23/02 after Tết; paused for two working days from 10/02."""
    add_version(desk, supplement_clock="pause")
    sheet = supplemented(desk, at("2026-02-10T09:00"), at("2026-02-12T16:00"))
    assert sheet.due_at == sheet.original_due_at == at("2026-02-25T17:00")
    sheet = supplemented(desk, at("2026-02-10T09:00"), at("2026-02-10T16:00"))
    assert sheet.due_at == at("2026-02-23T17:00")


def test_running_supplement_keeps_the_due_date(desk: Desk) -> None:
    add_version(desk, supplement_clock="none")
    sheet = supplemented(desk, at("2026-02-10T09:00"), at("2026-03-20T16:00"))
    assert sheet.due_at == sheet.original_due_at == at("2026-02-23T17:00")
    assert sheet.late


@pytest.mark.parametrize(
    ("clock", "due", "original"), [("none", "2026-03-02", "2026-02-23"), ("pause", "2026-03-04", "2026-02-25")]
)
def test_apology_remains_after_a_supplement(desk: Desk, clock: str, due: str, original: str) -> None:
    add_version(desk, supplement_clock=clock)
    sheet = supplemented(desk, at("2026-02-10T09:00"), at("2026-02-12T16:00"), date(2026, 3, 2))
    assert (sheet.due_at, sheet.original_due_at) == (at(f"{due}T17:00"), at(f"{original}T17:00"))


def test_supplement_without_term_sets_no_due_date(desk: Desk) -> None:
    code = desk.take_in(term={"unit": "unknown"}).code
    desk.act(code, "ask-supplement", note="Thiếu đơn")
    assert desk.act(code, "supplement").due_at is None
    assert desk.check().ok


@pytest.mark.parametrize(("days", "last"), [("", date(2026, 3, 9)), ("3", date(2026, 2, 12))])
def test_closing_is_allowed_after_the_supplement_term(desk: Desk, days: str, last: date) -> None:
    """The default is 15 working days, without Tết."""
    add_version(desk, supplement_days=days)
    code = desk.take_in().code
    desk.act(code, "ask-supplement", note="Thiếu đơn")
    evening = at(f"{last}T23:00")
    refusal = refused_without_a_trace(desk, code, "close", "close_too_early", at=evening)
    assert refusal.values == {"day": last.isoformat()}
    assert desk.act(code, "close", evening + timedelta(hours=2)).status == Status.CLOSED


def test_apology_date_is_at_the_hour_of_results(training_folder: Path) -> None:
    office = (training_folder / "office.toml").read_text(encoding="utf-8")
    (training_folder / "office.toml").write_text('due_time = "09:30"\n' + office, encoding="utf-8")
    with desk_session(training_folder) as desk:
        code = desk.take_in().code
        assert desk.show(code).due_at == at("2026-02-23T09:30")
        assert desk.act(code, "apologise", until=date(2026, 3, 2)).due_at == at("2026-03-02T09:30")
        afternoon = "date,kind,hours\n2026-03-03,half,13:30-17:00\n"
        desk.office.write(import_calendar, ImportCalendar(afternoon), MORNING)
        other = desk.take_in().code
        assert desk.act(other, "apologise", until=date(2026, 3, 3)).due_at == at("2026-03-03T17:00")
