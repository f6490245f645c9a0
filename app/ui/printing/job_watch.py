"""Looks after jobs that the spooler has, until each is out, given up, or nothing more is known of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.enums import PaperForm
from app.ui.kit.runner import Runner
from app.ui.printing import spooler
from app.ui.printing.job import job_name
from app.ui.printing.spooler import Fate, SpooledJob

if TYPE_CHECKING:
    from app.services.documents.print_queue import WaitingPaper

LOOKS_MS = 2000
_PATIENCE = 15
_HELD_UP = 5
"""After how many looks the person is told that a job does not come out, and for how many one counts at which the
spooler itself says so: a printer that is merely waking up is not to be told of, nor one that is switched off to be
kept silent of only because CUPS goes on trying."""


@dataclass
class Watched:
    """One job of the spooler: whose paper, its copies, where it lies, how often it was looked at, and what was
    last told of it."""

    code: str
    form: PaperForm
    print_ids: tuple[int, ...]
    number: int
    printer: str
    looks: int = field(default=0)
    fate: Fate = field(default=Fate.UNDER_WAY)

    @property
    def stuck(self) -> bool:
        """Whether the person was told that it is held up."""
        return self.looks >= _PATIENCE


class PrintWatch(QObject):
    """The jobs under way.

    Signals: `ended(Watched, Fate)` once, when a job is out, given up or unknown; `stuck(Watched)` once, while it is
    held up; `going_on(Watched)` when it no longer is."""

    ended = Signal(object, object)
    stuck = Signal(object)
    going_on = Signal(object)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._jobs: dict[int, Watched] = {}
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS_MS)
        self._timer.timeout.connect(self.look)

    @property
    def jobs(self) -> tuple[Watched, ...]:
        """What is watched now."""
        return tuple(self._jobs.values())

    def watch(self, job: Watched) -> None:
        """Looks after one more job."""
        self._jobs[job.number] = job
        self._timer.start()

    def take_up(self, papers: Iterable["WaitingPaper"], then: Callable[[], None]) -> None:
        """After a restart: papers handed over before it that still lie in the spooler are watched again."""
        names = {job_name(paper.code, paper.form, paper.print_ids): paper for paper in papers if paper.handed}
        if not names or not spooler.can_be_asked():
            then()
            return
        self._runner.aside(
            lambda _ticket: spooler.jobs_waiting(), lambda found: self._found(found, names, then), what=""
        )

    def _found(self, found: tuple[SpooledJob, ...], names: dict[str, "WaitingPaper"], then: Callable[[], None]) -> None:
        for job in found:
            paper = names.get(job.title)
            if paper is not None:
                self.watch(Watched(paper.code, paper.form, paper.print_ids, job.number, job.printer))
        then()

    def look(self) -> None:
        """Asks the spooler, aside, unless it is being asked."""
        numbers = frozenset(self._jobs)
        if not numbers:
            self._timer.stop()
        elif not self._asking:
            self._asking = True
            self._runner.aside(
                lambda _ticket: spooler.fates(numbers), self._hear, what="", otherwise=self._heard_nothing
            )

    def cancel(self, print_ids: frozenset[int]) -> None:
        """Takes the jobs of copies that nobody wants out of the spooler."""
        numbers = [job.number for job in self.jobs if print_ids & set(job.print_ids)]
        for number in numbers:
            del self._jobs[number]
        if numbers:
            self._runner.aside(lambda _ticket: spooler.cancel(numbers), lambda _none: None, what="Đang bỏ lệnh in")

    def _heard_nothing(self, _error: Exception) -> bool:
        self._asking = False
        return True

    def _hear(self, fates: dict[int, Fate]) -> None:
        self._asking = False
        for number, fate in fates.items():
            job = self._jobs.get(number)
            if job is None:
                continue
            if fate in (Fate.UNDER_WAY, Fate.HELD_UP):
                self._count(job, fate)
            else:
                del self._jobs[number]
                self.ended.emit(job, fate)

    def _count(self, job: Watched, fate: Fate) -> None:
        was_stuck, was_held_up = job.stuck, job.fate == Fate.HELD_UP
        job.fate = fate
        if fate == Fate.HELD_UP:
            job.looks += _HELD_UP
        else:
            job.looks = 0 if was_held_up else job.looks + 1
        if job.stuck != was_stuck:
            (self.stuck if job.stuck else self.going_on).emit(job)
