"""Closing the window over unfinished work."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.enums import PaperForm, PaperSize
from app.services.documents.print_queue import WaitingPaper
from app.ui.printing.queue_dialog import PrintQueueDialog
from app.ui.shell.application import _watch_session
from app.ui.shell.leave_dialog import LeaveDialog, unfinished_work
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import CODE, NOW, RecordingDesk

_PEOPLE = ("submitter", "applicant")
WaitUntilIdle = Callable[[Any], None]


def ask_to_leave(window: MainWindow) -> LeaveDialog:
    """Close the window as a user does and return the question."""
    window.asks_before_leaving = True
    window.close()
    assert window.isVisible()
    return window.findChildren(LeaveDialog)[-1]


def test_half_form_stays_open_until_the_user_leaves(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F2)
    wait_until_idle(window.runner)
    window.intake.form.submitter.name.setText("Lò Thị Ban")
    dialog = ask_to_leave(window)
    assert dialog.print_button.isHidden()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.isVisible() and window.intake.form.submitter.name.text() == "Lò Thị Ban"
    ask_to_leave(window).leave_button.click()
    assert not window.isVisible()


def test_waiting_copies_can_be_printed_first(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["ListUnprinted"] = (WaitingPaper(CODE, PaperForm.RECEIPT, PaperSize.A5, 2, NOW, (11, 12)),)
    window.prints.preload()
    wait_until_idle(window.runner)
    window.prints.reload_queue()
    wait_until_idle(window.runner)
    assert window.prints.queued_copies
    dialog = ask_to_leave(window)
    assert not dialog.print_button.isHidden()
    dialog.print_button.click()
    wait_until_idle(window.runner)
    assert window.isVisible() and window.findChildren(PrintQueueDialog)
    for queue in window.findChildren(PrintQueueDialog):
        queue.reject()


@pytest.fixture
def half_form(window: MainWindow, wait_until_idle: WaitUntilIdle) -> MainWindow:
    """A window that would ask before it closes."""
    window.asks_before_leaving = True
    QTest.keyClick(window, Qt.Key.Key_F2)
    wait_until_idle(window.runner)
    window.intake.form.submitter.name.setText("Lò Thị Ban")
    window.intake.edited()
    return window


def kept_names(desk: RecordingDesk) -> list[str]:
    drafts = [query.form for query in desk.queries_of("SaveDraft")]
    return [next(person["name"] for role, person in form.items() if role in _PEOPLE) for form in drafts if form]


def test_confirmed_update_closes_without_a_second_question(half_form: MainWindow, desk: RecordingDesk) -> None:
    """A question behind the update would keep its installer waiting."""
    half_form.go_to_page("office")
    half_form.pages["office"].update_ready.emit()
    assert not half_form.isVisible() and not half_form.findChildren(LeaveDialog)
    assert kept_names(desk)[-1] == "Lò Thị Ban"


def test_session_end_closes_and_keeps_the_draft(half_form: MainWindow, desk: RecordingDesk, qapp: Any) -> None:
    _watch_session(qapp, half_form)
    qapp.aboutToQuit.emit()
    half_form.close()
    assert not half_form.isVisible() and not half_form.findChildren(LeaveDialog)
    assert kept_names(desk)[-1] == "Lò Thị Ban"


def test_announced_session_end_keeps_the_draft_at_once(
    half_form: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    half_form.expect_session_end()
    wait_until_idle(half_form.runner)
    assert half_form.isVisible() and kept_names(desk)[-1] == "Lò Thị Ban"


def test_question_comes_back_after_a_session_end_that_was_stopped(
    half_form: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    monkeypatch.setattr("app.ui.shell.window._SESSION_END_MS", 0)
    half_form.expect_session_end()
    qtbot.waitUntil(lambda: not half_form.session_ends)
    half_form.close()
    assert half_form.isVisible() and half_form.findChildren(LeaveDialog)


def test_finished_work_is_not_asked_about(window: MainWindow) -> None:
    window.prints.queue = ()
    window.asks_before_leaving = True
    window.close()
    assert not window.isVisible() and not window.findChildren(LeaveDialog)


def test_each_kind_of_work_has_its_sentence() -> None:
    assert unfinished_work(0, half_form=False) == ()
    assert ["2 bản" in unfinished_work(2, half_form=True)[0], len(unfinished_work(2, half_form=True))] == [True, 2]
