"""Hand-over lists of a period, from F6 and F11."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.models.enums import PaperForm
from app.models.instants import local_day
from app.ui.printing.handover_lists_dialog import HandoverListsDialog
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import HANDOVERS, NOW, RecordingDesk

WaitUntilIdle = Callable[[Any], None]


def open_from_register(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("registers")
    wait_until_idle(window.runner)
    window.registers.findChild(QPushButton, "registers.handovers").click()


def open_from_day(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("start")
    wait_until_idle(window.runner)
    (link,) = [each for each in window.start.closing.findChildren(QPushButton) if "Phiếu bàn giao" in each.text()]
    link.click()


@pytest.mark.parametrize("open_dialog", [open_from_register, open_from_day])
def test_lists_are_shown_and_printed(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, open_dialog: Any
) -> None:
    open_dialog(window, wait_until_idle)
    wait_until_idle(window.runner)
    (dialog,) = window.findChildren(HandoverListsDialog)
    (query,) = desk.queries_of("ListHandoverLists")
    today = local_day(NOW)
    first = window.registers.from_day.day if open_dialog is open_from_register else today
    assert (query.first, query.last) == (first, today)
    assert dialog.model.rows == HANDOVERS
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert [(each.code, each.form) for each in desk.queries_of("PreviewPaper")] == [
        (HANDOVERS[0].code, PaperForm.HANDOVER_LIST)
    ]
    dialog.table.selectRow(1)
    dialog.print_button.click()
    wait_until_idle(window.runner)
    assert [(each.code, each.form, each.copies) for each in desk.queries_of("PreparePaper")] == [
        (HANDOVERS[1].code, PaperForm.HANDOVER_LIST, 2)
    ]
    dialog.reject()
