"""Fields for a day: spellings, a calendar to pick from."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLineEdit, QToolTip
from pytestqt.qtbot import QtBot

from app.ui.kit.date_edit import DayEdit, add_calendar

SHOWN = date(2026, 3, 12)


@pytest.fixture
def edit(qtbot: QtBot) -> DayEdit:
    field = DayEdit()
    field.show_day(SHOWN)
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    field.setFocus()
    return field


def _type(field: QLineEdit, text: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize("text", ["8/3/99", "8/3/2099", "08032099", "8-3-2099", "8.3.2099", "2099-03-08"])
def test_any_spelling_is_a_day(edit: DayEdit, qtbot: QtBot, text: str) -> None:
    with qtbot.waitSignal(edit.day_changed) as changed:
        _type(edit, text)
    assert changed.args == [date(2099, 3, 8)]
    assert edit.day == date(2099, 3, 8) and edit.text() == "08/03/2099"


@pytest.mark.parametrize("text", ["31/2/2026", "mai", "8/3", ""])
def test_text_that_is_no_day_keeps_the_day_and_shows_an_example(edit: DayEdit, qtbot: QtBot, text: str) -> None:
    edit.clear()
    with qtbot.assertNotEmitted(edit.day_changed):
        _type(edit, text)
    assert edit.day == SHOWN and edit.text() == "12/03/2026"
    assert "20/03/2026" in QToolTip.text()


def test_day_out_of_range_is_not_taken(edit: DayEdit) -> None:
    edit.set_day_range(SHOWN, date(2026, 3, 19))
    _type(edit, "20/3/2026")
    assert edit.day == SHOWN and "19/03/2026" in QToolTip.text()


def test_day_is_known_before_the_field_is_left(edit: DayEdit) -> None:
    edit.selectAll()
    QTest.keyClicks(edit, "13/3/26")
    assert edit.day == date(2026, 3, 13)


def test_calendar_opens_at_the_day_and_picks_by_keyboard(edit: DayEdit, qtbot: QtBot) -> None:
    QTest.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = edit.findChild(QCalendarWidget)
    assert calendar is not None and calendar.selectedDate() == QDate(2026, 3, 12)
    assert QApplication.activePopupWidget() is not None
    with qtbot.waitSignal(edit.day_changed) as changed:
        calendar.setSelectedDate(QDate(2026, 3, 17))
        calendar.activated.emit(calendar.selectedDate())
    assert changed.args == [date(2026, 3, 17)] and QApplication.activePopupWidget() is None


def test_escape_closes_the_calendar_only(edit: DayEdit) -> None:
    QTest.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None and edit.isVisible() and edit.day == SHOWN


def test_picked_day_counts_as_typed(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    add_calendar(field, lambda: SHOWN)
    field.show()
    field.actions()[0].trigger()
    calendar = field.findChild(QCalendarWidget)
    assert calendar is not None
    with qtbot.waitSignal(field.textEdited) as edited:
        calendar.clicked.emit(QDate(2026, 3, 9))
    assert edited.args == ["09/03/2026"]
