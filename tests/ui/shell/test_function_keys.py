"""Function keys over open menus, lists, calendars and dialogs.

They are sent on every page as the system sends them, through the scan guard.
"""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from app.ui.devices.wedge_guard import ScanGuard
from app.ui.kit.finder import SearchField
from app.ui.kit.tables import RowsTable
from app.ui.shell.function_keys import stays_open
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import CODE, RecordingDesk
from tests.ui.kit.window_dialogs import DIALOGS, OUTSIDE, open_dialog

UI = Path(__file__).resolve().parents[3] / "app" / "ui"
F2, F4, F6, F9 = (Qt.Key[f"Key_F{number}"] for number in (2, 4, 6, 9))
ESCAPE = Qt.Key.Key_Escape
WaitUntilIdle = Callable[[Any], None]
Opening = Callable[[], object]
_MOST_OF_A_KIND = 1
"""Open parts of a kind that are tried on each page."""


def press(window: MainWindow, key: Qt.Key) -> None:
    """Press a key as the system sends it: a popup has no focus of its own."""
    shown = QApplication.activeModalWidget() or window
    QTest.keyClick(shown.windowHandle(), key)


@pytest.fixture
def guarded(window: MainWindow, qapp: Any, wait_until_idle: WaitUntilIdle) -> Iterator[MainWindow]:
    """Window with its scan guard, as in the program."""
    window.connect_scan_guard(ScanGuard(qapp))
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    yield window


def open_parts(page: QWidget) -> list[tuple[str, Opening]]:
    """Return what can be opened on a page: lists, calendars and menus."""
    parts: list[tuple[str, Opening]] = []
    for combo in page.findChildren(QComboBox):
        usable = combo.isVisible() and combo.isEnabled() and combo.count()  # a PC without a port has an empty list
        parts += [(f"list {combo.objectName()}", combo.showPopup)] if usable else []
    for field in page.findChildren(QLineEdit):
        calendars = [action for action in field.actions() if action.shortcut().toString() == "Alt+Down"]
        if calendars and field.isVisible() and field.isEnabled():
            parts.append((f"calendar {field.objectName()}", calendars[0].trigger))
    for table in page.findChildren(RowsTable):
        if table.isVisible():
            parts.append((f"menu {table.accessibleName()}", partial(_open_menu, table)))
    for button in page.findChildren(QPushButton):
        if button.menu() is not None and button.isVisible():
            parts.append((f"menu {button.text()}", partial(_open_button_menu, button)))
    return parts


def places_to_try(parts: list[tuple[str, Opening]]) -> list[int]:
    """Return the places of the first parts of each kind."""
    kinds: Counter[str] = Counter()
    places = []
    for place, (kind, _open_part) in enumerate(parts):
        kinds[kind.split()[0]] += 1
        places += [place] if kinds[kind.split()[0]] <= _MOST_OF_A_KIND else []
    return places


def _open_menu(table: RowsTable) -> None:
    table._menu().popup(table.mapToGlobal(QPoint(4, 4)))


def _open_button_menu(button: QPushButton) -> None:
    button.menu().popup(button.mapToGlobal(QPoint(0, button.height())))


def test_open_part_of_any_page_gives_way_to_a_function_key(guarded: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    kinds: Counter[str] = Counter()
    for name in guarded.pages:
        key, target = (F6, "registers") if name != "registers" else (F4, "worklist")
        guarded.go_to_page(name)
        wait_until_idle(guarded.runner)
        for place in places_to_try(open_parts(guarded.pages[name])):
            guarded.go_to_page(name)
            wait_until_idle(guarded.runner)
            kind, open_part = open_parts(guarded.pages[name])[place]
            open_part()
            assert QApplication.activePopupWidget() is not None, (name, kind)
            press(guarded, key)
            assert QApplication.activePopupWidget() is None, (name, kind)
            assert guarded.current_page_name == target, (name, kind)
            kinds[kind.split()[0]] += 1
    assert kinds["list"] >= 6 and kinds["calendar"] >= 4 and kinds["menu"] >= 6, kinds


def test_suggestions_give_way_to_a_function_key(guarded: MainWindow, qtbot: Any) -> None:
    guarded.go_to_page("intake")
    field: SearchField = guarded.intake.form.procedure
    field.setFocus()
    QTest.keyClicks(field, "k")
    qtbot.waitUntil(lambda: field.is_list_open)
    press(guarded, F4)
    assert guarded.current_page_name == "worklist" and not field.is_list_open


def test_function_key_saves_out_of_an_open_calendar(guarded: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    guarded.go_to_page("intake")
    wait_until_idle(guarded.runner)
    guarded.intake.form.submitter.name.setText("Lò Thị Ban")
    _kind, open_part = open_parts(guarded.intake)[0]
    open_part()
    assert QApplication.activePopupWidget() is not None
    press(guarded, F9)
    assert QApplication.activePopupWidget() is None
    assert guarded.intake.form.boxes["procedure"].error, "F9 names what is missing"


def test_every_dialog_is_known() -> None:
    classes = {
        node.name
        for file in UI.rglob("*.py")
        if "Dialog):" in (text := file.read_text(encoding="utf-8"))
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef) and any("Dialog" in getattr(base, "id", "") for base in node.bases)
    }
    assert classes == {*DIALOGS, *OUTSIDE} - {"QFileDialog"}


@pytest.mark.parametrize("names", [DIALOGS[::2], DIALOGS[1::2]], ids=["some", "others"])
def test_dialog_gives_way_to_a_function_key(
    guarded: MainWindow, wait_until_idle: WaitUntilIdle, names: tuple[str, ...]
) -> None:
    for name in names:
        guarded.go_to_page("worklist")
        dialog = open_dialog(guarded, name, lambda: wait_until_idle(guarded.runner))
        press(guarded, F6)
        wait_until_idle(guarded.runner)
        assert QApplication.activeModalWidget() is None, name
        assert guarded.current_page_name == "registers", name
        del dialog


def first_text_field(dialog: QDialog) -> QLineEdit | QPlainTextEdit | None:
    """Return a text field of the dialog."""
    spins = [spin.lineEdit() for spin in dialog.findChildren(QSpinBox)]
    lines = [field for field in dialog.findChildren(QLineEdit) if not field.isReadOnly() and field not in spins]
    fields = [*lines, *dialog.findChildren(QPlainTextEdit)]
    return next((field for field in fields if field.isVisible() and field.isEnabled()), None)


def test_half_typed_dialog_stays_and_is_named(
    guarded: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    tried = 0
    for name in DIALOGS:
        guarded.go_to_page("worklist")
        dialog = open_dialog(guarded, name, lambda: wait_until_idle(guarded.runner))
        field = first_text_field(dialog)
        if field is not None:
            tried += 1
            QTest.keyClicks(field, "1")
            assert stays_open(dialog), name
            press(guarded, F2)
            assert dialog.isVisible() and guarded.current_page_name == "worklist", name
            assert dialog.windowTitle() in guarded.banner.text and "F2" in guarded.banner.text, name
        guarded.banner.clear()
        dialog.reject()
        wait_until_idle(guarded.runner)
    assert tried >= 8


def test_own_key_of_a_dialog_stays_its_own(guarded: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    guarded.go_to_page("intake")
    dialog: Any = open_dialog(guarded, "TurnAwayDialog", lambda: wait_until_idle(guarded.runner))
    submitted: list[str] = []
    dialog.submitted.connect(submitted.append)
    press(guarded, F9)
    assert dialog.isVisible() and guarded.current_page_name == "intake"
    dialog.reject()


def test_function_key_does_nothing_over_a_locked_window(
    guarded: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    guarded.go_to_page("worklist")
    guarded.desk_lock.locked = True
    dialog = open_dialog(guarded, "LeaveDialog", lambda: wait_until_idle(guarded.runner))
    press(guarded, F6)
    assert dialog.isVisible() and guarded.current_page_name == "worklist"
    guarded.desk_lock.locked = False
    dialog.reject()


def test_function_keys_at_once_after_esc_and_pages_pass_the_guard(
    guarded: MainWindow, wait_until_idle: WaitUntilIdle
) -> None:
    targets = cycle({"intake": F2, "worklist": F4, "registers": F6}.items())
    for name in guarded.pages:
        target, key = next(targets)
        guarded.go_to_page(name)
        press(guarded, ESCAPE)
        press(guarded, key)
        assert guarded.current_page_name == target, (name, target)
    wait_until_idle(guarded.runner)
