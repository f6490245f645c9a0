"""Sign-in on an X server: the window has the focus afterwards."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from app.bootstrap import create_office
from tests.support.offices import ADMIN, OFFICE
from tests.support.xvfb import MISSING_TOOLS, x_server

_TIMEOUT = 60
_SECRET = "ruong lua 2026"
ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.posix, pytest.mark.skipif(bool(MISSING_TOOLS), reason=f"not installed here: {MISSING_TOOLS}")]


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """Display of an X server on which the program of a real office runs."""
    create_office(tmp_path / "office", OFFICE, training=False, password=_SECRET)
    with x_server() as name:
        program = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), "--data", str(tmp_path / "office"), "--user", ADMIN],
            env=dict(os.environ, DISPLAY=name, QT_QPA_PLATFORM="xcb"),
        )
        yield name
        program.terminate()
        program.wait(120)


def xdotool(display: str, *words: str) -> str:
    result = subprocess.run(
        ["xdotool", *words],
        env=dict(os.environ, DISPLAY=display),
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=_TIMEOUT,
    )
    return result.stdout.strip()


def focused_window(display: str) -> str:
    """Return the window with the focus; empty while no window has it."""
    try:
        return xdotool(display, "getwindowfocus")
    except subprocess.CalledProcessError:
        # xdotool exits with 1 between two windows, when nothing has the focus.
        return ""


def has_focus(display: str, window: str) -> bool:
    """Return True once the window has the focus, False after the timeout."""
    deadline = monotonic() + _TIMEOUT
    while focused_window(display) != window:
        if monotonic() > deadline:
            return False
    return True


def test_window_has_focus_after_sign_in(display: str) -> None:
    dialog = xdotool(display, "search", "--sync", "--onlyvisible", "--name", "Đăng nhập")
    assert has_focus(display, dialog)
    xdotool(display, "type", "--delay", "30", _SECRET)
    xdotool(display, "key", "Return")
    window = xdotool(display, "search", "--sync", "--onlyvisible", "--name", "Một Cửa – UBND")
    assert has_focus(display, window)
