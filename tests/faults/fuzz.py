"""Fuzzing with mangled scans and files.

Usage: `python -m tests.faults.fuzz [--scans N] [--files N] [--seed S]`. The same numbers and seed give the same inputs.
The counts are printed as one line of JSON. The exit status is 1 after a crash or a hang.
"""

import argparse
import json
import random
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from app.bootstrap import create_office
from tests.faults.inputs import entry_points, push_input, random_scan_text, scan
from tests.faults.mangling import mangle
from tests.support.offices import CREATED_AT, OFFICE

_WORKERS = 2
_TIMEOUT = 10
"""Seconds after which an input counts as a hang."""
_INPUTS_PER_OFFICE = 250
"""Inputs after which a new office is used, because fuzzing makes its catalogue useless."""


class Hang(BaseException):
    """Signal that one input took too long."""


@dataclass
class Tally:
    """Counts of inputs, and descriptions of crashes and hangs."""

    scans: int = 0
    files: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Add the counts of another tally."""
        self.scans += other.scans
        self.files = dict(Counter(self.files) + Counter(other.files))
        self.wrong += other.wrong


def fuzz(scans: int, files: int, seed: int) -> Tally:
    """Try mangled scans and files in this process."""
    tally, rng = Tally(), random.Random(seed)
    with TemporaryDirectory() as scratch:
        template = Path(scratch) / "template"
        create_office(template, OFFICE, True, CREATED_AT)
        for _ in range(scans):
            text = random_scan_text(rng)
            _try_input(tally, "scan", repr(text), partial(scan, text))
            tally.scans += 1
        for number in range(files):
            folder = Path(scratch) / "office"
            if number % _INPUTS_PER_OFFICE == 0:
                shutil.rmtree(folder, ignore_errors=True)
                shutil.copytree(template, folder)
                points = entry_points(folder, Path(scratch))
            name = rng.choice(sorted(points))
            content = mangle(rng, points[name].examples)
            _try_input(tally, name, repr(content), partial(push_input, points[name], content))
            tally.files[name] = tally.files.get(name, 0) + 1
    return tally


def _try_input(tally: Tally, name: str, content: str, push: Callable[[], object]) -> None:
    try:
        with _time_limit(_TIMEOUT):
            push()
    except (Exception, Hang) as error:  # noqa: BLE001  any exception is a result
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} {Path(frame.filename).name}:{frame.lineno} {str(error)[:200]}"
        tally.wrong.append(f"{name}: {place}: {content[:600]}")


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    def raise_hang(_number: int, _frame: FrameType | None) -> None:
        raise Hang

    previous = signal.signal(signal.SIGALRM, raise_hang)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)


def main() -> int:
    """Fuzz in two processes."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.fuzz", description=__doc__)
    parser.add_argument("--scans", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20260209)
    arguments = parser.parse_args()
    start, tally = time.perf_counter(), Tally()
    with ProcessPoolExecutor(_WORKERS, get_context("spawn")) as pool:
        shares = [
            pool.submit(fuzz, -(-arguments.scans // _WORKERS), -(-arguments.files // _WORKERS), arguments.seed + worker)
            for worker in range(_WORKERS)
        ]
        for share in shares:
            tally.add(share.result())
    print(json.dumps({**asdict(tally), "seconds": round(time.perf_counter() - start)}, ensure_ascii=False))
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
