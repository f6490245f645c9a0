"""Four thousand characters in every field of every page and dialog.

They are typed, committed by an input method, pasted and dropped.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.models.enums import Action
from app.ui.dossier.actions import QUESTIONS
from app.ui.kit.date_edit import DayEdit
from app.ui.kit.runner import _BUG
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import CODE, RecordingDesk
from tests.ui.intake.test_page import pick_procedure
from tests.ui.kit.window_dialogs import DIALOGS, open_dialog

UI = Path(__file__).resolve().parents[3] / "app" / "ui"
LONG_TEXT = "ă" * 4_000
TYPED = "a" * 4_000
WaitUntilIdle = Callable[[Any], None]
Field = QLineEdit | QPlainTextEdit | QTextEdit
_KINDS = (QLineEdit, QPlainTextEdit, QTextEdit)
_COPY, _LEFT, _NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def text_fields(page: QWidget) -> list[Field]:
    """Return the visible fields that take text."""
    fields: list[Field] = [field for kind in _KINDS for field in page.findChildren(kind)]
    return [field for field in fields if field.isVisible() and field.isEnabled() and not field.isReadOnly()]


def compose(field: Field) -> None:
    """Commit the text as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(LONG_TEXT)
    QApplication.sendEvent(field, event)


def paste(field: Field) -> None:
    """Paste the text."""
    QApplication.clipboard().setText(LONG_TEXT)
    field.paste()


def drop(field: Field) -> None:
    """Drop the text from another program."""
    mime = QMimeData()
    mime.setText(LONG_TEXT)
    target = field if isinstance(field, QLineEdit) else field.viewport()
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(4, 4), _COPY, mime, _LEFT, _NONE))
    QApplication.sendEvent(target, QDropEvent(QPointF(4, 4), _COPY, mime, _LEFT, _NONE))


def press_keys(field: Field) -> None:
    """Type the last ten characters into a field that has the others."""
    field.insert(TYPED[10:]) if isinstance(field, QLineEdit) else field.insertPlainText(TYPED[10:])
    QTest.keyClicks(field, TYPED[:10])


WAYS: dict[str, Callable[[Field], None]] = {"compose": compose, "paste": paste, "drop": drop, "type": press_keys}


def text_of(field: Field) -> str:
    """Return the text of a field."""
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def keeps_all(field: Field) -> bool:
    """Return whether a field takes any text: it is none for a day or a number."""
    if not isinstance(field, QLineEdit):
        return True
    is_number = field.validator() is not None or isinstance(field.parentWidget(), QAbstractSpinBox)
    return not is_number and not isinstance(field, DayEdit)


def fill_and_check(
    shown: QWidget, fields: list[Field], way: str, wait: Callable[[], None], where: str, window: MainWindow
) -> int:
    """Fill each field; its window must neither fail nor grow."""
    width, filled = shown.minimumSizeHint().width(), 0
    for field in fields:
        if not field.isVisible() or not field.isEnabled():
            continue
        field.setFocus()
        field.clear()
        WAYS[way](field)
        wait()
        place = (where, field.objectName(), way)
        if keeps_all(field):
            most = field.maxLength() if isinstance(field, QLineEdit) else len(LONG_TEXT)
            assert text_of(field) == (TYPED if way == "type" else LONG_TEXT)[:most], place
        assert window.banner.text != _BUG, place
        assert shown.minimumSizeHint().width() <= width, place
        field.clear()
        filled += 1
    return filled


def test_only_a_search_cuts_a_text_without_a_sentence() -> None:
    users = {file.name for file in UI.rglob("*.py") if "setMaxLength(" in file.read_text(encoding="utf-8")}
    assert users == {"help_page.py"}


def test_limit_of_a_name_is_shown_at_its_field(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    desk.answers["FindPeople"] = ()
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    person = window.intake.form.submitter
    paste(person.name)
    window.intake.save()
    wait_until_idle(window.runner)
    assert "200" in person.boxes["name"].error and "4000" in person.boxes["name"].error
    assert person.name.text() == LONG_TEXT and not desk.queries_of("AcceptDossier")


@pytest.mark.parametrize("way", WAYS)
def test_fields_of_pages_keep_long_texts(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, way: str
) -> None:
    desk.answers |= {"FindPeople": (), "SearchDossiers": ()}
    filled = 0
    for name in window.pages:
        window.go_to_page(name)
        wait_until_idle(window.runner)
        fields = text_fields(window.pages[name])
        filled += fill_and_check(window, fields, way, lambda: wait_until_idle(window.runner), name, window)
    assert filled >= 45


@pytest.mark.parametrize("way", WAYS)
def test_fields_of_dialogs_keep_long_texts(window: MainWindow, wait_until_idle: WaitUntilIdle, way: str) -> None:
    filled = 0

    def wait() -> None:
        wait_until_idle(window.runner)

    for name in DIALOGS:
        dialog = open_dialog(window, name, wait)
        filled += fill_and_check(dialog, text_fields(dialog), way, wait, name, window)
        window.banner.clear()
        dialog.reject()
        wait()
    assert filled >= 12


@pytest.mark.parametrize("action", [Action.ASK_SUPPLEMENT, Action.RETURN, Action.AMEND, Action.PAY, Action.REFUSE])
def test_fields_of_actions_keep_long_texts(window: MainWindow, wait_until_idle: WaitUntilIdle, action: Action) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    for way in WAYS:
        window.dossier.begin_action(action)
        form = window.dossier.action_form
        assert form is not None
        fields = text_fields(form)
        count = fill_and_check(window, fields, way, lambda: wait_until_idle(window.runner), action, window)
        assert count >= min(1, len(QUESTIONS[action]))
        window.dossier.close_action()
