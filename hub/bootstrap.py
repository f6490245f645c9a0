"""Start of the receiver: reads the clock and the environment."""

import io
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hub.cli.request import Environment
from hub.cli.run import run

if TYPE_CHECKING:  # only `serve` needs the web libraries
    from starlette.applications import Starlette


def clock() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def application() -> "Starlette":
    """Return the application of one worker of `serve`."""
    from hub.server.application import create_application, open_service

    return create_application(open_service(os.environ, clock))


def main() -> int:
    """Run the command of the command line; return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    return int(run(sys.argv[1:], Environment(os.environ, clock)))
