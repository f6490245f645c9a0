"""The real window before a recording desk on a real X server, told over stdin where to put the caret and asked over
stdout what it heard: the other half of `test_scanner_x.py`."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QSocketNotifier, Qt, QTimer
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
from app.ui.kit.qt_translations import speak_vietnamese
from app.ui.shell.window import MainWindow, build_window
from tests.support.recording_desk import RecordingDesk

GLANCE_MS = 20
"""Who asks what is on the screen is answered so much later: he asks again at once, and the window has work to do."""
RESOURCES = Path(__file__).resolve().parents[2] / "resources"


class Scene:
    """The window, what is open over it, and what was heard."""

    def __init__(self, application: QApplication, window: MainWindow) -> None:
        self.application = application
        self.window = window
        self.heard: list[str] = []
        self.chosen: list[str] = []
        self.over: Any = None
        self.field: QLineEdit = window.intake.form.submitter.name
        assert window.guard is not None
        window.guard.scanned.connect(self.heard.append)

    def name(self) -> None:
        """The caret in the name field of the intake."""
        self.window.go("intake")
        self.field.setFocus()

    def dialog(self) -> None:
        """A form over the window, the caret in its field, with a default button."""
        self.over = QDialog(self.window)
        self.over.inner = QLineEdit(self.over)
        self.over.setLayout(QVBoxLayout())
        self.over.layout().addWidget(self.over.inner)
        self.over.open()
        self.over.inner.setFocus()

    def question(self) -> None:
        """A question whose default answer is yes."""
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
        self.over = QMessageBox(QMessageBox.Icon.Question, "Hỏi", "Hủy hồ sơ?", buttons, self.window)
        self.over.setDefaultButton(QMessageBox.StandardButton.Yes)
        self.over.accepted.connect(lambda: self.chosen.append("yes"))
        self.over.open()

    def menu(self) -> None:
        """An open menu with entries that digits would choose."""
        self.over = QMenu(self.window)
        for digit in "0123456789":
            self.over.addAction(f"&{digit} việc", lambda: self.chosen.append("menu"))
        self.over.popup(self.window.mapToGlobal(QPoint(200, 200)))

    def table(self) -> None:
        """A table with the editor of a cell open."""
        self.over = QDialog(self.window)
        table = QTableWidget(2, 2, self.over)
        for place in range(4):
            table.setItem(place // 2, place % 2, QTableWidgetItem("ô"))
        self.over.setLayout(QVBoxLayout())
        self.over.layout().addWidget(table)
        self.over.table = table
        self.over.open()
        table.setFocus()
        table.setCurrentCell(0, 0)
        table.editItem(table.item(0, 0))

    def combo(self) -> None:
        """A list of choices dropped down."""
        self.over = QDialog(self.window)
        box = QComboBox(self.over)
        box.addItems([f"{digit} lựa chọn" for digit in "0123456789"])
        self.over.setLayout(QVBoxLayout())
        self.over.layout().addWidget(box)
        self.over.box = box
        self.over.open()
        box.setFocus()
        box.showPopup()

    def close(self) -> None:
        """Everything over the window away, the field empty, nothing heard."""
        if self.over is not None:
            self.over.close()
            self.over = None
        self.window.papers.close_all()
        self.window.intake.form.clear()
        self.window.dossier.clear()
        self.window.go("intake")
        self.window.activateWindow()
        self.heard.clear()
        self.chosen.clear()

    def state(self) -> dict[str, Any]:
        """What a person at the screen would see."""
        over = self.over
        sheet = self.window.dossier.sheet
        return {
            "ready": self.application.focusWindow() is not None and self.window.runner.idle,
            "heard": list(self.heard),
            "chosen": list(self.chosen),
            "name": self.field.text(),
            "over": over is not None and over.isVisible(),
            "inner": over.inner.text() if hasattr(over, "inner") else "",
            "cell": over.table.item(0, 0).text() if hasattr(over, "table") else "",
            "editing": over.table.state().name if hasattr(over, "table") else "",
            "row": over.box.currentIndex() if hasattr(over, "box") else 0,
            "page": self.window.here,
            "dossier": sheet.code if sheet else "",
            "banner": self.window.banner.text,
        }


def main() -> int:
    """Opens the window and answers until stdin ends."""
    application = QApplication([])
    load_fonts(RESOURCES)
    speak_vietnamese(application)
    with tempfile.TemporaryDirectory() as folder:
        window = build_window(RecordingDesk(Path(folder)))
        window.listen_to(ScanGuard(application))
        window.resize(1024, 640)
        window.show()
        window.activateWindow()
        scene = Scene(application, window)

        def told() -> None:
            line = sys.stdin.readline().strip()
            if not line:
                application.quit()
            elif line != "state":
                getattr(scene, line)()
            if line == "state":
                QTimer.singleShot(GLANCE_MS, lambda: answer(scene.state()))
            else:
                answer({})

        def answer(seen: dict[str, Any]) -> None:
            print(json.dumps(seen), flush=True)
            listening.setEnabled(True)

        listening = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        listening.activated.connect(lambda: listening.setEnabled(False))  # or it rings again before the line is read
        listening.activated.connect(told, Qt.ConnectionType.QueuedConnection)
        status = application.exec()
        window.close()
    return status


if __name__ == "__main__":
    sys.exit(main())
