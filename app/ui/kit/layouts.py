"""Scroll areas, responsive rows and grids of facts.

Pages scroll vertically, never horizontally, and the focused field is scrolled into view.
"""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from app.ui.kit.error_line import ErrorLine
from app.ui.kit.style import GRID, LOW_WINDOW
from app.ui.kit.widgets import Choice, ElidedLabel, EnterAdvances, FieldBox, label, row, selectable_label


class ScrolledPart(QWidget):
    """Content of a scroll area that can take its whole height.

    Signals: `height_changed()` after a change of its layout.
    """

    height_changed = Signal()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.height_changed.emit()
        return handled


_MOST_RESIZES = 8
"""Nested resizes of a content before its bar stays."""


class FittedScrollArea(QScrollArea):
    """Vertical scroll area, as wide as its content, at least `min_height`.

    A bar makes the content narrower, and wrapped texts higher. A content that needs it only if it is there would be
    resized in turn without end; the bar then stays until the area is resized or shown again.
    """

    def __init__(self, inner: QWidget, min_height: int = 8 * GRID) -> None:
        super().__init__()
        self._inner, self._min_height, self._whole = inner, min_height, False
        self._outer, self._depth = QSize(), 0
        self.setWidget(inner)
        if isinstance(inner, ScrolledPart):
            inner.height_changed.connect(self.updateGeometry)
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

    def set_whole(self, whole: bool) -> None:
        """Take the height of the content, so that only the page around it scrolls."""
        if whole or self._whole:
            self._whole = whole
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus if whole else Qt.FocusPolicy.StrongFocus)
            QTimer.singleShot(0, self, self.updateGeometry)  # after the layout of the content

    def showEvent(self, event: QShowEvent) -> None:
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.size() != self._outer:  # not only the viewport
            self._outer = self.size()
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the content, and keep the bar if it is resized in turn."""
        if watched is not self._inner or event.type() != QEvent.Type.Resize:
            return super().eventFilter(watched, event)
        self._depth += 1
        if self._depth == _MOST_RESIZES:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        handled = super().eventFilter(watched, event)
        self._depth -= 1
        return handled

    def minimumSizeHint(self) -> QSize:
        edges = self.height() - self.maximumViewportSize().height()
        height = self._inner.sizeHint().height() + edges if self._whole else self._min_height
        return QSize(self._inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width(), height)

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
        target = next((part for part in parts if part.height() <= self.maximumViewportSize().height()), None)
        if target is not None:
            self.ensureWidgetVisible(target, 0, GRID)
        for error in self._inner.findChildren(ErrorLine, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if not error.isHidden():
                error.reveal()


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

    def __init__(self, *parts: QWidget, stretches: tuple[int, ...] = ()) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2 * GRID)
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
    """Labelled grid of texts that can be selected and copied.

    Its labels are kept for the next facts, because a new one is styled for half a millisecond.
    """

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[QLabel, QLabel]] = []
        self.pairs: tuple[tuple[str, str], ...] = ()

    def show_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show captions and values; a pair without a value is left out."""
        known = tuple((caption, text) for caption, text in pairs if text)
        if known == self.pairs:
            return
        self.pairs = known
        while len(self._lines) < len(known):
            self._add_line()
        left_out = [("", "")] * (len(self._lines) - len(known))
        for (caption, value), (name, text) in zip(self._lines, (*known, *left_out), strict=True):
            caption.setText(name)
            value.setText(text)
            value.setAccessibleName(f"{name}: {text}" if name else "")
            caption.setVisible(bool(name))
            value.setVisible(bool(name))

    def _add_line(self) -> None:
        caption, value = label(role="caption"), selectable_label()
        for place, part in enumerate((caption, value)):
            self._grid.addWidget(part, len(self._lines), place, Qt.AlignmentFlag.AlignTop)
        self._lines.append((caption, value))

    def text(self) -> str:
        """Return one line for each pair."""
        return "\n".join(f"{caption}: {text}" for caption, text in self.pairs)


class PartSwitch(QWidget):
    """Choice of the part of a page that a small window shows.

    It is lower than `LOW_WINDOW`, or than `need_height` asks for, or narrower than `least_width`. `parts` maps the word
    of a part to its widgets; a widget may belong to several parts. The switch alone hides and shows them. A larger
    window shows every part and no switch.
    """

    def __init__(self, page: QWidget, parts: Mapping[str, Sequence[QWidget]], least_width: int = 0) -> None:
        super().__init__()
        self._page, self._parts = page, parts
        self._least_width, self._least_height = least_width, LOW_WINDOW
        self.choice = Choice([(word, word) for word in parts], next(iter(parts)))
        self.choice.setAccessibleName("Phần của trang")
        self.summary = ElidedLabel()
        line = row(self.choice, self.summary, gap=2 * GRID)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()
        self.choice.chosen.connect(lambda _word: self._fit())
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if watched is self._page and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().eventFilter(watched, event)

    def reveal(self, widget: QWidget) -> None:
        """Choose the part that holds a widget."""
        holds = (word for word, parts in self._parts.items() if any(part.isAncestorOf(widget) for part in parts))
        word = next(holds, self.choice.value)
        if word != self.choice.value:
            self.choice.set_value(word)

    def need_height(self, height: int) -> None:
        """Show every part only in a window of at least this height."""
        self._least_height = max(height, LOW_WINDOW)
        self._fit()

    def offer(self, word: str, offered: bool) -> None:
        """Offer a part, or not while it is empty."""
        place = list(self._parts).index(word)
        self.choice.findChildren(QRadioButton)[place].setVisible(offered)
        if not offered and self.choice.value == word:
            self.choice.set_value(next(iter(self._parts)))

    def _fit(self) -> None:
        window = self._page.window()
        small = window.height() < self._least_height or window.width() < self._least_width
        self.setVisible(small)
        chosen = self._parts[self.choice.value]
        for part in {part for parts in self._parts.values() for part in parts}:
            part.setVisible(not small or any(part is other for other in chosen))


_SCREEN_MARGIN = 48
"""Height of a title bar and the edges around a dialog."""


def resize_on_screen(dialog: QWidget, width: int, height: int) -> None:
    """Resize a dialog, at most to its screen."""
    available = dialog.screen().availableSize() - QSize(_SCREEN_MARGIN, _SCREEN_MARGIN)
    dialog.resize(QSize(width, height).boundedTo(available))


_COMFORTABLE_FIELD, _WRAPPED_CAPTION = 152, 112 + GRID
"""Width of a field that a further column must leave, and of captions that wrap to make room for one, with their gap."""


class FieldGrid(QWidget):
    """Grid of fields whose captions form columns, as many as the width allows.

    `wide` parts take the rest of a line, or a line of their own.
    """

    def __init__(self, *parts: QWidget, columns: int = 3, wide: Collection[QWidget] = ()) -> None:
        super().__init__()
        self._parts, self._max_columns, self._wide = parts, columns, wide
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._cells: list[tuple[QWidget, int, int, int]] = []
        self._most = 0
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._column_width(12 * GRID), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Polish, QEvent.Type.StyleChange):
            self._arrange()
        return handled

    def _shown(self) -> list[QWidget]:
        hidden = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
        return [part for part in self._parts if not (part.isHidden() and part.testAttribute(hidden))]

    def _caption_width(self) -> int:
        captions = (part.caption for part in self._shown() if isinstance(part, FieldBox))
        return max((caption.natural_width for caption in captions if caption), default=0)

    def _column_width(self, field_width: int, caption_width: int = 1000) -> int:
        """Return the width of a column with fields of at least `field_width`."""
        boxes = [part for part in self._shown() if isinstance(part, FieldBox)]
        others = [part.minimumSizeHint().width() for part in self._shown() if part not in boxes]
        fields = [_min_width(box.inner) for box in boxes if box not in self._wide]
        return max([min(self._caption_width(), caption_width) + max([field_width, *fields]), *others])

    def _arrange(self) -> None:
        whole = self._columns(self._column_width(_COMFORTABLE_FIELD))
        wrapped = self._columns(self._column_width(_COMFORTABLE_FIELD, _WRAPPED_CAPTION))
        columns, self._most = (wrapped, _WRAPPED_CAPTION) if wrapped > whole else (whole, 1000)
        cells = self._placed(columns)
        if cells != self._cells:
            self._cells = cells
            self._place(columns)
        self._align_captions()

    def _columns(self, needed: int) -> int:
        gap = self._grid.horizontalSpacing()
        return max(1, min(self._max_columns, (self.width() + gap) // (needed + gap)))

    def _placed(self, columns: int) -> list[tuple[QWidget, int, int, int]]:
        """Return each part with its line, first column and span."""
        cells, line, left = list[tuple[QWidget, int, int, int]](), 0, 0
        for part in self._shown():
            if left and (left >= columns or (part in self._wide and columns - left < columns / 2)):
                line, left = line + 1, 0
            span = columns - left if part in self._wide else 1
            cells.append((part, line, left, span))
            left += span
            if left >= columns:
                line, left = line + 1, 0
        return cells

    def _place(self, columns: int) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        for part, line, left, span in self._cells:
            self._grid.addWidget(part, line, left, 1, span, Qt.AlignmentFlag.AlignTop)
        for place in range(self._max_columns):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)

    def _align_captions(self) -> None:
        for column_place in range(self._max_columns):
            captions = [
                part.caption
                for part, _line, left, _span in self._cells
                if left == column_place and isinstance(part, FieldBox) and part.caption
            ]
            width = max((caption.natural_width for caption in captions), default=0)
            for caption in captions:
                caption.set_column_width(min(width, self._most))
