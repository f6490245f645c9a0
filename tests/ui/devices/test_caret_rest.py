"""The caret of a field rests without input, and blinks again."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.ui.devices import caret_rest
from app.ui.devices.caret_rest import CaretRest


class Paints(QObject):
    """Number of times that a widget was painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_caret_rests_until_it_moves(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caret_rest, "_REST_AFTER_MS", 60)
    hints = QGuiApplication.styleHints()
    blinking = hints.cursorFlashTime()
    hints.setCursorFlashTime(20)
    page = QWidget()
    qtbot.addWidget(page)
    one, other = QLineEdit(page), QLineEdit(page)
    layout = QVBoxLayout(page)
    layout.addWidget(one)
    layout.addWidget(other)
    page.show()
    page.activateWindow()
    one.setFocus()
    CaretRest(page)
    paints = Paints()
    one.installEventFilter(paints)
    try:
        qtbot.waitUntil(lambda: paints.count > 0 and hints.cursorFlashTime() == 0)
        paints.count = 0
        qtbot.wait(150)
        assert paints.count <= 1, "after the steady caret nothing is painted"
        QTest.keyClick(one, Qt.Key.Key_A)
        assert hints.cursorFlashTime() == 20
        qtbot.waitUntil(lambda: paints.count > 0 and hints.cursorFlashTime() == 0)
        other.setFocus()
        assert hints.cursorFlashTime() == 20
    finally:
        hints.setCursorFlashTime(blinking)


def test_system_without_blinking_is_left_so(qtbot: Any) -> None:
    hints = QGuiApplication.styleHints()
    blinking = hints.cursorFlashTime()
    hints.setCursorFlashTime(0)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    CaretRest(field)
    QTest.keyClick(field, Qt.Key.Key_A)
    assert hints.cursorFlashTime() == 0
    hints.setCursorFlashTime(blinking)
