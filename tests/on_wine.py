"""Run the tests that need no POSIX with a Windows Python under wine.

    python -m tests.on_wine FOLDER/python.exe [PYTEST ARGUMENT…]

The Python is the one of the Windows build, with the packages of the tests beside it. Its standard streams must be
pipes, because wine ends Python with other ones. The time zone is that of the offices, written as the C library of
Windows reads it: a name such as Asia/Ho_Chi_Minh counts there as UTC. wine shows how files, locks, processes and the
vault behave; it shows nothing of printers, sleep or power cuts.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = ("-X", "utf8", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not posix")
PATHS = (
    *("cli", "keys", "machine", "models", "office", "phone", "scanning", "services", "sheets", "storage", "sync"),
    *("usecases", "wording", "test_disk.py", "test_settings.py", "ui/printing/test_windows_spooler.py"),
    *("ui/shell/test_second_start.py", "ui/shell/test_handed_files.py"),
)
"""Tests of what differs on Windows, and of everything below the window."""


def main(arguments: list[str]) -> int:
    """Run pytest under wine; print its output and return its exit status."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    python, *chosen = arguments
    paths = chosen or [f"tests/{path}" for path in PATHS]
    environment = {**os.environ, "WINEDEBUG": "-all", "TZ": "ICT-7"}
    with subprocess.Popen(
        ["wine", python, *OPTIONS, *paths],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.close()
        for line in process.stdout:
            print(line, end="", flush=True)
    return process.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
