"""The steps of the clerks' guide, followed in the window.

A step is a sentence that names a function key and then words of the window. The key is pressed, each word must be in
view, and its button is pressed if the sentence goes on.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QLabel, QLineEdit, QWidget

from app.ui.devices.wedge_guard import ScanGuard
from app.ui.dossier.actions import QUESTIONS
from app.ui.kit.tables import RowsTable
from app.ui.shell.chrome import NAV_ITEMS
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import CODE, RecordingDesk, sheet

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "huong-dan"
WaitUntilIdle = Callable[[Any], None]
_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:\d+\.|-|\|) )")
_SENTENCE = re.compile(r"(?<=[.:;])\s")
_TOKEN = re.compile(r"\b(F(?:1[0-2]|[1-9])|(?:Ctrl|Alt)\+[A-Z0-9]\w*)\b|«([^»]+)»")
_FUNCTION_KEY = re.compile(r"F\d+")
_PAGES = {item.key: item.page for item in NAV_ITEMS}
CONDITIONAL = {
    "Nơi nhận": "only for a procedure that more than one place may receive",
    "Đối chiếu số liệu": "after a table was dropped on the page, tested with the page for tables",
}


def sentences() -> Iterator[tuple[str, list[str]]]:
    """Yield the page and the steps of each sentence with a function key."""
    for page in sorted(GUIDE.glob("*.md")):
        for block in _BLOCK.split(page.read_text(encoding="utf-8")):
            if block.startswith(("!", "|")):
                continue
            for sentence in _SENTENCE.split(" ".join(block.replace("**", "").split())):
                steps = [key or f"«{words}" for key, words in _TOKEN.findall(sentence)]
                while steps and not _FUNCTION_KEY.fullmatch(steps[0]):
                    steps.pop(0)
                if steps and any(step.startswith("«") for step in steps):
                    yield page.name, steps


STEPS = list(sentences())


def plain(text: str) -> str:
    """Return a text without what the guide leaves out."""
    return " ".join(text.replace("…", "").replace("&", "").split()).casefold()


def texts_of(part: QWidget) -> list[str]:
    """Return the words that a widget shows."""
    if isinstance(part, QAbstractButton | QLabel):
        return [part.text(), part.accessibleName()]
    if isinstance(part, QComboBox):
        return [part.itemText(place) for place in range(part.count())]
    if isinstance(part, RowsTable):
        return [part.accessibleName(), *(action.text() for action in part._menu().actions())]
    return [part.accessibleName()] if isinstance(part, QLineEdit) else []


def in_view(window: MainWindow, words: str) -> QWidget | None:
    """Return the widget in view that shows the words; a button goes first."""
    shown = QApplication.activeModalWidget() or window
    parts = [part for part in shown.findChildren(QWidget) if part.isVisible()]
    matches = [part for part in parts if any(plain(words) in plain(text) for text in texts_of(part))]
    return min(matches, key=lambda part: not isinstance(part, QAbstractButton), default=None)


def press(window: MainWindow, keys: str) -> None:
    """Press a key or a shortcut as the system sends it."""
    shown = QApplication.activeModalWidget() or window
    modifiers = Qt.KeyboardModifier.NoModifier
    *held, key = keys.split("+")
    for each in held:
        modifiers |= {"Ctrl": Qt.KeyboardModifier.ControlModifier, "Alt": Qt.KeyboardModifier.AltModifier}[each]
    QTest.keyClick(shown.windowHandle(), Qt.Key[f"Key_{key}"], modifiers)


@pytest.fixture
def counter(window: MainWindow, desk: RecordingDesk, qapp: Any, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """Window after an intake; a person cancels each file dialog."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words, **_options: ("", ""))
    desk.answers["ShowDossier"] = lambda query: sheet(query.code, tuple(QUESTIONS))
    window.connect_scan_guard(ScanGuard(qapp))
    window.intake.last_code = CODE
    return window


def test_guide_has_steps_of_every_page_key() -> None:
    keys = {step for _page, steps in STEPS for step in steps}
    assert len(STEPS) >= 24 and {"F2", "F4", "F5", "F6", "F7", "F8", "F10", "F11", "F12"} <= keys


def follow(window: MainWindow, steps: list[str], wait: Callable[[], None]) -> str:
    """Follow the steps of a sentence; return the first that fails."""
    for place, step in enumerate(steps):
        if not step.startswith("«"):
            press(window, step)
            wait()
            if step in _PAGES and window.current_page_name != _PAGES[step] and step != "F3":
                return step
            continue
        part = in_view(window, step[1:])
        if part is None:
            return "" if step[1:] in CONDITIONAL else step
        if isinstance(part, QAbstractButton) and place + 1 < len(steps):
            part.click()
            wait()
    return ""


def test_steps_of_the_guide_reach_what_they_name(
    counter: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    failures = []
    for page, steps in STEPS:
        while isinstance(dialog := QApplication.activeModalWidget(), QWidget):
            dialog.close()
        counter.activateWindow()
        qtbot.waitUntil(counter.isActiveWindow)
        counter.go_to_page("help")
        wait_until_idle(counter.runner)
        if failed := follow(counter, steps, lambda: wait_until_idle(counter.runner)):
            failures.append((page, steps, failed))
    assert "\n".join(map(str, failures)) == ""
