"""Keys of the usual acts, counted as they are pressed.

The limits are those of the clerk's handbook: typed text is counted apart from the keys.
"""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.models.enums import Action
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import CODE, RecordingDesk

CARD = "048199004217|…|HUỲNH THỊ ẪM Ỷ"
WaitUntilIdle = Callable[[Any], None]
ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """Presses keys where the focus is and counts them."""

    def __init__(self, window: MainWindow, wait: WaitUntilIdle) -> None:
        self.keys = 0
        self._window, self._wait = window, wait

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press keys one by one; the window answers each."""
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self._window, key, modifiers)
            self.keys += 1
            self._wait(self._window.runner)

    def write(self, text: str, counted: bool = False) -> None:
        """Type a text; `counted` for keys that are no text of the dossier."""
        QTest.keyClicks(QApplication.focusWidget() or self._window, text)
        self.keys += len(text) if counted else 0
        self._wait(self._window.runner)

    def tab_to(self, target: QWidget) -> None:
        """Press Tab until a field has the focus."""
        for _ in range(40):
            if QApplication.focusWidget() is target:
                return
            self.press(TAB)
        raise AssertionError(f"{target.objectName()} is not reached by Tab")


@pytest.fixture
def hands(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> Hands:
    """The hands of a clerk at the window."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.intake.offer_draft()
    wait_until_idle(window.runner)
    return Hands(window, wait_until_idle)


def test_known_card_needs_two_keys(window: MainWindow, desk: RecordingDesk, hands: Hands, qtbot: Any) -> None:
    window.handle_scan(CARD)
    hands._wait(window.runner)
    hands.press(Qt.Key.Key_1, modifiers=Qt.KeyboardModifier.ControlModifier)
    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: bool(desk.queries_of("AcceptDossier")))
    assert hands.keys <= 2


def test_sending_one_dossier_needs_eight_keys(window: MainWindow, desk: RecordingDesk, hands: Hands) -> None:
    window.handle_scan("6303260311000078")
    hands._wait(window.runner)
    hands.write("1", counted=True)
    hands.write("dc", counted=True)
    while not desk.queries_of("ActOnDossier"):
        hands.press(ENTER)
        assert hands.keys <= 8
    assert [(command.code, command.to) for command in desk.queries_of("ActOnDossier")] == [(CODE, "Địa chính")]


def test_sending_three_dossiers_needs_twelve_keys(window: MainWindow, desk: RecordingDesk, hands: Hands) -> None:
    hands.press(Qt.Key.Key_F4)
    space, down = Qt.Key.Key_Space, Qt.Key.Key_Down
    hands.press(space, down, space, down, space)
    hands.write("1", counted=True)
    hands.write("dc", counted=True)
    while not desk.queries_of("BulkSend"):
        hands.press(ENTER)
        assert hands.keys <= 12
    (command,) = desk.queries_of("BulkSend")
    assert (len(command.codes), command.to) == (3, "Địa chính")


def test_new_person_needs_55_keys_besides_the_text(
    window: MainWindow, desk: RecordingDesk, hands: Hands, qtbot: Any
) -> None:
    desk.answers["FindPeople"] = ()
    form = window.intake.form
    form.procedure.setFocus()
    hands.write("ks", counted=True)
    qtbot.waitUntil(lambda: form.procedure.is_list_open)
    hands.press(ENTER)
    person = form.submitter
    texts = {
        person.id_number: "048199004217",
        person.name: "Dinh Thi Quyt",
        person.birth_date: "08031999",
        person.phone: "0905123456",
        person.address: "Thon Doai",
        person.email: "quyt@thu.example",
        form.note: "Hen goi truoc",
    }
    for field, text in texts.items():
        hands.tab_to(field)
        hands.write(text)
    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: bool(desk.queries_of("AcceptDossier")))
    assert desk.queries_of("AcceptDossier")[0].applicant.name == "Dinh Thi Quyt"
    assert hands.keys <= 55


def test_two_corrections_need_ten_keys_besides_the_text(window: MainWindow, desk: RecordingDesk, hands: Hands) -> None:
    window.handle_scan("6303260311000078")
    hands._wait(window.runner)
    hands.write("9", counted=True)
    form = window.dossier.action_form
    assert form is not None and form.action == Action.AMEND
    hands.write("Huynh Thi Am Y")
    hands.tab_to(form.boxes["id_number"].inner)
    hands.write("048199004218")
    hands.press(TAB, modifiers=Qt.KeyboardModifier.ShiftModifier)
    corrected = hands.keys
    form.boxes["note"].inner.setFocus()
    hands.keys = corrected + 1
    hands.write("Sai dau, sai so")
    hands.press(ENTER)
    while not desk.queries_of("ActOnDossier"):
        hands.press(ENTER)
        assert hands.keys <= 10
    (command,) = desk.queries_of("ActOnDossier")
    assert dict(command.sets) == {"name": "Huynh Thi Am Y", "id_number": "048199004218"}


def test_opening_by_name_needs_one_key_besides_the_name(
    window: MainWindow, desk: RecordingDesk, hands: Hands, qtbot: Any
) -> None:
    window.focus_lookup()
    hands.write("huynh thi am")
    qtbot.waitUntil(lambda: bool(desk.queries_of("SearchDossiers")))
    hands._wait(window.runner)
    hands.press(ENTER)
    assert window.current_page_name == "dossier" and hands.keys <= 1
