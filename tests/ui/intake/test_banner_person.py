"""A message of the banner goes when the page is about another person."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.kit.runner import BannerMessage, Level
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import CODE, RecordingDesk
from tests.ui.intake.test_page import pick_procedure

WaitUntilIdle = Callable[[Any], None]
CARD = "048199004217|…|HUỲNH THỊ ẪM Ỷ"
LEVELS = [Level.DONE, Level.WARNING, Level.ERROR]


def type_name(window: MainWindow, text: str) -> None:
    QTest.keyClicks(window.intake.form.submitter.name, text)


@pytest.fixture
def filled(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any) -> MainWindow:
    """Window with a person in the intake form."""
    desk.answers["FindPeople"] = ()
    window.go_to_page("intake")
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    type_name(window, "Lo Thi Ban")
    wait_until_idle(window.runner)
    return window


@pytest.mark.parametrize("level", LEVELS)
def test_message_stays_with_its_person_and_goes_with_another(
    filled: MainWindow, wait_until_idle: WaitUntilIdle, level: Level
) -> None:
    filled.intake.post_message(level, "Lời về người này.")
    filled.intake.form.submitter.phone.setFocus()
    QTest.keyClicks(filled.intake.form.submitter.phone, "0905")
    wait_until_idle(filled.runner)
    assert filled.banner.text == "Lời về người này."
    type_name(filled, "g")
    assert filled.banner.text == ""


def test_message_goes_when_the_dossier_is_saved(filled: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    filled.intake.post_message(Level.WARNING, "Lời về người này.")
    QTest.keyClick(filled, Qt.Key.Key_F9)
    wait_until_idle(filled.runner)
    assert filled.intake.saved_banner.code == CODE and "Lời về" not in filled.banner.text


def test_message_goes_when_a_card_names_another_person(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["FindPeople"] = ()
    window.go_to_page("intake")
    window.intake.post_message(Level.DONE, "Lời về người trước.")
    window.handle_scan(CARD)
    wait_until_idle(window.runner)
    assert window.intake.form.submitter.name.text() == "Huỳnh Thị Ẫm Ỷ"
    assert "người trước" not in window.banner.text


def test_message_about_a_filled_person_stays(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    window.go_to_page("intake")
    QTest.keyClicks(window.intake.form.submitter.id_number, "048199004217")
    qtbot.waitUntil(lambda: "Đã điền theo lần trước" in window.banner.text)
    wait_until_idle(window.runner)
    assert "Đã điền theo lần trước" in window.banner.text
    window.intake.form.submitter.id_number.clear()
    QTest.keyClicks(window.intake.form.submitter.id_number, "0481")
    assert "Đã điền theo lần trước" not in window.banner.text


def test_discarded_form_can_be_restored_while_the_next_is_typed(
    filled: MainWindow, wait_until_idle: WaitUntilIdle
) -> None:
    QTest.keyClick(filled, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    wait_until_idle(filled.runner)
    type_name(filled, "Ho")
    message = filled.banner.message
    assert message is not None and message.action == "Hoàn lại"


@pytest.mark.parametrize("level", LEVELS)
def test_message_of_one_dossier_goes_with_another(
    window: MainWindow, wait_until_idle: WaitUntilIdle, level: Level
) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.dossier.post_message(level, "Đã chuyển.", "In phiếu bàn giao", lambda: None)
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    assert window.banner.text == "Đã chuyển."
    window.open_dossier("H29.12-260311-0008")
    assert window.banner.text == ""


def test_message_of_the_machine_stays_with_another_person(filled: MainWindow) -> None:
    filled.banner.show_message(BannerMessage(Level.ERROR, "Ổ đĩa đầy nên chưa ghi được."))
    type_name(filled, "g")
    assert filled.banner.text == "Ổ đĩa đầy nên chưa ghi được."
