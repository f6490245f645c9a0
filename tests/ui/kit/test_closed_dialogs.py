"""Answers that arrive after their dialog was closed and deleted."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.ui.citizens.transfer_dialog import TransferDialog
from app.ui.kit.rating import RatingDialog
from app.ui.kit.runner import _BUG
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import CODE, QUEUE, RecordingDesk
from tests.ui.kit.window_dialogs import _CREATED, open_dialog

WaitUntilIdle = Callable[[Any], None]


def delete_closed() -> None:
    """Delete the closed dialogs before any answer arrives."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_dialog_closed_before_its_first_answer_leaves_no_error(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["ListFrozen"] = ()
    for name in _CREATED:
        dialog = open_dialog(window, name, lambda: None)
        dialog.reject()
        del dialog
        delete_closed()
        wait_until_idle(window.runner)
        assert window.banner.text != _BUG, name


@pytest.mark.parametrize("face", ["rate.very_satisfied", "rate.dissatisfied"])
def test_rating_dialog_closed_while_it_saves_leaves_no_error(
    window: MainWindow, wait_until_idle: WaitUntilIdle, face: str
) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.dossier.rater.open_details(CODE)
    wait_until_idle(window.runner)
    (dialog,) = window.findChildren(RatingDialog)
    button = dialog.findChild(QPushButton, face)
    assert isinstance(button, QPushButton)
    button.click()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    del dialog, button
    delete_closed()
    wait_until_idle(window.runner)
    assert QApplication.activeModalWidget() is None
    assert window.banner.text != _BUG and "Đã ghi" in window.banner.text


def test_transfer_dialog_closed_while_it_saves_leaves_no_error(
    window: MainWindow, wait_until_idle: WaitUntilIdle
) -> None:
    window.go_to_page("citizens")
    wait_until_idle(window.runner)
    window.citizens.queue.open_transfer(QUEUE.waiting[0])
    (dialog,) = window.findChildren(TransferDialog)
    dialog.reason.setText("Đúng việc của quầy kia")
    dialog.submit()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    del dialog
    delete_closed()
    wait_until_idle(window.runner)
    assert "Đã chuyển số" in window.banner.text
