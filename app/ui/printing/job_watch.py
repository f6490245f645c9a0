"""Watch of jobs in the spooler until each is printed, given up or unknown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.enums import PaperForm
from app.ui.kit.runner import Runner
from app.ui.printing import spooler
from app.ui.printing.job import job_name, short_name
from app.ui.printing.spooler import JobState, SpooledJob

if TYPE_CHECKING:
    from app.services.documents.print_queue import WaitingPaper

POLL_MS = 2000
_STUCK_AFTER = 15
_HELD_UP_WEIGHT = 5
"""A job counts as stuck after `_STUCK_AFTER` polls; a poll with the state `HELD_UP` counts `_HELD_UP_WEIGHT` times.

A printer that wakes up is not reported. A printer that is off is reported although CUPS keeps trying.
"""


@dataclass
class WatchedJob:
    """A job in the spooler with its copies and last state.

    `name` is the name of the document within a sentence.
    """

    code: str
    form: PaperForm
    print_ids: tuple[int, ...]
    number: int
    printer: str
    name: str
    checks: int = field(default=0)
    state: JobState = field(default=JobState.UNDER_WAY)

    @property
    def stuck(self) -> bool:
        """Whether the job counts as held up."""
        return self.checks >= _STUCK_AFTER


class PrintJobWatch(QObject):
    """Watch of the jobs in the spooler.

    Signals: `ended(WatchedJob, JobState)` once, when a job is printed, given up or unknown; `stuck(WatchedJob)` once,
    while it is held up; `resumed(WatchedJob)` when it no longer is.
    """

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
        """The watched jobs."""
        return tuple(self._jobs.values())

    def watch(self, job: WatchedJob) -> None:
        """Watch one more job."""
        self._jobs[job.number] = job
        self._timer.start()

    def resume(self, papers: Iterable["WaitingPaper"], on_resumed: Callable[[bool], None]) -> None:
        """Watch jobs that were handed over before a restart.

        `on_resumed` gets whether the spooler answered; a stopped one keeps its jobs and names none.
        """
        names = {job_name(paper.code, paper.form, paper.print_ids): paper for paper in papers if paper.handed}
        if not names or not spooler.is_available():
            on_resumed(True)
            return
        self._runner.run_background(
            lambda _ticket: spooler.pending_jobs(), lambda jobs: self._on_jobs(jobs, names, on_resumed), activity=""
        )

    def _on_jobs(
        self, jobs: tuple[SpooledJob, ...] | None, names: dict[str, "WaitingPaper"], on_resumed: Callable[[bool], None]
    ) -> None:
        for job in jobs or ():
            paper = names.get(job.title)
            if paper is not None:
                name = short_name(paper.form, paper.title)
                self.watch(WatchedJob(paper.code, paper.form, paper.print_ids, job.number, job.printer, name))
        on_resumed(jobs is not None)

    def poll(self) -> None:
        """Query the spooler in the background unless a query is running."""
        numbers = frozenset(self._jobs)
        if not numbers:
            self._timer.stop()
        elif not self._polling:
            self._polling = True
            self._runner.run_background(
                lambda _ticket: spooler.job_states(numbers), self._on_states, activity="", on_error=self._poll_failed
            )

    def cancel(self, print_ids: frozenset[int]) -> None:
        """Cancel the jobs of copies in the spooler."""
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

    def _on_states(self, states: dict[int, JobState]) -> None:
        self._polling = False
        for number, state in states.items():
            job = self._jobs.get(number)
            if job is None:
                continue
            if state in (JobState.UNDER_WAY, JobState.HELD_UP):
                self._update_job(job, state)
            else:
                del self._jobs[number]
                self.ended.emit(job, state)

    def _update_job(self, job: WatchedJob, state: JobState) -> None:
        was_stuck, was_held_up = job.stuck, job.state == JobState.HELD_UP
        job.state = state
        if state == JobState.HELD_UP:
            job.checks += _HELD_UP_WEIGHT
        else:
            job.checks = 0 if was_held_up else job.checks + 1
        if job.stuck != was_stuck:
            (self.stuck if job.stuck else self.resumed).emit(job)
