"""Scanners of this machine: keyboard scanners and a serial one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

from app.ui.devices.wedge_guard import GAP_MS, MAX_GAP_MS, ScanGuard

if TYPE_CHECKING:
    from app.ui.devices.serial_port import Port, PortState, SerialPortReader

SPEEDS = (9600, 19200, 38400, 57600, 115200)
"""Usual speeds in bits per second; a USB scanner accepts any."""
_MARGIN_MS = 20
"""Added to the longest measured gap."""
_STATUS_TEXTS = {
    "open": "Máy quét ●",
    "absent": "Máy quét ○ chưa cắm",
    "busy": "Máy quét ○ không mở được cổng",
    "none": "",
}


class ScannerDesk(QObject):
    """The serial scanner's settings and its open port.

    Signals: `scanned(text)` from the port; `status_changed(sentence)` for the status line, possibly empty;
    `state_changed(PortState value)`; `gap_measured(ms)` of a keyboard scanner.
    """

    scanned = Signal(str)
    status_changed = Signal(str)
    state_changed = Signal(str)
    gap_measured = Signal(int)

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._serial_reader: SerialPortReader | None = None
        self.state = "none"
        self._guard: ScanGuard | None = None
        self.measuring = False

    @property
    def gap(self) -> int:
        """Longest gap between the keys of the keyboard scanner in ms."""
        gap = str(self._settings.value("scanner/gap", ""))
        return min(MAX_GAP_MS, max(GAP_MS, int(gap))) if gap.isdigit() else GAP_MS

    def pace(self, guard: ScanGuard) -> None:
        """Let the guard use the measured gap."""
        self._guard = guard
        guard.set_gap(self.gap)
        guard.paced.connect(self._paced)

    def measure_gap(self) -> None:
        """Measure the next scan of a keyboard scanner."""
        self.measuring = True
        if self._guard is not None:
            self._guard.set_gap(MAX_GAP_MS)

    def stop_measuring(self) -> None:
        """Use the stored gap again."""
        self.measuring = False
        if self._guard is not None:
            self._guard.set_gap(self.gap)

    def _paced(self, longest: int) -> None:
        if self.measuring:
            self._settings.setValue("scanner/gap", min(MAX_GAP_MS, max(GAP_MS, longest + _MARGIN_MS)))
            self.stop_measuring()
            self.gap_measured.emit(self.gap)

    @property
    def port(self) -> str:
        """Name of the port; empty if only keyboard scanners are used."""
        return str(self._settings.value("scanner/port", ""))

    @property
    def speed(self) -> int:
        """Speed of the port in bits per second."""
        speed = str(self._settings.value("scanner/speed", ""))
        return int(speed) if speed.isdigit() and int(speed) in SPEEDS else SPEEDS[0]

    def ports(self) -> "list[Port]":
        """Return the serial ports of the machine; callable from any thread."""
        from app.ui.devices import serial_port

        return serial_port.ports()

    def choose(self, port: str, speed: int, device: str) -> None:
        """Use another port; an empty name uses none."""
        for name, value in (("port", port), ("speed", speed), ("device", device)):
            self._settings.setValue(f"scanner/{name}", value)
        self.close()
        self.start()

    def start(self) -> None:
        """Open the port, after the window is open."""
        if self._serial_reader is not None or not self.port:
            return
        from app.ui.devices import serial_port

        device = str(self._settings.value("scanner/device", ""))
        self._serial_reader = serial_port.SerialPortReader(self.port, self.speed, device, self)
        self._serial_reader.scanned.connect(self._pass_on)
        self._serial_reader.state_changed.connect(self._set_state)
        self._serial_reader.start()

    def close(self) -> None:
        """Close the port."""
        if self._serial_reader is not None:
            reader, self._serial_reader = self._serial_reader, None
            reader.close()
            reader.deleteLater()
        self._set_state("none")

    def note_scan(self) -> None:
        """Show that a scanner works, after a scan from any scanner."""
        if self._serial_reader is None:
            self.status_changed.emit(_STATUS_TEXTS["open"])

    def _pass_on(self, text: str) -> None:
        self.scanned.emit(text)

    def _set_state(self, state: "PortState | str") -> None:
        self.state = str(state)
        self.status_changed.emit(_STATUS_TEXTS[self.state])
        self.state_changed.emit(self.state)
