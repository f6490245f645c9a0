"""Question above the form: what is doubtful, correct or print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame

from app.ui.kit.style import GRID
from app.ui.kit.widgets import button, column, label, row

if TYPE_CHECKING:
    from app.usecases.intake.check_form import FormDoubt

READABLE_MS = 300
"""F9 confirms only after the question has been visible for this time."""
_MAX_LINES = 4


class DoubtBar(QFrame):
    """Question about the doubts that are left when the user saves.

    Signals: `correct_requested()` to go back to the first doubtful field; `confirmed()` to save and print.
    """

    correct_requested = Signal()
    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("doubts")
        self.doubts: tuple[FormDoubt, ...] = ()
        self._painted = QElapsedTimer()
        self._sentences = label(role="strong", wrap=True)
        self.correct, self.confirm = button("Sửa    Esc"), button("Đúng, in    F9", main=True)
        self.correct.setObjectName("intake.correct")
        self.confirm.setObjectName("intake.confirm")
        self.correct.clicked.connect(self.correct_requested)
        self.confirm.clicked.connect(self.confirmed)
        buttons = row(self.correct, self.confirm)
        line = row(column(self._sentences, gap=0), buttons, gap=2 * GRID, margin=GRID)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()

    def ask(self, doubts: Sequence[FormDoubt]) -> None:
        """Show the question."""
        self.doubts = tuple(doubts)
        lines = [doubt.sentence for doubt in self.doubts]
        more = [f"và {len(lines) - _MAX_LINES} điều nữa ở cột bên phải."] if len(lines) > _MAX_LINES else []
        self._sentences.setText("\n".join([*lines[:_MAX_LINES], *more]))
        self._painted.invalidate()
        self.show()

    def close_question(self) -> bool:
        """Hide the question; False if none was open."""
        was_open = self.isVisible()
        self.doubts = ()
        self.hide()
        return was_open

    @property
    def readable(self) -> bool:
        """True once the question has been visible long enough to be read."""
        return self._painted.isValid() and self._painted.elapsed() >= READABLE_MS

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.doubts and not self._painted.isValid():
            self._painted.start()
