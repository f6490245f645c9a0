"""Grid of facts: captions on the left, values on the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.kit.style import GRID
from app.ui.kit.widgets import label


class FactsGrid(QWidget):
    """Labelled grid of texts that can be selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self.pairs: tuple[tuple[str, str], ...] = ()

    def show_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show captions and values; a pair without a value is left out."""
        known = tuple((caption, text) for caption, text in pairs if text)
        if known == self.pairs:
            return
        self.pairs = known
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, (caption, text) in enumerate(known):
            value = label(text, wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{caption}: {text}")
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(label(caption, "caption"), place, 0, top)
            self._grid.addWidget(value, place, 1, top)

    def text(self) -> str:
        """Return one line for each pair."""
        return "\n".join(f"{caption}: {text}" for caption, text in self.pairs)
