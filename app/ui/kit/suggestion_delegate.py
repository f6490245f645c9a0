"""The rows of a list of offers, drawn in two lines. Read with the first list: no window waits for it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.kit.style import current_colours
from app.ui.kit.suggestion import ROW_HEIGHT, Suggestion


class SuggestionDelegate(QStyledItemDelegate):
    """Draws an offer in two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines of text and air."""
        return QSize(200, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Title in ink, detail in quiet ink; the row that Enter takes on the colour of choice with a bar beside it."""
        offer: Suggestion = index.data(Qt.ItemDataRole.UserRole)
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
            title, Qt.AlignmentFlag.AlignVCenter, option.fontMetrics.elidedText(offer.title, cut, inner.width())
        )
        detail = title.translated(0, half)
        painter.setPen(QColor(colours.quiet))
        painter.drawText(
            detail, Qt.AlignmentFlag.AlignVCenter, option.fontMetrics.elidedText(offer.detail, cut, inner.width())
        )
        painter.restore()
