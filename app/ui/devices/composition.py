"""Commit words of an input method before a key acts on the form.

A shortcut runs before the focused field gets its key, so a half-composed word (Telex of Windows, ibus) would be missing
from what is saved. Moving the focus, and therefore a click, commits by itself.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COMMAND_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_MODIFIER_KEYS = (Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Shift, Qt.Key.Key_Meta)
_PREPARED = "commits_before_commands"


class CompositionCommit(QObject):
    """Event filter of the whole application: one for every window and dialog."""

    def __init__(self, application: QApplication, commit: Callable[[], None]) -> None:
        super().__init__(application)
        self._commit = commit
        application.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Commit before F1 to F12, Enter, and keys with Ctrl or Alt."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _acts(event):
            self._commit()
        return False


def commit_before_commands(application: QApplication) -> None:
    """Install the filter once, when the first window gets the focus.

    No key comes earlier. The filter sees every event, and there are many of the first layout.
    """
    if not application.property(_PREPARED):  # a search among the children would load their types
        application.setProperty(_PREPARED, True)
        first_focus = Qt.ConnectionType.SingleShotConnection
        application.focusWindowChanged.connect(partial(_install, application), first_focus)


def _install(application: QApplication, _window: QWindow | None) -> None:
    CompositionCommit(application, QGuiApplication.inputMethod().commit)


def _acts(event: QKeyEvent) -> bool:
    key = event.key()
    if key in _ENTER_KEYS or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12:
        return True
    return bool(event.modifiers() & _COMMAND_MODIFIERS) and key not in _MODIFIER_KEYS
