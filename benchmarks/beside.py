"""A save in the window beside a bulk intake on the same folder."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from random import Random
from statistics import quantiles
from subprocess import PIPE, Popen
from threading import Condition, Event, Thread

from app import bootstrap
from app.office.session import OfficeSession
from app.services.intake.command import AcceptDossier
from app.usecases.intake.accept import accept_dossier
from benchmarks.desk import commands_of
from benchmarks.generator import NOW, common_procedures
from benchmarks.measurement import Measurement, milliseconds, without_garbage_collection
from benchmarks.offices import Desk, Offices, current_versions
from benchmarks.people import invent_person, to_intake_line

_MAIN = Path(bootstrap.__file__).resolve().parents[1] / "main.py"
_BLOCKS, _LINES_BETWEEN_SAVES = 6, 2


def beside(offices: Offices) -> Measurement:
    """Measure the slowest saves beside `intake -`, against those alone.

    Between two saves the bulk intake has answered two more lines, so that it is at work at each save.
    """
    desk = offices.writable(offices.large)
    facts, clock = desk.office.facts, bootstrap.MACHINE_CLOCK
    window = OfficeSession(desk.folder, desk.database, facts, clock, NOW, place="window")
    commands, saves = commands_of(desk), max(2, offices.rounds * 5 // _BLOCKS)
    alone: list[float] = []
    busy: list[float] = []
    with _bulk_intake(desk) as bulk, without_garbage_collection():
        for _ in range(_BLOCKS):
            alone += _saves(window, commands, saves, lambda: None)
            with bulk.at_work():
                busy += _saves(window, commands, saves, bulk.await_answers)
    limit, value = _p99(alone), _p99(busy)
    note = f"beside: tiếp nhận hàng loạt đã trả lời {bulk.answered} dòng trong lúc đo"
    return Measurement("beside", value, limit, value / limit, 3, offices.large, notes=(note,))


def _saves(
    window: OfficeSession, commands: Iterator[AcceptDossier], count: int, before: Callable[[], None]
) -> list[float]:
    times = []
    for command in islice(commands, count):
        before()
        times.append(milliseconds(lambda command=command: window.write(accept_dossier, command)))  # type: ignore[misc]
    return times


def _p99(times: list[float]) -> float:
    return quantiles(times, n=100)[98]


class _BulkIntake:
    """A process of `intake -` with threads that feed it and read its answers."""

    def __init__(self, process: "Popen[bytes]", lines: Iterator[bytes]) -> None:
        self.answered = 0
        self._process, self._lines = process, lines
        self._go, self._ended, self._answers = Event(), Event(), Condition()
        self._threads = [Thread(target=work, daemon=True) for work in (self._feed, self._read)]
        for thread in self._threads:
            thread.start()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Feed lines during the block."""
        self._go.set()
        self.await_answers()
        try:
            yield
        finally:
            self._go.clear()

    def await_answers(self) -> None:
        """Wait until the process has answered two more lines."""
        with self._answers:
            target = self.answered + _LINES_BETWEEN_SAVES
            if not self._answers.wait_for(lambda: self.answered >= target or self._process.poll() is not None, 60):
                raise RuntimeError("the bulk intake does not answer")

    def end(self) -> None:
        """End the input and wait for the process."""
        self._ended.set()
        self._go.set()
        for thread in self._threads:
            thread.join()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _feed(self) -> None:
        assert self._process.stdin is not None
        for line in self._lines:
            self._go.wait()
            if self._ended.is_set():
                break
            self._process.stdin.write(line)
            self._process.stdin.flush()
        self._process.stdin.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for _ in self._process.stdout:
            with self._answers:
                self.answered += 1
                self._answers.notify_all()


@contextmanager
def _bulk_intake(desk: Desk) -> Iterator[_BulkIntake]:
    words = ["--data", str(desk.folder), "--json", "--now", NOW.isoformat(), "intake", "-"]
    process = Popen([sys.executable, str(_MAIN), *words], stdin=PIPE, stdout=PIPE)
    bulk = _BulkIntake(process, _lines(desk))
    try:
        yield bulk
    finally:
        bulk.end()


def _lines(desk: Desk) -> Iterator[bytes]:
    """Yield intake lines for invented citizens without end."""
    rng = Random(11)
    versions = common_procedures(desk.office.read(current_versions, None))
    for version in cycle(versions):
        line = {
            "procedure": version.procedure.code,
            "channel": "direct",
            "applicant": to_intake_line(invent_person(rng)),
        }
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"
