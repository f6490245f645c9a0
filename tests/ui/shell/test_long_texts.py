"""Four thousand characters in the fields of every page and action."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.models.enums import Action
from app.ui.dossier.actions import QUESTIONS
from app.ui.kit.date_edit import DayEdit
from app.ui.kit.runner import _BUG
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import CODE, RecordingDesk

LONG_TEXT = "ă" * 4_000
WaitUntilIdle = Callable[[Any], None]
Field = QLineEdit | QPlainTextEdit | QTextEdit
_KINDS = (QLineEdit, QPlainTextEdit, QTextEdit)


def text_fields(page: QWidget) -> list[Field]:
    """Return the visible fields that take free text."""
    fields: list[Field] = [field for kind in _KINDS for field in page.findChildren(kind)]
    return [
        field
        for field in fields
        if field.isVisible() and field.isEnabled() and not field.isReadOnly() and not isinstance(field, DayEdit)
        if field.objectName() != "qt_spinbox_lineedit"
    ]


def paste_and_check(window: MainWindow, fields: list[Field], wait_until_idle: WaitUntilIdle, where: str) -> int:
    QApplication.clipboard().setText(LONG_TEXT)
    width = window.minimumSizeHint().width()
    for field in fields:
        field.setFocus()
        field.selectAll()
        field.paste()
        wait_until_idle(window.runner)
        text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        most = field.maxLength() if isinstance(field, QLineEdit) else len(LONG_TEXT)
        if not (isinstance(field, QLineEdit) and field.validator() is not None):
            assert text == LONG_TEXT[:most], (where, field.objectName())
        assert window.banner.text != _BUG, (where, field.objectName())
        assert window.minimumSizeHint().width() <= width, (where, field.objectName())
        field.clear()
    return len(fields)


def test_fields_of_pages_keep_long_texts(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers |= {"FindPeople": (), "SearchDossiers": ()}
    pasted = 0
    for name in window.pages:
        window.go_to_page(name)
        wait_until_idle(window.runner)
        pasted += paste_and_check(window, text_fields(window.pages[name]), wait_until_idle, name)
    assert pasted >= 40


@pytest.mark.parametrize("action", [Action.ASK_SUPPLEMENT, Action.RETURN, Action.AMEND, Action.PAY, Action.REFUSE])
def test_fields_of_actions_keep_long_texts(window: MainWindow, wait_until_idle: WaitUntilIdle, action: Action) -> None:
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.dossier.begin_action(action)
    form = window.dossier.action_form
    assert form is not None
    count = paste_and_check(window, text_fields(form), wait_until_idle, action)
    assert count >= min(1, len(QUESTIONS[action]))
