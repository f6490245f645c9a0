"""Every control of the reports page by keyboard, on a real office."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.models.enums import FigureGroup
from app.models.figures import PRESETS, preset_period
from app.models.instants import local_day
from app.ui.reports.more_actions import FREEZE, FROZEN, TARGETS
from app.ui.reports.reports_page import ReportsPage
from app.ui.shell.window import MainWindow
from tests.support.offices import Desk

Press = Callable[..., None]


@pytest.fixture
def page(office_window: MainWindow, qtbot: Any, counter: Desk) -> ReportsPage:
    """Return the page after F5, with a late dossier in the office."""
    counter.take_in(counter.office.now())
    QTest.keyClick(office_window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: office_window.runner.idle)
    return office_window.reports


@pytest.fixture
def press(page: ReportsPage, qtbot: Any) -> Press:
    """Return a function that presses a key on the widget with the focus."""

    def press_key(key: Qt.Key, times: int = 1) -> None:
        for _time in range(times):
            QTest.keyClick(QApplication.focusWidget() or page, key)
            qtbot.waitUntil(lambda: page.runner.idle)

    return press_key


def reached_by_tab(page: ReportsPage) -> list[QWidget]:
    """Return the widgets of the page in the order of Tab."""
    page.choices.name.setFocus()
    reached: list[QWidget] = []
    while len(reached) < 60:
        focus = QApplication.focusWidget()
        if focus is None or focus in reached:
            break
        reached.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    return reached


def test_tab_reaches_every_control(page: ReportsPage, press: Press) -> None:
    page.choices.known.setFocus()
    press(Qt.Key.Key_Down)
    reached = reached_by_tab(page)
    boxes = (
        page.choices.name,
        page.choices.preset,
        page.choices.group,
        page.choices.variant,
        page.choices.compare,
        page.choices.known,
    )
    buttons = (page.tables_button, page.more.button, page.to_excel, page.to_word, page.to_pdf, page.print_button)
    for control in (*boxes, *buttons, page.table):
        assert control in reached, control.objectName() or type(control).__name__
    for control in (page.choices.from_day, page.choices.to_day, page.choices.known_day, page.view):
        assert any(control is each or control.isAncestorOf(each) for each in reached), type(control).__name__
    assert reached.index(page.choices.name) < reached.index(page.choices.preset) < reached.index(page.choices.group)


def test_each_preset_sets_the_days_of_the_decree(page: ReportsPage, press: Press, counter: Desk) -> None:
    today = local_day(counter.office.now())
    page.choices.preset.setFocus()
    press(Qt.Key.Key_Home)
    for place, preset in enumerate(PRESETS):
        press(Qt.Key.Key_Down, 1 if place else 0)
        assert page.choices.preset.currentData() == preset
        assert (page.choices.from_day.day, page.choices.to_day.day) == preset_period(preset, today)
        assert page.report is not None and page.report.first == page.choices.from_day.day


def test_each_choice_becomes_the_report_in_view(page: ReportsPage, press: Press) -> None:
    page.choices.name.setFocus()
    seen = [page.choices.report_name]
    for _report in range(page.choices.name.count() - 1):
        press(Qt.Key.Key_Down)
        assert page.report is not None and page.report.name == page.choices.report_name
        seen.append(page.choices.report_name)
    assert len(set(seen)) == page.choices.name.count()
    press(Qt.Key.Key_Home)
    page.choices.group.setFocus()
    for group in FigureGroup:
        press(Qt.Key.Key_Down)
        assert page.choices.query.group == group and page.report is not None
        assert page.report.table.scope == group.value
    page.choices.compare.setFocus()
    press(Qt.Key.Key_Down)
    assert page.report.previous is not None and page.report.last_year is not None
    page.choices.variant.setFocus()
    before = [column.key for column in page.report.table.columns]
    press(Qt.Key.Key_Down)
    assert [column.key for column in page.report.table.columns] != before
    page.choices.known.setFocus()
    press(Qt.Key.Key_Down)
    assert page.choices.known_day.isVisible() and page.choices.query.as_of is not None
    assert any("đã nhập" in note for note in page.report.notes)


def test_a_reversed_period_is_answered_in_words(page: ReportsPage, qtbot: Any) -> None:
    page.choices.from_day.show_day(date(2026, 6, 14))
    page.choices.to_day.show_day(date(2026, 6, 13))
    page.choices.to_day.day_changed.emit(page.choices.to_day.day)
    qtbot.waitUntil(lambda: page.runner.idle)
    text = " ".join(label.text() for label in page.window().findChildren(QLabel) if label.isVisible())
    assert "Kỳ báo cáo ngược: từ ngày 14/06/2026 đến ngày 13/06/2026. Đổi lại hai ngày." in text
    page.choices.to_day.show_day(date(2026, 6, 14))
    page.choices.to_day.day_changed.emit(page.choices.to_day.day)
    qtbot.waitUntil(lambda: page.runner.idle)
    assert page.report is not None and page.report.first == page.report.last == date(2026, 6, 14)


def test_further_acts_are_in_the_menu(page: ReportsPage, qtbot: Any, counter: Desk) -> None:
    assert [action.text() for action in page.more.menu.actions()] == [FREEZE, FROZEN, TARGETS]
    page.more.menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: page.runner.idle)
    assert counter.rows("SELECT count(*) FROM frozen_report") == [(1,)]
    assert page.choices.to_day.day - page.choices.from_day.day < timedelta(days=32)
