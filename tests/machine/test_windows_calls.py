"""Calls to the operating system: clock, console, crash dumps."""

import os
import subprocess
import sys

import pytest

from app.machine.connection import has_connection
from app.machine.uptime import uptime
from tests.architecture.project import ROOT

windows = pytest.mark.skipif(os.name != "nt", reason="Windows is missing")
_ASK = "from app.machine.console import is_console; print(is_console())"


def run_python(program: str, **options: int) -> str:
    process = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True, **options
    )
    return process.stdout.strip()


def test_null_device_is_no_console() -> None:
    """On Windows `isatty` is true for NUL, the input of scheduled tasks."""
    assert run_python(_ASK, stdin=subprocess.DEVNULL) == "False"


def test_pipe_is_no_console() -> None:
    assert run_python(_ASK, stdin=subprocess.PIPE) == "False"


@pytest.mark.posix
def test_terminal_is_a_console() -> None:
    master, terminal = os.openpty()
    try:
        assert run_python(_ASK, stdin=terminal) == "True"
    finally:
        os.close(master)
        os.close(terminal)


def test_connection_is_asked_of_windows_alone() -> None:
    connected = has_connection()
    assert isinstance(connected, bool) and (connected or os.name == "nt")


@windows
def test_uptime_is_the_tick_count_which_counts_sleep() -> None:
    import ctypes

    count = ctypes.WinDLL("kernel32").GetTickCount64
    count.restype = ctypes.c_ulonglong
    before = count() / 1000
    assert before <= uptime() <= count() / 1000


@pytest.mark.posix
def test_uptime_counts_sleep_as_the_kernel_does() -> None:
    from time import CLOCK_BOOTTIME, clock_gettime

    before = uptime()
    assert before <= clock_gettime(CLOCK_BOOTTIME) <= uptime()


@windows
def test_crash_is_not_reported() -> None:
    import ctypes

    from app.machine.crash_dumps import hide_memory

    kernel = ctypes.WinDLL("kernel32")
    hide_memory()
    assert kernel.GetErrorMode() & 2
