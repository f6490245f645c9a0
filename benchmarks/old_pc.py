"""Benchmarks of a counter's old PC: memory, cold start, save, scan, rest."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from app.models.instants import iso
from benchmarks.desk import keys_of
from benchmarks.generator import NOW
from benchmarks.measurement import Measurement, Pairs, Work, measure_interleaved
from benchmarks.offices import Offices, generated_office, offices_folder, temporary_copy
from benchmarks.window import MAIN

_DAY_INTAKES, _LEAK_INTAKES, _IDLE_SECONDS = 200, 9_900, 60
"""A desk issues at most 9,999 numbers a day, the first intakes of `leak` among them."""
_FRAME_MS = 1000 / 60
_LEAST_SCANS = 100
"""The 99th percentile of fewer scans would be a guess above the slowest."""
_PAPER_MS = 1500
_IDLE_PERCENT = 0.3
_FULL_SIZE = 100_000
"""An office below this size is measured with fewer intakes and seconds."""
_BARE_SCAN = """
import sys
from sqlalchemy import create_engine
from sqlcipher3 import dbapi2
engine = create_engine(f"sqlite:///{sys.argv[1]}", module=dbapi2)
with engine.connect() as connection:
    print(connection.exec_driver_sql("SELECT * FROM dossier WHERE key = ?", (sys.argv[2],)).one().code)
"""


def memory(offices: Offices) -> Measurement:
    """Measure a window after a day of intakes, against its libraries alone."""
    intakes = _number(_DAY_INTAKES, offices)
    with temporary_copy(generated_office(offices.large)) as folder:
        ours = _drive("memory", folder, intakes)["mib"]
    limit = _run_driver()["mib"]
    return Measurement("memory", ours, limit, ours / limit, 1.6, offices.large, "MiB")


def cli_start(offices: Offices) -> Measurement:
    """Measure `scan` in a new process, against one query in a new process."""
    folder = generated_office(offices.small)
    desk = offices.read(offices.small)
    keys = keys_of(desk, offices.small)

    def rounds() -> Iterator[tuple[Work, Work]]:
        for _ in range(max(offices.rounds // 3, 3)):
            key = next(keys)
            bare = ("-c", _BARE_SCAN, str(folder / "motcua.db"), key)
            ours = (str(MAIN), "--data", str(folder), "--now", iso(NOW), "scan", key)
            yield partial(_run_python, *bare), partial(_run_python, *ours)

    pairs = measure_interleaved(rounds())
    return Measurement("cli_start", pairs.value, pairs.limit, pairs.ratio, 1.8, offices.small)


def save_and_print(offices: Offices) -> Measurement:
    """Measure F9 up to the last paper at the printer.

    The form was filled a second before. The limit is that of both halves, the intake and its papers, taken beside each
    save in the same process.
    """
    with temporary_copy(generated_office(offices.large)) as folder:
        result = _drive("save", folder, max(offices.rounds, 3))
    pairs = Pairs(tuple(result["limits"]), tuple(result["times"]))
    at_once = median(result["at_once"])
    note = f"save_and_print: ngay sau phím cuối {at_once:.1f} ms, tỷ số {at_once / pairs.limit:.2f}"
    return Measurement("save_and_print", pairs.value, pairs.limit, pairs.ratio, 2, offices.large, notes=(note,))


def card_to_paper(offices: Offices) -> Measurement:
    """Measure a known card up to the printer, against 1.5 seconds.

    It begins with the last key of the scan and holds the two keys after it. At rest only, because the limit is a time.
    """
    with temporary_copy(generated_office(offices.large)) as folder:
        times = _drive("card", folder, max(offices.rounds, 3))["times"]
    value = median(times)
    note = f"card_to_paper: chậm nhất {max(times):.0f} ms"
    return Measurement("card_to_paper", value, _PAPER_MS, value / _PAPER_MS, 1, offices.large, notes=(note,))


def scan_screen(offices: Offices) -> Measurement:
    """Measure the last key of a scan up to the painted page, against a frame.

    The value is the 99th percentile.
    """
    with temporary_copy(generated_office(offices.large)) as folder:
        times = _drive("scan", folder, max(offices.rounds, _LEAST_SCANS))["times"]
    value = quantiles(times, n=100)[98]
    note = f"scan_screen: giữa {median(times):.1f} ms"
    return Measurement("scan_screen", value, _FRAME_MS, value / _FRAME_MS, 3, offices.large, notes=(note,))


def leak(offices: Offices) -> Measurement:
    """Measure the memory after many intakes, against that after the first."""
    with temporary_copy(generated_office(offices.small)) as folder:
        result = _drive("leak", folder, _number(_LEAK_INTAKES, offices))
    return Measurement(
        "leak", result["after"], result["before"], result["after"] / result["before"], 1.05, offices.small, "MiB"
    )


def idle(offices: Offices) -> Measurement:
    """Measure the processor time of a window at rest, in percent of a core.

    A timer under a second or a written byte misses the promise.
    """
    with temporary_copy(generated_office(offices.small)) as folder:
        result = _drive("idle", folder, _number(_IDLE_SECONDS, offices))
    active = bool(result["short_timers"] or result["written"])
    value = result["percent"] + 100 * active
    note = f"idle: ghi {result['written']} byte, hẹn giờ dưới một giây: {result['short_timers'] or 'không'}"
    return Measurement("idle", value, _IDLE_PERCENT, value / _IDLE_PERCENT, 1, offices.small, "%", notes=(note,))


def _number(full: int, offices: Offices) -> int:
    """Return the intakes or seconds of a measurement; few for a small office."""
    return full if offices.large >= _FULL_SIZE else max(offices.rounds, 2)


def _drive(task: str, folder: Path, number: int) -> dict[str, Any]:
    return _run_driver(task, str(folder), iso(NOW), str(number))


def _run_driver(*arguments: str) -> dict[str, Any]:
    """Run `benchmarks.window_driver` and return its answer."""
    answer: dict[str, Any] = json.loads(_run_python("-m", "benchmarks.window_driver", *arguments).splitlines()[-1])
    return answer


def _run_python(*arguments: str) -> str:
    """Run this Python with compiled bytecode; return what it prints."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(offices_folder() / "bytecode"),
        "XDG_STATE_HOME": str(offices_folder() / "state"),
    }
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=MAIN.parent, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=True
    ).stdout
