"""A field that finds: what is typed asks, a list below offers, Enter takes. The caret never leaves the field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.ui.kit.suggestion import ROW_HEIGHT, Offer

if TYPE_CHECKING:
    from PySide6.QtGui import QStandardItemModel
    from PySide6.QtWidgets import QListView

PAUSE_MS = 120
_ROWS_SHOWN = 7


class Finder(QLineEdit):
    """A field with a list of offers below it.

    Signals: `asked(words)` after a short pause in typing; `picked(value)`; `dropped()` when a taken value was typed
    over. `eager` lists stand on their first row at once; others wait for the arrow key, since a stranger may have the
    same name."""

    asked = Signal(str)
    picked = Signal(object)
    dropped = Signal()

    def __init__(self, eager: bool) -> None:
        super().__init__()
        self.value: Any = None
        self._eager = eager
        self._take_first = False
        self._list: QListView | None = None
        self._offers: QStandardItemModel | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(lambda: self.asked.emit(self.text().strip()))
        self.textEdited.connect(self._typed)

    @property
    def _model(self) -> QStandardItemModel:
        if self._offers is None:
            from PySide6.QtGui import QStandardItemModel

            self._offers = QStandardItemModel(self)
        return self._offers

    def offer(self, offers: Sequence[Offer]) -> None:
        """Shows what was found for the words typed; takes the first where Enter was pressed already."""
        from PySide6.QtGui import QStandardItem

        self._model.clear()
        for each in offers:
            item = QStandardItem(each.title)
            item.setData(each, Qt.ItemDataRole.UserRole)
            item.setData(f"{each.title}, {each.detail}", Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        if self._take_first and offers:
            self._take(offers[0])
        elif offers and self.hasFocus():
            self._open()
        else:
            self.close_list()
        self._take_first = False

    def take(self, title: str, value: Any) -> None:
        """Sets a value without asking, as when a draft is opened again."""
        self.value = value
        self.setText(title)
        self.setCursorPosition(0)
        self.close_list()

    def let_go(self) -> None:
        """Empties the field."""
        self._pause.stop()
        self._take_first = False
        self.value = None
        self.clear()
        self.close_list()

    @property
    def list_open(self) -> bool:
        """True while offers are shown."""
        return self._list is not None and self._list.isVisible()

    def close_list(self) -> None:
        """Takes the offers away."""
        if self._list is not None:
            self._list.hide()

    def event(self, event: QEvent) -> bool:
        """Keeps Esc for an open list, before the window's own Esc hears it."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride and self.list_open:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the list, Enter takes, Esc closes it."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
            self.focusNextPrevChild(True)
        elif key == Qt.Key.Key_Escape and self.list_open:
            self.close_list()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving closes the list; words typed into an eager field and not yet answered will take the first offer."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._enter()
        super().focusOutEvent(event)

    def _typed(self, text: str) -> None:
        if self.value is not None:
            self.value = None
            self.dropped.emit()
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self.close_list()

    def _enter(self) -> None:
        if self.list_open and self._list is not None and self._list.currentIndex().isValid():
            self._take(self._list.currentIndex().data(Qt.ItemDataRole.UserRole))
        elif self._eager and self.value is None and self.text().strip():
            self._take_first = True
            if self._pause.isActive():
                self._pause.stop()
                self.asked.emit(self.text().strip())
        self.close_list()

    def _take(self, offer: Offer) -> None:
        self.take(offer.title, offer.value)
        self.picked.emit(offer.value)

    def _walk(self, step: int) -> None:
        if not self.list_open:
            self._pause.stop()
            self.asked.emit(self.text().strip() if self.value is None else "")
            return
        assert self._list is not None
        here = self._list.currentIndex().row()
        there = max(0, min(self._model.rowCount() - 1, here + step))
        self._list.setCurrentIndex(self._model.index(there, 0))

    def _open(self) -> None:
        if self._list is None:
            self._list = self._made_list()
        rows = min(_ROWS_SHOWN, self._model.rowCount())
        below = self.mapTo(self.window(), QPoint(0, self.height() + 2))
        wide = max(self.width(), 480)
        room = self.window().height() - below.y() - 8
        tall = max(ROW_HEIGHT + 4, min(rows * ROW_HEIGHT + 4, room))
        self._list.setGeometry(QRect(below, QSize(min(wide, self.window().width() - below.x() - 8), tall)))
        first = self._model.index(0, 0) if self._eager else QModelIndex()
        self._list.setCurrentIndex(first)
        self._list.scrollToTop()
        self._list.show()
        self._list.raise_()

    def _made_list(self) -> QListView:
        from PySide6.QtWidgets import QListView

        from app.ui.kit.suggestion_delegate import OfferRows

        made = QListView(self.window())
        made.setObjectName("popup")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setModel(self._model)
        made.setItemDelegate(OfferRows(made))
        made.setUniformItemSizes(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.clicked.connect(lambda index: self._take(index.data(Qt.ItemDataRole.UserRole)))
        return made
