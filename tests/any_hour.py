"""Run the tests at other hours, days and time zones, and under load.

`python -m tests.any_hour [NAME…] [-- PYTEST…]` makes the named runs, or all, one after another. It needs the Debian
package faketime. Each run prints one line; its whole output is kept in `build/any_hour`. The exit status is 1 where a
run failed.

Only the wall clock is moved. The running time stays the machine's own, because waits measured in a moved running time
never end or end at once (libfaketime 0.9.10). `time.sleep` fails under that library with EINVAL, so this module, loaded
as a plugin of pytest, replaces it.
"""

import argparse
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.models.instants import office_instant

ROOT = Path(__file__).resolve().parents[1]
KEPT_IN = ROOT / "build" / "any_hour"


@dataclass(frozen=True)
class Run:
    """One run: its start in Vietnamese time, time zone, busy programs.

    An empty `hour` is now.
    """

    hour: str
    zone: str
    load: int = 0


RUNS = {
    "leap-day": Run("2028-02-29T00:30", "UTC"),
    "leap-night": Run("2028-02-29T23:58", "America/Los_Angeles"),
    "tet": Run("2027-02-06T00:30", "Asia/Ho_Chi_Minh"),
    "tet-sunday": Run("2027-02-07T06:59", "America/Los_Angeles"),
    "new-year": Run("2028-12-31T23:58", "Asia/Ho_Chi_Minh"),
    "load": Run("", "UTC", load=8),
}
"""Every hour, day, zone and load once or more: 00:30, 06:59, 23:58; a Sunday, 31/12, 29/02, Tết; a load of eight."""


def wall_clock_at(hour: str) -> dict[str, str]:
    """Return variables that start processes at this Vietnamese hour."""
    if not hour:
        return {}
    library = subprocess.run(
        ["faketime", "-f", "+0", "printenv", "LD_PRELOAD"], capture_output=True, encoding="utf-8", check=True
    ).stdout.strip()
    offset = round((office_instant(hour) - datetime.now(UTC)).total_seconds())
    return {
        "LD_PRELOAD": library,
        "FAKETIME": f"{offset:+d}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",  # or waits for the running time are moved along with the wall clock
        "NO_FAKE_STAT": "1",
    }


@contextmanager
def beside(load: int) -> Iterator[None]:
    """So many busy programs as long as the block runs."""
    programs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(load)]
    try:
        yield
    finally:
        for each in programs:
            each.kill()
            each.wait()


def make(name: str, arguments: Sequence[str]) -> int:
    """Make one run and print pytest's closing line; pytest's exit status."""
    run, output = RUNS[name], KEPT_IN / f"{name}.txt"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.any_hour", *arguments]
    environment = {**os.environ, **wall_clock_at(run.hour), "TZ": run.zone}
    with beside(run.load), output.open("w", encoding="utf-8") as file:
        status = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=file, stderr=subprocess.STDOUT, check=False
        ).returncode
    closing = output.read_text(encoding="utf-8").rstrip().rpartition("\n")[2]
    print(f"{name}: {run.hour or 'now'} {run.zone}, load {run.load}: {closing}", flush=True)
    return status


def main(words: Sequence[str]) -> int:
    """Make the runs asked for."""
    end = words.index("--") if "--" in words else len(words)
    parser = argparse.ArgumentParser(prog="python -m tests.any_hour", epilog=f"NAME: {', '.join(RUNS)}")
    parser.add_argument("name", nargs="*", metavar="NAME")
    names = parser.parse_args(words[:end]).name
    if unknown := set(names) - set(RUNS):
        parser.error(f"no such run: {', '.join(sorted(unknown))}")
    KEPT_IN.mkdir(parents=True, exist_ok=True)
    statuses = [make(name, words[end + 1 :]) for name in names or RUNS]
    return 1 if any(statuses) else 0


def _sleep(seconds: float) -> None:
    threading.Event().wait(seconds)


if "FAKETIME" in os.environ:
    time.sleep = _sleep

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
