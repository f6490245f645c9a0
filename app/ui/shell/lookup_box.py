"""The look-up box of the frame: a code typed whole opens its dossier, anything else is searched as it is typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit

from app.ui.kit import lazy_use_cases

if TYPE_CHECKING:
    from app.ui.kit.runner import Runner
    from app.usecases.dossiers.queries import Scanned

_LEAST, _WIDTH = 200, 340


class LookupBox(QLineEdit):
    """F3. Signals: `words_asked(words, at_once)`, `dossier_asked(code)`, `blank_asked(code)`."""

    words_asked = Signal(str, bool)
    dossier_asked = Signal(str)
    blank_asked = Signal(str)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.setObjectName("lookup.field")
        self.setPlaceholderText("Quét hoặc gõ mã, tên…  F3")
        self.setAccessibleName("Tra cứu hồ sơ, phím F3")
        self.setMinimumWidth(_LEAST)
        self.setMaximumWidth(_WIDTH)
        self.textEdited.connect(partial(self._ask, at_once=False))
        self.returnPressed.connect(self.ask_now)

    def sizeHint(self) -> QSize:
        """As wide as a title beside it allows."""
        return QSize(_WIDTH, super().sizeHint().height())

    def take_caret(self) -> None:
        """The caret goes here, over whatever was typed before."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def ask_now(self) -> None:
        """Enter: a code typed whole opens its dossier, anything else is searched."""
        words = self.text().strip()
        if words:
            then = partial(self._open_or_search, words)
            self._runner.ask(lazy_use_cases.read_scan_text, lazy_use_cases.ReadScan(words), then, key="lookup.enter")

    def _ask(self, words: str, at_once: bool) -> None:
        if words.strip():
            self.words_asked.emit(words.strip(), at_once)

    def _open_or_search(self, words: str, scanned: Scanned) -> None:
        if scanned.kind == "dossier" and scanned.line is not None:
            self.dossier_asked.emit(scanned.line.code)
        elif scanned.blank is not None:
            self.blank_asked.emit(scanned.blank.code)
        else:
            self._ask(words, at_once=True)
