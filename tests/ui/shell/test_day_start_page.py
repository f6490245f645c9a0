"""Day start page, due board and tray count with a recording desk."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.errors import Refusal
from app.ui.kit.finder import PAUSE_MS
from app.ui.printing.preview import PreviewDialog
from app.ui.printing.queue_dialog import PrintQueueDialog
from app.ui.shell.window import MainWindow
from app.usecases.dossiers.day_start import DayStart, DayStartLine
from tests.support.page_answers import BOARD, MORNING
from tests.support.recording_desk import RecordingDesk

WaitUntilIdle = Callable[[Any], None]


def open_day_start(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    QTest.keyClick(window, Qt.Key.Key_F11)
    wait_until_idle(window.runner)


def select_row(window: MainWindow, place: int) -> None:
    lines = [n for n, row in enumerate(window.start.model.rows) if isinstance(row, DayStartLine)]
    window.start.table.setCurrentIndex(window.start.model.index(lines[place], 1))
    window.start.table.setFocus()
    QTest.keyClick(window.start.table, Qt.Key.Key_Return)


def test_f11_opens_day_start_page(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    assert window.current_page_name == "intake"
    open_day_start(window, wait_until_idle)
    model = window.start.model
    headings = [model.heading(place) for place in range(len(model.rows)) if model.heading(place)]
    assert headings[0] == "Giấy chuẩn bị từ hôm trước chưa in ra (1)"
    assert headings[-1] == "Đến hạn thứ Năm 12/03/2026: không kịp thì xin lỗi, hẹn lại ngay hôm nay (1)"
    assert window.start.summary.text().startswith("4 việc còn lại từ hôm trước · 1 hồ sơ đến hạn hôm nay")
    assert window.start.table.current == MORNING.lines[0]


def test_lines_open_their_pages(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    open_day_start(window, wait_until_idle)
    select_row(window, 1)
    wait_until_idle(window.runner)
    assert window.current_page_name == "dossier" and window.dossier.code == "H29.12-260310-0006"
    open_day_start(window, wait_until_idle)
    select_row(window, 3)
    assert window.current_page_name == "sync"
    open_day_start(window, wait_until_idle)
    select_row(window, 0)
    wait_until_idle(window.runner)
    (dialog,) = window.findChildren(PrintQueueDialog)
    dialog.reject()


def test_empty_day_start_has_hint(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    desk.answers["GetDayStart"] = DayStart((), 0, MORNING.next_day)
    open_day_start(window, wait_until_idle)
    assert "Hôm trước không để lại việc gì" in window.start.summary.text()
    assert not window.start.model.rows and window.start.table.isHidden()


def test_backlog_is_shown_in_status_line(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    window.start_deferred_work()
    wait_until_idle(window.runner)
    assert window.status.text("left") == "4 việc còn lại từ hôm trước"
    desk.answers["CountBacklog"] = 0
    window.status_facts.refresh()
    wait_until_idle(window.runner)
    assert window.status.text("left") == ""


def open_due_board(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("worklist")
    window.worklist.view.set_value("people")
    wait_until_idle(window.runner)
    window.worklist.board.table.setFocus()


def test_due_board_by_keyboard(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    open_due_board(window, wait_until_idle)
    table = window.worklist.board.table
    assert [line.holder for line in table.rows_model.rows] == [line.holder for line in BOARD]
    cells = [table.rows_model.data(table.rows_model.index(0, place)) for place in range(9)]
    assert cells == ["Địa chính", "3", "–", "2", "11", "1", "–", "17", "quá 4 ngày làm việc"]
    QTest.keyClick(table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert desk.queries_of("ListWork")[-1].holder == "Địa chính" and window.worklist.table.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    wait_until_idle(window.runner)
    assert desk.queries_of("ListWork")[-1].holder == ""


def test_work_of_absent_holder_is_reassigned(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    open_due_board(window, wait_until_idle)
    board = window.worklist.board
    QTest.keyClick(board.table, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is board.receiver
    board.takeover_button.click()
    assert board.box.error and not desk.queries_of("ReassignWork")
    QTest.keyClicks(board.receiver, "lhp")
    QTest.qWait(2 * PAUSE_MS)
    QTest.keyClick(board.receiver, Qt.Key.Key_Return)
    assert board.receiver.text() == "Lê Hoàng Phúc" and QApplication.focusWidget() is board.takeover_button
    QTest.keyClick(board.takeover_button, Qt.Key.Key_Space)
    wait_until_idle(window.runner)
    (command,) = desk.queries_of("ReassignWork")
    assert (command.absent, command.to) == ("Địa chính", "Lê Hoàng Phúc")
    assert window.banner.text == "Đã chuyển 2 hồ sơ đến Lê Hoàng Phúc." and board.takeover_form.isHidden()
    window.banner._action_button.click()
    wait_until_idle(window.runner)
    (preview,) = window.findChildren(PreviewDialog)
    assert desk.queries_of("PreviewPaper")[-1].code == "H29.12-260302-0001"
    preview.reject()


def test_refused_reassignment_keeps_receiver(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["ReassignWork"] = Refusal("nothing_to_send", "codes")
    open_due_board(window, wait_until_idle)
    board = window.worklist.board
    board.begin_takeover(BOARD[0])
    wait_until_idle(window.runner)
    board.receiver.setText("Lê Hoàng Phúc")
    board.takeover_button.click()
    wait_until_idle(window.runner)
    assert window.banner.text and board.receiver.text() == "Lê Hoàng Phúc" and board.takeover_button.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert board.takeover_form.isHidden()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.worklist.view.value == "work"


def test_tray_count_is_recorded(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("count")
    wait_until_idle(window.runner)
    before = len(desk.queries_of("CountTray"))
    window.count.finish_button.click()
    wait_until_idle(window.runner)
    assert len(desk.queries_of("CountTray")) == before + 1
    assert window.banner.text == "Đã ghi kết quả đếm khay. Giấy và máy khớp nhau."
