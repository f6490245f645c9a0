"""A scanner on a serial line, before real terminals: a scanner is the master of a pseudo terminal, unplugging it closes
the master. The port is a name that may point to another terminal after it was plugged in again."""

import os
import tty
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings

from app.ui.devices.scanner_hub import ScannerDesk
from app.ui.devices.serial_port import PortState, SerialPortReader, ports

pytestmark = pytest.mark.posix

KEY, OTHER = "6303260311000078", "6303260311000086"
CARD = "048199004217|201234567|Huỳnh Thị Ẫm Ỷ|08031999|Nữ|Thôn Đoài, xã Kiểm Thử, tỉnh Đắk Ửng|02052021"


class Scanner:
    """A scanner that can be plugged in, scan, and be unplugged."""

    def __init__(self, port: Path) -> None:
        self.port = port
        self._master = -1

    def plug_in(self) -> None:
        """The port is there."""
        self._master, slave = os.openpty()
        tty.setraw(slave)
        self.port.symlink_to(os.ttyname(slave))
        self._slave = slave

    def send(self, raw: bytes) -> None:
        """Bytes on the line."""
        os.write(self._master, raw)

    def unplug(self) -> None:
        """The port is gone, in the middle of whatever was sent."""
        self.port.unlink()
        os.close(self._slave)
        os.close(self._master)
        self._master = -1

    def close(self) -> None:
        """At the end of a test."""
        if self._master >= 0:
            self.unplug()


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[Scanner]:
    """A scanner not yet plugged in."""
    made = Scanner(tmp_path / "scanner")
    yield made
    made.close()


class LineRecorder:
    """A line and what it told."""

    def __init__(self, line: SerialPortReader, qtbot: Any) -> None:
        self.line, self._qtbot = line, qtbot
        self.scans: list[str] = []
        self.states: list[PortState] = []
        line.scanned.connect(self.scans.append)
        line.state_changed.connect(self.states.append)
        line.start()

    def wait_for_scans(self, *texts: str) -> None:
        """Waits for exactly these scans."""
        self._qtbot.waitUntil(lambda: len(self.scans) >= len(texts))
        assert self.scans == list(texts)

    def wait_for_states(self, *states: PortState) -> None:
        """Waits for exactly these changes."""
        self._qtbot.waitUntil(lambda: len(self.states) >= len(states))
        assert self.states == list(states)


@pytest.fixture
def line_recorder(scanner: Scanner, qtbot: Any) -> Iterator[LineRecorder]:
    """A line on a scanner that is plugged in."""
    scanner.plug_in()
    line = SerialPortReader(str(scanner.port), 9600)
    made = LineRecorder(line, qtbot)
    made.wait_for_states(PortState.OPEN)
    yield made
    line.close()


@pytest.mark.parametrize(
    "raw",
    [f"{KEY}\r", f"{KEY}\r\n", f"{KEY}\n", f"\x02{KEY}\x03", KEY],
    ids=["cr", "crlf", "lf", "stx-etx", "nothing"],
)
def test_however_a_scan_ends(line_recorder: LineRecorder, scanner: Scanner, raw: str) -> None:
    scanner.send(raw.encode())
    line_recorder.wait_for_scans(KEY)


def test_a_citizen_card_split_at_every_byte(line_recorder: LineRecorder, scanner: Scanner) -> None:
    for byte in CARD.encode() + b"\r":
        scanner.send(bytes([byte]))
    line_recorder.wait_for_scans(CARD)


def test_fifty_cards_are_fifty(line_recorder: LineRecorder, scanner: Scanner) -> None:
    for number in range(50):
        scanner.send(f"{CARD} {number}\r".encode())
    line_recorder.wait_for_scans(*(f"{CARD} {number}" for number in range(50)))


def test_unplugged_and_plugged_in_again(line_recorder: LineRecorder, scanner: Scanner) -> None:
    scanner.send(KEY[:7].encode())
    scanner.unplug()
    line_recorder.wait_for_states(PortState.OPEN, PortState.ABSENT)
    scanner.plug_in()
    line_recorder.wait_for_states(PortState.OPEN, PortState.ABSENT, PortState.OPEN)
    scanner.send(f"{OTHER}\r".encode())
    line_recorder.wait_for_scans(OTHER)


def test_a_scanner_may_come_later(scanner: Scanner, qtbot: Any) -> None:
    line = SerialPortReader(str(scanner.port), 9600)
    hearing = LineRecorder(line, qtbot)
    hearing.wait_for_states(PortState.ABSENT)
    scanner.plug_in()
    hearing.wait_for_states(PortState.ABSENT, PortState.OPEN)
    line.close()


def test_a_port_that_another_reads_is_told(line_recorder: LineRecorder, scanner: Scanner, qtbot: Any) -> None:
    second = SerialPortReader(str(scanner.port), 9600)
    told = LineRecorder(second, qtbot)
    told.wait_for_states(PortState.BUSY)
    second.close()


def test_what_is_no_port_is_told(tmp_path: Path, qtbot: Any) -> None:
    (tmp_path / "file").write_text("")
    line = SerialPortReader(str(tmp_path / "file"), 9600)
    LineRecorder(line, qtbot).wait_for_states(PortState.BUSY)
    line.close()


def test_the_system_is_asked_for_ports() -> None:
    assert all(port.name and port.description for port in ports())


def test_the_choice_of_a_machine_is_kept_and_used(scanner: Scanner, tmp_path: Path, qtbot: Any) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    desk = ScannerDesk(settings)
    desk.start()
    assert (desk.port, desk.speed, desk.state) == ("", 9600, "none")
    scanner.plug_in()
    heard: list[str] = []
    told: list[str] = []
    desk.scanned.connect(heard.append)
    desk.status_changed.connect(told.append)
    desk.choose(str(scanner.port), 115200, "")
    qtbot.waitUntil(lambda: desk.state == "open")
    scanner.send(KEY.encode() + b"\r")
    qtbot.waitUntil(lambda: heard == [KEY])
    desk.close()
    again = ScannerDesk(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    assert (again.port, again.speed) == (str(scanner.port), 115200)
    assert told[-2:] == ["Máy quét ●", ""]
    desk.choose("", 9600, "")
    assert desk.state == "none"


def test_a_speed_no_scanner_has_is_not_used(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("scanner/speed", "fast")
    assert ScannerDesk(settings).speed == 9600
