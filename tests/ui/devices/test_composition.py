"""Half-composed words of an input method are in what a key saves."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QTextEdit

from app.models.enums import Action
from app.ui.devices.composition import CompositionCommit
from app.ui.intake.turn_away import TurnAwayDialog
from app.ui.shell.application import create_application
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import CODE, RecordingDesk, sheet
from tests.ui.intake.test_page import pick_procedure
from tests.ui.intake.test_turn_away import turn_away

WaitUntilIdle = Callable[[Any], None]
RESOURCES = Path(__file__).resolve().parents[3] / "resources"


class InputMethod:
    """Input method of a person, with one half-composed word.

    The offscreen platform has none.
    """

    def __init__(self) -> None:
        self.word = ""

    def compose(self, field: Any, word: str) -> None:
        field.setFocus()
        QApplication.sendEvent(field, QInputMethodEvent(word, []))
        self.word = word

    def commit(self) -> None:
        word, self.word = self.word, ""
        field = QApplication.focusWidget()
        if word and field is not None:
            event = QInputMethodEvent()
            event.setCommitString(word)
            QApplication.sendEvent(field, event)


@pytest.fixture
def input_method(qapp: QApplication) -> Iterator[InputMethod]:
    method = InputMethod()
    commits = CompositionCommit(qapp, method.commit)
    yield method
    remove(commits, qapp)


def remove(commits: CompositionCommit, application: QApplication) -> None:
    """Take the filter from the application at once, not in its next loop."""
    application.removeEventFilter(commits)
    commits.setParent(None)
    commits.deleteLater()


def test_f9_saves_half_composed_name(
    window: MainWindow, desk: RecordingDesk, input_method: InputMethod, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    name = window.intake.form.submitter.name
    name.setText("Huỳnh Thị ")
    input_method.compose(name, "Ẫm")
    assert name.text() == "Huỳnh Thị "
    QTest.keyClick(name, Qt.Key.Key_F9)
    wait_until_idle(window.runner)
    (command,) = desk.queries_of("AcceptDossier")
    assert command.applicant.name == "Huỳnh Thị Ẫm"


def test_ctrl_t_takes_half_composed_name(
    window: MainWindow, input_method: InputMethod, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    name = window.intake.form.submitter.name
    input_method.compose(name, "Phùng")
    QTest.keyClick(name, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    dialog = window.intake.turn_away_flow.dialog
    assert isinstance(dialog, TurnAwayDialog)
    assert "Phùng" in [label.text() for label in dialog.findChildren(QLabel)]


def test_f9_of_turn_away_dialog_records_half_composed_reason(
    window: MainWindow, desk: RecordingDesk, input_method: InputMethod, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    dialog = turn_away(window, wait_until_idle, qtbot)
    input_method.compose(dialog.other, "giấy rách")
    QTest.keyClick(dialog.other, Qt.Key.Key_F9)
    wait_until_idle(window.runner)
    (command,) = desk.queries_of("RefuseAtCounter")
    assert command.reason.endswith("giấy rách")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_submits_half_composed_note_of_an_act(
    window: MainWindow,
    desk: RecordingDesk,
    input_method: InputMethod,
    wait_until_idle: WaitUntilIdle,
    qtbot: Any,
    key: Qt.Key,
) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.dossier.show_detail(sheet(CODE, (Action.ASK_SUPPLEMENT,)))
    window.dossier.begin_action(Action.ASK_SUPPLEMENT)
    form = window.dossier.action_form
    assert form is not None
    note = form.boxes["note"].inner
    assert isinstance(note, QLineEdit | QTextEdit | QPlainTextEdit)
    input_method.compose(note, "thiếu chữ ký")
    QTest.keyClick(note, key)
    assert "thiếu chữ ký" in (note.text() if isinstance(note, QLineEdit) else note.toPlainText())


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_Left, Qt.Key.Key_Shift, Qt.Key.Key_Backspace])
def test_typing_keys_leave_the_word_to_the_input_method(
    window: MainWindow, input_method: InputMethod, key: Qt.Key
) -> None:
    name = window.intake.form.submitter.name
    input_method.compose(name, "Ẫ")
    QTest.keyClick(name, key)
    assert input_method.word == "Ẫ"


def focus_a_window() -> None:
    field = QLineEdit()
    field.show()
    QTest.qWaitForWindowActive(field)
    field.close()


def forget_filters(application: QApplication) -> None:
    """Bring the application back to its state before the start."""
    focus_a_window()
    for commits in application.findChildren(CompositionCommit):
        remove(commits, application)
    application.setProperty("commits_before_commands", None)


def test_program_commits_for_every_window(qapp: QApplication) -> None:
    font = QApplication.font()
    forget_filters(qapp)
    for _start in range(2):
        application, _colours = create_application(RESOURCES)
    assert application.findChildren(CompositionCommit) == []  # the first layout goes without the filter
    focus_a_window()
    assert len(application.findChildren(CompositionCommit)) == 1
    forget_filters(qapp)
    QApplication.setFont(font)
