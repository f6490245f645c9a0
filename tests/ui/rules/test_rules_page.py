"""Rules page: every kind of rule is changed at the desk from a day on."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit

from app.models.law.rule import EDITABLE, read_rule
from app.office.session import OfficeSession
from app.services.context import Context
from app.services.law.rules import add_rules
from app.services.permissions import public
from app.storage.uow import Writing
from app.ui.rules.fields import SeveralChoice
from app.ui.rules.page import RulesPage
from app.ui.shell.window import MainWindow
from app.usecases.law.counter_rules import (
    CounterRuleLine,
    ListCounterRules,
    SaveCounterRule,
    list_counter_rules,
    save_counter_rule,
)

WaitUntilIdle = Callable[[Any], None]
FIRST = date(2026, 3, 2)
RULES: dict[str, tuple[str, dict[str, Any], str, dict[str, Any]]] = {
    "notice": ("supplement", {"text": "Ho so {code} can bo sung"}, "supplement", {"text": "Ho so {code} can bo sung"}),
    "satisfaction_question": (
        "3",
        {"text": "Chờ có lâu không?", "answers": "Không ; Hơi lâu ; Lâu"},
        "3",
        {"text": "Chờ có lâu không?", "answers": {"2": "Không", "1": "Hơi lâu", "0": "Lâu"}},
    ),
    "late_reason": ("", {"name": "Mất điện kéo dài"}, "mat-dien-keo-dai", {"name": "Mất điện kéo dài"}),
    "feedback_term": ("conduct", {"working_days": "7"}, "conduct", {"working_days": 7}),
    "report_period": ("start", {"day": "16"}, "start", {"day": 16}),
    "retention": (
        "dossier",
        {"name": "Hồ sơ", "years": "12", "fields": "Hộ tịch ; Đất đai"},
        "dossier",
        {"name": "Hồ sơ", "years": 12, "fields": ["Hộ tịch", "Đất đai"], "from": "closed"},
    ),
    "term": (
        "",
        {"limit": "16", "unit": "hour", "office_limit": "8,5", "late": "law", "procedures": "2.000815; 1.001193"},
        "quy-dinh",
        {"limit": 16, "unit": "hour", "office_limit": 8.5, "late": "law", "procedures": ["2.000815", "1.001193"]},
    ),
    "supplement": (
        "any",
        {"rounds": "1", "days": "30", "unit": "day", "after": "stop", "late_answer": False, "channels": ["online"]},
        "any",
        {"rounds": 1, "days": 30, "unit": "day", "after": "stop", "late_answer": False, "channels": ["online"]},
    ),
    "receiving_place": (
        "",
        {"name": "Nhà văn hóa thôn Đoài", "address": "Thôn Đoài"},
        "nha-van-hoa-thon-doai",
        {"name": "Nhà văn hóa thôn Đoài", "address": "Thôn Đoài"},
    ),
}
"""Key chosen, parts entered, key and part of the value stored, by kind."""


@pytest.fixture
def window(office: OfficeSession, open_window: Callable[..., MainWindow]) -> MainWindow:
    """Window of the office on the page of rules."""
    return open_window(office, "rules")


def enter(page: RulesPage, name: str, value: Any) -> None:
    """Type a text, or choose an entry or several."""
    inner = page.boxes[name].inner
    assert inner.isVisible()
    if isinstance(inner, QLineEdit):
        inner.setText(value)
    elif isinstance(inner, SeveralChoice):
        inner.set_keys(value)
    elif isinstance(inner, QComboBox):
        inner.setCurrentIndex(next(n for n in range(inner.count()) if inner.itemData(n) == value))


def choose(page: RulesPage, kind: str, key: str) -> None:
    """Choose kind and key as by the keyboard."""
    page.kind.setCurrentIndex(page.kind.findData(kind))
    page.key.setCurrentIndex(page.key.findData(key))
    page.key.activated.emit(page.key.currentIndex())


def stored(office: OfficeSession, kind: str, key: str) -> CounterRuleLine:
    lines = office.read(list_counter_rules, ListCounterRules())
    return next(line for line in lines if (line.kind, line.key, line.valid_from) == (kind, key, FIRST))


def test_every_editable_kind_is_tested() -> None:
    assert set(RULES) == set(EDITABLE)


@pytest.mark.parametrize("kind", RULES)
def test_kind_is_changed_from_a_day_on(
    kind: str, window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle
) -> None:
    page = window.rules
    key, texts, stored_key, value = RULES[kind]
    choose(page, kind, key)
    for name, entry in texts.items():
        enter(page, name, entry)
    page.from_day.show_day(FIRST)
    page.decision.setText("QĐ 5/QĐ-UBND")
    page.save.click()
    wait_until_idle(window.runner)
    assert "02/03/2026" in window.banner.text
    line = stored(office, kind, stored_key)
    assert {**line.value, **value} == dict(line.value)
    assert (line.decision, line.state) == ("QĐ 5/QĐ-UBND", "coming")
    assert any(line == row for row in page.rules.rows_model.rows)


def test_number_that_is_none_is_refused_at_its_field(window: MainWindow) -> None:
    page = window.rules
    page.kind.setCurrentIndex(page.kind.findData("feedback_term"))
    enter(page, "working_days", "bảy")
    page.save.click()
    assert page.boxes["working_days"].error
    page.kind.setCurrentIndex(page.kind.findData("term"))
    for text in ("1_0", "٣", "1e1"):
        enter(page, "limit", text)
        page.save.click()
        assert page.boxes["limit"].error, text


def test_retention_of_another_subject_has_its_own_key_and_keeps_its_day(
    window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle
) -> None:
    value = {"name": "Sổ phản ánh", "years": 12, "from": "returned"}
    command = SaveCounterRule("retention", "so-phan-anh", value, date(2026, 3, 1), "QĐ 4/QĐ-UBND")
    office.write(save_counter_rule, command)
    page = window.rules
    page.reload()
    wait_until_idle(window.runner)
    page._show_line(next(line for line in page._lines if line.key == "so-phan-anh"))
    enter(page, "years", "15")
    page.from_day.show_day(FIRST)
    page.decision.setText("QĐ 5/QĐ-UBND")
    page.save.click()
    wait_until_idle(window.runner)
    assert stored(office, "retention", "so-phan-anh").value == {**value, "years": 15}


@public("a test enters the rules of a package")
def _enter_package(command: tuple[tuple[str, str, dict[str, Any]], ...], context: Context, work: Writing) -> None:
    lines = (
        {"kind": kind, "key": key, "value": value, "valid_from": "2026-02-01", "decision": "NQ 1"}
        for kind, key, value in command
    )
    add_rules([read_rule(line, "vd-goi") for line in lines], context, work)
    work.commit()


PACKAGE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("notice", "hop_dan", {"text": "Moi hop {code}", "name": "Mời họp", "actions": ["send"]}),
    ("late_reason", "mat-dien", {"name": "Mất điện kéo dài"}),
    ("feedback_term", "any", {"days": 10}),
    ("term", "rut", {"procedures": ["2.000815"], "office_limit": 1, "source": "QĐ 9"}),
    ("supplement", "hai", {"fields": ["Hộ tịch"], "rounds": 2}),
    ("receiving_place", "diem-1", {"name": "Điểm số 1"}),
    ("retention", "so", {"name": "Sổ", "years": 5}),
    ("satisfaction_question", "2", {"text": "Có hài lòng không?"}),
    ("report_period", "start", {"day": 10}),
)


def test_rules_of_a_package_are_edited_as_rules_of_the_office(
    window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle
) -> None:
    office.write(_enter_package, PACKAGE)
    page = window.rules
    page.reload()
    wait_until_idle(window.runner)
    for kind, key, value in PACKAGE:
        line = next(each for each in page._lines if (each.kind, each.key, each.source) == (kind, key, "vd-goi"))
        page.rules.opened.emit(line)
        assert (page.kind.currentData(), page.key.currentData()) == (kind, key)
        page.from_day.show_day(FIRST)
        page.decision.setText("QĐ 5/QĐ-UBND")
        switched_off = {"active": False} if page.active.isVisible() else {}
        page.active.setChecked(False)
        page.save.click()
        wait_until_idle(window.runner)
        lines = [line for line in office.read(list_counter_rules, ListCounterRules()) if line.kind == kind]
        own, carried = (
            next(each for each in lines if (each.key, each.source) == (key, source)) for source in ("", "vd-goi")
        )
        assert (carried.value, carried.valid_from, carried.state) == (value, date(2026, 2, 1), "in_force")
        assert (own.valid_from, own.state) == (FIRST, "coming")
        assert {name: own.value[name] for name in (*value, *switched_off)} == {**value, **switched_off}


def test_situation_of_messages_is_added_with_its_acts(
    window: MainWindow, office: OfficeSession, wait_until_idle: WaitUntilIdle
) -> None:
    page = window.rules
    choose(page, "notice", "")
    for name, entry in (("text", "Moi {code}"), ("name", "Mời họp dân 2"), ("actions", ["send", "take-back"])):
        enter(page, name, entry)
    page.from_day.show_day(FIRST)
    page.decision.setText("QĐ 5")
    page.save.click()
    wait_until_idle(window.runner)
    value = stored(office, "notice", "moi_hop_dan").value
    assert value == {"text": "Moi {code}", "name": "Mời họp dân 2", "actions": ["send", "take-back"]}
    choose(page, "notice", "")
    enter(page, "text", "Moi")
    page.save.click()
    wait_until_idle(window.runner)
    assert page.boxes["name"].error


WRONG = (
    *(("term", "procedures", "2.00081"), ("term", "office_limit", "-1"), ("term", "office_limit", "NaN")),
    *(("term", "limit", "3"), ("supplement", "rounds", "0"), ("supplement", "days", "1.5")),
    *(("retention", "years", "1000"), ("notice", "text", "Mã {ma}"), ("report_period", "day", "31")),
    *(("satisfaction_question", "answers", "a;b;c;d"), ("receiving_place", "name", " ")),
    *(("term", "valid_to", "01/01/2020"), ("term", "valid_to", "32/01/2027"), ("term", "office_limit", "1e400")),
    ("feedback_term", "days", "0"),
)


def test_wrong_entries_are_refused_at_their_field(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    page, before = window.rules, window.rules._lines
    for kind, name, entry in WRONG:
        page.kind.setCurrentIndex(0 if kind != "notice" else 1)
        page.kind.setCurrentIndex(page.kind.findData(kind))
        enter(page, name, entry)
        page.decision.setText("QĐ 5")
        page.save.click()
        wait_until_idle(window.runner)
        shown = {field for field, box in page.boxes.items() if box.error}
        assert shown and shown <= {name, "unit", "text", "name"}, (kind, name, entry, shown)
        assert page._lines == before
