"""From «in giấy này» to paper in the hand: prepared after the commit, printed, and its outcome recorded.

A copy that was handed to a printer is never handed over again unless its failure is on record; printing once more makes
a new copy, «In lại lần n». What waits is read from the journal, so that it outlives the window.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, Signal

from app.models.values import ListForm, PaperForm, PaperSize, PrintStatus
from app.ui.outcome import Sent
from app.ui.runner import Changed, Level, Notice, Runner
from app.wording.status import form_name

if TYPE_CHECKING:
    from app.usecases.paper_cash import PreparedCash
    from app.usecases.paper_register import PreparedRegister
    from app.usecases.papers import Prepared
    from app.usecases.waiting_papers import Drawn, WaitingPaper

_SHORT: dict[PaperForm | ListForm, str] = {
    PaperForm.RECEIPT: "giấy tiếp nhận",
    PaperForm.BATCH: "giấy tiếp nhận chung",
    PaperForm.CONTROL: "phiếu kiểm soát",
    PaperForm.SUPPLEMENT: "phiếu yêu cầu bổ sung",
    PaperForm.SUPPLEMENT_RECEIPT: "giấy xác nhận nhận bổ sung",
    PaperForm.REFUSAL: "phiếu từ chối",
    PaperForm.APOLOGY: "văn bản xin lỗi",
    PaperForm.STOP: "thông báo dừng giải quyết",
    PaperForm.HANDOVER: "phiếu bàn giao",
    PaperForm.RETURN: "giấy biên nhận trả kết quả",
    PaperForm.FEE: "biên lai thu phí",
    ListForm.REGISTER: "sổ theo dõi",
    ListForm.CASH: "bảng kê thu",
}

_LIST_COPIES = 2  # each side keeps one
_NOT_PRINTED = "{paper} chưa in được. Xem máy in rồi in lại, hoặc lưu thành tệp PDF."


def short_name(form: PaperForm | ListForm) -> str:
    """A paper's name within a sentence."""
    return _SHORT[form]


def _printer() -> Any:
    return import_module("app.ui.printer")


def chosen_printer(wished: str) -> str:
    """The printer that would be used, empty where there is none."""
    return str(_printer().chosen_printer(wished))


def print_pdf(pdf: bytes, paper: PaperSize, wished: str) -> Sent:
    """Hands a paper to the printer, and tells what became of it."""
    return Sent(_printer().print_pdf(pdf, paper, wished))


def _papers() -> Any:
    return import_module("app.usecases.papers")


def _waits() -> Any:
    return import_module("app.usecases.waiting_papers")


@dataclass(frozen=True)
class Job:
    """A paper of one dossier whose pages are ready: prepared with its copies on record, or only drawn to be seen. A
    `loose` one is about many dossiers and on no record at all."""

    code: str
    prepared: "Prepared | Drawn | PreparedRegister | PreparedCash"
    loose: bool = False

    @property
    def print_ids(self) -> tuple[int, ...]:
        """Its copies in the print journal; none of a paper only seen."""
        return tuple(getattr(self.prepared, "print_ids", ()))

    @property
    def form(self) -> PaperForm | ListForm:
        """Which paper it is."""
        return self.prepared.form

    @property
    def title(self) -> str:
        """The paper's official title."""
        return form_name(self.form)


class PrintDesk(QObject):
    """Sends papers to the printer and knows those that wait for one.

    Signals: `told(code, sentence)` on the state of a dossier's prints; `waiting_read(tuple of WaitingPaper)`;
    `list_asked()` to see what waits; `preview_asked(Job)`; `printer_known(name)`, empty where there is none."""

    told = Signal(str, str)
    waiting_read = Signal(object)
    list_asked = Signal()
    preview_asked = Signal(object)
    printer_known = Signal(str)

    def __init__(self, runner: Runner, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._settings = settings
        self._handed_over: set[int] = set()
        self._printed: dict[str, list[str]] = {}
        self.waiting: tuple[WaitingPaper, ...] = ()
        self.warm = False

    @property
    def wished(self) -> str:
        """The printer chosen for this machine, empty for the system's own."""
        return str(self._settings.value("printer", ""))

    def wish(self, name: str) -> None:
        """Chooses a printer for this machine."""
        self._settings.setValue("printer", name)
        self.look_for_printer()

    def warm_up(self) -> None:
        """Reads what prints, and aside what draws papers: the window stands sooner, the first receipt does not wait."""
        _printer()
        self._runner.aside(lambda _ticket: _waits(), self._warmed_up, what="Đang mở cửa sổ", pictures=True)

    def _warmed_up(self, _module: object) -> None:
        self.warm = True
        self.recount()

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

    def print_batch(self, codes: Sequence[str]) -> None:
        """One receipt of several dossiers that one person handed in."""
        command, last = _papers().PrepareBatch(tuple(codes)), codes[-1]
        self._printed[last] = []
        self._runner.do(
            _papers().prepare_batch,
            command,
            lambda made: self._prepared(last, (made,)),
            changes=frozenset({Changed.PRINT}),
            source=self,
            what="Đang dựng giấy",
        )

    def preview(self, code: str, form: PaperForm) -> None:
        """Shows a paper as it would be printed now: no print goes on record, only that it was looked at."""
        query, then = _waits().PreviewPaper(code, PaperForm(form)), partial(self._drawn, code)
        self._runner.ask(_waits().preview_paper, query, then, what="Đang dựng giấy", on_record=True)

    def _drawn(self, code: str, drawn: "Drawn | Prepared") -> None:
        self.preview_asked.emit(Job(code, drawn))

    def show_list(self, codes: Sequence[str]) -> None:
        """Shows the hand-over list of dossiers that were sent together."""
        query = _papers().PrepareHandoverList(tuple(codes), _LIST_COPIES)
        then = partial(self._listed, f"{len(codes)} hồ sơ")
        self._runner.ask(_papers().prepare_handover_list, query, then, what="Đang dựng giấy")

    def show_made(self, name: str, made: "PreparedRegister | PreparedCash") -> None:
        """Shows a register or a list of money that was laid out."""
        self.preview_asked.emit(Job(name, made, loose=True))

    def _listed(self, name: str, made: "Prepared") -> None:
        self.preview_asked.emit(Job(name, made, loose=True))

    def _prepare(self, code: str, form: PaperForm, paper: PaperSize | None, then: Callable[..., None]) -> None:
        command = _papers().PreparePaper(code, PaperForm(form), None, paper)
        self._printed[code] = []
        self._runner.do(
            _papers().prepare_paper,
            command,
            lambda made: then(code, (made,)),
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
        """Hands a job to the printer, once; one only seen so far is prepared first."""
        ids, made = set(job.print_ids), job.prepared
        if not ids and not job.loose:
            self.print_one(job.code, PaperForm(job.form), PaperSize(made.paper))
            return
        if ids & self._handed_over:
            return
        self._handed_over |= ids
        wished = self.wished
        self._runner.aside(
            lambda _ticket: print_pdf(made.pdf, PaperSize(made.paper), wished),
            partial(self._sent, job),
            what=f"Đang in {short_name(job.form)}",
            pictures=True,
            otherwise=partial(self._broke, job),
        )

    def _broke(self, job: Job, _error: Exception) -> bool:
        self._sent(job, Sent.FAILED)
        return False

    def _sent(self, job: Job, sent: Sent) -> None:
        if sent == Sent.PRINTED:
            self._record(job, PrintStatus.PRINTED)
            self._say_printed(job)
            return
        self._handed_over -= set(job.print_ids)
        if job.loose:
            self._runner.said.emit(Notice(Level.MEND, _NOT_PRINTED.format(paper=short_name(job.form).capitalize())))
        elif sent == Sent.NO_PRINTER:
            self.printer_known.emit("")
            self.recount(partial(self._say_waiting, job.code))
        else:
            self._record(job, PrintStatus.FAILED)
            self._say_failed(job)

    def _say_printed(self, job: Job) -> None:
        done = self._printed.setdefault(job.code, [])
        copies = f"{len(job.print_ids)} liên " if len(job.print_ids) > 1 else ""
        done.append(copies + short_name(job.form))
        self.told.emit(job.code, f"Đã gửi in {' và '.join(done)}.")

    def _say_failed(self, job: Job) -> None:
        text = f"{short_name(job.form).capitalize()} của {job.code} in hỏng. Xem lại giấy và máy in rồi in lại."
        self.told.emit(job.code, text)
        again = partial(self.print_one, job.code, PaperForm(job.form))
        self._runner.said.emit(Notice(Level.MEND, text, "In lại", again))

    def recount(self, then: Callable[[], None] = lambda: None) -> None:
        """Reads from the journal what waits."""
        self._runner.ask(
            _waits().list_unprinted,
            _waits().ListUnprinted(),
            partial(self._take_waiting, then),
            key="unprinted",
            otherwise=lambda _error: True,
        )

    def _take_waiting(self, then: Callable[[], None], waiting: Sequence["WaitingPaper"]) -> None:
        self.waiting = tuple(waiting)
        self.waiting_read.emit(self.waiting)
        then()

    @property
    def copies_waiting(self) -> int:
        """How many copies wait, as far as was read."""
        return sum(each.copies for each in self.waiting)

    def _say_waiting(self, code: str) -> None:
        copies = self.copies_waiting
        self.told.emit(code, f"Chưa thấy máy in: {copies} bản đang chờ.")
        text = f"Chưa thấy máy in nào, {copies} bản đang chờ. Bật máy in rồi in, hoặc xem và lưu thành tệp PDF."
        self._runner.said.emit(Notice(Level.LOOK, text, "Xem giấy chờ", self.list_asked.emit))

    def print_waiting(self, papers: Sequence["WaitingPaper"]) -> None:
        """Prints papers that wait, as they were laid out."""
        for paper in papers:
            self._printed[paper.code] = []
            self._draw(paper, partial(self._send_drawn, paper.code))

    def _send_drawn(self, code: str, made: "Prepared") -> None:
        self.send(Job(code, made))

    def see_waiting(self, paper: "WaitingPaper") -> None:
        """Shows a paper that waits."""
        self._draw(paper, partial(self._drawn, paper.code))

    def _draw(self, paper: "WaitingPaper", then: Callable[["Prepared"], None]) -> None:
        query = _waits().DrawWaiting(paper.print_ids)
        self._runner.ask(_waits().draw_waiting, query, then, what="Đang dựng giấy")

    def let_go(self, paper: "WaitingPaper") -> None:
        """Offers a paper no more that nobody wants."""
        self._runner.do(
            _waits().let_go,
            _waits().LetGo(paper.print_ids),
            lambda _none: None,
            changes=frozenset({Changed.PRINT}),
            source=self,
            what="Đang ghi sổ in",
        )

    def print_sheet(self, pdf: bytes, name: str) -> None:
        """Prints one A4 sheet that is no dossier's paper and on no record."""
        wished = self.wished
        self._runner.aside(
            lambda _ticket: print_pdf(pdf, PaperSize.A4, wished),
            partial(self._sheet_sent, name),
            what=f"Đang in {name}",
            pictures=True,
        )

    def _sheet_sent(self, name: str, sent: Sent) -> None:
        if sent == Sent.PRINTED:
            self._runner.said.emit(Notice(Level.DONE, f"Đã gửi in {name}."))
        else:
            self._runner.said.emit(Notice(Level.MEND, f"Chưa in được {name}. Bật máy in rồi in lại, hoặc lưu PDF."))

    def save_file(self, job: Job, file: Path) -> None:
        """Writes a paper as a PDF file; each of its copies then counts as printed."""
        if not job.print_ids and not job.loose:
            paper = PaperSize(job.prepared.paper)
            self._prepare(
                job.code, PaperForm(job.form), paper, lambda code, made: self.save_file(Job(code, made[0]), file)
            )
            return
        pdf = job.prepared.pdf
        self._runner.aside(lambda _ticket: file.write_bytes(pdf), partial(self._saved, job, file), what="Đang lưu tệp")

    def _saved(self, job: Job, file: Path, _size: int) -> None:
        self._handed_over |= set(job.print_ids)
        self._record(job, PrintStatus.PRINTED)
        self._runner.said.emit(Notice(Level.DONE, f"Đã lưu {short_name(job.form)} vào {file.name}."))

    def _record(self, job: Job, status: PrintStatus) -> None:
        if job.loose:
            return
        command = _papers().RecordPrints(job.print_ids, status)
        self._runner.do(
            _papers().record_prints,
            command,
            lambda _none: None,
            changes=frozenset({Changed.PRINT}),
            source=self,
            what="Đang ghi sổ in",
        )
