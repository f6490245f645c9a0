"""Parts beside each other that go on in a new line where there is no room, so that no word on them is ever cut."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from app.ui.style import GRID


class Flow(QLayout):
    """Lines of parts, each at the width it asks for; one that may grow takes what its line leaves. Parts of a line
    stand on its top, or on its `bottom`."""

    def __init__(self, gap: int = GRID, bottom: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._bottom = bottom
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
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(wide, self.minimumSize().height())

    def minimumSize(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        wide = max((size.width() for size in sizes), default=0)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, place in self._places(rect.width()):
            item.setGeometry(place.translated(rect.topLeft()))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            wide = item.sizeHint().width() + self.spacing()
            if not lines or wide - self.spacing() > left:
                lines.append([])
                left = width
            lines[-1].append(item)
            left -= wide
        return lines

    def _places(self, width: int) -> Iterator[tuple[QLayoutItem, QRect]]:
        top = 0
        for line in self._lines(width):
            tall = max(item.sizeHint().height() for item in line)
            needed = sum(item.sizeHint().width() for item in line) + self.spacing() * (len(line) - 1)
            growing = [item for item in line if item.expandingDirections() & Qt.Orientation.Horizontal]
            left = 0
            for item in line:
                size = item.sizeHint()
                more = (width - needed) // len(growing) if item in growing else 0
                size = QSize(min(size.width() + more, item.maximumSize().width(), max(width, 0)), size.height())
                yield item, QRect(QPoint(left, top + (tall - size.height() if self._bottom else 0)), size)
                left += size.width() + self.spacing()
            top += tall + self.spacing()


class FlowBox(QWidget):
    """A part of a page that flows."""

    def __init__(self, *parts: QWidget, gap: int = GRID, bottom: bool = False) -> None:
        super().__init__()
        self.flow = Flow(gap, bottom)
        self.setLayout(self.flow)
        for part in parts:
            self.flow.addWidget(part)

    def show_parts(self, *parts: QWidget) -> None:
        """Puts other parts in the place of those before."""
        self.flow.take_away()
        for part in parts:
            self.flow.addWidget(part)
            part.show()
        if self.parentWidget() is not None or not parts:  # shown before it has a place it would be a window of its own
            self.setVisible(bool(parts))
        self.updateGeometry()
