"""Search field with a list of suggestions.

The focus never leaves the field.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QStandardItemModel
    from PySide6.QtWidgets import QListView

PAUSE_MS = 120
_MAX_ROWS = 7


class Suggestion(NamedTuple):
    """One suggestion: title, detail, and the value that it sets."""

    title: str
    detail: str
    value: Any


class SearchField(QLineEdit):
    """Field with a list of suggestions below it.

    An `eager` field selects the first suggestion at once. Other fields wait for an arrow key, because another person
    may have the same name.

    Signals: `search_requested(words)` after a short pause in typing; `picked(value)`; `value_cleared()` when a chosen
    value was typed over.
    """

    search_requested = Signal(str)
    picked = Signal(object)
    value_cleared = Signal()

    def __init__(self, eager: bool) -> None:
        super().__init__()
        self.value: Any = None
        self._eager = eager
        self._accept_first = False
        self._outdated = False
        self._selecting = False
        self._list: QListView | None = None
        self._suggestions: QStandardItemModel | None = None
        self._pause_timer = QTimer(self)
        self._pause_timer.setSingleShot(True)
        self._pause_timer.setInterval(PAUSE_MS)
        self._pause_timer.timeout.connect(lambda: self.search_requested.emit(self.text().strip()))
        self.textEdited.connect(self._typed)

    @property
    def _model(self) -> QStandardItemModel:
        if self._suggestions is None:
            from PySide6.QtGui import QStandardItemModel

            self._suggestions = QStandardItemModel(self)
        return self._suggestions

    def show_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """Show suggestions, or accept the first if Enter was already pressed.

        An answer that arrives while the user selects in the list changes nothing.
        """
        if self._selecting:
            return
        from PySide6.QtGui import QStandardItem

        from app.ui.kit.suggestion_delegate import DETAIL_ROLE

        self._outdated = self._pause_timer.isActive()
        self._model.clear()
        for suggestion in suggestions:
            item = QStandardItem(suggestion.title)
            item.setData(suggestion, Qt.ItemDataRole.UserRole)
            item.setData(suggestion.detail, DETAIL_ROLE)
            item.setData(f"{suggestion.title}, {suggestion.detail}", Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        if self._accept_first and suggestions:
            self._accept(suggestions[0])
        elif suggestions and self.hasFocus():
            self._open()
        else:
            self.close_list()
        self._accept_first = False

    def set_choice(self, title: str, value: Any) -> None:
        """Set the value without a search, as for a restored draft."""
        self._forget_search()
        self.value = value
        self.setText(title)
        self.setCursorPosition(0)
        self.close_list()

    def reset(self) -> None:
        """Clear text and value."""
        self._forget_search()
        self.value = None
        self.clear()
        self.close_list()

    @property
    def is_list_open(self) -> bool:
        """True while suggestions are shown."""
        return self._list is not None and self._list.isVisible()

    def close_list(self) -> None:
        """Hide the suggestions."""
        self._selecting = False
        if self._list is not None:
            self._list.hide()

    def event(self, event: QEvent) -> bool:
        """Claim Esc for an open list.

        Otherwise the shortcut of the window would receive it.
        """
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride and self.is_list_open:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list by arrows, accept on Enter, close on Esc."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move_selection(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
            self.focusNextPrevChild(True)
        elif key == Qt.Key.Key_Escape and self.is_list_open:
            self.close_list()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list.

        An eager field accepts the first suggestion of a pending search.
        """
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._enter()
        super().focusOutEvent(event)

    def _forget_search(self) -> None:
        self._pause_timer.stop()
        self._accept_first = self._outdated = False

    def _typed(self, text: str) -> None:
        # The list still shows the suggestions of an earlier text: Enter must not accept one of them.
        self._outdated = bool(text.strip())
        self._accept_first = self._selecting = False
        if self.value is not None:
            self.value = None
            self.value_cleared.emit()
        if text.strip():
            self._pause_timer.start()
        else:
            self._pause_timer.stop()
            self.close_list()

    def _enter(self) -> None:
        if self._eager and self._outdated and not self._selecting:
            self._accept_first = True
            if self._pause_timer.isActive():
                self._pause_timer.stop()
                self.search_requested.emit(self.text().strip())
        elif self.is_list_open and self._list is not None and self._list.currentIndex().isValid():
            self._accept(self._list.currentIndex().data(Qt.ItemDataRole.UserRole))
        self.close_list()

    def _accept(self, suggestion: Suggestion) -> None:
        self.set_choice(suggestion.title, suggestion.value)
        self.picked.emit(suggestion.value)

    def _move_selection(self, step: int) -> None:
        if not self.is_list_open:
            self._pause_timer.stop()
            self.search_requested.emit(self.text().strip() if self.value is None else "")
            return
        assert self._list is not None
        self._pause_timer.stop()
        self._selecting = True
        current = self._list.currentIndex().row()
        target = max(0, min(self._model.rowCount() - 1, current + step))
        self._list.setCurrentIndex(self._model.index(target, 0))

    def _open(self) -> None:
        from app.ui.kit.suggestion_delegate import ROW_HEIGHT

        if self._list is None:
            self._list = self._create_list()
        rows = min(_MAX_ROWS, self._model.rowCount())
        below = self.mapTo(self.window(), QPoint(0, self.height() + 2))
        width = min(max(self.width(), 480), self.window().width() - below.x() - 8)
        available = self.window().height() - below.y() - 8
        height = max(ROW_HEIGHT + 4, min(rows * ROW_HEIGHT + 4, available))
        self._list.setGeometry(QRect(below, QSize(width, height)))
        first = self._model.index(0, 0) if self._eager else QModelIndex()
        self._list.setCurrentIndex(first)
        self._list.scrollToTop()
        self._list.show()
        self._list.raise_()

    def _create_list(self) -> QListView:
        from PySide6.QtWidgets import QListView

        from app.ui.kit.suggestion_delegate import SuggestionDelegate

        view = QListView(self.window())
        view.setObjectName("popup")
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setModel(self._model)
        view.setItemDelegate(SuggestionDelegate(view))
        view.setUniformItemSizes(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.clicked.connect(lambda index: self._accept(index.data(Qt.ItemDataRole.UserRole)))
        return view
