"""Run the tests that need no POSIX with a Windows Python under wine.

    python -m tests.on_wine [--out FOLDER] [PATH…]

The Python is the one of the Windows build, with the packages of the tests beside it; both are made in `build/windows`.
Each path is a run of its own: a test that does not end stops its own run only, and is named. The last lines are a table
of passed, failed and skipped tests and of the time of each run; `--out` keeps the output of each.

The time zone is that of the offices, written as the C library of Windows reads it: a name such as Asia/Ho_Chi_Minh
counts there as UTC. wine shows how files, locks, processes and the vault behave; it shows nothing of printers, sleep or
power cuts.
"""

import argparse
import re
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

from tests.architecture.project import ROOT

sys.path.insert(0, str(ROOT / "packaging"))

from windows import embed, wheels
from windows.layout import WORK, Layout, source_epoch, source_version
from windows.tools import install_missing
from windows.wine import Wine

TIMEOUT_S, _DRAIN_S = 900, 3
"""Limit of one test; wine on a busy machine is slow. Wait for the last lines of a run."""
OPTIONS = ("-X", "utf8", "-m", "pytest", "-q", "-rfEs", "-p", "no:cacheprovider", "-m", "not posix")
LINUX_ONLY = ("architecture", "benchmarks", "docs", "faults", "goldens", "hub", "packaging", "support")
"""Folders about the sources, the receiver and the build, which run on Linux."""
PACKAGES = (
    *("pytest", "pytest-qt", "pytest-timeout", "hypothesis", "fonttools", "cryptography", "holidays"),
    *("psycopg", "psycopg-binary", "orjson", "starlette", "uvicorn", "jinja2", "python-multipart"),
)
"""What the tests and their receiver import, besides the packages of the program."""
_WITHOUT_COPY_FILE = """import _winapi

if hasattr(_winapi, "CopyFile2"):
    del _winapi.CopyFile2
"""
"""A module of the test Python: wine 8 lacks this call, and then `shutil` copies without it."""
_WITHOUT_PLUGINS = "PySide6/plugins/networkinformation"
"""Plugins of Qt that the package leaves out too; under wine 8 INetworkListManager does not answer."""
_NAMES = ("passed", "failed", "error", "skipped")
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)")


@dataclass(frozen=True)
class Ended:
    """What one run reports; `status` is that of pytest."""

    path: str
    status: int
    counts: dict[str, int]
    seconds: float

    @property
    def complete(self) -> bool:
        """Whether pytest ended and counted its tests, or had none to run (5)."""
        return self.status == 5 or (self.status in (0, 1) and bool(self.counts))


def main(words: Sequence[str]) -> int:
    """Run the paths under wine; return 0 if no test failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.on_wine", description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="*", help="default: every folder below tests but those of Linux alone")
    parser.add_argument("--out", type=Path, default=None, help="folder of the outputs")
    args = parser.parse_args(words)
    install_missing()
    python, wine = test_python(), Wine(WORK / "wine", variables={"TZ": "ICT-7", "LC_ALL": "C.UTF-8"})
    wine.prepare()
    ended = [_run(wine, python, path, args.out) for path in args.paths or default_paths()]
    print("\n".join(_table(ended)))
    return 0 if all(run.complete and run.status != 1 for run in ended) else 1


def default_paths() -> list[str]:
    """Return every folder and file of tests that is not for Linux alone."""
    folders = [folder for folder in sorted((ROOT / "tests").iterdir()) if folder.is_dir()]
    subjects = [folder for folder in folders if folder.name not in (*LINUX_ONLY, "ui", "__pycache__")]
    pages = [path for path in sorted((ROOT / "tests" / "ui").iterdir()) if path.is_dir() or path.match("test_*.py")]
    files = sorted((ROOT / "tests").glob("test_*.py"))
    return [path.relative_to(ROOT).as_posix() for path in (*files, *subjects, *pages) if path.name != "__pycache__"]


def test_python() -> Path:
    """Return the Windows Python of the tests, made where it is missing."""
    layout = Layout(source_version(), source_epoch(), WORK / "tests")
    python, mark = layout.python / "python.exe", layout.work / "requirements.txt"
    pins = (ROOT / "requirements.txt").read_bytes() + " ".join((*PACKAGES, _WITHOUT_PLUGINS)).encode()
    if mark.is_file() and mark.read_bytes() == pins:
        return python
    shutil.rmtree(layout.work, ignore_errors=True)
    embed.unpack(layout)
    for name in ("python313._pth", "_wmi.pyd"):  # it hides our folders; wine 8 lacks a call that _wmi makes
        (layout.python / name).unlink(missing_ok=True)
    wheels.unpack(layout, wheels.fetch(PACKAGES).values())
    shutil.rmtree(layout.packages / _WITHOUT_PLUGINS)
    (layout.packages / "sitecustomize.py").write_text(_WITHOUT_COPY_FILE, encoding="ascii")
    mark.write_bytes(pins)
    return python


def _run(wine: Wine, python: Path, path: str, folder: Path | None) -> Ended:
    """Run the tests of a path; print their output while it comes.

    The standard streams are pipes, because wine ends Python with other ones.
    """
    started = time.monotonic()
    lines: list[str] = []
    process = wine.start([python, *OPTIONS, f"--timeout={TIMEOUT_S}", path], ROOT)
    assert process.stdin is not None and process.stdout is not None
    process.stdin.close()
    reader = Thread(target=_follow, args=(process.stdout, lines), daemon=True)
    reader.start()
    process.wait()
    reader.join(_DRAIN_S)  # the services that wine has started keep the pipe open
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{path.replace('/', '-')}.log").write_text("".join(lines), encoding="utf-8")
    counts = {name.rstrip("s"): int(number) for number, name in _COUNT.findall(lines[-1] if lines else "")}
    return Ended(path, process.returncode, counts, time.monotonic() - started)


def _follow(output: IO[bytes], lines: list[str]) -> None:
    """Print and keep the lines of a run while they come."""
    for line in output:
        lines.append(line.decode("utf-8", "replace").replace("\r\n", "\n"))
        print(lines[-1], end="", flush=True)


def _table(runs: Sequence[Ended]) -> list[str]:
    """Return the table of the runs, with their sum as the last line."""
    sums = {name: sum(run.counts.get(name, 0) for run in runs) for name in _NAMES}
    lines = [f"{'run':36} {' '.join(f'{name:>7}' for name in _NAMES)} {'seconds':>8}"]
    for run in (*runs, Ended("all", 0, sums, sum(run.seconds for run in runs))):
        line = f"{run.path:36} {' '.join(f'{run.counts.get(name, 0):7}' for name in _NAMES)} {run.seconds:8.0f}"
        lines.append(line if run.complete else f"{line}  did not end: exit status {run.status}")
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
