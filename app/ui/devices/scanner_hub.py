"""The scanners of this machine: one on a serial line, if one was chosen, besides every keyboard scanner."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

if TYPE_CHECKING:
    from app.ui.devices.serial_port import Port, PortState, SerialPortReader

SPEEDS = (9600, 19200, 38400, 57600, 115200)
"""Bits a second that scanners are sold with; one on USB takes any."""
_STATUS_TEXTS = {
    "open": "Máy quét ●",
    "absent": "Máy quét ○ chưa cắm",
    "busy": "Máy quét ○ không mở được cổng",
    "none": "",
}


class ScannerDesk(QObject):
    """Keeps the choice of this machine and the line that goes with it.

    Signals: `scanned(text)` from the line; `status_changed(sentence)` for the status line, empty where there is
    nothing to say;
    `state_changed(LineState value)`."""

    scanned = Signal(str)
    status_changed = Signal(str)
    state_changed = Signal(str)

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._serial_reader: SerialPortReader | None = None
        self.state = "none"

    @property
    def port(self) -> str:
        """Name of the chosen port, empty where keyboard scanners alone are used."""
        return str(self._settings.value("scanner/port", ""))

    @property
    def speed(self) -> int:
        """Bits a second of the chosen port."""
        kept = str(self._settings.value("scanner/speed", ""))
        return int(kept) if kept.isdigit() and int(kept) in SPEEDS else SPEEDS[0]

    def ports(self) -> "list[Port]":
        """The serial ports there are now; asks the system, and may be called aside."""
        from app.ui.devices import serial_port

        return serial_port.ports()

    def choose(self, port: str, speed: int, device: str) -> None:
        """Uses another port from now on; an empty one uses none."""
        for name, value in (("port", port), ("speed", speed), ("device", device)):
            self._settings.setValue(f"scanner/{name}", value)
        self.close()
        self.start()

    def start(self) -> None:
        """Opens the chosen line, once the window stands."""
        from app.ui.devices import serial_port

        if self._serial_reader is not None or not self.port:
            return
        device = str(self._settings.value("scanner/device", ""))
        self._serial_reader = serial_port.SerialPortReader(self.port, self.speed, device, self)
        self._serial_reader.scanned.connect(self._pass_on)
        self._serial_reader.state_changed.connect(self._set_state)
        self._serial_reader.start()

    def close(self) -> None:
        """Gives the port back."""
        if self._serial_reader is not None:
            line, self._serial_reader = self._serial_reader, None
            line.close()
            line.deleteLater()
        self._set_state("none")

    def note_scan(self) -> None:
        """A scan came, by whatever way: there is a scanner."""
        if self._serial_reader is None:
            self.status_changed.emit(_STATUS_TEXTS["open"])

    def _pass_on(self, text: str) -> None:
        self.scanned.emit(text)

    def _set_state(self, state: "PortState | str") -> None:
        self.state = str(state)
        self.status_changed.emit(_STATUS_TEXTS[self.state])
        self.state_changed.emit(self.state)
