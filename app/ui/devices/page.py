"""Devices page: printers and scanners of this machine, one section each."""

from app.ui.devices.printers_section import PrinterSection
from app.ui.devices.scanners_section import ScannerSection
from app.ui.devices.section import AttachedDevices, Section
from app.ui.kit.page import Page
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import column


class DevicesPage(Page):
    """Devices page («Máy in, máy quét»)."""

    title = "Máy in, máy quét"

    def __init__(self, runner: Runner, machine: AttachedDevices) -> None:
        super().__init__(runner)
        self.sections: list[Section] = [PrinterSection(self, machine), ScannerSection(self, machine)]
        inner = column(*self.sections, gap=2 * GRID)
        inner.addStretch(1)
        self.setLayout(inner)

    def reload(self) -> None:
        """Read every section."""
        for section in self.sections:
            section.reload()

    def focus_start(self) -> None:
        """Focus the first section that takes the focus."""
        if not any(section.focus_start() for section in self.sections):
            self.setFocus()

    def handle_scan(self, text: str) -> None:
        """Check the scan in the self-test; a scan on this page opens nothing."""
        for section in self.sections:
            section.handle_scan(text)
