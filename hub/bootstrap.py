"""Start of the receiver: reads the clock and the environment."""

import io
import os
import sys
from datetime import UTC, datetime

from hub.cli.request import Environment
from hub.cli.run import run


def clock() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def main() -> int:
    """Run the command of the command line; return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    return int(run(sys.argv[1:], Environment(os.environ, clock)))
