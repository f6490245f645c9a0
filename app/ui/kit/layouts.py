"""The room pages stand in: where a window is too small for a page, the page goes up and down, never sideways, parts
that stood beside each other stand under each other, and whatever the keyboard reaches comes into sight."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QLayout, QScrollArea, QStackedWidget, QWidget

from app.ui.kit.style import GRID
from app.ui.kit.widgets import FieldBox


class FittedScrollArea(QScrollArea):
    """Something that goes up and down where it is taller than its room. It is never narrower than its content, nor
    lower than `least`."""

    def __init__(self, inner: QWidget, min_height: int = 8 * GRID) -> None:
        super().__init__()
        self._inner, self._min_height = inner, min_height
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._follow_timer = QTimer(self)
        self._follow_timer.setSingleShot(True)
        self._follow_timer.setInterval(0)  # once a sentence under the field has its room too
        self._follow_timer.timeout.connect(self._reveal_focus)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_timer.start)

    def minimumSizeHint(self) -> QSize:
        """As wide as the content needs with the bar beside it."""
        return QSize(
            self._inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width(), self._min_height
        )

    def _reveal_focus(self) -> None:
        """Something taller than the room is left as it lies: it is in sight already, or stands at the top."""
        now = QApplication.focusWidget()
        if now is None or not self._inner.isAncestorOf(now):
            return
        box = now.parentWidget()
        place = box if isinstance(box, FieldBox) else now
        if place.height() <= self.viewport().height():
            self.ensureWidgetVisible(place, 0, GRID)


class PageStack(QStackedWidget):
    """Pages over each other, of which only the one in sight asks for room."""

    def minimumSizeHint(self) -> QSize:
        """What the page in sight needs."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else QSize()

    sizeHint = minimumSizeHint

    def heightForWidth(self, width: int) -> int:
        """How tall the page in sight has to be at a width."""
        page = self.currentWidget()
        layout: QLayout | None = page.layout() if page is not None else None
        least = self.minimumSizeHint().height()
        return max(least, layout.minimumHeightForWidth(width)) if layout and layout.hasHeightForWidth() else least


class ResponsiveRow(QWidget):
    """Parts beside each other where there is room for them, under each other where there is not. `stretches` are their
    parts of the width."""

    def __init__(self, *parts: QWidget, stretches: tuple[int, ...] = (), gap: int = 2 * GRID) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        for place, part in enumerate(parts):
            self._box.addWidget(part, stretches[place] if stretches else 1)

    def minimumSizeHint(self) -> QSize:
        """As wide as its widest part, since the others may go under it."""
        return QSize(max(map(_min_width, self._parts())), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths put the parts elsewhere."""
        super().resizeEvent(event)
        parts = self._parts()
        needed = sum(map(_min_width, parts)) + self._box.spacing() * (len(parts) - 1)
        way = QBoxLayout.Direction.LeftToRight if needed <= self.width() else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)

    def _parts(self) -> list[QWidget]:
        items = (self._box.itemAt(place) for place in range(self._box.count()))
        found = (item.widget() for item in items if item is not None)
        return [part for part in found if part is not None and not part.isHidden()]


def _min_width(part: QWidget) -> int:
    return max(part.minimumWidth(), part.minimumSizeHint().width())
