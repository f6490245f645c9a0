"""Drafts on the intake page: a list, and a question before one is opened."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.intake.drafts_dialog import DraftsDialog, OpenDraftDialog
from app.ui.shell.window import MainWindow
from app.usecases.intake.draft import DraftLine, SaveDraft
from tests.support.recording_desk import NOW, RecordingDesk

ENTER = Qt.Key.Key_Return
WaitUntilIdle = Callable[[Any], None]
DRAFT = {"request_id": "draft-b", "procedure": "", "applicant": {"kind": "citizen", "name": "Hồ Thị Bưởi"}}


def other_draft() -> DraftLine:
    """Return a draft of another person."""
    return DraftLine(DRAFT, "Đăng ký khai sinh", NOW)


def test_draft_over_half_filled_form_asks_and_keeps_both(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    form = window.intake.form
    form.submitter.name.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "Phung")
    typed_id = form.request_id
    window.intake.open_draft(DRAFT)
    (question,) = window.findChildren(OpenDraftDialog)
    question.stay_button.click()
    assert (form.request_id, form.submitter.name.text()) == (typed_id, "Phung")
    window.intake.open_draft(DRAFT)
    question = next(each for each in window.findChildren(OpenDraftDialog) if each.isVisible())
    question.open_button.click()
    wait_until_idle(window.runner)
    saved = desk.queries_of("SaveDraft")[-1]
    assert (saved.request_id, saved.form["applicant"]["name"]) == (typed_id, "Phung")
    assert (form.request_id, form.submitter.name.text()) == ("draft-b", "Hồ Thị Bưởi")


def test_draft_is_saved_at_once_when_another_page_is_shown(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    window.intake.form.submitter.name.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "Phung")
    window.intake.draft._save_timer.setInterval(600_000)
    window.intake.edited()
    window.go_to_page("worklist")
    wait_until_idle(window.runner)
    (saved,) = desk.queries_of("SaveDraft")
    assert saved.form["applicant"]["name"] == "Phung"


def test_offer_of_a_named_draft_goes_with_another_person(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["ListDrafts"] = (other_draft(),)
    window.intake.draft._offered = False
    window.intake.offer_draft()
    wait_until_idle(window.runner)
    window.go_to_page("intake")
    assert "Hồ Thị Bưởi" in window.banner.text
    window.intake.form.submitter.name.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "Phung")
    assert window.banner.text == "" and window.intake.side_panel.drafts.isVisibleTo(window)


def test_several_drafts_are_offered_as_list(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    second = DraftLine({**DRAFT, "request_id": "draft-c"}, "", NOW)
    desk.answers["ListDrafts"] = (other_draft(), second)
    window.intake.draft._offered = False
    window.intake.offer_draft()
    wait_until_idle(window.runner)
    assert "2 hồ sơ đang nhập dở" in window.banner.text
    assert window.intake.side_panel.drafts.isVisibleTo(window)
    message = window.banner.message
    assert message is not None and message.on_action is not None
    message.on_action()
    wait_until_idle(window.runner)
    (dialog,) = window.findChildren(DraftsDialog)
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    dialog.delete_button.click()
    wait_until_idle(window.runner)
    assert desk.queries_of("SaveDraft")[-1] == SaveDraft(None, "draft-c")
    QTest.keyClick(dialog.table, ENTER)
    wait_until_idle(window.runner)
    assert window.intake.form.request_id == "draft-b"


def test_deleting_other_draft_keeps_typed_form_to_be_saved(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    window.intake.form.submitter.name.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "Phung")
    window.intake.draft.delete("draft-b")
    window.intake.save_draft_now()
    wait_until_idle(window.runner)
    assert desk.queries_of("SaveDraft")[-1].form["applicant"]["name"] == "Phung"


def test_cleared_form_deletes_its_own_draft(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    window.intake.form.submitter.name.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "Phung")
    typed_id = window.intake.form.request_id
    window.intake.start_new_form()
    wait_until_idle(window.runner)
    assert desk.queries_of("SaveDraft")[-1] == SaveDraft(None, typed_id)
