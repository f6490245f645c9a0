"""Every field of a day has a calendar and takes every spelling."""

import re
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import app
from app.models.errors import Refusal
from app.models.procedures import read_row
from app.ui.admin.catalogue_form import ProcedureForm
from app.ui.rules.fields import RuleField, create_field
from app.wording.rules.editing import LAST_DAY

UI = Path(app.__file__).parent / "ui"
SPELLINGS = (
    "8/3/27",
    "08032027",
    "8-3-2027",
    "8.3.2027",
    "8 3 2027",
    "2027-03-08",
    "８/３/２０２７",
    "8\u20133\u20132027",
)
NO_DAYS = ("30/2/2027", "2027", "3/2027", "tháng ba", "0", "99999999")


@pytest.fixture
def last_day(qtbot: QtBot) -> RuleField:
    field = create_field(LAST_DAY)
    qtbot.addWidget(field.inner)
    return field


def calendar_of(field: QLineEdit) -> QAction:
    return next(action for action in field.actions() if action.shortcut().toString() == "Alt+Down")


def test_every_module_that_reads_a_day_offers_a_calendar() -> None:
    readers = [file for file in UI.rglob("*.py") if re.search(r"\bparse_day\(", file.read_text("utf-8"))]
    assert len(readers) >= 5
    bare = [file.name for file in readers if not re.search(r"\badd_calendar\(", file.read_text("utf-8"))]
    assert bare == []


@pytest.mark.parametrize("text", SPELLINGS)
def test_last_day_of_a_rule_in_any_spelling(last_day: RuleField, text: str) -> None:
    assert isinstance(last_day.inner, QLineEdit)
    last_day.inner.setText(text)
    assert last_day.read() == "2027-03-08"


@pytest.mark.parametrize("text", NO_DAYS)
def test_last_day_that_is_no_day_is_refused_with_an_example(last_day: RuleField, text: str) -> None:
    assert isinstance(last_day.inner, QLineEdit)
    last_day.inner.setText(text)
    with pytest.raises(Refusal) as refused:
        last_day.read()
    assert (refused.value.code, refused.value.field) == ("day_shape", LAST_DAY.name)


def test_calendar_of_an_empty_field_opens_and_fills_it(qtbot: QtBot) -> None:
    form = ProcedureForm(QWidget())
    qtbot.addWidget(form)
    form.show()
    qtbot.waitExposed(form)
    calendar_of(form.valid_from).trigger()
    calendar = form.valid_from.findChild(QCalendarWidget, "calendar")
    assert isinstance(calendar, QCalendarWidget)
    calendar.clicked.emit(calendar.selectedDate())
    assert form.valid_from.text() == calendar.selectedDate().toString("dd/MM/yyyy")
    assert form.cells()["valid_from"] == form.valid_from.text()


@pytest.mark.parametrize("text", SPELLINGS)
def test_first_day_of_a_version_in_any_spelling(qtbot: QtBot, text: str) -> None:
    form = ProcedureForm(QWidget())
    qtbot.addWidget(form)
    form.code.setText("9.000001")
    form.name.setPlainText("Thử")
    form.field.setText("Hộ tịch")
    form.valid_from.setText(text)
    assert read_row(form.cells()).valid_from == date(2027, 3, 8)
