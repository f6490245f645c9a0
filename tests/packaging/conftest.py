"""Makes the modules of `packaging/windows` importable as `windows`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))
