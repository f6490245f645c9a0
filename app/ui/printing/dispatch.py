"""Dispatch of copies to the printer, recorded in the print journal.

A copy is recorded as handed over before the printer gets it. After a crash the user is asked whether it was printed, so
that no copy is printed twice.
"""

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.machine.freed_memory import return_gaps
from app.models.enums import PaperForm, PaperSize, PrintStatus
from app.ui.kit.runner import Changed, Runner
from app.ui.printing.job import PrintHandoff, PrintJob, PrintOutcome
from app.ui.printing.preferences import PrintPreferences

if TYPE_CHECKING:
    from app.ui.printing.job_watch import PrintJobWatch, WatchedJob
    from app.ui.printing.spooler import JobState

Callback = Callable[[], None]
_KEPT_PRINTED = 300
"""Copies printed last that are not handed over again; no list of waiting copies on the screen is older."""


def chosen_printer(preferred: str) -> str:
    """Return the printer that would be used; empty without one."""
    from app.ui.printing import printer

    return printer.chosen_printer(preferred)


def print_pdf(pdf: bytes, paper: PaperSize, preferred: str, title: str = "") -> PrintHandoff:
    """Print a PDF and return the outcome."""
    from app.ui.printing import printer

    return printer.print_pdf(pdf, paper, preferred, title)


def print_now(pdf: bytes, paper: PaperSize, preferred: str, title: str) -> PrintHandoff:
    """Print a PDF by the function that is current when the lane runs."""
    return print_pdf(pdf, paper, preferred, title)


class PrintDispatcher(QObject):
    """Jobs handed to printers while the window is open.

    Signals: `handed_over(PrintJob)`: a printer or its spooler has the job; `not_printed(PrintJob, PrintHandoff)`:
    nothing was printed; `failed(code, form, name, given_up)`: `given_up` if the spooler cancelled it;
    `stuck(WatchedJob)` and `resumed()`: the job is held up in the spooler, or no longer;
    `unknown()`: the spooler does not know a job any more.
    """

    handed_over = Signal(object)
    not_printed = Signal(object, object)
    failed = Signal(str, str, str, bool)
    stuck = Signal(object)
    resumed = Signal()
    unknown = Signal()

    def __init__(self, runner: Runner, choices: PrintPreferences, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._choices = runner, choices
        self._handed_ids: set[int] = set()
        self._printed_ids = deque[int]()
        self._jobs_at_printers = 0
        self._stuck_printers: dict[int, str] = {}

    @cached_property
    def watch(self) -> "PrintJobWatch":
        """Watch of the jobs in the spooler, created when something prints."""
        from app.ui.printing.job_watch import PrintJobWatch

        watch = PrintJobWatch(self._runner, self)
        watch.ended.connect(self._ended)
        watch.stuck.connect(self._on_stuck)
        watch.resumed.connect(self._on_resumed)
        return watch

    @property
    def ids_under_way(self) -> set[int]:
        """Print ids of copies that need no action of the user."""
        return self._handed_ids - set(self._stuck_printers)

    def stuck_printer(self, print_ids: tuple[int, ...]) -> str:
        """Return the printer that holds up copies; empty without one."""
        return next((self._stuck_printers[print_id] for print_id in print_ids if print_id in self._stuck_printers), "")

    def resume_watched(self) -> None:
        """Mark the jobs that the watch found after a restart."""
        for job in self.watch.jobs:
            self._handed_ids |= set(job.print_ids)

    def mark_handed(self, print_ids: tuple[int, ...]) -> None:
        """Mark copies as handed over that were saved as a file."""
        self._handed_ids |= set(print_ids)
        self._forget_older(print_ids)

    def dispatch(self, job: PrintJob) -> None:
        """Send a job to the printer unless it was already handed over."""
        ids = set(job.print_ids)
        if ids & self._handed_ids:
            return
        self._handed_ids |= ids
        if job.unrecorded or job.handed:
            self._send_to_printer(job)
        else:
            self.record(
                job.print_ids,
                PrintStatus.HANDED,
                partial(self._send_to_printer, job),
                partial(self._record_failed, job),
            )

    def follow(self, job: PrintJob, printing: "Future[PrintHandoff]") -> None:
        """Show and record the outcome of a job that the data lane handed over."""
        self._handed_ids |= set(job.print_ids)
        self._jobs_at_printers += 1
        self._runner.follow(
            printing,
            partial(self._on_handed, job),
            activity=f"Đang in {job.name}",
            on_error=partial(self._on_print_error, job),
        )

    def _record_failed(self, job: PrintJob, _error: Exception) -> bool:
        self._handed_ids -= set(job.print_ids)
        return False

    def _send_to_printer(self, job: PrintJob) -> None:
        pdf, paper = job.prepared.pdf, PaperSize(job.prepared.paper)
        preferred = self._choices.printer_for(job.form, paper)
        self._jobs_at_printers += 1
        self._runner.run_background(
            lambda _ticket: print_pdf(pdf, paper, preferred, job.job_name),
            partial(self._on_handed, job),
            activity=f"Đang in {job.name}",
            pictures=True,
            on_error=partial(self._on_print_error, job),
        )

    def _on_handed(self, job: PrintJob, handoff: PrintHandoff) -> None:
        self._tidy_after_last()
        self._on_outcome(job, handoff)

    def _on_print_error(self, job: PrintJob, _error: Exception) -> bool:
        self._on_handed(job, PrintHandoff(PrintOutcome.FAILED))
        return False

    def _tidy_after_last(self) -> None:
        """Return the memory in which papers were drawn, after the last one.

        The next paper of the same act does not wait for it.
        """
        self._jobs_at_printers -= 1
        if not self._jobs_at_printers:
            self._runner.run_background(
                lambda _ticket: return_gaps(), lambda _none: None, activity="", pictures=True, can_stop=False
            )

    def _on_outcome(self, job: PrintJob, handoff: PrintHandoff) -> None:
        if handoff.outcome == PrintOutcome.PRINTED:
            self.handed_over.emit(job)
            self._follow(job, handoff)
            return
        self._handed_ids -= set(job.print_ids)
        report = partial(self.not_printed.emit, job, handoff)
        if job.unrecorded:
            report()
        elif handoff.outcome == PrintOutcome.FAILED:
            self._fail(job, False)
        else:
            self.record(job.print_ids, PrintStatus.PREPARED, report)

    def _fail(self, job: "PrintJob | WatchedJob", given_up: bool) -> None:
        self.record(job.print_ids, PrintStatus.FAILED)
        self.failed.emit(job.code, job.form, job.name, given_up)

    def _follow(self, job: PrintJob, handoff: PrintHandoff) -> None:
        """Watch a job in the spooler.

        Without a spooler to query it counts as printed at once.
        """
        if handoff.number is None:
            if not job.unrecorded:
                self.record(job.print_ids, PrintStatus.PRINTED)
            self._forget_older(job.print_ids)
            return
        from app.ui.printing.job_watch import WatchedJob
        from app.ui.printing.spooler import JobState

        watched = WatchedJob(job.code, PaperForm(job.form), job.print_ids, handoff.number, handoff.printer, job.name)
        if handoff.number:
            self.watch.watch(watched)
        else:
            self._ended(watched, JobState.UNKNOWN)

    def _ended(self, job: "WatchedJob", state: "JobState") -> None:
        self._forget_stuck(job.print_ids)
        if state == "out":
            self.record(job.print_ids, PrintStatus.PRINTED)
            self._forget_older(job.print_ids)
            return
        self._handed_ids -= set(job.print_ids)
        if state == "given_up":
            self._fail(job, True)
        else:
            self.unknown.emit()

    def _forget_older(self, printed: Iterable[int]) -> None:
        """Keep the copies printed last, so that a long day takes no memory."""
        self._printed_ids.extend(printed)
        while len(self._printed_ids) > _KEPT_PRINTED:
            self._handed_ids.discard(self._printed_ids.popleft())

    def _on_stuck(self, job: "WatchedJob") -> None:
        self._stuck_printers |= dict.fromkeys(job.print_ids, job.printer)
        self.stuck.emit(job)

    def _on_resumed(self, job: "WatchedJob") -> None:
        self._forget_stuck(job.print_ids)
        self.resumed.emit()

    def _forget_stuck(self, print_ids: tuple[int, ...]) -> None:
        for print_id in print_ids:
            self._stuck_printers.pop(print_id, None)

    def cancel(self, print_ids: tuple[int, ...]) -> None:
        """Remove copies from the printer's queue and record them as failed."""
        if self.stuck_printer(print_ids):
            self.watch.cancel(frozenset(print_ids))
            self._forget_stuck(print_ids)
            self.record(print_ids, PrintStatus.FAILED)

    def record(
        self,
        print_ids: tuple[int, ...],
        status: PrintStatus,
        on_recorded: Callback | None = None,
        on_error: Callable[[Exception], bool] | None = None,
    ) -> None:
        """Record the status of copies.

        Then `on_recorded` is called; without it the change is announced.
        """
        from app.usecases.documents.prepare import RecordPrints, record_prints

        self._runner.write(
            record_prints,
            RecordPrints(print_ids, status),
            lambda _none: on_recorded() if on_recorded else None,
            changes=frozenset() if on_recorded else frozenset({Changed.PRINT}),
            source=self.parent(),
            on_error=on_error,
            activity="Đang ghi sổ in",
        )
