"""Base class of the sections of the devices page."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.ui.devices.scanner_hub import ScannerDesk
from app.ui.kit.page import Page
from app.ui.printing.print_desk import PrintDesk


@dataclass(frozen=True)
class AttachedDevices:
    """What is plugged into this machine, as the window knows it."""

    prints: PrintDesk
    scanners: ScannerDesk


class Section(QWidget):
    """One section of the page. It reads anew when the page is shown, and may take what is scanned meanwhile."""

    def __init__(self, page: Page, machine: AttachedDevices) -> None:
        super().__init__()
        self.page, self.machine = page, machine

    def reload(self) -> None:
        """Reads what the section shows."""

    def focus_start(self) -> bool:
        """Takes the caret where this section is the one to begin with."""
        return False

    def handle_scan(self, text: str) -> None:
        """Hears what was scanned while the page is in sight."""
