"""Sync page: packages, notices and portal states from the receiver."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from app.services.packages.received import Received
from app.ui.admin.package_dialog import PackageDialog
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import RecordingDesk

WaitUntilIdle = Callable[[Any], None]


def open_page(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("sync")
    wait_until_idle(window.runner)


def open_line(window: MainWindow, row: int, wait_until_idle: WaitUntilIdle) -> None:
    table = window.sync.received.table
    table.selectRow(row)
    QTest.keyClick(table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)


def test_states_are_listed_with_both_times(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    open_page(window, wait_until_idle)
    model = window.sync.received.model
    texts = [[column.text(line) for column in model.columns] for line in model.rows]
    assert [line[0] for line in texts] == [
        "Thông báo",
        "Gói số 7, lịch làm việc",
        "Gói số 8, danh mục thủ tục",
        "Khác Cổng, giữ của mình",
        "Khác Cổng, cần xem lại",
    ]
    assert texts[3][1:] == ["H29.12-260302-0001", "Đã trả kết quả, 12:00 10/03/2026", "đang xử lý, 09:00 10/03/2026"]


def test_package_is_applied_only_after_a_yes(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    open_page(window, wait_until_idle)
    open_line(window, 1, wait_until_idle)
    dialog = window.findChild(PackageDialog)
    assert [cells.what for cells in dialog.model.rows] == [
        "Ngày làm việc",
        "Thủ tục thay đổi",
        "Hồ sơ lệch hẹn, cần gọi",
    ]
    assert "0905 123 456" in dialog.model.rows[2].subject and desk.queries_of("ApplyPackage") == []
    dialog.apply_button.click()
    wait_until_idle(window.runner)
    assert [command.data for command in desk.queries_of("ApplyPackage")] == [b"calendar"]
    assert "Đã dùng gói số 7" in window.banner.text


def test_notice_is_read_in_a_box(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    open_page(window, wait_until_idle)
    open_line(window, 0, wait_until_idle)
    box = window.findChild(QMessageBox)
    assert box.informativeText() == "Cổng bảo trì đến 05:00 Chủ nhật."
    box.close()


def test_difference_opens_the_dossier(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    open_page(window, wait_until_idle)
    codes: list[str] = []
    window.sync.open_requested.connect(codes.append)
    open_line(window, 3, wait_until_idle)
    assert codes == ["H29.12-260302-0001"]


def test_section_is_hidden_while_there_is_nothing(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["ShowReceived"] = Received()
    open_page(window, wait_until_idle)
    assert not window.sync.received.isVisible()
