"""Start of the receiver: reads the clock and the environment."""

import gc
import io
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hub.cli.request import Environment
from hub.cli.run import run

if TYPE_CHECKING:  # only `serve` needs the web libraries
    from starlette.applications import Starlette

_OBJECTS = 50_000
"""New objects between two runs of the garbage collector."""


def clock() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def tune_collector() -> None:
    """Let the garbage collector run seldom.

    A file becomes thousands of objects without cycles, which die with it; the usual threshold spends a fifteenth of the
    time of an ingest on them.
    """
    gc.freeze()
    gc.set_threshold(_OBJECTS)


def application() -> "Starlette":
    """Return the application of one worker of `serve`."""
    tune_collector()
    from hub.server.application import create_application, open_service

    return create_application(open_service(os.environ, clock))


def main() -> int:
    """Run the command of the command line; return its exit status."""
    tune_collector()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    return int(run(sys.argv[1:], Environment(os.environ, clock)))
