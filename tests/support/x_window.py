"""Process of `test_scanner_x.py`: the real window on an X server.

It uses a recording desk.

Each line on stdin is the name of a method of `Scene`, or `state` for a line of JSON on stdout.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from app.ui.devices.wedge_guard import ScanGuard
from app.ui.kit.fonts import load_fonts
from app.ui.kit.qt_translations import install_vietnamese
from app.ui.shell.window import MainWindow, build_window
from tests.support.recording_desk import RecordingDesk

POLL_MS = 20
"""Delay of an answer to `state`, because the test polls without a pause."""
RESOURCES = Path(__file__).resolve().parents[2] / "resources"


class KeyTimes(QObject):
    """Key presses delivered by the X server.

    Each has the server's timestamp, the time of arrival in ms, and whether it is Shift.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.presses: list[tuple[int, int, bool]] = []
        self._clock = QElapsedTimer()
        self._clock.start()
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Record a press and pass it on.

        Events that the scan guard sends again are not spontaneous.
        """
        at_a_window = isinstance(watched, QWindow) and isinstance(event, QKeyEvent)
        if at_a_window and event.type() == QEvent.Type.KeyPress and event.spontaneous() and not event.isAutoRepeat():
            self.presses.append((event.timestamp(), self._clock.elapsed(), event.key() == Qt.Key.Key_Shift))
        return False


class Scene:
    """The window, the widget open over it, and the received scans."""

    def __init__(self, application: QApplication, window: MainWindow) -> None:
        self.application = application
        self.window = window
        self.scans: list[str] = []
        self.chosen: list[str] = []
        self.covering: Any = None
        self.key_times = KeyTimes(application)
        self.field: QLineEdit = window.intake.form.submitter.name
        assert window.guard is not None
        window.guard.scanned.connect(self.scans.append)

    def name(self) -> None:
        """Focus the name field of the intake page."""
        self.window.go_to_page("intake")
        self.field.setFocus()

    def dialog(self) -> None:
        """Open a dialog with a focused field."""
        self.covering = QDialog(self.window)
        self.covering.inner = QLineEdit(self.covering)
        self.covering.setLayout(QVBoxLayout())
        self.covering.layout().addWidget(self.covering.inner)
        self.covering.open()
        self.covering.inner.setFocus()

    def question(self) -> None:
        """Open a message box whose default button is Yes."""
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
        self.covering = QMessageBox(QMessageBox.Icon.Question, "Hỏi", "Hủy hồ sơ?", buttons, self.window)
        self.covering.setDefaultButton(QMessageBox.StandardButton.Yes)
        self.covering.accepted.connect(lambda: self.chosen.append("yes"))
        self.covering.open()

    def menu(self) -> None:
        """Open a menu with entries that digit keys select."""
        self.covering = QMenu(self.window)
        for digit in "0123456789":
            self.covering.addAction(f"&{digit} việc", lambda: self.chosen.append("menu"))
        self.covering.popup(self.window.mapToGlobal(QPoint(200, 200)))

    def table(self) -> None:
        """Open a table with the editor of a cell."""
        self.covering = QDialog(self.window)
        table = QTableWidget(2, 2, self.covering)
        for place in range(4):
            table.setItem(place // 2, place % 2, QTableWidgetItem("ô"))
        self.covering.setLayout(QVBoxLayout())
        self.covering.layout().addWidget(table)
        self.covering.table = table
        self.covering.open()
        table.setFocus()
        table.setCurrentCell(0, 0)
        table.editItem(table.item(0, 0))

    def combo(self) -> None:
        """Open the list of a combo box."""
        self.covering = QDialog(self.window)
        box = QComboBox(self.covering)
        box.addItems([f"{digit} lựa chọn" for digit in "0123456789"])
        self.covering.setLayout(QVBoxLayout())
        self.covering.layout().addWidget(box)
        self.covering.box = box
        self.covering.open()
        box.setFocus()
        box.showPopup()

    def close(self) -> None:
        """Close everything over the window, clear the form and forget the scans."""
        if self.covering is not None:
            self.covering.close()
            self.covering = None
        self.window.paper_dialogs.close_all()
        self.window.intake.form.clear()
        self.window.dossier.clear()
        self.window.go_to_page("intake")
        self.window.activateWindow()
        self.scans.clear()
        self.chosen.clear()
        self.key_times.presses.clear()

    def state(self) -> dict[str, Any]:
        """Return the visible state and the received scans."""
        over = self.covering
        detail = self.window.dossier.detail
        return {
            "ready": self.application.focusWindow() is not None and self.window.runner.idle,
            "heard": list(self.scans),
            "presses": list(self.key_times.presses),
            "chosen": list(self.chosen),
            "name": self.field.text(),
            "over": over is not None and over.isVisible(),
            "inner": over.inner.text() if hasattr(over, "inner") else "",
            "cell": over.table.item(0, 0).text() if hasattr(over, "table") else "",
            "editing": over.table.state().name if hasattr(over, "table") else "",
            "row": over.box.currentIndex() if hasattr(over, "box") else 0,
            "page": self.window.current_page_name,
            "dossier": detail.code if detail else "",
            "banner": self.window.banner.text,
        }


def main() -> int:
    """Open the window and answer lines until stdin ends."""
    application = QApplication([])
    load_fonts(RESOURCES)
    install_vietnamese(application)
    with tempfile.TemporaryDirectory() as folder:
        window = build_window(RecordingDesk(Path(folder)))
        window.connect_scan_guard(ScanGuard(application))
        window.resize(1024, 640)
        window.show()
        window.activateWindow()
        scene = Scene(application, window)

        def read_line() -> None:
            line = sys.stdin.readline().strip()
            if not line:
                application.quit()
            elif line != "state":
                getattr(scene, line)()
            if line == "state":
                QTimer.singleShot(POLL_MS, lambda: answer(scene.state()))
            else:
                answer({})

        def answer(state: dict[str, Any]) -> None:
            print(json.dumps(state), flush=True)
            notifier.setEnabled(True)

        notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda: notifier.setEnabled(False))  # otherwise it fires again before the read
        notifier.activated.connect(read_line, Qt.ConnectionType.QueuedConnection)
        status = application.exec()
        window.close()
    return status


if __name__ == "__main__":
    sys.exit(main())
