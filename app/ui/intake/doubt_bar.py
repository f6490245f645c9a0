"""Question in the side panel: what is doubtful, correct or print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.kit.layouts import FittedScrollArea
from app.ui.kit.style import GRID
from app.ui.kit.widgets import button, column, label

if TYPE_CHECKING:
    from app.usecases.intake.check_form import FormDoubt

READABLE_MS = 300
"""F9 confirms only after the question has been visible for this time."""


class DoubtBar(QFrame):
    """Question about the doubts that are left when the user saves.

    It takes the place of the values in the side panel, so that nothing moves.

    Signals: `correct_requested()` to go back to the first doubtful field; `confirmed()` to save and print;
    `toggled(bool)` when it is shown or hidden.
    """

    toggled = Signal(bool)
    correct_requested = Signal()
    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("doubts")
        self.doubts: tuple[FormDoubt, ...] = ()
        self._painted = QElapsedTimer()
        self._sentences = label(wrap=True)
        self.correct, self.confirm = button("Sửa    Esc"), button("Đúng, in    F9", main=True)
        self.correct.setObjectName("intake.correct")
        self.confirm.setObjectName("intake.confirm")
        self.correct.clicked.connect(self.correct_requested)
        self.confirm.clicked.connect(self.confirmed)
        lines = column(self._sentences)
        lines.addStretch(1)
        texts = QWidget()
        texts.setObjectName("clear")
        texts.setLayout(lines)
        heading = label("Hãy xem lại trước khi in:", "strong")
        self.setLayout(column(heading, FittedScrollArea(texts), self.correct, self.confirm, margin=GRID))
        self.hide()

    def ask(self, doubts: Sequence[FormDoubt]) -> None:
        """Show the question."""
        self.doubts = tuple(doubts)
        self._sentences.setText("\n\n".join(doubt.sentence for doubt in self.doubts))
        self._painted.invalidate()
        self.toggled.emit(True)
        self.show()

    def close_question(self) -> bool:
        """Hide the question; False if none was open."""
        was_open = self.isVisible()
        self.doubts = ()
        self.hide()
        self.toggled.emit(False)
        return was_open

    @property
    def readable(self) -> bool:
        """True once the question has been visible long enough to be read."""
        return self._painted.isValid() and self._painted.elapsed() >= READABLE_MS

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.doubts and not self._painted.isValid():
            self._painted.start()
