"""An X server for tests with real windows and keys."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

_REQUIRED_TOOLS = ("Xvfb", "xdotool", "setxkbmap")
MISSING_TOOLS = ", ".join(name for name in _REQUIRED_TOOLS if shutil.which(name) is None)
"""The required tools that this machine lacks, or an empty text."""


@contextmanager
def x_server(*, repeats: bool = True) -> Iterator[str]:
    """Run Xvfb on a free display; yield the display's name.

    It `repeats` a key that is held down, as it does when xdotool gets no time between press and release.
    """
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(writing),
            "-screen",
            "0",
            "1366x768x24",
            "-nolisten",
            "tcp",
            *([] if repeats else ["-r"]),
        ],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as stream:
            display = ":" + stream.readline().strip()
        yield display
    finally:
        server.terminate()
        server.wait(120)
