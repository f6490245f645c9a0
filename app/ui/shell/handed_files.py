"""Files that Explorer or a second start hands to the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from app.ui.kit.runner import BannerMessage, Level

if TYPE_CHECKING:
    from app.ui.shell.second_start import StartListener
    from app.ui.shell.window import MainWindow

_PAGES = {".mclaw": "law"}
"""The page that takes a file, by its suffix; other files go to F7."""
_NOT_TAKEN = "Không mở được «{name}» ở đây. {where}"
_WHERE = {
    ".mcsync": "Đây là tệp gửi đi: chép sang USB rồi nộp cho nơi nhận. Tệp trả lời của nơi nhận có đuôi .mcack.",
}
_NO_RIGHT = "Người khác có quyền ở trang đó đăng nhập rồi mở lại tệp."


class HandedFiles(QObject):
    """Opens files on the page that takes them.

    While the window is locked, or the citizens' screen covers it, a file waits.
    """

    def __init__(self, window: MainWindow, listener: StartListener) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: list[Path] = []
        window.desk_lock.unlocked.connect(self._open_waiting)
        listener.file_received.connect(self.open)
        listener.deliver()

    def open(self, file: Path) -> None:
        """Show a file on its page, or show where it belongs."""
        kiosk = self._window.scan_router.kiosk
        if kiosk is not None and kiosk.isVisible():
            kiosk.closed.connect(self._open_after_kiosk, Qt.ConnectionType.UniqueConnection)
        if self._window.desk_lock.locked or (kiosk is not None and kiosk.isVisible()):
            self._waiting.append(file)
            return
        window, suffix = self._window, file.suffix.lower()
        page = _PAGES.get(suffix, "sync")
        window.go_if_allowed(page)
        if window.current_page_name != page:
            self._warn(file, _NO_RIGHT)
        elif not window.pages[page].open_handed(file):
            self._warn(file, _WHERE.get(suffix, ""))

    @Slot()
    def _open_after_kiosk(self) -> None:
        """Open what waits once the screen is closed; a real office is locked then."""
        QTimer.singleShot(0, self, self._open_waiting)

    @Slot()
    def _open_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for file in waiting:
            self.open(file)

    def _warn(self, file: Path, where: str) -> None:
        text = _NOT_TAKEN.format(name=file.name, where=where).strip()
        self._window.banner.show_message(BannerMessage(Level.WARNING, text))
