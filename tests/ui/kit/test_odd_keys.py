"""Keys of foreign keyboards, such as «²», which is not a decimal digit."""

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.intake.turn_away import TurnAwayDialog
from app.ui.kit.widgets import Choice
from app.ui.shell.window import MainWindow
from tests.ui.intake.test_page import pick_procedure


def press(widget: QWidget, text: str) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_twosuperior, Qt.KeyboardModifier.NoModifier, text)
    QApplication.sendEvent(widget, event)


def test_superscript_digit_is_ignored(window: MainWindow, wait_until_idle: Any, qtbot: Any) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    papers, choice = window.intake.form.papers, Choice([("a", "Một"), ("b", "Hai")])
    dialog = TurnAwayDialog("Đăng ký khai sinh", "Phùng Văn Đạt", (), window.intake)
    window.go_to_page("dossier")
    qtbot.addWidget(choice)
    before = (papers.papers.rows, choice.value, dialog.reason)
    for widget in (papers, choice, dialog, window.dossier):
        press(widget, "²")
    assert (papers.papers.rows, choice.value, dialog.reason) == before
