"""List of the most frequent procedures, with a shortcut each.

It is shown in place of the papers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from app.ui.kit.style import GRID
from app.ui.kit.widgets import button, label, tooltip_text

if TYPE_CHECKING:
    from app.usecases.catalogue.procedures import ProcedureLine

MAX_PROCEDURES = 9
_KEY_WIDTH, _NARROW_BELOW = 46, 560


class FrequentList(QWidget):
    """Up to nine procedures in two columns, each with its shortcut.

    Signals: `picked(ProcedureLine)`.
    """

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[ProcedureLine | None, ...] = ()
        self._columns = 0
        self._buttons: list[QPushButton] = []
        self._keys: list[QLabel] = []

    def show_lines(self, lines: Sequence[ProcedureLine | None]) -> None:
        """Show the procedures at their digits, or nothing for an empty list."""
        if lines and not self._buttons:
            self._build()
        self.lines = tuple(lines[:MAX_PROCEDURES])
        for place, (key, link) in enumerate(zip(self._keys, self._buttons, strict=True)):
            line = self.lines[place] if place < len(self.lines) else None
            key.setVisible(line is not None)
            link.setVisible(line is not None)
            if line is not None:
                link.setToolTip(tooltip_text(f"{line.code} · {line.name}"))
                link.setAccessibleName(f"{line.name}, phím Ctrl+{place + 1}")
        self._elide()

    def _build(self) -> None:
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(0)
        for place in range(MAX_PROCEDURES):
            key, link = label(f"Ctrl+{place + 1}", "caption"), button("", link=True)
            key.setFixedWidth(_KEY_WIDTH)
            link.setProperty("dense", True)
            link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            link.clicked.connect(partial(self._pick, place))
            QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self, partial(self._pick, place))
            self._keys.append(key)
            self._buttons.append(link)
        self.setLayout(self._grid)
        self._place_buttons(2)  # before show(), because a widget without a parent is shown as a window

    def _place_buttons(self, sides: int) -> None:
        """Arrange the buttons in one or two columns."""
        if not self._buttons or sides == self._columns:
            return
        self._columns = sides
        for place, (key, link) in enumerate(zip(self._keys, self._buttons, strict=True)):
            side, line = divmod(place, -(-MAX_PROCEDURES // sides))
            for at, part in enumerate((key, link)):
                self._grid.removeWidget(part)
                self._grid.addWidget(part, line, 2 * side + at, Qt.AlignmentFlag.AlignLeft)
        for column in (1, 3):
            self._grid.setColumnStretch(column, int(column < 2 * sides))

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROW_BELOW // 2, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        sides = 2 if self.width() >= _NARROW_BELOW else 1
        self._place_buttons(sides)
        width = self.width() // sides - _KEY_WIDTH - 5 * GRID
        for line, link in zip(self.lines, self._buttons, strict=False):
            name = "" if line is None else line.name
            link.setText(link.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, width))

    def _pick(self, place: int) -> None:
        if place < len(self.lines) and self.lines[place] is not None:
            self.picked.emit(self.lines[place])
