"""From the start of the process to a window that can be typed in, against a process that shows a bare window."""

import os
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.measurement import Measurement, Work, measure_interleaved
from benchmarks.offices import Offices, generated_office, offices_folder, temporary_copy
from benchmarks.window import MAIN, READY


def start(offices: Offices) -> Measurement:
    """Processes without a screen, each to its end before the next begins."""
    with temporary_copy(generated_office(offices.small)) as folder:

        def rounds() -> Iterator[tuple[Work, Work]]:
            for _ in range(max(offices.rounds // 4, 3)):
                bare, program = _Process(), _Process(str(folder))
                yield bare.until_ready, program.until_ready
                bare.end()
                program.end()

        pairs = measure_interleaved(rounds())
    return Measurement("start", pairs.value, pairs.limit, pairs.ratio, 1.6, offices.small)


class _Process:
    """One start of `benchmarks.window`, compiled as an office has it: both sides of the pair, whoever measures."""

    def __init__(self, *arguments: str) -> None:
        self._command = [sys.executable, "-m", "benchmarks.window", *arguments]
        self._process: subprocess.Popen[str] | None = None

    def until_ready(self) -> None:
        """Start it and wait for its word."""
        surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        surroundings |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(offices_folder() / "bytecode")}
        self._process = subprocess.Popen(
            self._command, cwd=MAIN.parent, env=surroundings, stdout=subprocess.PIPE, encoding="utf-8"
        )
        said = self._process.stdout.readline() if self._process.stdout else ""
        if said.strip() != READY:
            raise RuntimeError(f"the window did not open: {said!r}, exit status {self._process.wait()}")

    def end(self) -> None:
        """Wait until it is gone."""
        if self._process is not None:
            self._process.communicate()
