"""Delegate that draws a suggestion in two lines.

Imported with the first list of suggestions, because its Qt classes would delay the start.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.kit.style import current_colours

ROW_HEIGHT = 44
DETAIL_ROLE = Qt.ItemDataRole.UserRole + 1


class SuggestionDelegate(QStyledItemDelegate):
    """Draw title and detail of a suggestion; mark the row that Enter accepts."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours = current_colours()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.chosen))
            painter.fillRect(QRect(option.rect.topLeft(), QSize(4, option.rect.height())), QColor(colours.accent))
        inner = option.rect.adjusted(12, 3, -8, -3)
        half = inner.height() // 2
        cut = Qt.TextElideMode.ElideRight
        title = QRect(inner.left(), inner.top(), inner.width(), half)
        painter.setPen(QColor(colours.ink))
        painter.drawText(
            title, Qt.AlignmentFlag.AlignVCenter, option.fontMetrics.elidedText(index.data(), cut, inner.width())
        )
        detail = title.translated(0, half)
        painter.setPen(QColor(colours.quiet))
        painter.drawText(
            detail,
            Qt.AlignmentFlag.AlignVCenter,
            option.fontMetrics.elidedText(index.data(DETAIL_ROLE), cut, inner.width()),
        )
        painter.restore()
