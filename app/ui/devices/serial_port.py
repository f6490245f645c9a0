"""A scanner on a serial line (USB in COM mode): a thread of its own reads it, and waits for it where it was unplugged.

Read only once the window stands. A port that went away is looked for each time its folder changes, and every two
seconds where a system tells of no such change.
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

from app.usecases.office.scanners import ScanAssembler

SILENCE_S = 0.06
"""A line silent so long has ended its scan: two scans 0.1 s apart are two."""
_RETRY_S = 2.0


class PortState(StrEnum):
    """How it stands with the line: none chosen, read now, unplugged, or held by another program or without a right."""

    NONE = "none"
    OPEN = "open"
    ABSENT = "absent"
    BUSY = "busy"


@dataclass(frozen=True)
class Port:
    """A serial port to choose from: its name, what it is, and the device's own number, by which it is found again
    under another name."""

    name: str
    description: str
    device: str


class SerialConnection(Protocol):
    """The part of an open port that is used."""

    timeout: float | None

    @property
    def in_waiting(self) -> int:
        """How many bytes came already."""

    def read(self, size: int) -> bytes:
        """Bytes, at least one unless the time is over."""

    def cancel_read(self) -> None:
        """Ends a read under way."""


def ports() -> list[Port]:
    """The serial ports there are now, those of USB first."""
    found = [Port(each.device, each.description or each.device, _device_number(each)) for each in list_ports.comports()]
    return sorted(found, key=lambda port: (not port.device, port.name))


def _device_number(told: Any) -> str:
    return f"{told.vid:04X}:{told.pid:04X}:{told.serial_number or ''}" if told.vid is not None else ""


def _find_port(name: str, device: str) -> str:
    """Where the scanner is now: under its name, else wherever its device went; empty where it is nowhere."""
    if Path(name).exists():
        return name
    known = ports()
    named = next((port.name for port in known if port.name == name), "")
    return named or next((port.name for port in known if device and port.device == device), "")


class SerialPortReader(QObject):
    """Reads one port until it is closed.

    Signals: `scanned(text)` for each scan; `state_changed(LineState)` whenever that alters. Both arrive on the GUI
    thread."""

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
        """Begins to listen, once whoever wants to hear is connected."""
        self._thread.start()

    def close(self) -> None:
        """Gives the port back and ends the thread."""
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
            place = _find_port(self._name, self._device)
            if place:
                self._read(place)
            else:
                self._report_state(PortState.ABSENT)
            if not self._closing.is_set():
                self._wake.wait(_RETRY_S)

    def _read(self, place: str) -> None:
        """Reads the port until it goes away."""
        try:
            line = serial.serial_for_url(place, self._speed, timeout=SILENCE_S, **_exclusive_options())
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
    """Where the system must be told so: no other program reads the same scanner."""
    return {"exclusive": True} if serial.Serial.__module__ == "serial.serialposix" else {}
