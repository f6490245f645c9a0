"""Function keys over open menus, lists, calendars and dialogs.

Qt gives the keys to an open popup or dialog alone, so that the shortcuts of the window would not see them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.ui.kit.page import STAYS_OPEN
from app.ui.kit.runner import BannerMessage, Level

if TYPE_CHECKING:
    from app.ui.shell.frame import WindowFrame

_HALF_TYPED = "Hộp «{title}» đang nhập dở. Làm xong, hoặc bấm Esc để bỏ, rồi bấm lại {key}."


class FunctionKeys(QObject):
    """What the function keys of a window do while something is open over it.

    A popup closes. A dialog closes as by Esc, unless something is typed in it or it must be answered; the banner then
    shows a sentence. The key then does what it does in the window.
    `is_blocked` returns whether the window is locked or covered, and no key is answered.
    """

    def __init__(self, window: WindowFrame, is_blocked: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window, self._is_blocked = window, is_blocked
        self._handlers: dict[int, Callable[[], None]] = {}

    def add(self, keys: str, handler: Callable[[], None]) -> None:
        """Register what a function key does."""
        self._handlers[Qt.Key[f"Key_{keys}"]] = handler

    def press(self, key: int) -> bool:
        """Answer a key if something is open; False if nothing is.

        The shortcut of the window then answers it, or that of the dialog.
        """
        handler, window = self._handlers.get(key), self._window
        if handler is None or not window.isVisible() or self._is_blocked():
            return False
        answered = close_popups()
        while isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            answered = True
            if _has_shortcut(dialog, key):
                return False
            if stays_open(dialog):
                text = _HALF_TYPED.format(title=dialog.windowTitle(), key=QKeySequence(key).toString())
                window.banner.show_message(BannerMessage(Level.WARNING, text))
                return True
            dialog.reject()
            if dialog.isVisible():
                return True
        if answered:
            window.activateWindow()
            handler()
        return answered


def close_popups() -> bool:
    """Close open menus, lists and calendars; return whether there was one."""
    closed = False
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        closed = True
    return closed


def stays_open(dialog: QWidget) -> bool:
    """Return whether a dialog must be answered or something is typed in it."""
    lines = (field.isModified() and bool(field.text()) for field in dialog.findChildren(QLineEdit) if field.isVisible())
    documents = [field.document() for field in dialog.findChildren(QPlainTextEdit)]
    documents += [field.document() for field in dialog.findChildren(QTextEdit)]
    return bool(dialog.property(STAYS_OPEN)) or any(lines) or any(each.isModified() for each in documents)


def _has_shortcut(dialog: QDialog, key: int) -> bool:
    return any(shortcut.key() == QKeySequence(key) for shortcut in dialog.findChildren(QShortcut))
