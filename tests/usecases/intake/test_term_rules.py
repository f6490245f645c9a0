"""Terms by rule: two limits, channels, places, hours, supplements."""

from datetime import date, datetime
from typing import Any

import pytest

from app.models.enums import Action, Channel, PaperForm
from app.models.errors import Refusal
from app.models.instants import local
from app.models.law.rule import Rule, read_rule
from app.office.session import OfficeSession
from app.services.dossier_actions import ActOnDossier
from app.services.dossier_detail import DossierDetail, ShowDossier
from app.usecases.accounts.access_log import open_dossier
from app.usecases.catalogue.procedures import ImportCatalogue, import_catalogue
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.dossiers.actions import act_on_dossier
from app.usecases.intake.preview import PreviewPromise, preview_promise
from app.usecases.office.integrity import CheckOffice, check_office
from tests.support.offices import Desk, at
from tests.support.pdf_reading import pages
from tests.usecases.intake.test_reliefs import write_rules

CODE = "1.000111"
DAY = date(2026, 3, 2)
MORNING = at("2026-03-02T08:00")


@pytest.fixture
def term_desk(desk: Desk) -> Desk:
    head = "code\tname\tfield\tlimit\tunit\tprovince_limit\tchannel_limits\tsteps\tadvice\n"
    steps = "Một cửa:2h ; Tư pháp:3h ; Lãnh đạo:1"
    row = f"{CODE}\tThủ tục thử\tTư pháp\t10\tworking_day\t6\tonline:8\t{steps}\tMang bản chính.\n"
    desk.office.write(import_catalogue, ImportCatalogue(head + row), at("2026-01-05T08:00"))
    return desk


def rule(kind: str, key: str, day: date = DAY, decision: str = "QĐ 9/2026", **value: Any) -> Rule:
    line = {"kind": kind, "key": key, "value": value, "valid_from": day.isoformat(), "decision": decision}
    return read_rule(line)


def enter(desk: Desk, *rules: Rule) -> None:
    desk.office.write(write_rules, rules, at("2026-02-26T08:00"))


def take(desk: Desk, when: datetime = MORNING, **values: Any) -> DossierDetail:
    accepted = desk.take_in(when, procedure=CODE, **{"channel": "direct", "term": None, **values})
    return show(desk.office, accepted.code, when)


def show(office: OfficeSession, code: str, when: datetime) -> DossierDetail:
    return office.write(open_dossier, ShowDossier(code), when)


def act(desk: Desk, code: str, action: Action, when: datetime, **values: Any) -> DossierDetail:
    return desk.office.write(act_on_dossier, ActOnDossier(code, action, **values), when)


def days(detail: DossierDetail) -> tuple[str, str]:
    assert detail.due_at and detail.original_due_at
    return f"{local(detail.due_at):%d/%m}", f"{local(detail.original_due_at):%d/%m}"


@pytest.mark.parametrize(
    ("value", "promised", "late"),
    [
        ({}, "10/03", "10/03"),
        ({"late": "law"}, "10/03", "16/03"),
        ({"promise": "law"}, "16/03", "16/03"),
        ({"promise": "law", "late": "office"}, "16/03", "10/03"),
        ({"office_limit": 3}, "05/03", "05/03"),
        ({"limit": 4, "unit": "working_day"}, "06/03", "06/03"),
        ({"limit": 4, "unit": "working_day", "office_limit": 2, "late": "law"}, "04/03", "06/03"),
    ],
)
def test_two_limits(term_desk: Desk, value: dict[str, Any], promised: str, late: str) -> None:
    enter(term_desk, rule("term", "hai-han", **value))
    assert days(take(term_desk)) == (promised, late)
    assert days(take(term_desk, at("2026-02-27T08:00"))) == ("09/03", "09/03")


def test_late_counts_against_the_second_limit(term_desk: Desk) -> None:
    enter(term_desk, rule("term", "hai-han", late="law"))
    code = take(term_desk).code
    assert not show(term_desk.office, code, at("2026-03-16T16:00")).late
    assert show(term_desk.office, code, at("2026-03-17T08:00")).late
    finished = act(term_desk, code, Action.FINISH, at("2026-03-13T08:00"))
    assert finished.steps[-1].verdict == "early"
    assert term_desk.office.write(check_office, CheckOffice(), at("2026-03-17T09:00")).ok


def test_a_restarted_term_keeps_both_limits(term_desk: Desk) -> None:
    enter(term_desk, rule("term", "hai-han", late="law"))
    code = take(term_desk).code
    act(term_desk, code, Action.ASK_SUPPLEMENT, at("2026-03-03T08:00"), note="Thiếu bản chính")
    detail = act(term_desk, code, Action.SUPPLEMENT, at("2026-03-09T08:00"))
    assert days(detail) == ("17/03", "23/03")
    assert term_desk.office.write(check_office, CheckOffice(), at("2026-03-17T09:00")).ok


def test_term_by_channel_and_place(term_desk: Desk) -> None:
    enter(
        term_desk,
        rule("receiving_place", "diem-hoa-bac", name="Điểm tiếp nhận Hòa Bắc"),
        rule("term", "hoa-bac", places=["diem-hoa-bac"], limit=12, unit="working_day", office_limit=11),
        rule("term", "truc-tuyen", channels=["online"], limit=16, unit="hour", advice="Xem kết quả trên VNeID."),
    )
    assert days(take(term_desk))[0] == "10/03"
    assert days(take(term_desk, place="Điểm tiếp nhận Hòa Bắc"))[0] == "17/03"
    online = take(term_desk, channel="online")
    assert days(online)[0] == "04/03"
    detail = take(term_desk, place="diem-hoa-bac", channel="online")
    assert days(detail)[0] == "17/03", "the place is the more specific condition"
    assert detail.place == "Điểm tiếp nhận Hòa Bắc"
    for place, due in ((None, "10/03"), ("Diem tiep nhan hoa bac", "17/03")):
        preview = term_desk.office.read(preview_promise, PreviewPromise(CODE, MORNING, place=place), MORNING)
        assert preview.due_at and f"{local(preview.due_at):%d/%m}" == due
    with pytest.raises(Refusal, match="place_unknown"):
        take(term_desk, place="Điểm không có")


def test_a_limit_of_the_office_is_not_read_in_the_unit_of_another_rule(term_desk: Desk) -> None:
    enter(
        term_desk,
        rule("term", "linh-vuc", fields=["Tư pháp"], limit=16, unit="hour"),
        rule("term", "tai-quay", channels=["direct"], office_limit=3),
    )
    assert days(take(term_desk)) == ("04/03", "04/03"), "16 hours, not 3"


def test_place_is_refused_where_the_office_has_none(term_desk: Desk) -> None:
    with pytest.raises(Refusal, match="place_none"):
        take(term_desk, place="Điểm số 1")


def test_advice_of_rules_is_on_the_receipt(term_desk: Desk) -> None:
    enter(term_desk, rule("term", "loi-dan", procedures=[CODE], advice="Kết quả trả tại điểm Hòa Bắc."))
    code = take(term_desk).code
    pdf = term_desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RECEIPT), MORNING).pdf
    text = " ".join(" ".join(page.text for page in pages(pdf)).split())
    assert "Mang bản chính. Kết quả trả tại điểm Hòa Bắc." in text
    preview = term_desk.office.read(preview_promise, PreviewPromise(CODE, MORNING, channel=Channel.POST), MORNING)
    assert preview.advice == "Mang bản chính. Kết quả trả tại điểm Hòa Bắc."


def test_steps_in_hours_and_days_end_one_after_the_other(term_desk: Desk) -> None:
    preview = term_desk.office.read(preview_promise, PreviewPromise(CODE, MORNING), MORNING)
    ends = [(step.holder, f"{local(step.due_at):%d/%m %H:%M}") for step in preview.steps]
    assert ends == [("Một cửa", "02/03 10:00"), ("Tư pháp", "02/03 15:00"), ("Lãnh đạo", "03/03 17:00")]


def test_supplements_are_asked_as_often_as_the_rule_allows(term_desk: Desk) -> None:
    enter(term_desk, rule("supplement", "mot-lan", fields=["Tư pháp"], rounds=1, advice="Chỉ bổ sung một lần."))
    code = take(term_desk).code
    act(term_desk, code, Action.ASK_SUPPLEMENT, at("2026-03-03T08:00"), note="Thiếu bản chính")
    pdf = term_desk.office.write(prepare_paper, PreparePaper(code, PaperForm.SUPPLEMENT), MORNING).pdf
    assert "Chỉ bổ sung một lần." in " ".join(" ".join(page.text for page in pages(pdf)).split())
    act(term_desk, code, Action.SUPPLEMENT, at("2026-03-04T08:00"))
    with pytest.raises(Refusal, match="supplement_too_often"):
        act(term_desk, code, Action.ASK_SUPPLEMENT, at("2026-03-05T08:00"), note="Thiếu ảnh thẻ")
    earlier = take(term_desk, at("2026-02-27T08:00")).code
    for hour in ("09", "11"):
        act(term_desk, earlier, Action.ASK_SUPPLEMENT, at(f"2026-03-05T{hour}:00"), note="Thiếu ảnh thẻ")
        act(term_desk, earlier, Action.SUPPLEMENT, at(f"2026-03-05T{hour}:30"))


@pytest.mark.parametrize(
    ("value", "day", "refusal"),
    [
        ({"days": 3}, "2026-03-06", "close_too_early"),
        ({"days": 3}, "2026-03-09", None),
        ({"days": 5, "unit": "day"}, "2026-03-09", "close_too_early"),
        ({"days": 5, "unit": "day"}, "2026-03-10", None),
        ({"days": 3, "after": "stop"}, "2026-03-20", "close_by_stop"),
        ({"days": 3, "after": "wait"}, "2026-03-20", "close_never"),
    ],
)
def test_what_follows_an_unanswered_request(
    term_desk: Desk, value: dict[str, Any], day: str, refusal: str | None
) -> None:
    enter(term_desk, rule("supplement", "han", procedures=[CODE], **value))
    code = take(term_desk).code
    act(term_desk, code, Action.ASK_SUPPLEMENT, at("2026-03-03T08:00"), note="Thiếu bản chính")
    if refusal is None:
        assert act(term_desk, code, Action.CLOSE, at(f"{day}T08:00")).status == "closed"
        return
    with pytest.raises(Refusal, match=refusal):
        act(term_desk, code, Action.CLOSE, at(f"{day}T08:00"))


def test_papers_after_the_last_day_may_be_refused(term_desk: Desk) -> None:
    enter(term_desk, rule("supplement", "han", procedures=[CODE], days=3, late_answer=False))
    code = take(term_desk).code
    act(term_desk, code, Action.ASK_SUPPLEMENT, at("2026-03-03T08:00"), note="Thiếu bản chính")
    with pytest.raises(Refusal, match="supplement_too_late"):
        act(term_desk, code, Action.SUPPLEMENT, at("2026-03-09T08:00"))
    assert act(term_desk, code, Action.SUPPLEMENT, at("2026-03-06T16:00")).status == "received"


def test_days_without_a_unit_are_working_days_beside_another_rule(term_desk: Desk) -> None:
    enter(
        term_desk,
        rule("supplement", "linh-vuc", fields=["Tư pháp"], days=30, unit="day"),
        rule("supplement", "han", procedures=[CODE], days=3, late_answer=False),
    )
    code = take(term_desk).code
    act(term_desk, code, Action.ASK_SUPPLEMENT, at("2026-03-06T08:00"), note="Thiếu bản chính")
    assert act(term_desk, code, Action.SUPPLEMENT, at("2026-03-11T16:00")).status == "received"


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        ("term", {"limit": 3}, "unit"),
        ("term", {"unit": "hour"}, "limit"),
        ("term", {"limit": 1.5, "unit": "day"}, "limit"),
        ("term", {"limit": 0, "unit": "hour"}, "limit"),
        ("term", {"office_limit": True}, "office_limit"),
        ("term", {"late": "both"}, "late"),
        ("term", {"promise": "none"}, "promise"),
        ("term", {"channels": ["fax"]}, "channels"),
        ("term", {"places": "one"}, "places"),
        ("term", {"advice": ""}, "advice"),
        ("term", {"limits": 3}, "limits"),
        ("supplement", {"rounds": 0}, "rounds"),
        ("supplement", {"days": "3"}, "days"),
        ("supplement", {"unit": "hour"}, "unit"),
        ("supplement", {"clock": "stop"}, "clock"),
        ("supplement", {"after": "forget"}, "after"),
        ("supplement", {"late_answer": 1}, "late_answer"),
        ("receiving_place", {}, "name"),
        ("receiving_place", {"name": "A", "phone": "1"}, "phone"),
    ],
)
def test_a_wrong_line_is_refused_with_its_field(kind: str, value: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        rule(kind, "k", **value)
    assert (refused.value.code, refused.value.field) == ("rule_shape", field)
