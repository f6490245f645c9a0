"""What this desk takes in most, where the papers will stand: one key each, from any field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from app.ui.kit.style import GRID
from app.ui.kit.widgets import button, label, tip

if TYPE_CHECKING:
    from app.usecases.catalogue.procedures import ProcedureLine

MOST = 8
_KEY_WIDTH, _TURN = 46, 560


class UsualList(QWidget):
    """Up to eight procedures in two columns, each with its key. Signal: `picked(ProcedureLine)`."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[ProcedureLine, ...] = ()
        self._sides = 0
        self._buttons: list[QPushButton] = []
        self._keys: list[QLabel] = []

    def show_lines(self, lines: Sequence[ProcedureLine]) -> None:
        """Names the procedures; nothing where none was ever taken in."""
        if lines and not self._buttons:
            self._make()
        self.lines = tuple(lines[:MOST])
        for place, (key, each) in enumerate(zip(self._keys, self._buttons, strict=True)):
            known = place < len(self.lines)
            key.setVisible(known)
            each.setVisible(known)
            if known:
                each.setToolTip(tip(f"{self.lines[place].code} · {self.lines[place].name}"))
                each.setAccessibleName(f"{self.lines[place].name}, phím Ctrl+{place + 1}")
        self._cut()

    def _make(self) -> None:
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(0)
        for place in range(MOST):
            key, made = label(f"Ctrl+{place + 1}", "caption"), button("", link=True)
            key.setFixedWidth(_KEY_WIDTH)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.clicked.connect(partial(self._take, place))
            QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self, partial(self._take, place))
            self._keys.append(key)
            self._buttons.append(made)
        self.setLayout(self._grid)
        self._put(2)  # before it is shown, else each part would flash up as a window

    def _put(self, sides: int) -> None:
        """In two columns, or under each other where there is little room."""
        if not self._buttons or sides == self._sides:
            return
        self._sides = sides
        for place, (key, made) in enumerate(zip(self._keys, self._buttons, strict=True)):
            side, line = divmod(place, MOST // sides)
            for at, part in enumerate((key, made)):
                self._grid.removeWidget(part)
                self._grid.addWidget(part, line, 2 * side + at, Qt.AlignmentFlag.AlignLeft)
        for column in (1, 3):
            self._grid.setColumnStretch(column, int(column < 2 * sides))

    def minimumSizeHint(self) -> QSize:
        """A key with a few letters of its name."""
        return QSize(_TURN // 2, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names end in an ellipsis where there is no room; the whole of them is the tool tip."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        sides = 2 if self.width() >= _TURN else 1
        self._put(sides)
        room = self.width() // sides - _KEY_WIDTH - 5 * GRID
        for line, each in zip(self.lines, self._buttons, strict=False):
            each.setText(each.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideRight, room))

    def _take(self, place: int) -> None:
        if place < len(self.lines):
            self.picked.emit(self.lines[place])
