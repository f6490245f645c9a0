"""From «in giấy này» to paper in the hand: prepared after the commit, printed, and its outcome recorded.

A copy that was handed to a printer is never handed over again unless its failure is on record; printing once more makes
a new copy, «In lại lần n». What waits is read from the journal, so that it outlives the window.
"""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, Signal

from app.models.enums import PaperForm, PaperSize, PrintStatus
from app.ui.kit.print_outcome import Handed, Sent
from app.ui.kit.runner import Changed, Level, Notice, Runner
from app.ui.printing.dispatch import Handing, chosen_printer, print_pdf
from app.ui.printing.job import Job, short_name
from app.ui.printing.preferences import PrintChoices, shown_printer

if TYPE_CHECKING:
    from app.services.documents.prepared import Prepared
    from app.services.documents.print_queue import WaitingPaper
    from app.ui.printing.job_watch import Watched
    from app.usecases.documents.cash_sheet import PreparedCash
    from app.usecases.documents.print_queue import Drawn
    from app.usecases.documents.register import PreparedRegister
    from app.usecases.intake.preprinted import PrintedBlanks

__all__ = ["Job", "PrintDesk", "chosen_printer", "print_pdf", "short_name"]
_LIST_COPIES = 2  # each side keeps one
_NOT_PRINTED = "{paper} chưa in được. Xem máy in rồi in lại, hoặc lưu thành tệp PDF."


def _papers() -> Any:
    return import_module("app.usecases.documents.prepare")


def _waits() -> Any:
    return import_module("app.usecases.documents.print_queue")


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
        self.choices = PrintChoices(settings)
        self._taken_up = False
        self.handing = Handing(runner, self.choices, self)
        self.handing.given.connect(self._say_printed)
        self.handing.waits.connect(self._not_given)
        self.handing.failed.connect(self._say_failed)
        self.handing.stuck.connect(self._say_stuck)
        self.handing.moving.connect(self.recount)
        self.handing.unknown.connect(partial(self.recount, self._ask_whether_out))
        self._printed: dict[str, list[str]] = {}
        self.waiting: tuple[WaitingPaper, ...] = ()
        self.warm = False

    @property
    def wished(self) -> str:
        """The printer chosen for this machine, empty for the system's own."""
        return self.choices.usual

    def wish(self, name: str) -> None:
        """Chooses a printer for this machine."""
        self.choices.choose_usual(name)
        self.look_for_printer()

    def warm_up(self) -> None:
        """Reads what prints, and aside what draws papers: the window stands sooner, the first receipt does not wait."""
        import_module("app.ui.printing.printer")
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
        paper = {form: self.choices.of(form).paper for form in forms}
        copies = {form: self.choices.of(form).copies for form in forms}
        self._printed[code] = []
        self.told.emit(code, f"Đang in {copies[PaperForm.RECEIPT]} liên và phiếu kiểm soát…")
        self._runner.do(
            _papers().prepare_papers,
            _papers().PreparePapers(code, forms, paper, copies),
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
        chosen, last = self.choices.of(PaperForm.BATCH), codes[-1]
        command = _papers().PrepareBatch(tuple(codes), chosen.copies, chosen.paper)
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
        query, then = _waits().PreviewPaper(code, form, self.choices.of(form).paper), partial(self._drawn, code)
        self._runner.ask(_waits().preview_paper, query, then, what="Đang dựng giấy", on_record=True)

    def _drawn(self, code: str, drawn: "Drawn | Prepared") -> None:
        self.preview_asked.emit(Job(code, drawn))

    def show_list(self, codes: Sequence[str]) -> None:
        """Shows the hand-over list of dossiers that were sent together."""
        query = _papers().PrepareHandoverList(tuple(codes), _LIST_COPIES)
        then = partial(self._listed, f"{len(codes)} hồ sơ")
        self._runner.ask(_papers().prepare_handover_list, query, then, what="Đang dựng giấy")

    def show_made(self, name: str, made: "PreparedRegister | PreparedCash | PrintedBlanks") -> None:
        """Shows a register, a list of money or blank receipts that were laid out."""
        self.preview_asked.emit(Job(name, made, loose=True))

    def _listed(self, name: str, made: "Prepared") -> None:
        self.preview_asked.emit(Job(name, made, loose=True))

    def _prepare(self, code: str, form: PaperForm, paper: PaperSize | None, then: Callable[..., None]) -> None:
        chosen = self.choices.of(form)
        command = _papers().PreparePaper(code, PaperForm(form), chosen.copies, paper or chosen.paper)
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
        if job.print_ids or job.loose:
            self.handing.give(job)
        else:
            self.print_one(job.code, PaperForm(job.form), PaperSize(job.prepared.paper))

    def _not_given(self, job: Job, handed: Handed) -> None:
        if job.loose:
            self._runner.said.emit(Notice(Level.MEND, _NOT_PRINTED.format(paper=short_name(job.form).capitalize())))
        else:
            self.recount(partial(self._say_waiting, job.code, handed))

    def _say_stuck(self, job: "Watched") -> None:
        paper = short_name(job.form).capitalize()
        self.told.emit(job.code, f"{paper} đang chờ ở máy in {job.printer}.")
        text = (
            f"{paper} của {job.code} đang chờ ở máy in {job.printer}: máy tắt, dừng hoặc hết giấy. Bật máy là giấy ra."
        )
        self._runner.said.emit(Notice(Level.LOOK, text, "Xem giấy chờ", self.list_asked.emit))
        self.recount()

    def _say_printed(self, job: Job) -> None:
        done = self._printed.setdefault(job.code, [])
        copies = f"{len(job.print_ids)} liên " if len(job.print_ids) > 1 else ""
        done.append(copies + short_name(job.form))
        self.told.emit(job.code, f"Đã gửi in {' và '.join(done)}.")

    def _say_failed(self, code: str, form: PaperForm, given_up: bool) -> None:
        paper = short_name(form).capitalize()
        what = "bị máy in bỏ, chưa ra giấy" if given_up else "in hỏng"
        text = f"{paper} của {code} {what}. Xem lại giấy và máy in rồi in lại."
        self.told.emit(code, text)
        again = partial(self.print_one, code, PaperForm(form))
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
        if self.warm and not self._taken_up:
            self._taken_up = True
            self.handing.watch.take_up(waiting, partial(self._take_up, waiting))
            return
        under_way = self.handing.under_way
        self.waiting = tuple(paper for paper in waiting if not under_way & set(paper.print_ids))
        self.waiting_read.emit(self.waiting)
        then()

    def _take_up(self, waiting: Sequence["WaitingPaper"]) -> None:
        self.handing.watch_again()
        self._take_waiting(self._ask_whether_out, waiting)

    def _ask_whether_out(self) -> None:
        """Of what was handed over before the program ended, only the person knows whether it is on paper."""
        copies = sum(paper.copies for paper in self.waiting if paper.handed and not self.place_of(paper))
        if copies:
            text = f"{copies} bản đã gửi máy in, chưa rõ đã ra giấy. Xem ở máy in rồi cho biết, để không in hai lần."
            self._runner.said.emit(Notice(Level.LOOK, text, "Xem giấy chờ", self.list_asked.emit))

    def place_of(self, paper: "WaitingPaper") -> str:
        """The printer in whose queue a waiting paper lies, held up; empty for one that lies in none."""
        return self.handing.place_of(paper.print_ids)

    @property
    def copies_waiting(self) -> int:
        """How many copies wait, as far as was read."""
        return sum(each.copies for each in self.waiting)

    def _say_waiting(self, code: str, handed: Handed) -> None:
        copies = self.copies_waiting
        if handed.sent == Sent.NO_PRINTER:
            self.printer_known.emit("")
            why, what = "Chưa thấy máy in", "Bật máy in rồi in, hoặc xem và lưu thành tệp PDF."
        else:
            why = f"{shown_printer(handed.printer)} không trả lời"
            what = "Xem nguồn, dây mạng, giấy và nắp máy rồi in lại."
        self.told.emit(code, f"{why}: {copies} bản đang chờ.")
        text = f"{why}, {copies} bản đang chờ. {what}"
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

    def came_out(self, paper: "WaitingPaper") -> None:
        """The person saw it on paper."""
        self.handing.record(paper.print_ids, PrintStatus.PRINTED)

    def let_go(self, paper: "WaitingPaper") -> None:
        """Offers a paper no more that nobody wants, and takes it out of the printer's queue where it lies in one."""
        self.handing.take_back(paper.print_ids)
        self._runner.do(
            _waits().let_go,
            _waits().LetGo(paper.print_ids),
            lambda _none: None,
            changes=frozenset({Changed.PRINT}),
            source=self,
            what="Đang ghi sổ in",
        )

    def print_sheet(self, pdf: bytes, name: str, paper: PaperSize = PaperSize.A4, printer: str = "") -> None:
        """Prints a sheet that is no dossier's paper and on no record; on the usual printer unless one is named."""
        wished = printer or self.wished
        self._runner.aside(
            lambda _ticket: print_pdf(pdf, paper, wished),
            partial(self._sheet_sent, name),
            what=f"Đang in {name}",
            pictures=True,
        )

    def _sheet_sent(self, name: str, handed: Handed) -> None:
        if handed.sent == Sent.PRINTED:
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
        self.handing.keep(job.print_ids)
        if not job.loose:
            self.handing.record(job.print_ids, PrintStatus.PRINTED)
        self._runner.said.emit(Notice(Level.DONE, f"Đã lưu {short_name(job.form)} vào {file.name}."))
