"""Checkbox of a group of people; a long name is elided."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from app.ui.kit.widgets import tooltip_text

_LEAST_WIDTH = 160


class GroupTick(QCheckBox):
    """Checkbox whose tool tip has the whole name and the legal basis."""

    def __init__(self, name: str, decision: str) -> None:
        super().__init__(name)
        self.name, self.decision = name, decision
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setToolTip(tooltip_text("\n".join(part for part in (name, decision) if part)))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        around = hint.width() - self.fontMetrics().horizontalAdvance(self.text())
        return QSize(around + self.fontMetrics().horizontalAdvance(self.name) + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(_LEAST_WIDTH, hint.width()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        around = super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())
        width = max(0, self.width() - around)
        self.setText(self.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideRight, width))
