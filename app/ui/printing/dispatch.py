"""Copies on their way to the printer: on record as handed over before the printer is given them, looked after in the
spooler, and on record with what became of them. A machine that dies on the way leaves a question and no second paper.
"""

from collections.abc import Callable
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.models.enums import PaperForm, PaperSize, PrintStatus
from app.ui.kit.print_outcome import Handed, Sent
from app.ui.kit.runner import Changed, Runner
from app.ui.printing.job import Job, short_name
from app.ui.printing.preferences import PrintChoices

if TYPE_CHECKING:
    from app.ui.printing.job_watch import PrintWatch, Watched
    from app.ui.printing.spooler import Fate

Then = Callable[[], None]


def _printer() -> Any:
    return import_module("app.ui.printing.printer")


def chosen_printer(wished: str) -> str:
    """The printer that would be used, empty where there is none."""
    return str(_printer().chosen_printer(wished))


def print_pdf(pdf: bytes, paper: PaperSize, wished: str, title: str = "") -> Handed:
    """Hands a paper to the printer, and tells what became of it."""
    found: Handed = _printer().print_pdf(pdf, paper, wished, title)
    return found


class Handing(QObject):
    """What was handed over while the window stands.

    Signals: `given(Job)` a printer or its spooler has it; `waits(Job, Handed)` it has not, and nothing is on paper;
    `failed(code, form, given up by the spooler)`; `stuck(Watched)` and `moving()` while it lies in the spooler;
    `unknown()` the spooler knows nothing of a job any more."""

    given = Signal(object)
    waits = Signal(object, object)
    failed = Signal(str, str, bool)
    stuck = Signal(object)
    moving = Signal()
    unknown = Signal()

    def __init__(self, runner: Runner, choices: PrintChoices, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._choices = runner, choices
        self._handed: set[int] = set()
        self._stuck: dict[int, str] = {}

    @cached_property
    def watch(self) -> "PrintWatch":
        """Looks after what the spooler has; read once something prints."""
        from app.ui.printing.job_watch import PrintWatch

        made = PrintWatch(self._runner, self)
        made.ended.connect(self._ended)
        made.stuck.connect(self._held_up)
        made.going_on.connect(self._goes_on)
        return made

    @property
    def under_way(self) -> set[int]:
        """Copies nobody needs to do anything about."""
        return self._handed - set(self._stuck)

    def place_of(self, print_ids: tuple[int, ...]) -> str:
        """The printer in whose queue copies lie, held up; empty where they lie in none."""
        return next((self._stuck[each] for each in print_ids if each in self._stuck), "")

    def watch_again(self) -> None:
        """Counts as handed over what a watch found in the spooler after a restart."""
        for job in self.watch.jobs:
            self._handed |= set(job.print_ids)

    def keep(self, print_ids: tuple[int, ...]) -> None:
        """Counts copies as handed over that came out as a file."""
        self._handed |= set(print_ids)

    def give(self, job: Job) -> None:
        """Hands a job to the printer, once."""
        ids = set(job.print_ids)
        if ids & self._handed:
            return
        self._handed |= ids
        if job.loose:
            self._hand(job)
        else:
            self.record(job.print_ids, PrintStatus.HANDED, partial(self._hand, job), partial(self._not_begun, job))

    def _not_begun(self, job: Job, _error: Exception) -> bool:
        self._handed -= set(job.print_ids)
        return False

    def _hand(self, job: Job) -> None:
        pdf, paper = job.prepared.pdf, PaperSize(job.prepared.paper)
        wished = self._choices.printer_for(job.form, paper)
        self._runner.aside(
            lambda _ticket: print_pdf(pdf, paper, wished, job.job_name),
            partial(self._sent, job),
            what=f"Đang in {short_name(job.form)}",
            pictures=True,
            otherwise=partial(self._broke, job),
        )

    def _broke(self, job: Job, _error: Exception) -> bool:
        self._sent(job, Handed(Sent.FAILED))
        return False

    def _sent(self, job: Job, handed: Handed) -> None:
        if handed.sent == Sent.PRINTED:
            self.given.emit(job)
            self._follow(job, handed)
            return
        self._handed -= set(job.print_ids)
        told = partial(self.waits.emit, job, handed)
        if job.loose:
            told()
        elif handed.sent == Sent.FAILED:
            self._fail(job.print_ids, job.code, PaperForm(job.form), False)
        else:
            self.record(job.print_ids, PrintStatus.PREPARED, told)

    def _fail(self, print_ids: tuple[int, ...], code: str, form: PaperForm, given_up: bool) -> None:
        self.record(print_ids, PrintStatus.FAILED)
        self.failed.emit(code, form, given_up)

    def _follow(self, job: Job, handed: Handed) -> None:
        """What the spooler has is printed once the spooler says so; where nobody can be asked, now."""
        if handed.number is None:
            if not job.loose:
                self.record(job.print_ids, PrintStatus.PRINTED)
            return
        from app.ui.printing.job_watch import Watched
        from app.ui.printing.spooler import Fate

        watched = Watched(job.code, PaperForm(job.form), job.print_ids, handed.number, handed.printer)
        if handed.number:
            self.watch.watch(watched)
        else:
            self._ended(watched, Fate.UNKNOWN)

    def _ended(self, job: "Watched", fate: "Fate") -> None:
        self._forget_stuck(job.print_ids)
        if fate == "out":
            self.record(job.print_ids, PrintStatus.PRINTED)
            return
        self._handed -= set(job.print_ids)
        if fate == "given_up":
            self._fail(job.print_ids, job.code, job.form, True)
        else:
            self.unknown.emit()

    def _held_up(self, job: "Watched") -> None:
        self._stuck |= dict.fromkeys(job.print_ids, job.printer)
        self.stuck.emit(job)

    def _goes_on(self, job: "Watched") -> None:
        self._forget_stuck(job.print_ids)
        self.moving.emit()

    def _forget_stuck(self, print_ids: tuple[int, ...]) -> None:
        for each in print_ids:
            self._stuck.pop(each, None)

    def take_back(self, print_ids: tuple[int, ...]) -> None:
        """Takes copies that nobody wants out of the printer's queue, where they lie in one."""
        if self.place_of(print_ids):
            self.watch.cancel(frozenset(print_ids))
            self._forget_stuck(print_ids)
            self.record(print_ids, PrintStatus.FAILED)

    def record(
        self,
        print_ids: tuple[int, ...],
        status: PrintStatus,
        then: Then | None = None,
        otherwise: Callable[[Exception], bool] | None = None,
    ) -> None:
        """Puts on record what became of copies; pages hear of it, unless something is done `then`."""
        papers = import_module("app.usecases.documents.prepare")
        self._runner.do(
            papers.record_prints,
            papers.RecordPrints(print_ids, status),
            lambda _none: then() if then else None,
            changes=frozenset() if then else frozenset({Changed.PRINT}),
            source=self.parent(),
            otherwise=otherwise,
            what="Đang ghi sổ in",
        )
