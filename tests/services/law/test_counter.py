"""Rules of the counter in use."""

from datetime import date
from typing import Any

import pytest

from app.models.enums import FeedbackTopic
from app.models.errors import Refusal
from app.usecases.citizens.feedback import AddFeedback, add_feedback
from app.usecases.citizens.ratings import ListQuestions, list_questions
from app.usecases.law.counter_rules import ListCounterRules, SaveCounterRule, list_counter_rules, save_counter_rule
from app.usecases.reporting.periods import FindPeriod, find_period
from app.usecases.reporting.records import ListLateReasons, SetLateReason, list_late_reasons, set_late_reason
from app.usecases.sms.outbox import ListSms, SetSmsEnabled, list_sms, set_sms_enabled
from tests.services.law.test_forms import rule
from tests.services.law.test_rules import write_rules
from tests.support.offices import MORNING, Desk, at

FIRST = date(2026, 2, 11)
BEFORE, ON = MORNING, at("2026-02-11T09:00")


def save(desk: Desk, kind: str, key: str, value: dict[str, Any], first: date = FIRST) -> None:
    desk.office.write(save_counter_rule, SaveCounterRule(kind, key, value, first, "12/QĐ-UBND"), BEFORE)


def test_notice_has_the_text_of_its_day_and_none_when_switched_off(desk: Desk) -> None:
    desk.office.write(set_sms_enabled, SetSmsEnabled(True), BEFORE)
    save(desk, "notice", "received.due", {"text": "Đã nhận {code}; trả {due}.", "actions": ["intake"]})
    save(desk, "notice", "supplement", {"text": "x {code}", "actions": ["ask-supplement"], "active": False})
    texts = {}
    for when in (BEFORE, ON):
        code = desk.take_in(when).code
        (line,) = [each for each in desk.office.read(list_sms, ListSms(waiting=True), ON).lines if each.code == code]
        texts[when] = line.text
        desk.act(code, "ask-supplement", when, note="Tờ khai")
    assert "Đã tiếp nhận hồ sơ" in texts[BEFORE] and "Đã nhận H29" in texts[ON]
    waiting = desk.office.read(list_sms, ListSms(waiting=True), ON).lines
    assert ["cần bổ sung" in line.text for line in waiting if "tiếp nhận" not in line.text] in ([True], [True, False])


def test_later_text_of_a_whole_situation_replaces_those_of_its_parts(desk: Desk) -> None:
    desk.office.write(set_sms_enabled, SetSmsEnabled(True), BEFORE)
    save(desk, "notice", "received", {"text": "Đã nhận hồ sơ {code}."})
    desk.take_in(ON)
    (line,) = desk.office.read(list_sms, ListSms(waiting=True), ON).lines
    assert "Đã nhận hồ sơ" in line.text


def test_reporting_months_begin_on_the_day_of_the_rule(desk: Desk) -> None:
    save(desk, "report_period", "start", {"day": 1}, date(2026, 3, 1))
    periods = [desk.office.read(find_period, FindPeriod("month", day), ON) for day in (FIRST, date(2026, 3, 20))]
    assert periods == [(date(2026, 1, 15), date(2026, 2, 14)), (date(2026, 3, 1), date(2026, 3, 31))]


def test_feedback_is_due_after_the_term_of_its_topic(desk: Desk) -> None:
    save(desk, "feedback_term", "rule", {"working_days": 2})
    save(desk, "feedback_term", "any", {"days": 30})
    due = [
        desk.office.write(add_feedback, AddFeedback("Góp ý", about=topic, due=day), when).due_on
        for topic, day, when in (
            (FeedbackTopic.RULE, None, BEFORE),
            (FeedbackTopic.RULE, None, ON),
            (FeedbackTopic.CONDUCT, None, ON),
            (FeedbackTopic.RULE, date(2026, 2, 25), ON),
        )
    ]
    assert due == [None, date(2026, 2, 13), date(2026, 3, 13), date(2026, 2, 25)]


def test_late_reason_of_a_rule_is_offered_chosen_and_retired(desk: Desk) -> None:
    save(desk, "late_reason", "flood", {"name": "Thiên tai, bão lụt"})
    save(desk, "late_reason", "flood", {"name": "Thiên tai, bão lụt", "active": False}, date(2026, 2, 20))
    code = desk.take_in().code
    with pytest.raises(Refusal, match="late_reason_unknown"):
        desk.office.write(set_late_reason, SetLateReason(code, "thien tai"), BEFORE)
    desk.office.write(set_late_reason, SetLateReason(code, "thien tai"), ON)
    offered = [
        (line.name, line.active)
        for when in (ON, at("2026-02-20T09:00"))
        for line in desk.office.read(list_late_reasons, ListLateReasons(), when)
        if "Thiên tai" in line.name
    ]
    assert offered == [("Thiên tai, bão lụt", True), ("Thiên tai, bão lụt", False)]
    assert desk.check(ON).findings == ()


def test_questions_are_those_of_the_day(desk: Desk) -> None:
    save(desk, "satisfaction_question", "7", {"text": "Sự tận tâm", "answers": {"2": "Rất", "0": "Không"}})
    save(desk, "satisfaction_question", "3", {"text": "x", "active": False})
    texts = [
        {q.index: q.text for q in desk.office.read(list_questions, ListQuestions(), when)} for when in (BEFORE, ON)
    ]
    assert (texts[0][7], texts[1][7]) == ("Thái độ của công chức", "Sự tận tâm")
    assert 3 in texts[0] and 3 not in texts[1]
    (last,) = [q for q in desk.office.read(list_questions, ListQuestions(), ON) if q.index == 7]
    assert last.answers == ((2, "Rất"), (0, "Không"))


def test_day_of_a_rule_moves_a_new_promise(desk: Desk) -> None:
    ordinary = desk.take_in(BEFORE, term={"limit": 3, "unit": "working_day"}).due_at
    desk.office.write(write_rules, (rule("calendar_day", "2026-02-11", {"kind": "off"}, date(2026, 2, 9)),), BEFORE)
    later = desk.take_in(BEFORE, term={"limit": 3, "unit": "working_day"}).due_at
    assert ordinary is not None and later is not None and (later - ordinary).days == 1


def test_rule_of_the_past_or_of_another_kind_is_refused(desk: Desk) -> None:
    for kind, first, code in (("late_reason", date(2026, 2, 1), "rule_past"), ("form", FIRST, "rule_kind_unknown")):
        with pytest.raises(Refusal, match=code):
            save(desk, kind, "x", {"name": "x"}, first)
    save(desk, "late_reason", "x", {"name": "Một"})
    save(desk, "late_reason", "x", {"name": "Hai"})
    lines = desk.office.read(list_counter_rules, ListCounterRules(), ON)
    assert [(each.value["name"], each.state) for each in lines if each.kind == "late_reason"] == [("Hai", "in_force")]


def test_package_may_add_a_situation_with_its_text(desk: Desk) -> None:
    desk.office.write(set_sms_enabled, SetSmsEnabled(True), BEFORE)
    moved = {"name": "Đã chuyển xử lý", "text": "Hồ sơ {code} đã chuyển đến nơi giải quyết.", "actions": ["send"]}
    with pytest.raises(Refusal):
        save(desk, "notice", "moved", {**moved, "name": ""})
    with pytest.raises(Refusal):
        save(desk, "notice", "moved", {"text": moved["text"]})
    desk.office.write(write_rules, (rule("notice", "moved", moved, FIRST),), BEFORE)
    for when, sent in ((BEFORE, []), (ON, [("moved", "Đã chuyển xử lý")])):
        code = desk.take_in(when).code
        desk.act(code, "send", when, to="Tư pháp")
        lines = [each for each in desk.office.read(list_sms, ListSms(waiting=True), ON).lines if each.code == code]
        assert [(line.situation, line.name) for line in lines if line.situation != "received"] == sent
        assert all("đã chuyển đến nơi giải quyết" in line.text for line in lines if line.situation == "moved")
