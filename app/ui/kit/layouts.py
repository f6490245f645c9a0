"""Scroll areas, responsive rows and grids of facts.

Pages scroll vertically, never horizontally, and the focused field is scrolled into view.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QLayout,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from app.ui.kit.style import GRID
from app.ui.kit.widgets import EnterAdvances, FieldBox, label


class FittedScrollArea(QScrollArea):
    """Vertical scroll area, as wide as its content, at least `min_height`."""

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
        self._follow_timer.setInterval(0)  # after the layout of an error line below the field
        self._follow_timer.timeout.connect(self._reveal_focus)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_timer.start)

    def minimumSizeHint(self) -> QSize:
        return QSize(
            self._inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width(), self._min_height
        )

    def _reveal_focus(self) -> None:
        """Scroll the focused field into view, with its form where that fits.

        A field taller than the viewport is not scrolled.
        """
        focused = QApplication.focusWidget()
        if focused is None or not self._inner.isAncestorOf(focused):
            return
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # an error line moves what is below it
        box = focused.parentWidget()
        parts = [*_forms_around(focused, self._inner), box if isinstance(box, FieldBox) else focused]
        target = next((part for part in parts if part.height() <= self.viewport().height()), None)
        if target is not None:
            self.ensureWidgetVisible(target, 0, GRID)


def _forms_around(field: QWidget, inner: QWidget) -> list[QWidget]:
    """Return the forms that hold a field, the largest first."""
    forms, part = list[QWidget](), field.parentWidget()
    while part is not None and part is not inner:
        forms += [part] if isinstance(part, EnterAdvances) else []
        part = part.parentWidget()
    return forms[::-1]


class PageStack(QStackedWidget):
    """Stack of pages whose size depends only on the current page."""

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else QSize()

    sizeHint = minimumSizeHint

    def heightForWidth(self, width: int) -> int:
        page = self.currentWidget()
        layout: QLayout | None = page.layout() if page is not None else None
        least = self.minimumSizeHint().height()
        return max(least, layout.minimumHeightForWidth(width)) if layout and layout.hasHeightForWidth() else least


class ResponsiveRow(QWidget):
    """Row of widgets that becomes a column where the width does not suffice."""

    def __init__(self, *parts: QWidget, stretches: tuple[int, ...] = (), gap: int = 2 * GRID) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        for place, part in enumerate(parts):
            self._box.addWidget(part, stretches[place] if stretches else 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(max(map(_min_width, self._parts())), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        parts = self._parts()
        needed = sum(map(_min_width, parts)) + self._box.spacing() * (len(parts) - 1)
        fits = needed <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != direction:
            self._box.setDirection(direction)

    def _parts(self) -> list[QWidget]:
        items = (self._box.itemAt(place) for place in range(self._box.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if widget is not None and not widget.isHidden()]


def _min_width(part: QWidget) -> int:
    return max(part.minimumWidth(), part.minimumSizeHint().width())


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
