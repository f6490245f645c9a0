"""Start of the program up to a usable window, against a bare window."""

import os
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.measurement import Measurement, Work, measure_interleaved
from benchmarks.offices import Offices, generated_office, offices_folder, temporary_copy
from benchmarks.window import MAIN, READY


def start(offices: Offices) -> Measurement:
    """Measure processes without a screen, one after the other."""
    with temporary_copy(generated_office(offices.small)) as folder:

        def rounds() -> Iterator[tuple[Work, Work]]:
            for _ in range(max(offices.rounds // 4, 3)):
                bare, program = _Process(), _Process(str(folder))
                yield bare.until_ready, program.until_ready
                bare.end()
                program.end()

        pairs = measure_interleaved(rounds())
    return Measurement("start", pairs.value, pairs.limit, pairs.ratio, 1.5, offices.small)


class _Process:
    """One start of `benchmarks.window`, with compiled bytecode on both sides."""

    def __init__(self, *arguments: str) -> None:
        self._command = [sys.executable, "-m", "benchmarks.window", *arguments]
        self._process: subprocess.Popen[str] | None = None

    def until_ready(self) -> None:
        """Start the process and wait for its ready line."""
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(offices_folder() / "bytecode")}
        self._process = subprocess.Popen(
            self._command, cwd=MAIN.parent, env=environment, stdout=subprocess.PIPE, encoding="utf-8"
        )
        output = self._process.stdout.readline() if self._process.stdout else ""
        if output.strip() != READY:
            raise RuntimeError(f"the window did not open: {output!r}, exit status {self._process.wait()}")

    def end(self) -> None:
        """Wait for the end of the process."""
        if self._process is not None:
            self._process.communicate()
