"""Navigation between pages: shortcuts, look-up box, reload, status."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.kit.runner import BannerMessage, Level
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import CODE, RecordingDesk

WaitUntilIdle = Callable[[Any], None]


def open_page(window: MainWindow, page: str, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page(page)
    wait_until_idle(window.runner)


def test_change_reloads_visible_page_only(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    open_page(window, "worklist", wait_until_idle)
    open_page(window, "sync", wait_until_idle)
    before = len(desk.queries_of("ListWork"))
    window.runner.changed.emit(frozenset(window.worklist.reloads_on), None)
    wait_until_idle(window.runner)
    assert len(desk.queries_of("ListWork")) == before
    open_page(window, "worklist", wait_until_idle)
    assert len(desk.queries_of("ListWork")) == before + 1


class WindowsShown(QObject):
    """Event filter that records widgets shown as windows."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def test_page_parts_are_never_shown_as_windows(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    """A widget shown without a parent would take the focus from the window."""
    recorder = WindowsShown()
    QApplication.instance().installEventFilter(recorder)
    window.start_deferred_work()
    wait_until_idle(window.runner)
    for page in window.pages:
        open_page(window, page, wait_until_idle)
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    QApplication.instance().removeEventFilter(recorder)
    assert recorder.shown == []


def test_function_keys_open_pages(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    keys = {
        "F1": "help",
        "F4": "worklist",
        "F5": "reports",
        "F6": "registers",
        "F7": "sync",
        "F8": "office",
        "F2": "intake",
    }
    for key, page in keys.items():
        QTest.keyClick(window, Qt.Key[f"Key_{key}"])
        wait_until_idle(window.runner)
        assert window.current_page_name == page
    QTest.keyClick(window, Qt.Key.Key_F3)
    assert QApplication.focusWidget() is window.lookup_field


def test_lookup_box_opens_code_or_searches(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.lookup_field.setText("6303260311000078")
    QTest.keyClick(window.lookup_field, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert window.current_page_name == "dossier"
    window.focus_lookup()
    QTest.keyClicks(window.lookup_field, "huynh")
    QTest.keyClick(window.lookup_field, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert window.current_page_name == "lookup"
    assert len(window.lookup.model.rows) == 6
    assert QApplication.focusWidget() is window.lookup.table


def test_status_line_hides_zero_counts(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.status_facts.refresh()
    wait_until_idle(window.runner)
    assert window.status.text("sync") == "12 chờ gửi"
    assert window.status.text("unprinted") == ""


def test_message_belongs_to_its_page(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    QTest.keyClick(window, Qt.Key.Key_F4)
    wait_until_idle(window.runner)
    window.worklist.post_message(Level.DONE, "Đã chuyển 2 hồ sơ.")
    QTest.keyClick(window, Qt.Key.Key_F4)
    assert window.banner.text == "Đã chuyển 2 hồ sơ."
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert window.banner.text == "" and window.banner.isHidden()
    window.runner.message_posted.emit(BannerMessage(Level.ERROR, "Máy in không trả lời."))
    QTest.keyClick(window, Qt.Key.Key_F4)
    assert window.banner.text == "Máy in không trả lời."
