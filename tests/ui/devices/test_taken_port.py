"""Port that cannot be opened, on every system."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.ui.devices.serial_port import PortState, SerialPortReader
from tests.ui.devices.test_serial_port import LineRecorder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file in place of a port."""
    file = tmp_path / "port"
    file.touch()
    return file


def test_file_that_is_not_a_port_is_busy(file: Path, qtbot: Any) -> None:
    with closing(SerialPortReader(str(file), 9600)) as line:
        LineRecorder(line, qtbot).wait_for_states(PortState.BUSY)


@pytest.mark.skipif(sys.platform != "win32", reason="Linux shares files")
def test_port_that_another_program_has_open_is_busy(file: Path, qtbot: Any) -> None:
    if sys.platform == "win32":  # for mypy on Linux
        import _winapi

        held = _winapi.CreateFile(str(file), _winapi.GENERIC_READ, 0, 0, _winapi.OPEN_EXISTING, 0, 0)
        try:
            with closing(SerialPortReader(str(file), 9600)) as line:
                LineRecorder(line, qtbot).wait_for_states(PortState.BUSY)
        finally:
            _winapi.CloseHandle(held)
