"""Search field: Enter chooses a suggestion of the typed text only."""

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.finder import SearchField, Suggestion
from app.ui.kit.widgets import column

_NAMES = ("Đăng ký kết hôn", "Đăng ký khai sinh", "Đăng ký khai tử")


def suggestions(*names: str) -> Sequence[Suggestion]:
    return [Suggestion(name, "", name) for name in names]


class Form(QWidget):
    """Search field with a second field; searches are kept for the test."""

    def __init__(self, eager: bool) -> None:
        super().__init__()
        self.field = SearchField(eager)
        self.searches: list[str] = []
        self.picked: list[Any] = []
        self.field.search_requested.connect(self.searches.append)
        self.field.picked.connect(self.picked.append)
        self.next = QLineEdit()
        self.setLayout(column(self.field, self.next))

    def open_list(self, qtbot: QtBot, text: str) -> None:
        QTest.keyClicks(self.field, text)
        qtbot.waitUntil(lambda: self.searches == [text])
        self.field.show_suggestions(suggestions(*_NAMES))
        assert self.field.is_list_open


@pytest.fixture
def form(qtbot: QtBot, request: pytest.FixtureRequest) -> Form:
    window = Form(getattr(request, "param", True))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.field.setFocus()
    qtbot.waitUntil(window.field.hasFocus)
    return window


def test_enter_waits_for_the_suggestions_of_the_whole_text(qtbot: QtBot, form: Form) -> None:
    form.open_list(qtbot, "kh")
    QTest.keyClicks(form.field, "ai sinh")
    QTest.keyClick(form.field, Qt.Key.Key_Return)
    assert form.picked == []
    assert form.searches == ["kh", "khai sinh"]
    form.field.show_suggestions(suggestions("Đăng ký khai sinh"))
    assert form.picked == ["Đăng ký khai sinh"]


def test_enter_waits_while_the_search_runs(qtbot: QtBot, form: Form) -> None:
    form.open_list(qtbot, "kh")
    QTest.keyClicks(form.field, "ai")
    qtbot.waitUntil(lambda: form.searches == ["kh", "khai"])
    QTest.keyClick(form.field, Qt.Key.Key_Return)
    assert form.picked == []
    form.field.show_suggestions(suggestions("Đăng ký khai tử"))
    assert form.picked == ["Đăng ký khai tử"]


def test_late_answer_to_an_earlier_text_is_not_chosen(qtbot: QtBot, form: Form) -> None:
    QTest.keyClicks(form.field, "kh")
    qtbot.waitUntil(lambda: form.searches == ["kh"])
    QTest.keyClicks(form.field, "ai sinh")
    form.field.show_suggestions(suggestions(*_NAMES))
    QTest.keyClick(form.field, Qt.Key.Key_Return)
    assert form.picked == []
    form.field.show_suggestions(suggestions("Đăng ký khai sinh"))
    assert form.picked == ["Đăng ký khai sinh"]


def test_leaving_the_field_waits_as_enter_does(qtbot: QtBot, form: Form) -> None:
    form.open_list(qtbot, "kh")
    QTest.keyClicks(form.field, "ai tu")
    form.next.setFocus()
    assert form.picked == []
    form.field.show_suggestions(suggestions("Đăng ký khai tử"))
    assert form.picked == ["Đăng ký khai tử"]


def test_typing_after_enter_chooses_nothing_by_itself(qtbot: QtBot, form: Form) -> None:
    QTest.keyClicks(form.field, "kh")
    QTest.keyClick(form.field, Qt.Key.Key_Return)
    form.field.setFocus()
    QTest.keyClicks(form.field, "ai")
    form.field.show_suggestions(suggestions(*_NAMES))
    assert form.picked == []


@pytest.mark.parametrize("form", [True, False], indirect=True)
def test_arrow_choice_survives_an_answer(qtbot: QtBot, form: Form) -> None:
    form.open_list(qtbot, "kh")
    QTest.keyClick(form.field, Qt.Key.Key_Down)
    shown = form.field._list.currentIndex().data() if form.field._list else ""
    form.field.show_suggestions(suggestions("Đăng ký lại kết hôn"))
    QTest.keyClick(form.field, Qt.Key.Key_Return)
    assert form.picked == [shown]


def test_enter_chooses_the_first_suggestion_at_rest(qtbot: QtBot, form: Form) -> None:
    form.open_list(qtbot, "kh")
    QTest.keyClick(form.field, Qt.Key.Key_Return)
    assert form.picked == [_NAMES[0]]


def test_enter_after_escape_chooses_nothing(qtbot: QtBot, form: Form) -> None:
    form.open_list(qtbot, "kh")
    QTest.keyClick(form.field, Qt.Key.Key_Escape)
    QTest.keyClick(form.field, Qt.Key.Key_Return)
    assert form.picked == []
