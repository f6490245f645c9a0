"""Closing part of F11 with a recording desk."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.errors import Fault
from app.ui.shell.window import MainWindow
from app.usecases.office.closing import CloseDay
from tests.support.recording_desk import NOW, RecordingDesk

WaitUntilIdle = Callable[[Any], None]


def test_two_presses_close_the_day_and_print_its_sheet(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    sheets: list[tuple[bytes, str]] = []
    QTest.keyClick(window, Qt.Key.Key_F11)
    wait_until_idle(window.runner)
    card = window.start.closing
    card.sheet_print_requested.disconnect()
    card.sheet_print_requested.connect(lambda pdf, name: sheets.append((bytes(pdf), name)))
    assert "2 bản chưa in" in card.facts.text() and "Chưa chốt" in card.state.text()
    card.close_button.setFocus()
    QTest.keyClick(card.close_button, Qt.Key.Key_Return)
    assert "Bấm lần nữa" in card.close_button.text() and desk.queries_of("CloseDay") == []
    assert window.start.back() and "Bấm lần nữa" not in card.close_button.text()
    for _ in range(2):
        QTest.keyClick(card.close_button, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert desk.queries_of("CloseDay") == [CloseDay(NOW)]
    assert "đếm khay" in window.banner.text and "Đã chốt" in card.state.text()
    assert [name for _pdf, name in sheets] == ["phiếu chốt ngày"]


def test_failed_backup_is_part_of_the_record(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.backups.round = Fault("disk_full")
    QTest.keyClick(window, Qt.Key.Key_F11)
    wait_until_idle(window.runner)
    for _ in range(2):
        window.start.closing.close_button.click()
    wait_until_idle(window.runner)
    assert desk.queries_of("CloseDay") == [CloseDay(None)]


def test_begun_closing_cannot_be_stopped_halfway(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F11)
    wait_until_idle(window.runner)
    for _ in range(2):
        window.start.closing.close_button.click()
    assert not window.runner.stop()
    wait_until_idle(window.runner)
    assert desk.queries_of("CloseDay") == [CloseDay(NOW)]


def test_links_open_what_is_left(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    QTest.keyClick(window, Qt.Key.Key_F11)
    wait_until_idle(window.runner)
    window.start.page_requested.emit("count")
    assert window.current_page_name == "count"
