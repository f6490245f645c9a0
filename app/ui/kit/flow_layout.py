"""Parts beside each other that go on in a new line where there is no room, so that no word on them is ever cut."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from app.ui.kit.style import GRID


class FlowLayout(QLayout):
    """Lines of parts, each at the width it asks for; one that may grow takes what its line leaves. Parts of a line
    stand on its top, or on its `bottom`; lines stand so far apart as `line_gap` says."""

    def __init__(self, gap: int = GRID, align_bottom: bool = False, line_gap: int = GRID) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._align_bottom, self._line_gap = align_bottom, line_gap
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def insert_widget(self, place: int, part: QWidget) -> None:
        """Adds a part before the one that stands in a place."""
        self.addWidget(part)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def remove_all(self) -> None:
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

    def height_at_width(self, width: int) -> int:
        """Height of all lines in so much width."""
        around = self.contentsMargins()
        inner = width - around.left() - around.right()
        tall = max((place.bottom() + 1 for _item, place in self._item_rects(inner)), default=0)
        return tall + around.top() + around.bottom()

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._visible_items()]
        wide = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        around = self.contentsMargins()
        return QSize(wide + around.left() + around.right(), self.minimumSize().height())

    def minimumSize(self) -> QSize:
        wide = max((item.minimumSize().width() for item in self._visible_items()), default=0)
        tall = max((item.sizeHint().height() for item in self._visible_items()), default=0)
        around = self.contentsMargins()
        return QSize(wide + around.left() + around.right(), tall + around.top() + around.bottom())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inner = rect.marginsRemoved(self.contentsMargins())
        for item, place in self._item_rects(inner.width()):
            item.setGeometry(place.translated(inner.topLeft()))

    def _visible_items(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._visible_items():
            wide = item.sizeHint().width() + self.spacing()
            if not lines or wide - self.spacing() > left:
                lines.append([])
                left = width
            lines[-1].append(item)
            left -= wide
        return lines

    def _item_rects(self, width: int) -> Iterator[tuple[QLayoutItem, QRect]]:
        top = 0
        for line in self._lines(width):
            needed = sum(item.sizeHint().width() for item in line) + self.spacing() * (len(line) - 1)
            growing = [item for item in line if item.expandingDirections() & Qt.Orientation.Horizontal]
            more = (width - needed) // len(growing) if growing else 0
            sizes = [_size(item, width, more if item in growing else 0) for item in line]
            tall, left = max(size.height() for size in sizes), 0
            for item, size in zip(line, sizes, strict=True):
                yield item, QRect(QPoint(left, top + (tall - size.height() if self._align_bottom else 0)), size)
                left += size.width() + self.spacing()
            top += tall + self._line_gap


def _size(item: QLayoutItem, room: int, more: int) -> QSize:
    """A part as wide as it asks for and `more`, never wider than the room nor than it may be, and as tall as it then
    has to be."""
    hint = item.sizeHint()
    wide = max(0, min(hint.width() + more, item.maximumSize().width(), room))
    return QSize(wide, item.heightForWidth(wide) if item.hasHeightForWidth() else hint.height())


def expanding_spacer() -> QWidget:
    """Room between the parts of a line, so that those after it stand to the right while all fit in one."""
    made = QWidget()
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made


class FlowWidget(QWidget):
    """A part of a page that flows. It takes its height from its width by itself: layouts that reckon height by width
    would give every part beside it all that it asks for, and nothing would shrink any more."""

    def __init__(self, *parts: QWidget, gap: int = GRID, align_bottom: bool = False, line_gap: int = GRID) -> None:
        super().__init__()
        self.flow = FlowLayout(gap, align_bottom, line_gap)
        self.setLayout(self.flow)
        for part in parts:
            self.flow.addWidget(part)

    def set_parts(self, *parts: QWidget) -> None:
        """Puts other parts in the place of those before."""
        self.flow.remove_all()
        for part in parts:
            self.flow.addWidget(part)
            part.show()
        if self.parentWidget() is not None or not parts:  # shown before it has a place it would be a window of its own
            self.setVisible(bool(parts))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Parts that come, go or grow break lines elsewhere too."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        tall = self.flow.height_at_width(self.width())
        if tall != self.height() or tall != self.minimumHeight():
            self.setFixedHeight(tall)
            QTimer.singleShot(0, self, self.updateGeometry)  # asked while its holder is laying out, it may go unheard
