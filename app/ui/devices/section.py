"""Base class of the sections of the devices page."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.ui.devices.scanner_hub import ScannerDesk
from app.ui.kit.page import Page
from app.ui.printing.print_desk import PrintDesk


@dataclass(frozen=True)
class AttachedDevices:
    """Print desk and scanners of this machine."""

    prints: PrintDesk
    scanners: ScannerDesk


class Section(QWidget):
    """One section of the devices page."""

    def __init__(self, page: Page, machine: AttachedDevices) -> None:
        super().__init__()
        self.page, self.machine = page, machine

    def reload(self) -> None:
        """Read the content when the page is shown."""

    def focus_start(self) -> bool:
        """Take the focus and return True if the page starts in this section."""
        return False

    def handle_scan(self, text: str) -> None:
        """Handle a scan while the page is visible."""
