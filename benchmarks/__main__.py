"""Run `python -m benchmarks`, with the program's own Python if needed.

The program's own Python is used if this one lacks the program's packages.
"""

import gc
import sys
from importlib.util import find_spec
from pathlib import Path

from main import VENV_PYTHON, replace_process

if __name__ == "__main__":
    if find_spec("sqlcipher3") is None and VENV_PYTHON.exists() and Path(sys.executable) != VENV_PYTHON:
        sys.exit(replace_process([str(VENV_PYTHON), *sys.orig_argv[1:]]))
    gc.set_threshold(50_000)  # as main.py
    from benchmarks.run import main

    sys.exit(main())
