"""Parts beside each other that go on in a new line where there is no room, so that no word on them is ever cut."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from app.ui.style import GRID


class Flow(QLayout):
    """Lines of parts, each at the width it asks for."""

    def __init__(self, gap: int = GRID) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def take_away(self) -> None:
        """Removes every part."""
        while self._items:
            part = self._items.pop().widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for _item, place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        wide = max((item.sizeHint().width() for item in self._items), default=0)
        tall = max((item.sizeHint().height() for item in self._items), default=0)
        return QSize(wide, tall)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, place in self._places(rect.width()):
            item.setGeometry(place.translated(rect.topLeft()))

    def _places(self, width: int) -> Iterator[tuple[QLayoutItem, QRect]]:
        corner, line = QPoint(0, 0), 0
        for item in self._items:
            size = item.sizeHint()
            if corner.x() and corner.x() + size.width() > width:
                corner, line = QPoint(0, corner.y() + line + self.spacing()), 0
            yield item, QRect(corner, size)
            corner = corner + QPoint(size.width() + self.spacing(), 0)
            line = max(line, size.height())


class FlowBox(QWidget):
    """A part of a page that flows."""

    def __init__(self, gap: int = GRID) -> None:
        super().__init__()
        self.flow = Flow(gap)
        self.setLayout(self.flow)

    def show_parts(self, *parts: QWidget) -> None:
        """Puts other parts in the place of those before."""
        self.flow.take_away()
        for part in parts:
            self.flow.addWidget(part)
            part.show()
        if self.parentWidget() is not None or not parts:  # shown before it has a place it would be a window of its own
            self.setVisible(bool(parts))
        self.updateGeometry()
