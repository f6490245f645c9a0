"""Question about doubts before the receipt is printed."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.kit.runner import BannerMessage, Changed, Level
from app.ui.shell.window import MainWindow
from app.usecases.intake.check_form import FormDoubt
from tests.support.recording_desk import CODE, RecordingDesk, accepted
from tests.ui.intake.test_page import WaitUntilIdle, focused_widget, pick_procedure, type_text

F9, ESCAPE = Qt.Key.Key_F9, Qt.Key.Key_Escape
DOUBT = FormDoubt("applicant.phone", "Số điện thoại «0905» không đúng dạng.", needs_confirmation=True)
HINT = FormDoubt("applicant.phone", "Số điện thoại này là máy bàn.", needs_confirmation=False)


@pytest.fixture
def doubtful(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any) -> MainWindow:
    """A filled form with one doubt, after the first F9."""
    desk.answers["CheckForm"] = (DOUBT, HINT)
    fill(window, wait_until_idle, qtbot)
    QTest.keyClick(window, F9)
    qtbot.waitUntil(window.intake.doubt_bar.isVisible)
    return window


def fill(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    window.intake.form.submitter.name.setFocus()
    type_text("Huynh Thi Am")
    window.intake.form.submitter.phone.setFocus()
    type_text("0905")
    wait_until_idle(window.runner)


def test_sound_form_is_saved_at_once(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    desk.answers["CheckForm"] = (HINT,)
    fill(window, wait_until_idle, qtbot)
    QTest.keyClick(window, F9)
    qtbot.waitUntil(lambda: window.intake.saved_banner.code == CODE)
    assert not window.intake.doubt_bar.isVisible()


def test_doubts_are_shown_while_typing(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    desk.answers["CheckForm"] = (DOUBT, HINT)
    fill(window, wait_until_idle, qtbot)
    qtbot.waitUntil(lambda: "0905" in window.intake.side_panel._doubts.text())
    assert HINT.sentence in window.intake.side_panel._doubts.text()


def test_question_comes_before_saving(doubtful: MainWindow, desk: RecordingDesk) -> None:
    question = doubtful.intake.doubt_bar._sentences.text()
    assert DOUBT.sentence in question and HINT.sentence not in question
    assert desk.queries_of("AcceptDossier") == [] and doubtful.intake.form.submitter.phone.text() == "0905"


def test_second_f9_confirms_only_a_readable_question(doubtful: MainWindow, desk: RecordingDesk, qtbot: Any) -> None:
    bar = doubtful.intake.doubt_bar
    bar._painted.invalidate()
    QTest.keyClick(doubtful, F9)
    assert desk.queries_of("AcceptDossier") == [] and bar.isVisible()
    bar.repaint()
    qtbot.waitUntil(lambda: bar.readable)
    QTest.keyClick(doubtful, F9)
    qtbot.waitUntil(lambda: doubtful.intake.saved_banner.code == CODE)
    assert not bar.isVisible() and len(desk.queries_of("AcceptDossier")) == 1


def test_escape_returns_to_the_doubtful_field(doubtful: MainWindow) -> None:
    QTest.keyClick(doubtful, ESCAPE)
    assert not doubtful.intake.doubt_bar.isVisible()
    assert focused_widget() is doubtful.intake.form.submitter.phone


def test_change_of_the_form_closes_the_question(doubtful: MainWindow, desk: RecordingDesk, qtbot: Any) -> None:
    doubtful.intake.form.submitter.phone.setFocus()
    desk.answers["CheckForm"] = ()
    type_text("123456")
    assert not doubtful.intake.doubt_bar.isVisible()
    QTest.keyClick(doubtful, F9)
    qtbot.waitUntil(lambda: doubtful.intake.saved_banner.code == CODE)


def test_warnings_of_the_saved_dossier_stay(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    desk.answers["AcceptDossier"] = replace(accepted(), warnings=("Chưa có giấy tờ: Tờ khai.",))
    fill(window, wait_until_idle, qtbot)
    QTest.keyClick(window, F9)
    qtbot.waitUntil(lambda: window.intake.saved_banner.code == CODE)
    window.runner.message_posted.emit(BannerMessage(Level.WARNING, "Chưa thấy máy in."))
    assert window.intake.saved_banner._warnings.isVisible()
    assert window.intake.saved_banner._warnings.text() == "Chưa có giấy tờ: Tờ khai."


def test_form_that_was_just_checked_is_not_checked_again(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    desk.answers["CheckForm"] = (HINT,)
    fill(window, wait_until_idle, qtbot)
    qtbot.waitUntil(lambda: window.intake.live_preview.known_doubts(window.intake.form.read()) is not None)
    checks = len(desk.queries_of("CheckForm"))
    QTest.keyClick(window, F9)
    qtbot.waitUntil(lambda: window.intake.saved_banner.code == CODE)
    assert len(desk.queries_of("CheckForm")) == checks


def test_changed_form_and_changed_data_are_checked_again(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    desk.answers["CheckForm"] = (DOUBT,)
    fill(window, wait_until_idle, qtbot)
    preview, form = window.intake.live_preview, window.intake.form
    qtbot.waitUntil(lambda: preview.known_doubts(form.read()) == (DOUBT,))
    type_text("1")
    assert preview.known_doubts(form.read()) is None
    qtbot.waitUntil(lambda: preview.known_doubts(form.read()) == (DOUBT,))
    window.runner.changed.emit(frozenset({Changed.DOSSIER}), None)
    assert preview.known_doubts(form.read()) is None
