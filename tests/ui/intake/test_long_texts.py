"""Four thousand characters in every field of the intake page, by each way."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from app.ui.shell.window import MainWindow
from tests.support.recording_desk import RecordingDesk

LONG_TEXT = "ă" * 4_000
WaitUntilIdle = Callable[[Any], None]


def compose(field: QLineEdit) -> None:
    """Type the text as an input method commits them."""
    event = QInputMethodEvent()
    event.setCommitString(LONG_TEXT)
    QApplication.sendEvent(field, event)


def paste(field: QLineEdit) -> None:
    """Paste the text."""
    QApplication.clipboard().setText(LONG_TEXT)
    field.paste()


def drop(field: QLineEdit) -> None:
    """Drop the text from another program."""
    mime = QMimeData()
    mime.setText(LONG_TEXT)
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(field, QDragEnterEvent(QPoint(4, 4), copy, mime, left, none))
    QApplication.sendEvent(field, QDropEvent(QPointF(4, 4), copy, mime, left, none))


@pytest.mark.parametrize("enter", [compose, paste, drop])
def test_long_text_is_kept_whole_and_widens_nothing(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, enter: Callable[[QLineEdit], None]
) -> None:
    desk.answers["FindPeople"] = ()
    form, width = window.intake.form, window.minimumSizeHint().width()
    fields = [field for field in form.findChildren(QLineEdit) if field.isVisible() and field.validator() is None]
    fields = [field for field in fields if field.objectName() != "qt_spinbox_lineedit"]
    assert len(fields) >= 6
    for field in fields:
        form.clear()
        field.setFocus()
        enter(field)
        wait_until_idle(window.runner)
        assert field.text() == LONG_TEXT, field.objectName()
        assert window.minimumSizeHint().width() == width, field.objectName()
