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

POLL_MS = 2000
_STUCK_AFTER = 15
_HELD_UP_WEIGHT = 5
"""After how many looks the person is told that a job does not come out, and for how many one counts at which the
spooler itself says so: a printer that is merely waking up is not to be told of, nor one that is switched off to be
kept silent of only because CUPS goes on trying."""


@dataclass
class WatchedJob:
    """One job of the spooler: whose paper, its copies, where it lies, how often it was looked at, and what was
    last told of it."""

    code: str
    form: PaperForm
    print_ids: tuple[int, ...]
    number: int
    printer: str
    checks: int = field(default=0)
    fate: Fate = field(default=Fate.UNDER_WAY)

    @property
    def stuck(self) -> bool:
        """Whether the person was told that it is held up."""
        return self.checks >= _STUCK_AFTER


class PrintJobWatch(QObject):
    """The jobs under way.

    Signals: `ended(Watched, Fate)` once, when a job is out, given up or unknown; `stuck(Watched)` once, while it is
    held up; `resumed(Watched)` when it no longer is."""

    ended = Signal(object, object)
    stuck = Signal(object)
    resumed = Signal(object)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._jobs: dict[int, WatchedJob] = {}
        self._polling = False
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.poll)

    @property
    def jobs(self) -> tuple[WatchedJob, ...]:
        """What is watched now."""
        return tuple(self._jobs.values())

    def watch(self, job: WatchedJob) -> None:
        """Looks after one more job."""
        self._jobs[job.number] = job
        self._timer.start()

    def resume(self, papers: Iterable["WaitingPaper"], on_resumed: Callable[[], None]) -> None:
        """After a restart: papers handed over before it that still lie in the spooler are watched again."""
        names = {job_name(paper.code, paper.form, paper.print_ids): paper for paper in papers if paper.handed}
        if not names or not spooler.is_available():
            on_resumed()
            return
        self._runner.run_background(
            lambda _ticket: spooler.pending_jobs(), lambda found: self._on_jobs(found, names, on_resumed), activity=""
        )

    def _on_jobs(
        self, found: tuple[SpooledJob, ...], names: dict[str, "WaitingPaper"], then: Callable[[], None]
    ) -> None:
        for job in found:
            paper = names.get(job.title)
            if paper is not None:
                self.watch(WatchedJob(paper.code, paper.form, paper.print_ids, job.number, job.printer))
        then()

    def poll(self) -> None:
        """Asks the spooler, aside, unless it is being asked."""
        numbers = frozenset(self._jobs)
        if not numbers:
            self._timer.stop()
        elif not self._polling:
            self._polling = True
            self._runner.run_background(
                lambda _ticket: spooler.fates(numbers), self._on_fates, activity="", on_error=self._poll_failed
            )

    def cancel(self, print_ids: frozenset[int]) -> None:
        """Takes the jobs of copies that nobody wants out of the spooler."""
        numbers = [job.number for job in self.jobs if print_ids & set(job.print_ids)]
        for number in numbers:
            del self._jobs[number]
        if numbers:
            self._runner.run_background(
                lambda _ticket: spooler.cancel(numbers), lambda _none: None, activity="Đang bỏ lệnh in"
            )

    def _poll_failed(self, _error: Exception) -> bool:
        self._polling = False
        return True

    def _on_fates(self, fates: dict[int, Fate]) -> None:
        self._polling = False
        for number, fate in fates.items():
            job = self._jobs.get(number)
            if job is None:
                continue
            if fate in (Fate.UNDER_WAY, Fate.HELD_UP):
                self._update_job(job, fate)
            else:
                del self._jobs[number]
                self.ended.emit(job, fate)

    def _update_job(self, job: WatchedJob, fate: Fate) -> None:
        was_stuck, was_held_up = job.stuck, job.fate == Fate.HELD_UP
        job.fate = fate
        if fate == Fate.HELD_UP:
            job.checks += _HELD_UP_WEIGHT
        else:
            job.checks = 0 if was_held_up else job.checks + 1
        if job.stuck != was_stuck:
            (self.stuck if job.stuck else self.resumed).emit(job)
