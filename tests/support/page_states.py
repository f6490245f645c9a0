"""States of any page for screenshots: busy, failed, empty."""

from collections.abc import Callable

from PySide6.QtTest import QTest

from app.ui.kit.runner import BannerMessage, Level
from app.ui.shell.window import MainWindow


def wait_for_answers(window: MainWindow) -> None:
    """Wait until the runner is idle."""
    while not window.runner.idle:
        QTest.qWait(1)


def busy(window: MainWindow) -> None:
    """Show progress of slow work."""
    window.banner.clear()
    window.go_to_page("reports")
    wait_for_answers(window)
    window.progress_line.show_work("Đang xuất sổ", True)
    window.progress_line.show_progress(1200, 5000, "Đang xuất sổ: 1.200 trong 5.000 hồ sơ")


def fault(window: MainWindow) -> None:
    """Show a fault of the machine with an action."""
    window.progress_line.hide()
    text = "Ổ đĩa đầy nên chưa ghi được. Xóa bớt tệp hoặc chọn nơi khác rồi làm lại; dữ liệu cũ còn nguyên."
    window.banner.show_message(BannerMessage(Level.ERROR, text, "Chọn nơi khác", lambda: None))


def worklist_empty(window: MainWindow) -> None:
    """Show the hint of an empty worklist."""
    window.banner.clear()
    desk = window.runner.desk
    lines, desk.answers["ListWork"] = desk.answers["ListWork"], ()  # type: ignore[attr-defined]
    window.worklist.view.set_value("work")
    window.go_to_page("worklist")
    window.worklist.reload()
    wait_for_answers(window)
    desk.answers["ListWork"] = lines  # type: ignore[attr-defined]


STATES: dict[str, Callable[[MainWindow], None]] = {
    "busy": busy,
    "trouble": fault,
    "worklist-empty": worklist_empty,
}
