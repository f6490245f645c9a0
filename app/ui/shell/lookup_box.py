"""Look-up box of the frame (F3).

A whole code opens its dossier, other text is searched.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from app.ui.kit.runner import Runner
    from app.usecases.dossiers.scans import ScanResult

_MIN_WIDTH, _WIDTH = 200, 288
_PAGE = 10
_STEPS = {
    int(Qt.Key.Key_Down): 1,
    int(Qt.Key.Key_Up): -1,
    int(Qt.Key.Key_PageDown): _PAGE,
    int(Qt.Key.Key_PageUp): -_PAGE,
}


class LookupBox(QLineEdit):
    """Field for codes and search words.

    Signals: `search_requested(words, at_once)`, `dossier_requested(code)`, `preprinted_requested(code)`,
    `moved(step)` for another row of the results.
    """

    search_requested = Signal(str, bool)
    dossier_requested = Signal(str)
    preprinted_requested = Signal(str)
    moved = Signal(int)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.setObjectName("lookup.field")
        self.setPlaceholderText("Quét hoặc gõ mã, tên…  F3")
        self.setAccessibleName("Tra cứu hồ sơ, phím F3")
        self.setMinimumWidth(_MIN_WIDTH)
        self.setMaximumWidth(_WIDTH)
        self.textEdited.connect(partial(self._request_search, at_once=False))
        self.returnPressed.connect(self.submit)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, super().sizeHint().height())

    def focus_and_select(self) -> None:
        """Move the focus here and select the text."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the results with the arrow keys."""
        step = _STEPS.get(event.key(), 0)
        if step:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)

    def submit(self) -> None:
        """Handle Enter: open the dossier of a whole code, or search."""
        from app.usecases.dossiers.scans import ReadScan, read_scan_text

        words = self.text().strip()
        if words:
            self._runner.read(read_scan_text, ReadScan(words), partial(self._open_or_search, words), key="lookup.enter")

    def _request_search(self, words: str, at_once: bool) -> None:
        if words.strip():
            self.search_requested.emit(words.strip(), at_once)

    def _open_or_search(self, words: str, scanned: ScanResult) -> None:
        if scanned.kind == "dossier" and scanned.line is not None:
            self.dossier_requested.emit(scanned.line.code)
        elif scanned.blank is not None:
            self.preprinted_requested.emit(scanned.blank.code)
        else:
            self._request_search(words, at_once=True)
