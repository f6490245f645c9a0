"""Copies on their way to the printer: on record as handed over before the printer is given them, looked after in the
spooler, and on record with what became of them. A machine that dies on the way leaves a question and no second paper.
"""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.models.enums import PaperForm, PaperSize, PrintStatus
from app.ui.kit.runner import Changed, Runner
from app.ui.printing.job import PrintHandoff, PrintJob, PrintOutcome, short_name
from app.ui.printing.preferences import PrintPreferences

if TYPE_CHECKING:
    from app.ui.printing.job_watch import PrintJobWatch, WatchedJob
    from app.ui.printing.spooler import Fate

Callback = Callable[[], None]


def chosen_printer(preferred: str) -> str:
    """The printer that would be used, empty where there is none."""
    from app.ui.printing import printer

    return printer.chosen_printer(preferred)


def print_pdf(pdf: bytes, paper: PaperSize, preferred: str, title: str = "") -> PrintHandoff:
    """Hands a paper to the printer, and tells what became of it."""
    from app.ui.printing import printer

    return printer.print_pdf(pdf, paper, preferred, title)


class PrintDispatcher(QObject):
    """What was handed over while the window stands.

    Signals: `handed_over(Job)` a printer or its spooler has it; `not_printed(Job, Handed)` it has not, and nothing
    is on paper;
    `failed(code, form, given up by the spooler)`; `stuck(Watched)` and `resumed()` while it lies in the spooler;
    `unknown()` the spooler knows nothing of a job any more."""

    handed_over = Signal(object)
    not_printed = Signal(object, object)
    failed = Signal(str, str, bool)
    stuck = Signal(object)
    resumed = Signal()
    unknown = Signal()

    def __init__(self, runner: Runner, choices: PrintPreferences, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._choices = runner, choices
        self._handed_ids: set[int] = set()
        self._stuck_printers: dict[int, str] = {}

    @cached_property
    def watch(self) -> "PrintJobWatch":
        """Looks after what the spooler has; read once something prints."""
        from app.ui.printing.job_watch import PrintJobWatch

        made = PrintJobWatch(self._runner, self)
        made.ended.connect(self._ended)
        made.stuck.connect(self._on_stuck)
        made.resumed.connect(self._on_resumed)
        return made

    @property
    def ids_under_way(self) -> set[int]:
        """Copies nobody needs to do anything about."""
        return self._handed_ids - set(self._stuck_printers)

    def stuck_printer(self, print_ids: tuple[int, ...]) -> str:
        """The printer in whose queue copies lie, held up; empty where they lie in none."""
        return next((self._stuck_printers[each] for each in print_ids if each in self._stuck_printers), "")

    def resume_watched(self) -> None:
        """Counts as handed over what a watch found in the spooler after a restart."""
        for job in self.watch.jobs:
            self._handed_ids |= set(job.print_ids)

    def mark_handed(self, print_ids: tuple[int, ...]) -> None:
        """Counts copies as handed over that came out as a file."""
        self._handed_ids |= set(print_ids)

    def dispatch(self, job: PrintJob) -> None:
        """Hands a job to the printer, once."""
        ids = set(job.print_ids)
        if ids & self._handed_ids:
            return
        self._handed_ids |= ids
        if job.unrecorded:
            self._send_to_printer(job)
        else:
            self.record(
                job.print_ids,
                PrintStatus.HANDED,
                partial(self._send_to_printer, job),
                partial(self._record_failed, job),
            )

    def _record_failed(self, job: PrintJob, _error: Exception) -> bool:
        self._handed_ids -= set(job.print_ids)
        return False

    def _send_to_printer(self, job: PrintJob) -> None:
        pdf, paper = job.prepared.pdf, PaperSize(job.prepared.paper)
        wished = self._choices.printer_for(job.form, paper)
        self._runner.run_background(
            lambda _ticket: print_pdf(pdf, paper, wished, job.job_name),
            partial(self._on_outcome, job),
            activity=f"Đang in {short_name(job.form)}",
            pictures=True,
            on_error=partial(self._on_print_error, job),
        )

    def _on_print_error(self, job: PrintJob, _error: Exception) -> bool:
        self._on_outcome(job, PrintHandoff(PrintOutcome.FAILED))
        return False

    def _on_outcome(self, job: PrintJob, handed: PrintHandoff) -> None:
        if handed.outcome == PrintOutcome.PRINTED:
            self.handed_over.emit(job)
            self._follow(job, handed)
            return
        self._handed_ids -= set(job.print_ids)
        told = partial(self.not_printed.emit, job, handed)
        if job.unrecorded:
            told()
        elif handed.outcome == PrintOutcome.FAILED:
            self._fail(job.print_ids, job.code, PaperForm(job.form), False)
        else:
            self.record(job.print_ids, PrintStatus.PREPARED, told)

    def _fail(self, print_ids: tuple[int, ...], code: str, form: PaperForm, given_up: bool) -> None:
        self.record(print_ids, PrintStatus.FAILED)
        self.failed.emit(code, form, given_up)

    def _follow(self, job: PrintJob, handed: PrintHandoff) -> None:
        """What the spooler has is printed once the spooler says so; where nobody can be asked, now."""
        if handed.number is None:
            if not job.unrecorded:
                self.record(job.print_ids, PrintStatus.PRINTED)
            return
        from app.ui.printing.job_watch import WatchedJob
        from app.ui.printing.spooler import Fate

        watched = WatchedJob(job.code, PaperForm(job.form), job.print_ids, handed.number, handed.printer)
        if handed.number:
            self.watch.watch(watched)
        else:
            self._ended(watched, Fate.UNKNOWN)

    def _ended(self, job: "WatchedJob", fate: "Fate") -> None:
        self._forget_stuck(job.print_ids)
        if fate == "out":
            self.record(job.print_ids, PrintStatus.PRINTED)
            return
        self._handed_ids -= set(job.print_ids)
        if fate == "given_up":
            self._fail(job.print_ids, job.code, job.form, True)
        else:
            self.unknown.emit()

    def _on_stuck(self, job: "WatchedJob") -> None:
        self._stuck_printers |= dict.fromkeys(job.print_ids, job.printer)
        self.stuck.emit(job)

    def _on_resumed(self, job: "WatchedJob") -> None:
        self._forget_stuck(job.print_ids)
        self.resumed.emit()

    def _forget_stuck(self, print_ids: tuple[int, ...]) -> None:
        for each in print_ids:
            self._stuck_printers.pop(each, None)

    def cancel(self, print_ids: tuple[int, ...]) -> None:
        """Takes copies that nobody wants out of the printer's queue, where they lie in one."""
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
        """Puts on record what became of copies; pages hear of it, unless something is done `on_recorded`."""
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
