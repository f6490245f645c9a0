"""Tests of the dialog for the number counter of the desk."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from app.models.errors import Refusal
from app.services.number_repairs import NumberRepair
from app.ui.admin.numbers_dialog import NumbersDialog
from app.ui.shell.window import MainWindow
from app.usecases.office.number_repair import NumbersState
from tests.support.recording_desk import RecordingDesk

DONE = NumberRepair(
    "2026-03-11", 3, 8, 42, "Máy phụ đã cấp", "Trần Thị Bình", "Lê Văn Hai", "2026-03-11T08:40:00+07:00"
)
BEHIND = NumbersState(date(2026, 3, 11), 3, 44, 47, 48, 4312, (DONE,))


@pytest.fixture
def dialog(window: MainWindow, desk: RecordingDesk, wait_until_idle: Any) -> NumbersDialog:
    desk.answers["GetNumbersState"] = BEHIND
    window.go_to_page("office")
    window.findChild(QPushButton, "office.numbers").click()
    wait_until_idle(window.runner)
    return window.findChild(NumbersDialog)


def test_dialog_shows_counter_and_earlier_repairs(dialog: NumbersDialog) -> None:
    assert "cao nhất là số 47" in dialog.state_label.text() and "từ 48" in dialog.state_label.text()
    assert "số kế tiếp từ 8 thành 42" in dialog.earlier_repairs.text()
    assert (dialog.next.minimum(), dialog.next.value(), dialog.next.maximum()) == (48, 48, 4312)


def test_two_people_set_next_number(
    dialog: NumbersDialog, window: MainWindow, desk: RecordingDesk, wait_until_idle: Any
) -> None:
    for code, field, box in (
        ("number_reason", "reason", dialog.reason_box),
        ("number_already_next", "next", dialog.next_box),
        ("sign_in_wrong", "secret", dialog.second.secret_box),
    ):
        desk.answers["RepairNumbers"] = Refusal(code, field, least=8, most=500, number=48, name="Lê Văn Hai")
        dialog.submit_button.click()
        wait_until_idle(window.runner)
        assert box.error != "" and dialog.isVisible()
    desk.answers["RepairNumbers"] = NumbersState(date(2026, 3, 11), 3, 59, 47, 60, 4312, (DONE,))
    dialog.next.setValue(60)
    dialog.reason.setText("Máy phụ đã cấp đến 59")
    dialog.second.secret.setText("480217")
    dialog.submit_button.click()
    wait_until_idle(window.runner)
    command = desk.queries_of("RepairNumbers")[-1]
    assert (command.day, command.next, command.reason) == (date(2026, 3, 11), 60, "Máy phụ đã cấp đến 59")
    assert command.second.secret == "480217" and "là 60" in window.banner.text
