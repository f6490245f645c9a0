"""Rules page: every kind of rule is changed at the desk from a day on."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_office
from app.models.law.counter_rules import EDITABLE
from app.office.session import OfficeSession
from app.ui.shell.window import MainWindow
from app.usecases.law.counter_rules import (
    CounterRuleLine,
    ListCounterRules,
    SaveCounterRule,
    list_counter_rules,
    save_counter_rule,
)
from tests.support.offices import MORNING

WaitUntilIdle = Callable[[Any], None]
FIRST = date(2026, 3, 2)
RULES: dict[str, tuple[str, dict[str, str], str, dict[str, Any]]] = {
    "notice": ("supplement", {"text": "Ho so {code} can bo sung"}, "supplement", {"text": "Ho so {code} can bo sung"}),
    "satisfaction_question": (
        "3",
        {"text": "Chờ có lâu không?", "answers": "Không ; Hơi lâu ; Lâu"},
        "3",
        {"text": "Chờ có lâu không?", "answers": {"2": "Không", "1": "Hơi lâu", "0": "Lâu"}},
    ),
    "late_reason": ("", {"text": "Mất điện kéo dài"}, "mat-dien-keo-dai", {"name": "Mất điện kéo dài"}),
    "feedback_term": ("conduct", {"number": "7"}, "conduct", {"working_days": 7}),
    "report_period": ("start", {"number": "16"}, "start", {"day": 16}),
    "retention": ("dossier", {"text": "Hồ sơ", "number": "12"}, "dossier", {"name": "Hồ sơ", "years": 12}),
}
"""Key chosen, texts typed, key and part of the value stored, by kind."""


@pytest.fixture
def office(training_folder: Path) -> Iterator[OfficeSession]:
    """Training office."""
    session = open_office(training_folder, "", MORNING)
    yield session
    session.close()


@pytest.fixture
def window(office: OfficeSession, open_window: Callable[..., MainWindow]) -> MainWindow:
    """Window of the office on the page of rules."""
    return open_window(office, "rules")


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
    page.kind.setCurrentIndex(page.kind.findData(kind))
    if key:
        page.key.setCurrentIndex(page.key.findData(key))
    for name, text in texts.items():
        assert page.boxes[name].isVisible()
        page.boxes[name].inner.setText(text)
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
    page.number.setText("bảy")
    page.save.click()
    assert page.boxes["number"].error


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
    page.number.setText("15")
    page.from_day.show_day(FIRST)
    page.decision.setText("QĐ 5/QĐ-UBND")
    page.save.click()
    wait_until_idle(window.runner)
    assert stored(office, "retention", "so-phan-anh").value == {**value, "years": 15}
