"""From «in giấy này» to paper in the hand: prepared after the commit, printed, and its outcome recorded.

A copy that was handed to a printer is never handed over again; printing once more makes a new copy, «In lại lần n».
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, Signal

from app.models.values import PaperForm, PaperSize, PrintStatus
from app.ui.printer import Sent, chosen_printer, print_pdf
from app.ui.runner import Changed, Level, Notice, Runner
from app.wording.status import form_name

if TYPE_CHECKING:
    from app.usecases.papers import Prepared

_SHORT = {
    PaperForm.RECEIPT: "giấy tiếp nhận",
    PaperForm.CONTROL: "phiếu kiểm soát",
    PaperForm.SUPPLEMENT: "phiếu yêu cầu bổ sung",
    PaperForm.REFUSAL: "phiếu từ chối",
    PaperForm.APOLOGY: "văn bản xin lỗi",
    PaperForm.STOP: "thông báo dừng giải quyết",
    PaperForm.HANDOVER: "phiếu bàn giao",
    PaperForm.RETURN: "giấy biên nhận trả kết quả",
    PaperForm.FEE: "biên lai thu phí",
}


def short_name(form: PaperForm) -> str:
    """A paper's name within a sentence."""
    return _SHORT[PaperForm(form)]


def _papers() -> Any:
    return import_module("app.usecases.papers")


@dataclass(frozen=True)
class Job:
    """A paper of one dossier that was prepared: its copies are on record, its pages are ready."""

    code: str
    prepared: "Prepared"

    @property
    def title(self) -> str:
        """The paper's official title."""
        return form_name(PaperForm(self.prepared.form))


class PrintDesk(QObject):
    """Sends papers to the printer and remembers those that wait for one.

    Signals: `told(code, sentence)` on the state of a dossier's prints; `waiting_changed()`; `preview_asked(Job)`;
    `printer_known(name)`, empty where there is none."""

    told = Signal(str, str)
    waiting_changed = Signal()
    preview_asked = Signal(object)
    printer_known = Signal(str)

    def __init__(self, runner: Runner, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._settings = settings
        self._handed_over: set[int] = set()
        self._printed: dict[str, list[str]] = {}
        self.waiting: list[Job] = []

    @property
    def wished(self) -> str:
        """The printer chosen for this machine, empty for the system's own."""
        return str(self._settings.value("printer", ""))

    def wish(self, name: str) -> None:
        """Chooses a printer for this machine."""
        self._settings.setValue("printer", name)
        self.look_for_printer()

    def warm_up(self) -> None:
        """Reads what draws papers, aside, so that the window stands sooner and the first receipt does not wait."""
        self._runner.aside(lambda _ticket: _papers(), lambda _module: None, what="Đang mở cửa sổ", pictures=True)

    def look_for_printer(self) -> None:
        """Asks the system, aside, which printer would be used."""
        wished = self.wished
        self._runner.aside(lambda _ticket: chosen_printer(wished), self.printer_known.emit, what="Đang tìm máy in")

    def print_after_intake(self, code: str) -> None:
        """Both copies of the receipt and the control slip, as one act."""
        forms = (PaperForm.RECEIPT, PaperForm.CONTROL)
        self._printed[code] = []
        self.told.emit(code, "Đang in 2 liên và phiếu kiểm soát…")
        self._runner.do(
            _papers().prepare_papers,
            _papers().PreparePapers(code, forms),
            partial(self._prepared, code),
            changes=frozenset({Changed.PRINT}),
            source=self,
            otherwise=partial(self._not_prepared, code),
            what="Đang dựng giấy",
        )

    def print_one(self, code: str, form: PaperForm, paper: PaperSize | None = None) -> None:
        """One more print of a paper; a second one says «In lại» on its face."""
        self._prepare(code, form, paper, self._prepared)

    def preview(self, code: str, form: PaperForm) -> None:
        """Prepares a paper and shows it before it goes to the printer."""
        self._prepare(code, form, None, lambda made, jobs: self.preview_asked.emit(Job(made, jobs[0])))

    def _prepare(self, code: str, form: PaperForm, paper: PaperSize | None, then: object) -> None:
        command = _papers().PreparePaper(code, PaperForm(form), None, paper)
        self._printed[code] = []
        self._runner.do(
            _papers().prepare_paper,
            command,
            lambda made: then(code, (made,)),  # type: ignore[operator]
            changes=frozenset({Changed.PRINT}),
            source=self,
            what="Đang dựng giấy",
        )

    def _not_prepared(self, code: str, _error: Exception) -> bool:
        self.told.emit(code, "Hồ sơ đã lưu, giấy chưa in. Mở hồ sơ để in lại.")
        return False

    def _prepared(self, code: str, papers: Sequence["Prepared"]) -> None:
        for paper in papers:
            self.send(Job(code, paper))

    def send(self, job: Job) -> None:
        """Hands a job to the printer, once."""
        ids = set(job.prepared.print_ids)
        if ids & self._handed_over:
            return
        self._handed_over |= ids
        self._forget(job)
        wished, made = self.wished, job.prepared
        self._runner.aside(
            lambda _ticket: print_pdf(made.pdf, PaperSize(made.paper), wished),
            partial(self._sent, job),
            what=f"Đang in {short_name(PaperForm(made.form))}",
            pictures=True,
            otherwise=partial(self._broke, job),
        )

    def _broke(self, job: Job, _error: Exception) -> bool:
        self._sent(job, Sent.FAILED)
        return False

    def _sent(self, job: Job, sent: Sent) -> None:
        if sent == Sent.NO_PRINTER:
            self._wait(job)
        elif sent == Sent.FAILED:
            self._record(job, PrintStatus.FAILED)
            self._say_failed(job)
        else:
            self._record(job, PrintStatus.PRINTED)
            self._say_printed(job)

    def _say_printed(self, job: Job) -> None:
        done = self._printed.setdefault(job.code, [])
        form = PaperForm(job.prepared.form)
        copies = f"{job.prepared.copies} liên " if job.prepared.copies > 1 else ""
        done.append(copies + short_name(form))
        self.told.emit(job.code, f"Đã gửi in {' và '.join(done)}.")

    def _say_failed(self, job: Job) -> None:
        form = PaperForm(job.prepared.form)
        text = f"{short_name(form).capitalize()} của {job.code} in hỏng. Xem lại giấy và máy in rồi in lại."
        self.told.emit(job.code, text)
        again = partial(self.print_one, job.code, form)
        self._runner.said.emit(Notice(Level.MEND, text, "In lại", again))

    def _wait(self, job: Job) -> None:
        self._handed_over -= set(job.prepared.print_ids)
        self.waiting.append(job)
        self.waiting_changed.emit()
        copies = sum(len(each.prepared.print_ids) for each in self.waiting)
        self.told.emit(job.code, f"Chưa thấy máy in: {copies} bản đang chờ.")
        count = f"Chưa thấy máy in nào, {copies} bản đang chờ."
        text = f"{count} Bật máy in rồi in, hoặc xem và lưu thành tệp PDF."
        self._runner.said.emit(Notice(Level.LOOK, text, "Xem giấy chờ", self.show_waiting))
        self.printer_known.emit("")

    def show_waiting(self) -> None:
        """Shows the oldest paper that waits for a printer."""
        if self.waiting:
            self.preview_asked.emit(self.waiting[0])

    def leave(self, job: Job) -> None:
        """A preview was closed: a job that waits goes on waiting, one only looked at is settled as not printed."""
        if job not in self.waiting:
            self._record(job, PrintStatus.FAILED)

    def save_file(self, job: Job, file: Path) -> None:
        """Writes a paper as a PDF file; each of its copies then counts as printed."""
        pdf = job.prepared.pdf
        self._runner.aside(lambda _ticket: file.write_bytes(pdf), partial(self._saved, job, file), what="Đang lưu tệp")

    def _saved(self, job: Job, file: Path, _size: int) -> None:
        self._handed_over |= set(job.prepared.print_ids)
        self._forget(job)
        self._record(job, PrintStatus.PRINTED)
        self._runner.said.emit(
            Notice(Level.DONE, f"Đã lưu {short_name(PaperForm(job.prepared.form))} vào {file.name}.")
        )

    def _forget(self, job: Job) -> None:
        if job in self.waiting:
            self.waiting.remove(job)
            self.waiting_changed.emit()

    def _record(self, job: Job, status: PrintStatus) -> None:
        command = _papers().RecordPrints(tuple(job.prepared.print_ids), status)
        self._runner.do(
            _papers().record_prints,
            command,
            lambda _none: None,
            changes=frozenset({Changed.PRINT}),
            source=self,
            what="Đang ghi sổ in",
        )
