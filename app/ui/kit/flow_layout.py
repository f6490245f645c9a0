"""Labels and widgets in lines that wrap, so that no text is cut."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSizePolicy, QWidget

from app.ui.kit.style import GRID, set_style_property


class FlowLayout(QLayout):
    """Layout of widgets in lines at their preferred widths.

    Expanding widgets share the rest of a line.

    Widgets are aligned to the top of their line, or to the bottom with `align_bottom`. `line_gap` separates lines.
    """

    def __init__(self, gap: int, align_bottom: bool = False, line_gap: int = GRID) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._align_bottom, self._line_gap = align_bottom, line_gap
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def insert_widget(self, place: int, part: QWidget) -> None:
        """Insert a widget at an index."""
        self.addWidget(part)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def remove_all(self) -> None:
        """Remove and delete every widget."""
        while self._items:
            part = self._items.pop().widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self.invalidate()

    def arrange(self, parts: Sequence[QWidget]) -> None:
        """Show widgets in an order; hide every other."""
        held = {item.widget() for item in self._items}
        for part in parts:
            if part not in held:
                self.addWidget(part)
        items = {item.widget(): item for item in self._items}
        left_out = {part: item for part, item in items.items() if part not in parts}
        self._items = [*(items[part] for part in parts), *left_out.values()]
        for part in parts:
            part.show()
        for other in left_out:
            if other is not None:
                other.hide()
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
        """Return the height of all lines at a width."""
        margins = self.contentsMargins()
        inner = width - margins.left() - margins.right()
        height = max((rect.bottom() + 1 for _item, rect in self._item_rects(inner)), default=0)
        return height + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._visible_items()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        margins = self.contentsMargins()
        return QSize(width + margins.left() + margins.right(), self.minimumSize().height())

    def minimumSize(self) -> QSize:
        width = max((item.minimumSize().width() for item in self._visible_items()), default=0)
        height = max((item.sizeHint().height() for item in self._visible_items()), default=0)
        margins = self.contentsMargins()
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inner = rect.marginsRemoved(self.contentsMargins())
        for item, item_rect in self._item_rects(inner.width()):
            item.setGeometry(item_rect.translated(inner.topLeft()))

    def _visible_items(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        remaining = 0
        for item in self._visible_items():
            item_width = item.sizeHint().width() + self.spacing()
            if not lines or item_width - self.spacing() > remaining:
                lines.append([])
                remaining = width
            lines[-1].append(item)
            remaining -= item_width
        return lines

    def _item_rects(self, width: int) -> Iterator[tuple[QLayoutItem, QRect]]:
        top = 0
        for line in self._lines(width):
            needed = sum(item.sizeHint().width() for item in line) + self.spacing() * (len(line) - 1)
            expanding = [item for item in line if item.expandingDirections() & Qt.Orientation.Horizontal]
            extra = (width - needed) // len(expanding) if expanding else 0
            sizes = [_size(item, width, extra if item in expanding else 0) for item in line]
            line_height, left = max(size.height() for size in sizes), 0
            for item, size in zip(line, sizes, strict=True):
                offset = line_height - size.height() if self._align_bottom else 0
                yield item, QRect(QPoint(left, top + offset), size)
                left += size.width() + self.spacing()
            top += line_height + self._line_gap


def _size(item: QLayoutItem, available: int, extra: int) -> QSize:
    """Return the preferred size of an item plus `extra` width.

    The width is limited by its maximum and by `available`.
    """
    hint = item.sizeHint()
    width = max(0, min(hint.width() + extra, item.maximumSize().width(), available))
    return QSize(width, item.heightForWidth(width) if item.hasHeightForWidth() else hint.height())


def expanding_spacer() -> QWidget:
    """Return an expanding widget.

    It moves the following widgets of its line to the right.
    """
    spacer = QWidget()
    spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return spacer


class WrappedLabel(QLabel):
    """Label that wraps its text and sets its own height from its width.

    It does not use Qt's height-for-width, because layouts with it give every neighbour its preferred size and squeeze
    other widgets below their minimum.
    """

    least_height = 0

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._text_height = 0
        self._measured: tuple[str, int] | None = None
        self.setWordWrap(True)

    def hasHeightForWidth(self) -> bool:
        """Return False; see the class docstring."""
        return False

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._text_height)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._text_height)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measured = None
            self._fit()

    def _fit(self) -> None:
        """Measure the text again if it or the width has changed."""
        measured = (self.text(), self.width())
        if measured == self._measured:
            return
        self._measured = measured
        height = max(self.least_height, self.heightForWidth(self.width()))
        if height != self._text_height:
            self._text_height = height
            self.updateGeometry()
            # Repeat after layout: a request made during the parent's layout pass may be ignored.
            QTimer.singleShot(0, self, self.updateGeometry)


class SelectableLabel(WrappedLabel):
    """Wrapped label whose text can be selected and copied with the mouse.

    Qt lays out a text that can be selected as a document, which takes three times as long. It can be selected once the
    mouse is over it, and until its text changes.
    """

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def setText(self, text: str) -> None:
        if text != self.text() and not self.underMouse():
            self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        super().setText(text)


class LimitedLabel(WrappedLabel):
    """Wrapped label of a limited height.

    A text that is higher is smaller; if that does not suffice, it ends in an ellipsis.
    """

    def __init__(self, max_height: int) -> None:
        super().__init__("")
        self._full_text, self._max_height = "", max_height
        self.setTextFormat(Qt.TextFormat.PlainText)

    def set_full_text(self, text: str) -> None:
        """Set the text."""
        self._full_text = text
        self._limit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._limit()

    def _limit(self) -> None:
        set_style_property(self, "dense", "false")
        shown = self._full_text
        if not self._fits(shown):
            set_style_property(self, "dense", "true")
        words = shown.split(" ")
        while not self._fits(shown) and len(words) > 1:
            words.pop()
            shown = f"{' '.join(words)} …"
        self.setText(shown)

    def _fits(self, text: str) -> bool:
        space = QRect(0, 0, self.width(), 100 * self._max_height)
        return self.fontMetrics().boundingRect(space, Qt.TextFlag.TextWordWrap, text).height() <= self._max_height


class FlowWidget(QWidget):
    """Widget with a flow layout that sets its own height from its width.

    It does not use Qt's height-for-width, because layouts with it give every neighbour its preferred size and nothing
    shrinks any more.
    """

    def __init__(self, *parts: QWidget, gap: int = GRID, align_bottom: bool = False, line_gap: int = GRID) -> None:
        super().__init__()
        self.flow = FlowLayout(gap, align_bottom, line_gap)
        self.setLayout(self.flow)
        for part in parts:
            self.flow.addWidget(part)

    def set_parts(self, *parts: QWidget) -> None:
        """Replace all parts."""
        self.flow.remove_all()
        for part in parts:
            self.flow.addWidget(part)
            part.show()
        if self.parentWidget() is not None or not parts:  # without a parent it would be shown as a window
            self.setVisible(bool(parts))
        self._fit()

    def arrange(self, *parts: QWidget) -> None:
        """Show these parts in this order.

        Other parts are hidden and kept, because a new widget is styled for half a millisecond.
        """
        self.flow.arrange(parts)
        self.setVisible(bool(parts))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def _fit(self) -> None:
        height = self.flow.height_at_width(self.width())
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)
            # Repeat after layout: a request made during the parent's layout pass may be ignored.
            QTimer.singleShot(0, self, self.updateGeometry)
