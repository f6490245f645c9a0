"""An X server of a test's own, where a real window hears real keys."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

_REQUIRED_TOOLS = ("Xvfb", "xdotool", "setxkbmap")
MISSING_TOOLS = ", ".join(name for name in _REQUIRED_TOOLS if shutil.which(name) is None)
"""What this machine has not of what it takes; empty where nothing is missing."""


@contextmanager
def x_server() -> Iterator[str]:
    """Xvfb on a free number, as long as the block runs; the display's name."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            display = ":" + told.readline().strip()
        yield display
    finally:
        server.terminate()
        server.wait(30)
