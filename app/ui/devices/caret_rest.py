"""Rest of the blinking caret of a field without input.

A blinking caret wakes the processor twice a second for as long as the window is open. GTK stops it after the same ten
seconds (`gtk-cursor-blink-timeout`).
"""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

_REST_AFTER_MS = 10_000


class CaretRest(QObject):
    """Stop the caret ten seconds after it moved; it then stays visible.

    It blinks again, in the time of the system, once it moves or the focus does.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hints = QGuiApplication.styleHints()
        self._flash_ms = self._hints.cursorFlashTime()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST_AFTER_MS)
        self._timer.timeout.connect(self._rest)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self._begin_again)
        self._begin_again()

    def _rest(self) -> None:
        self._hints.setCursorFlashTime(0)

    def _begin_again(self) -> None:
        if self._hints.cursorFlashTime() != self._flash_ms:
            self._hints.setCursorFlashTime(self._flash_ms)
        self._timer.start()
