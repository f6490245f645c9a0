"""Printers and scanners of this machine: one section a file, one under the other."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.ui.devices.scanner_hub import ScannerDesk
from app.ui.kit.page import Page
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import column
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


class DevicesPage(Page):
    """The page «Máy in, máy quét»."""

    title = "Máy in, máy quét"

    def __init__(self, runner: Runner, machine: AttachedDevices) -> None:
        from app.ui.devices.printers_section import PrinterSection
        from app.ui.devices.scanners_section import ScannerSection

        super().__init__(runner)
        self.sections: list[Section] = [PrinterSection(self, machine), ScannerSection(self, machine)]
        inner = column(*self.sections, gap=2 * GRID)
        inner.addStretch(1)
        self.setLayout(inner)

    def reload(self) -> None:
        """Reads every section anew."""
        for section in self.sections:
            section.reload()

    def focus_start(self) -> None:
        """The caret goes to the section that wants it."""
        if not any(section.focus_start() for section in self.sections):
            self.setFocus()

    def handle_scan(self, text: str) -> None:
        """A scan on this page is only tried; it opens nothing."""
        for section in self.sections:
            section.handle_scan(text)
