"""Run `python -m benchmarks`, with the program's own Python if needed.

The program's own Python is used if this one lacks the program's packages.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

from main import OWN_PYTHON, start_again

if __name__ == "__main__":
    if find_spec("sqlcipher3") is None and OWN_PYTHON.exists() and Path(sys.executable) != OWN_PYTHON:
        sys.exit(start_again([str(OWN_PYTHON), *sys.orig_argv[1:]]))
    from benchmarks.run import main

    sys.exit(main())
