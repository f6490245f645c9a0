"""Serial scanner (USB in COM mode), read by its own thread.

The thread reopens the port after it was unplugged.
Imported only after the window is open. A missing port is looked for when its folder changes, and every two seconds
because some systems report no such change.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Protocol

import serial
from PySide6.QtCore import QFileSystemWatcher, QObject, Signal
from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from app.usecases.office.scanners import ScanAssembler

SILENCE_S = 0.06
"""Silence that ends a scan; two scans 0.1 s apart are two scans."""
_RETRY_S = 2.0


class PortState(StrEnum):
    """State of the port.

    `NONE`: none selected. `ABSENT`: unplugged. `BUSY`: used by another program, or not permitted.
    """

    NONE = "none"
    OPEN = "open"
    ABSENT = "absent"
    BUSY = "busy"


@dataclass(frozen=True)
class Port:
    """A serial port.

    `device` identifies the device, so that it is found under another port name.
    """

    name: str
    description: str
    device: str


class SerialConnection(Protocol):
    """The interface of an open port."""

    timeout: float | None

    @property
    def in_waiting(self) -> int:
        """Number of bytes received and not yet read."""

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, none after the timeout."""

    def cancel_read(self) -> None:
        """Abort a blocked read."""


def ports() -> list[Port]:
    """Return the serial ports of the machine, USB ports first."""
    known = [Port(info.device, info.description or info.device, _device_id(info)) for info in list_ports.comports()]
    return sorted(known, key=lambda port: (not port.device, port.name))


def _device_id(info: ListPortInfo) -> str:
    return f"{info.vid:04X}:{info.pid:04X}:{info.serial_number or ''}" if info.vid is not None else ""


def _find_port(name: str, device: str) -> str:
    """Return the port of the scanner; empty if it is absent.

    It is found by its name, else by its device.
    """
    if Path(name).exists():
        return name
    known = ports()
    same_name = next((port.name for port in known if port.name == name), "")
    return same_name or next((port.name for port in known if device and port.device == device), "")


class SerialPortReader(QObject):
    """Reads one port until it is closed.

    Signals, delivered on the GUI thread: `scanned(text)` for each scan; `state_changed(PortState)`.
    """

    scanned = Signal(str)
    state_changed = Signal(object)

    def __init__(self, name: str, speed: int, device: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name, self._speed, self._device = name, speed, device
        self._closing, self._wake = Event(), Event()
        self._connection: SerialConnection | None = None
        self._lock = Lock()
        self._last_state: PortState | None = None
        self._watcher = QFileSystemWatcher(self)
        folder = Path(name).parent
        if folder.is_absolute() and folder.is_dir():
            self._watcher.addPath(str(folder))
            self._watcher.directoryChanged.connect(lambda _folder: self._wake.set())
        self._thread = Thread(target=self._run, name="scanner", daemon=True)

    def start(self) -> None:
        """Start the thread, after the signals are connected."""
        self._thread.start()

    def close(self) -> None:
        """Close the port and end the thread."""
        self._closing.set()
        self._wake.set()
        with self._lock:
            if self._connection is not None:
                self._connection.cancel_read()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set():
            self._wake.clear()
            port = _find_port(self._name, self._device)
            if port:
                self._read(port)
            else:
                self._report_state(PortState.ABSENT)
            if not self._closing.is_set():
                self._wake.wait(_RETRY_S)

    def _read(self, port: str) -> None:
        """Read the port until it is closed or disappears."""
        try:
            line = serial.serial_for_url(port, self._speed, timeout=SILENCE_S, **_exclusive_options())
        except (serial.SerialException, OSError, ValueError):
            self._report_state(PortState.BUSY)
            return
        with closing(line):
            self._set_connection(line)
            self._report_state(PortState.OPEN)
            try:
                for text in self._read_scans(line):
                    self.scanned.emit(text)
            except (serial.SerialException, OSError):
                self._report_state(PortState.ABSENT)
            finally:
                self._set_connection(None)

    def _set_connection(self, line: SerialConnection | None) -> None:
        with self._lock:
            self._connection = line

    def _read_scans(self, line: SerialConnection) -> Iterator[str]:
        frames = ScanAssembler()
        while not self._closing.is_set():
            line.timeout = SILENCE_S if frames.has_pending else None
            raw = line.read(1)
            if raw and line.in_waiting:
                raw += line.read(line.in_waiting)
            yield from frames.feed(raw) if raw else frames.flush()

    def _report_state(self, state: PortState) -> None:
        if state != self._last_state and not self._closing.is_set():
            self._last_state = state
            self.state_changed.emit(state)


def _exclusive_options() -> dict[str, Any]:
    """Return the option that keeps other programs from the port.

    Only some systems need it.
    """
    return {"exclusive": True} if serial.Serial.__module__ == "serial.serialposix" else {}
