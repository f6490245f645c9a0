"""Where a scan leads: the dossier of a paper, the form for a card, the page that is counting or trying a scanner."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings

from app.models.enums import Right
from app.ui.devices.scanner_hub import ScannerDesk
from app.ui.kit import lazy_use_cases
from app.ui.kit.runner import BannerMessage, Level
from app.ui.kit.status_fact import StatusFact

if TYPE_CHECKING:
    from app.ui.citizens.call_display import CallDisplay
    from app.ui.citizens.kiosk import KioskWindow
    from app.usecases.dossiers.queries import ScanResult

_PAGES_WITH_OWN_SCANS = ("devices", "rebuild")
"""Pages on which a scan is no question of the register."""


class ScanRouter(QObject):
    """Takes every scan of a window, whatever scanner it came from. Scans are answered each, in order: two are two."""

    def __init__(self, window: Any, settings: QSettings) -> None:
        super().__init__(window)
        self._window = window
        self.scanners = ScannerDesk(settings, self)
        self.scanners.scanned.connect(self.route)
        self.scanners.status_changed.connect(self._show_fact)
        self.exclusive_handler: Callable[[str], None] | None = None
        """Who takes scans before every page, as the citizens' screen does while it is open."""
        self.kiosk: KioskWindow | None = None
        self.display: CallDisplay | None = None

    def open_kiosk(self) -> None:
        """Fills the screen with the citizens' page; scans go there until somebody of the office closes it."""
        from app.ui.citizens.kiosk import KioskWindow

        if self.kiosk is None:
            self.kiosk = KioskWindow(self._window.runner, lambda: self._window.prints.preferred_printer)
            self.kiosk.closed.connect(self._on_kiosk_closed)
        self.exclusive_handler = self.kiosk.handle_scan
        self._window.desk_lock.suspend_idle_lock()
        self.kiosk.show_start()
        self.kiosk.showFullScreen()

    def open_screen(self, name: str) -> None:
        """Opens the citizens' screen (`kiosk`) or the call display (`display`)."""
        {"kiosk": self.open_kiosk, "display": self.open_display}[name]()

    def _on_kiosk_closed(self) -> None:
        """Whoever it was: the desk behind is nobody's until somebody signs in."""
        self._window.desk_lock.lock()
        self.kiosk = self.exclusive_handler = None
        self._window.activateWindow()

    def open_display(self) -> None:
        """Opens the call display on the second screen."""
        from app.ui.citizens.call_display import CallDisplay

        self.display = self.display or CallDisplay(self._window.runner)
        self.display.open_on_second_screen()

    def close(self) -> None:
        """The window goes, and everything that was opened with it."""
        self.scanners.close()
        if self.kiosk is not None:
            self.kiosk.force_close()
        if self.display is not None:
            self.display.close()

    def _show_fact(self, said: str) -> None:
        self._window.status.show_facts([StatusFact("scanner", said, "devices")])

    def route(self, text: str) -> None:
        """Asks what a scan means, or leaves it to whoever takes scans now."""
        window = self._window
        if window.desk_lock.locked:
            return
        self.scanners.note_scan()
        window.desk_lock.restart_idle_timer()
        if self.exclusive_handler is not None:
            self.exclusive_handler(text)
        elif window.current_page_name in _PAGES_WITH_OWN_SCANS:
            window.pages[window.current_page_name].handle_scan(text)
        else:
            window.runner.read(
                lazy_use_cases.read_scan_text, lazy_use_cases.ReadScan(text), self._on_read, activity="Đang đọc mã"
            )

    def _on_read(self, scanned: "ScanResult") -> None:
        window = self._window
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
            self._show_unknown_code(scanned)

    def open_preprinted(self, code: str) -> None:
        """A receipt printed beforehand and not yet entered: its dossier is taken in under its number."""
        self._window.paper_dialogs.close_all()
        self._window.banner.clear()
        self._window.go_to_page("intake")
        self._window.intake.bind_preprinted(code)

    def _show_unknown_code(self, scanned: "ScanResult") -> None:
        """An unknown code: nobody's dossier stays in sight as if it were this one's."""
        pages = self._window.pages
        for page in ("dossier", "lookup"):
            if page in pages.created:
                pages[page].clear()
        text = scanned.why or "Mã vừa quét không phải của hồ sơ nào ở đây."
        self._window.banner.show_message(BannerMessage(Level.WARNING, f"{text} (Đã đọc: {scanned.text[:40]})"))
