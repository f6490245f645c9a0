"""Run the smoke test of a real Windows with a Windows Python under wine.

    python -m tests.native_smoke_on_wine FOLDER

`python packaging/windows.py build` must have run, and `versions --out FOLDER`. The smoke test then is on
Windows: its way there, which .github/workflows/windows.yml takes, runs without a real PC.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.project import ROOT

sys.path.insert(0, str(ROOT / "packaging"))

from windows.layout import OUTPUT, WORK
from windows.pc import ACCOUNT, screen
from windows.wine import Wine, windows_path


def main(arguments: list[str]) -> int:
    """Run it on a new PC; return its exit status."""
    versions, home = Path(arguments[0]), WORK / "native-smoke"
    shutil.rmtree(home, ignore_errors=True)
    with screen() as display:
        wine = Wine(home, ACCOUNT, {"LC_ALL": "C.UTF-8", "TZ": "ICT-7", "DISPLAY": display})
        wine.prepare()
        words = [ROOT / "packaging" / "windows.py", "smoke", "--package", OUTPUT, "--versions", versions]
        paths = [windows_path(word) if isinstance(word, Path) else word for word in words]
        try:
            process = wine.start([versions / "python" / "python.exe", "-X", "utf8", *paths], ROOT)
            return _follow(process)
        finally:
            wine.close()


def _follow(process: "subprocess.Popen[bytes]") -> int:
    """Print the output while it comes; return the exit status."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.close()
    for line in process.stdout:
        print(line.decode("utf-8", "replace"), end="", flush=True)
    return process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
