"""Where a scan leads: the dossier of a paper, the form for a card, the page that is counting or trying a scanner."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings

from app.models.enums import Right
from app.ui.devices.scanner_hub import ScannerDesk
from app.ui.kit import lazy_use_cases
from app.ui.kit.runner import Level, Notice
from app.ui.kit.status_fact import Fact

if TYPE_CHECKING:
    from app.ui.citizens.call_display import CallDisplay
    from app.ui.citizens.kiosk import KioskWindow
    from app.usecases.dossiers.queries import Scanned

_TAKE_THEMSELVES = ("devices", "rebuild")
"""Pages on which a scan is no question of the register."""


class ScanWays(QObject):
    """Takes every scan of a window, whatever scanner it came from. Scans are answered each, in order: two are two."""

    def __init__(self, window: Any, settings: QSettings) -> None:
        super().__init__(window)
        self._window = window
        self.scanners = ScannerDesk(settings, self)
        self.scanners.scanned.connect(self.read)
        self.scanners.told.connect(self._show_fact)
        self.diverted: Callable[[str], None] | None = None
        """Who takes scans before every page, as the citizens' screen does while it is open."""
        self.kiosk: KioskWindow | None = None
        self.display: CallDisplay | None = None

    def open_kiosk(self) -> None:
        """Fills the screen with the citizens' page; scans go there until somebody of the office closes it."""
        from app.ui.citizens.kiosk import KioskWindow

        if self.kiosk is None:
            self.kiosk = KioskWindow(self._window.runner, lambda: self._window.prints.wished)
            self.kiosk.left.connect(self._kiosk_left)
        self.diverted = self.kiosk.take_scan
        self._window.desk_lock.stand_back()
        self.kiosk.begin()
        self.kiosk.showFullScreen()

    def open_screen(self, name: str) -> None:
        """Opens the citizens' screen (`kiosk`) or the call display (`display`)."""
        {"kiosk": self.open_kiosk, "display": self.open_display}[name]()

    def _kiosk_left(self) -> None:
        """Whoever it was: the desk behind is nobody's until somebody signs in."""
        self._window.desk_lock.lock()
        self.kiosk = self.diverted = None
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
            self.kiosk.close_for_good()
        if self.display is not None:
            self.display.close()

    def _show_fact(self, said: str) -> None:
        self._window.status.show_facts([Fact("scanner", said, "devices")])

    def read(self, text: str) -> None:
        """Asks what a scan means, or leaves it to whoever takes scans now."""
        window = self._window
        if window.desk_lock.locked:
            return
        self.scanners.heard()
        window.desk_lock.somebody_is_there()
        if self.diverted is not None:
            self.diverted(text)
        elif window.here in _TAKE_THEMSELVES:
            window.pages[window.here].take_scan(text)
        else:
            window.runner.ask(
                lazy_use_cases.read_scan_text, lazy_use_cases.ReadScan(text), self._take, what="Đang đọc mã"
            )

    def _take(self, scanned: "Scanned") -> None:
        window = self._window
        if window.here == "count":
            window.count.take(scanned)
        elif scanned.kind == "dossier" and Right.OPEN_SHEET not in window.runner.desk.facts.rights:
            self.open_kiosk()
            self.read(scanned.text)
        elif scanned.kind == "dossier" and scanned.line is not None:
            window.papers.close_all()
            window.banner.clear()
            window.open_dossier(scanned.line.code)
            if scanned.warning:
                window.banner.show_notice(Notice(Level.LOOK, scanned.warning))
        elif scanned.kind == "citizen_card" and scanned.card is not None:
            window.go("intake")
            window.intake.take_card(scanned.card)
        elif scanned.kind == "blank" and scanned.blank is not None:
            self.open_blank(scanned.blank.code)
        else:
            self._stranger(scanned)

    def open_blank(self, code: str) -> None:
        """A receipt printed beforehand and not yet entered: its dossier is taken in under its number."""
        self._window.papers.close_all()
        self._window.banner.clear()
        self._window.go("intake")
        self._window.intake.take_blank(code)

    def _stranger(self, scanned: "Scanned") -> None:
        """An unknown code: nobody's dossier stays in sight as if it were this one's."""
        pages = self._window.pages
        for page in ("dossier", "lookup"):
            if page in pages.made:
                pages[page].clear()
        text = scanned.why or "Mã vừa quét không phải của hồ sơ nào ở đây."
        self._window.banner.show_notice(Notice(Level.LOOK, f"{text} (Đã đọc: {scanned.text[:40]})"))
