"""Dossiers marked on the look-up page and sent together."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.errors import Refusal
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import RecordingDesk

WaitUntilIdle = Callable[[Any], None]
SPACE, DOWN, ENTER, ESCAPE = Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape


def press(window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or window, key)


@pytest.fixture
def results(window: MainWindow, wait_until_idle: WaitUntilIdle) -> MainWindow:
    """Window with the results of a search, of which two are marked."""
    window.focus_lookup()
    QTest.keyClicks(window.lookup_field, "huynh")
    press(window, ENTER)
    wait_until_idle(window.runner)
    window.lookup.table.setFocus()
    press(window, SPACE, DOWN, DOWN, SPACE)
    return window


def test_marked_results_are_sent_by_keys(
    results: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    page = results.lookup
    codes = tuple(page.model.rows[place].code for place in (0, 2))
    assert page.send_bar.isVisible() and page.model.marked == set(codes)
    QTest.keyClicks(page.table, "1")
    assert QApplication.focusWidget() is page.send_bar.holder
    wait_until_idle(results.runner)
    QTest.keyClicks(page.send_bar.holder, "dc")
    qtbot.waitUntil(lambda: page.send_bar.holder.is_list_open)
    press(results, ENTER, ENTER)
    wait_until_idle(results.runner)
    assert [(each.codes, each.to) for each in desk.queries_of("BulkSend")] == [(codes, "Địa chính")]
    assert page.send_bar.isHidden() and page.model.marked == set()
    message = results.banner.message
    assert message is not None and message.action == "In phiếu bàn giao"


def test_selected_results_are_marked_as_a_group(results: MainWindow) -> None:
    page = results.lookup
    press(results, ESCAPE)
    assert page.model.marked == set() and page.send_bar.isHidden() and results.current_page_name == "lookup"
    page.table.selectAll()
    press(results, SPACE)
    assert page.model.marked == {line.code for line in page.model.rows}


def test_marks_follow_the_results(results: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    page = results.lookup
    desk.answers["SearchDossiers"] = page.model.rows[:1]
    page.search("huynh thi", immediately=True)
    wait_until_idle(results.runner)
    assert page.model.marked == {desk.answers["SearchDossiers"][0].code}


def test_refused_result_can_be_unmarked(
    results: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    page = results.lookup
    first, last = (page.model.rows[place].code for place in (0, 2))
    desk.answers["BulkSend"] = Refusal("one_of_many", "to", dossier=last, reason="act_not_allowed")
    page.send_bar.holder.setText("Địa chính")
    for _time in range(2):
        page.send_bar.send()
    wait_until_idle(results.runner)
    message = results.banner.message
    assert message is not None and last in message.text and message.on_action is not None
    message.on_action()
    assert page.model.marked == {first} and page.send_bar.isVisible()
