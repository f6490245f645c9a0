"""Route scans to the page or screen that handles them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid

from app.models.enums import Right
from app.ui.devices.scanner_hub import ScannerDesk
from app.ui.devices.sounds import Sound, play_sound
from app.ui.kit.runner import BannerMessage, Level
from app.ui.shell.chrome import StatusFact
from app.wording.citizens import call_words

if TYPE_CHECKING:
    from app.services.queue.view import Queue, TicketLine
    from app.ui.citizens.call_display import CallDisplay
    from app.ui.citizens.kiosk import KioskWindow
    from app.ui.shell.frame import WindowFrame
    from app.ui.shell.lock_screen import DeskLock
    from app.usecases.dossiers.scans import ScanResult


Origin = tuple[str, QLineEdit]


class ScanRouter(QObject):
    """Route every scan of a window, from any scanner, in the order received."""

    def __init__(self, window: WindowFrame, lock: DeskLock, settings: QSettings) -> None:
        super().__init__(window)
        self._window, self._lock = window, lock
        self.scanners = ScannerDesk(settings, self)
        self.scanners.scanned.connect(self.route)
        self.scanners.status_changed.connect(self._show_status)
        self.exclusive_handler: Callable[[str], None] | None = None
        """Receives scans instead of every page while the citizens' screen is open."""
        self.kiosk: KioskWindow | None = None
        self.display: CallDisplay | None = None

    def open_kiosk(self) -> None:
        """Open the citizens' screen full screen.

        It receives all scans until it closes.
        """
        from app.ui.citizens.kiosk import KioskWindow

        if self.kiosk is None:
            self.kiosk = KioskWindow(self._window.runner, lambda: self._window.prints.preferred_printer)
            self.kiosk.closed.connect(self._on_kiosk_closed)
        self.exclusive_handler = self.kiosk.handle_scan
        self._lock.suspend_idle_lock()
        self.kiosk.show_start()
        self.kiosk.showFullScreen()

    def _on_kiosk_closed(self) -> None:
        """Lock the window, because a citizen may have closed the screen."""
        self._lock.lock()
        self.kiosk = self.exclusive_handler = None
        self._window.activateWindow()

    def open_display(self) -> None:
        """Open the call display on the second screen."""
        from app.ui.citizens.call_display import CallDisplay

        if self.display is None:
            self.display = CallDisplay(self._window.runner)
            self.display.called.connect(self._announce)
        self.display.open_on_second_screen()

    def announce_call(self, queue: Queue) -> None:
        """Sound the call of this machine's desk.

        An open call display sounds every call itself.
        """
        if queue.called and not (self.display is not None and self.display.isVisible()):
            self._announce(queue.called[0])

    def _announce(self, line: TicketLine) -> None:
        play_sound(self._window.runner.desk, Sound.CALL, call_words(line.number, line.desk or 0))

    def close(self) -> None:
        """Close the scanners, the citizens' screen and the call display."""
        self.scanners.close()
        if self.kiosk is not None:
            self.kiosk.force_close()
        if self.display is not None:
            self.display.close()

    def _show_status(self, text: str) -> None:
        self._window.status.show_facts([StatusFact("scanner", text, "devices")])

    def route(self, text: str, origin: Origin | None = None) -> None:
        """Look up what a scan means, or pass it to an exclusive handler.

        `origin` is the text as typed and the field that the scan came over.
        """
        from app.usecases.dossiers.scans import ReadScan, read_scan_text

        window = self._window
        if self._lock.locked:
            return
        self.scanners.note_scan()
        self._lock.restart_idle_timer()
        if self.exclusive_handler is not None:
            self.exclusive_handler(text)
        elif window.current_page_name == "devices":
            window.devices.handle_scan(text)
        elif window.current_page_name == "rebuild":
            window.rebuild.handle_scan(text)
        else:
            on_read = partial(self._on_read, origin)
            window.runner.read(read_scan_text, ReadScan(text), on_read, activity="Đang đọc mã")

    def _on_read(self, origin: Origin | None, scanned: ScanResult) -> None:
        window = self._window
        known = scanned.line or scanned.card or scanned.blank
        play_sound(window.runner.desk, Sound.KNOWN if known else Sound.UNKNOWN)
        if window.current_page_name == "count":
            window.count.add_scan(scanned)
        elif scanned.kind == "dossier" and Right.OPEN_SHEET not in window.runner.desk.facts.rights:
            self.open_kiosk()
            self.route(scanned.text)
        elif scanned.kind == "dossier" and scanned.line is not None:
            window.paper_dialogs.close_all()
            window.banner.clear()
            window.open_dossier(scanned.line.code)
            if scanned.warning:
                window.banner.show_message(BannerMessage(Level.WARNING, scanned.warning))
        elif scanned.kind == "citizen_card" and scanned.card is not None:
            window.go_to_page("intake")
            window.intake.fill_from_card(scanned.card)
        elif scanned.kind == "blank" and scanned.blank is not None:
            self.open_preprinted(scanned.blank.code)
        else:
            self._show_unknown_code(scanned, origin)

    def open_preprinted(self, code: str) -> None:
        """Open the intake page for the unused preprinted receipt `code`."""
        self._window.paper_dialogs.close_all()
        self._window.banner.clear()
        self._window.go_to_page("intake")
        self._window.intake.bind_preprinted(code)

    def _show_unknown_code(self, scanned: ScanResult, origin: Origin | None) -> None:
        """Report an unknown code and clear shown dossiers.

        A shown dossier could be mistaken for that of the code. The text is offered to the field that it came over,
        because a program that types fast looks like a scanner.
        """
        if "dossier" in self._window.pages.created:
            self._window.dossier.clear()
        if "lookup" in self._window.pages.created:
            self._window.lookup.clear()
        text = scanned.reason or "Mã vừa quét không phải của hồ sơ nào ở đây."
        text = f"{text} (Đã đọc: {scanned.text[:40]})"
        if origin is None or not _takes_text(origin[1]):
            self._window.banner.show_message(BannerMessage(Level.WARNING, text))
            return
        self._window.banner.show_message(BannerMessage(Level.WARNING, text, "Đưa vào ô", partial(_insert, *origin)))


def _takes_text(field: QLineEdit) -> bool:
    return isValid(field) and field.isVisible() and not field.isReadOnly()


def _insert(text: str, field: QLineEdit) -> None:
    """Type a text into the field that it came over."""
    if _takes_text(field):
        field.setFocus()
        field.insert(text)
