"""Open the window, or run one command: `python main.py COMMAND …`."""

import gc
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

VENV_PYTHON = Path(__file__).resolve().parent / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def start() -> int:
    """Run the program; return its exit status.

    The Python in `.venv` takes over if this one lacks the program's packages.
    """
    if find_spec("sqlcipher3") is None and VENV_PYTHON.exists() and Path(sys.executable) != VENV_PYTHON:
        return replace_process([str(VENV_PYTHON), *sys.orig_argv[1:]])
    gc.set_threshold(150_000)  # the start makes 100,000 objects that live forever; collecting them costs 10 % of it
    from app.bootstrap import main

    status = main()
    gc.freeze()  # Python would look for cycles among all objects once more, which takes a quarter of a short command
    return status


def replace_process(command: list[str]) -> int:
    """Replace this process by the command; on Windows wait for it."""
    if os.name == "nt":
        return subprocess.run(command, check=False).returncode
    os.execv(command[0], command)


if __name__ == "__main__":
    sys.exit(start())
