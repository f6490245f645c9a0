"""Serial scanner on a pseudo terminal.

The scanner is the master side; unplugging closes it. The port is a link that may point to another terminal later.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import serial
from PySide6.QtCore import QSettings

from app.ui.devices.scanner_hub import ScannerDesk
from app.ui.devices.serial_port import PortState, SerialPortReader, ports

pytestmark = pytest.mark.posix

KEY, OTHER = "6303260311000078", "6303260311000086"
CARD = "048199004217|201234567|Huỳnh Thị Ẫm Ỷ|08031999|Nữ|Thôn Đoài, xã Kiểm Thử, tỉnh Đắk Ửng|02052021"


class Scanner:
    """Scanner that is plugged in, scans and is unplugged."""

    def __init__(self, port: Path) -> None:
        self.port = port
        self._master = -1

    def plug_in(self) -> None:
        """Create the port."""
        import tty  # Windows has none, and imports this module

        self._master, slave = os.openpty()
        tty.setraw(slave)
        self._slave = slave
        self.port.symlink_to(os.ttyname(slave))

    @contextmanager
    def plug_in_for_another_program(self) -> Iterator[None]:
        """Create the port while another program holds it."""
        import tty

        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        with serial.serial_for_url(os.ttyname(self._slave), 9600, exclusive=True):
            self.port.symlink_to(os.ttyname(self._slave))
            yield

    def send(self, raw: bytes) -> None:
        """Send bytes."""
        os.write(self._master, raw)

    def unplug(self) -> None:
        """Remove the port."""
        self.port.unlink()
        os.close(self._slave)
        os.close(self._master)
        self._master = -1

    def close(self) -> None:
        """Unplug at the end of a test."""
        if self._master >= 0:
            self.unplug()


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[Scanner]:
    """Scanner that is not plugged in."""
    scanner = Scanner(tmp_path / "scanner")
    yield scanner
    scanner.close()


class LineRecorder:
    """Reader of a port with its recorded scans and states."""

    def __init__(self, line: SerialPortReader, qtbot: Any) -> None:
        self.line, self._qtbot = line, qtbot
        self.scans: list[str] = []
        self.states: list[PortState] = []
        line.scanned.connect(self.scans.append)
        line.state_changed.connect(self.states.append)
        line.start()

    def wait_for_scans(self, *texts: str) -> None:
        """Wait for exactly these scans."""
        self._qtbot.waitUntil(lambda: len(self.scans) >= len(texts))
        assert self.scans == list(texts)

    def wait_for_states(self, *states: PortState) -> None:
        """Wait for exactly these state changes."""
        self._qtbot.waitUntil(lambda: len(self.states) >= len(states))
        assert self.states == list(states)


@pytest.fixture
def line_recorder(scanner: Scanner, qtbot: Any) -> Iterator[LineRecorder]:
    """Recorder of a reader whose scanner is plugged in."""
    scanner.plug_in()
    line = SerialPortReader(str(scanner.port), 9600)
    recorder = LineRecorder(line, qtbot)
    recorder.wait_for_states(PortState.OPEN)
    yield recorder
    line.close()


@pytest.mark.parametrize(
    "raw",
    [f"{KEY}\r", f"{KEY}\r\n", f"{KEY}\n", f"\x02{KEY}\x03", KEY],
    ids=["cr", "crlf", "lf", "stx-etx", "nothing"],
)
def test_scan_with_each_end(line_recorder: LineRecorder, scanner: Scanner, raw: str) -> None:
    scanner.send(raw.encode())
    line_recorder.wait_for_scans(KEY)


def test_citizen_card_split_at_every_byte(line_recorder: LineRecorder, scanner: Scanner) -> None:
    for byte in CARD.encode() + b"\r":
        scanner.send(bytes([byte]))
    line_recorder.wait_for_scans(CARD)


def test_fifty_cards_are_fifty_scans(line_recorder: LineRecorder, scanner: Scanner) -> None:
    for number in range(50):
        scanner.send(f"{CARD} {number}\r".encode())
    line_recorder.wait_for_scans(*(f"{CARD} {number}" for number in range(50)))


def test_port_is_reopened_after_unplugging(line_recorder: LineRecorder, scanner: Scanner) -> None:
    scanner.send(KEY[:7].encode())
    scanner.unplug()
    line_recorder.wait_for_states(PortState.OPEN, PortState.ABSENT)
    scanner.plug_in()
    line_recorder.wait_for_states(PortState.OPEN, PortState.ABSENT, PortState.OPEN)
    scanner.send(f"{OTHER}\r".encode())
    line_recorder.wait_for_scans(OTHER)


def test_scanner_plugged_in_later_is_opened(scanner: Scanner, qtbot: Any) -> None:
    line = SerialPortReader(str(scanner.port), 9600)
    recorder = LineRecorder(line, qtbot)
    recorder.wait_for_states(PortState.ABSENT)
    scanner.plug_in()
    recorder.wait_for_states(PortState.ABSENT, PortState.OPEN)
    line.close()


def test_port_used_by_other_reader_is_busy(line_recorder: LineRecorder, scanner: Scanner, qtbot: Any) -> None:
    second = SerialPortReader(str(scanner.port), 9600)
    recorder = LineRecorder(second, qtbot)
    recorder.wait_for_states(PortState.BUSY)
    second.close()


def test_port_taken_after_unplugging_is_opened_when_it_is_free(
    line_recorder: LineRecorder, scanner: Scanner, qtbot: Any
) -> None:
    scanner.unplug()
    line_recorder.wait_for_states(PortState.OPEN, PortState.ABSENT)
    with scanner.plug_in_for_another_program():
        line_recorder.wait_for_states(PortState.OPEN, PortState.ABSENT, PortState.BUSY)
    line_recorder.wait_for_states(PortState.OPEN, PortState.ABSENT, PortState.BUSY, PortState.OPEN)
    scanner.send(f"{OTHER}\r".encode())
    line_recorder.wait_for_scans(OTHER)


def test_ports_have_name_and_description() -> None:
    assert all(port.name and port.description for port in ports())


def test_selected_port_is_saved_and_opened(scanner: Scanner, tmp_path: Path, qtbot: Any) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    desk = ScannerDesk(settings)
    desk.start()
    assert (desk.port, desk.speed, desk.state) == ("", 9600, "none")
    scanner.plug_in()
    scans: list[str] = []
    texts: list[str] = []
    desk.scanned.connect(scans.append)
    desk.status_changed.connect(texts.append)
    desk.choose(str(scanner.port), 115200, "")
    qtbot.waitUntil(lambda: desk.state == "open")
    scanner.send(KEY.encode() + b"\r")
    qtbot.waitUntil(lambda: scans == [KEY])
    desk.close()
    reloaded = ScannerDesk(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    assert (reloaded.port, reloaded.speed) == (str(scanner.port), 115200)
    assert texts[-2:] == ["Máy quét ●", ""]
    desk.choose("", 9600, "")
    assert desk.state == "none"


def test_invalid_speed_is_ignored(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("scanner/speed", "fast")
    assert ScannerDesk(settings).speed == 9600
