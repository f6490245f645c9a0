"""Print desk: prepare, print and record documents.

A copy handed to a printer is never handed over again unless its failure is recorded; printing again makes a new copy,
«In lại lần n». The queue is read from the print journal, so that it survives the window.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

from app.models.enums import PaperForm, PaperSize, PrintStatus
from app.office.chosen_places import save_chosen_file
from app.ui.kit.runner import BannerMessage, Changed, Level, LoadedList, Runner
from app.ui.printing.dispatch import PrintDispatcher, chosen_printer, print_now, print_pdf
from app.ui.printing.intake_print import IntakePrint
from app.ui.printing.job import PrintHandoff, PrintJob, PrintOutcome, short_name
from app.ui.printing.preferences import PrintPreferences, is_network, printer_label

if TYPE_CHECKING:
    from app.services.documents.prepared import PreparedDocument
    from app.services.documents.print_queue import WaitingPaper
    from app.ui.printing.job_watch import WatchedJob
    from app.usecases.documents.cash_sheet import PreparedCash
    from app.usecases.documents.print_queue import RenderedDocument
    from app.usecases.documents.register import PreparedRegister
    from app.usecases.intake.preprinted import PreprintedBatch

__all__ = ["PrintDesk", "PrintJob", "chosen_printer", "print_pdf", "short_name"]
_KEPT_SENTENCES = 50
"""Dossiers printed last whose sentences still grow."""
_NOT_PRINTED = "{paper} chưa in được. Xem máy in rồi in lại, hoặc lưu thành tệp PDF."

_IN_SPOOLER = "Giấy này đang chờ ở máy in nên chưa in lại. Bật máy in, xem giấy và dây nối; giấy sẽ ra."
_SPOOLER_STOPPED = (
    "Dịch vụ in của máy không chạy, giấy này có thể còn nằm ở đó, nên chưa in lại. Bật dịch vụ in hay khởi động lại "
    "máy, chờ giấy ra; không ra thì in lại từ danh sách giấy chờ."
)


class PrintDesk(QObject):
    """Prints documents and lists those that wait for a printer.

    Signals: `status_changed(code, sentence)` on the state of a dossier's prints; `queue_loaded(tuple of WaitingPaper)`;
    `queue_requested()` to show the queue; `preview_requested(PrintJob)`; `printer_found(name)`, empty without a
    printer.
    """

    status_changed = Signal(str, str)
    queue_loaded = Signal(object)
    queue_requested = Signal()
    preview_requested = Signal(object)
    printer_found = Signal(str)

    def __init__(self, runner: Runner, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.preferences = PrintPreferences(settings)
        self._watch_resumed = False
        self.dispatcher = PrintDispatcher(runner, self.preferences, self)
        self.dispatcher.handed_over.connect(self._show_printed)
        self.dispatcher.not_printed.connect(self._on_not_printed)
        self.dispatcher.failed.connect(self._show_failed)
        self.dispatcher.stuck.connect(self._show_stuck)
        self.dispatcher.resumed.connect(self.reload_queue)
        self.dispatcher.unknown.connect(partial(self.reload_queue, self._ask_about_handed))
        self._printed_names: dict[str, list[str]] = {}
        self.queue: tuple[WaitingPaper, ...] = ()
        self.preloaded = False

    @property
    def preferred_printer(self) -> str:
        """The default printer of this machine; empty for the system's default."""
        return self.preferences.default_printer

    def set_preferred_printer(self, name: str) -> None:
        """Set the default printer of this machine."""
        self.preferences.set_default_printer(name)
        self.find_printer()

    def preload(self) -> None:
        """Import the printing modules after the window opened.

        Neither the window nor the first receipt waits for them.
        """
        import app.ui.printing.printer  # noqa: F401

        self._runner.run_background(
            lambda _ticket: _import_rendering(), self._on_preloaded, activity="Đang mở cửa sổ", pictures=True
        )

    def _on_preloaded(self, _none: object) -> None:
        self.preloaded = True
        self.reload_queue()

    def find_printer(self) -> None:
        """Find in the background which printer would be used."""
        preferred = self.preferred_printer
        self._runner.run_background(
            lambda _ticket: chosen_printer(preferred), self.printer_found.emit, activity="Đang tìm máy in"
        )

    def intake_print(self) -> IntakePrint:
        """Return what an intake prints.

        It prints the copies of the receipt and the control slip. The code of the dossier is not known yet.
        """
        from app.usecases.documents.prepare import PreparePapers

        forms = (PaperForm.RECEIPT, PaperForm.CONTROL)
        chosen = {form: self.preferences.chosen(form) for form in forms}
        paper = {form: size for form, (size, _copies) in chosen.items() if size is not None}
        copies = {form: count for form, (_size, count) in chosen.items() if count is not None}
        printers = {(form, size): self.preferences.printer_for(form, size) for form in forms for size in PaperSize}
        command = PreparePapers("", forms, paper, copies, own_paper=True, handed=True)
        return IntakePrint(self._runner, command, printers, print_now)

    def follow_intake(self, code: str, printing: IntakePrint) -> None:
        """Show and record what becomes of the papers of an intake."""
        if printing.error is not None:
            self.status_changed.emit(code, "Hồ sơ đã lưu, giấy chưa in. Mở hồ sơ để in lại.")
            self._runner.report(printing.error)
            return
        self._begin_names(code)
        count = self.preferences.for_form(PaperForm.RECEIPT).copies
        self.status_changed.emit(code, f"Đang in {count} liên và phiếu kiểm soát…")
        for job, handing in printing.handed:
            self.dispatcher.follow(job, handing)

    def print_one(self, code: str, form: PaperForm, paper: PaperSize | None = None) -> None:
        """Print a document; a second print is marked «In lại»."""
        self._prepare(code, form, paper, self._on_prepared)

    def print_batch(self, codes: Sequence[str]) -> None:
        """Print one receipt of several dossiers of one person."""
        from app.usecases.documents.prepare import PrepareBatch, prepare_batch

        (size, copies), last = self.preferences.chosen(PaperForm.BATCH), codes[-1]
        command = PrepareBatch(tuple(codes), copies, size, own_paper=True)
        self._begin_names(last)
        self._runner.write(
            prepare_batch,
            command,
            lambda document: self._on_prepared(last, (document,)),
            changes=frozenset({Changed.PRINT}),
            source=self,
            activity="Đang dựng giấy",
        )

    def preview(self, code: str, form: PaperForm) -> None:
        """Show a document as it would be printed now; only the access is recorded."""
        from app.usecases.documents.print_queue import PreviewPaper, preview_paper

        query = PreviewPaper(code, form, self.preferences.chosen(form)[0], own_paper=True)
        on_result = partial(self._preview_document, code)
        self._runner.read(preview_paper, query, on_result, activity="Đang dựng giấy", audited=True)

    def _preview_document(self, code: str, document: "RenderedDocument | PreparedDocument") -> None:
        self.preview_requested.emit(PrintJob(code, document))

    def show_handover_list(self, codes: Sequence[str]) -> None:
        """Show the hand-over list of dossiers that were just sent together."""
        self.preview(codes[0], PaperForm.HANDOVER_LIST if len(codes) > 1 else PaperForm.HANDOVER)

    def show_document(self, name: str, document: "PreparedRegister | PreparedCash | PreprintedBatch") -> None:
        """Show a register, a cash sheet or preprinted receipts."""
        self.preview_requested.emit(PrintJob(name, document, unrecorded=True))

    def _prepare(
        self,
        code: str,
        form: PaperForm,
        paper: PaperSize | None,
        on_prepared: Callable[[str, Sequence["PreparedDocument"]], None],
    ) -> None:
        from app.usecases.documents.prepare import PreparePaper, prepare_paper

        size, copies = self.preferences.chosen(form)
        if form == PaperForm.HANDOVER_LIST:
            copies = self.preferences.for_form(form).copies  # one for each side, of which the form has no names
        command = PreparePaper(code, PaperForm(form), copies, paper or size, own_paper=True)
        self._begin_names(code)
        self._runner.write(
            prepare_paper,
            command,
            lambda document: on_prepared(code, (document,)),
            changes=frozenset({Changed.PRINT}),
            source=self,
            activity="Đang dựng giấy",
        )

    def _on_prepared(self, code: str, papers: Sequence["PreparedDocument"]) -> None:
        for paper in papers:
            self.send(PrintJob(code, paper))

    def send(self, job: PrintJob) -> None:
        """Send a job to the printer once.

        A document only previewed so far is prepared first.
        """
        if job.print_ids or job.unrecorded:
            self.dispatcher.dispatch(job)
        else:
            self.print_one(job.code, PaperForm(job.form), PaperSize(job.prepared.paper))

    def _on_not_printed(self, job: PrintJob, handoff: PrintHandoff) -> None:
        if job.unrecorded:
            self._runner.message_posted.emit(
                BannerMessage(Level.ERROR, _NOT_PRINTED.format(paper=_capitalised(job.name)))
            )
        else:
            self.reload_queue(partial(self._show_waiting, job.code, handoff))

    def _show_stuck(self, job: "WatchedJob") -> None:
        paper = _capitalised(job.name)
        self.status_changed.emit(job.code, f"{paper} đang chờ ở máy in {job.printer}.")
        text = (
            f"{paper} của {job.code} đang chờ ở máy in {job.printer}: máy tắt, dừng hoặc hết giấy. Bật máy là giấy ra."
        )
        self._runner.message_posted.emit(BannerMessage(Level.WARNING, text, "Xem giấy chờ", self.queue_requested.emit))
        self.reload_queue()

    def _begin_names(self, code: str) -> None:
        """Begin the sentence on a dossier's prints; the oldest one is dropped."""
        self._printed_names.pop(code, None)
        self._printed_names[code] = []
        if len(self._printed_names) > _KEPT_SENTENCES:
            del self._printed_names[next(iter(self._printed_names))]

    def _show_printed(self, job: PrintJob) -> None:
        names = self._printed_names.setdefault(job.code, [])
        copies = f"{len(job.print_ids)} liên " if len(job.print_ids) > 1 else ""
        names.append(copies + job.name)
        self.status_changed.emit(job.code, f"Đã gửi in {' và '.join(names)}.")

    def _show_failed(self, code: str, form: PaperForm, name: str, given_up: bool) -> None:
        paper = _capitalised(name)
        problem = "bị máy in bỏ, chưa ra giấy" if given_up else "in hỏng"
        text = f"{paper} của {code} {problem}. Xem lại giấy và máy in rồi in lại."
        self.status_changed.emit(code, text)
        reprint = partial(self.print_one, code, PaperForm(form))
        self._runner.message_posted.emit(BannerMessage(Level.ERROR, text, "In lại", reprint))

    def reload_queue(self, on_loaded: Callable[[], None] = lambda: None, loads: LoadedList | None = None) -> None:
        """Read the waiting documents from the print journal."""
        from app.usecases.documents.print_queue import ListUnprinted, list_unprinted

        self._runner.read(
            list_unprinted,
            ListUnprinted(),
            partial(self._on_queue_loaded, on_loaded),
            key="unprinted",
            on_error=lambda _error: True,
            loads=loads,
        )

    def _on_queue_loaded(self, on_loaded: Callable[[], None], waiting: Sequence["WaitingPaper"]) -> None:
        if self.preloaded and not self._watch_resumed:
            self._watch_resumed = True
            self.dispatcher.watch.resume(waiting, partial(self._on_watch_resumed, waiting))
            return
        under_way = self.dispatcher.ids_under_way
        self.queue = tuple(paper for paper in waiting if not under_way & set(paper.print_ids))
        self.queue_loaded.emit(self.queue)
        on_loaded()

    def _on_watch_resumed(self, waiting: Sequence["WaitingPaper"], _answered: bool) -> None:
        self.dispatcher.resume_watched()
        self._on_queue_loaded(self._ask_about_handed, waiting)

    def _ask_about_handed(self) -> None:
        """Ask about copies handed over before a restart.

        Only the user can see whether they were printed.
        """
        copies = sum(paper.copies for paper in self.queue if paper.handed and not self.stuck_printer(paper))
        if copies:
            text = f"{copies} bản đã gửi máy in, chưa rõ đã ra giấy. Xem ở máy in rồi cho biết, để không in hai lần."
            self._runner.message_posted.emit(
                BannerMessage(Level.WARNING, text, "Xem giấy chờ", self.queue_requested.emit)
            )

    def stuck_printer(self, paper: "WaitingPaper") -> str:
        """Return the printer that holds up a document; empty without one."""
        return self.dispatcher.stuck_printer(paper.print_ids)

    @property
    def queued_copies(self) -> int:
        """Number of waiting copies at the last reading."""
        return sum(paper.copies for paper in self.queue)

    def _show_waiting(self, code: str, handoff: PrintHandoff) -> None:
        copies = self.queued_copies
        if handoff.outcome == PrintOutcome.NO_PRINTER:
            self.printer_found.emit("")
            reason, advice = "Chưa thấy máy in", "Bật máy in rồi in, hoặc xem và lưu thành tệp PDF."
        else:
            reason = f"{printer_label(handoff.printer)} không trả lời"
            advice = "Xem nguồn, dây mạng, giấy và nắp máy rồi in lại."
        self.status_changed.emit(code, f"{reason}: {copies} bản đang chờ.")
        text = f"{reason}, {copies} bản đang chờ. {advice}"
        self._runner.message_posted.emit(BannerMessage(Level.WARNING, text, "Xem giấy chờ", self.queue_requested.emit))

    def print_queued(self, papers: Sequence["WaitingPaper"]) -> None:
        """Print waiting documents as they were laid out.

        For one that was handed over, the spooler is asked first: its job may still be there, and would come out twice.
        """
        for paper in papers:
            printer = self.preferences.printer_for(paper.form, paper.paper)
            if paper.handed and not is_network(printer):
                self.dispatcher.watch.resume((paper,), partial(self._print_unless_spooled, paper))
            else:
                self._print_waiting(paper)

    def _print_unless_spooled(self, paper: "WaitingPaper", answered: bool) -> None:
        spooled = any(set(job.print_ids) & set(paper.print_ids) for job in self.dispatcher.watch.jobs)
        if answered and not spooled:
            self._print_waiting(paper)
            return
        self.dispatcher.resume_watched()
        self.reload_queue()
        text = _IN_SPOOLER if answered else _SPOOLER_STOPPED
        self._runner.message_posted.emit(BannerMessage(Level.WARNING, text))

    def _print_waiting(self, paper: "WaitingPaper") -> None:
        self._begin_names(paper.code)
        self._render_queued(paper, partial(self._send_document, paper.code))

    def _send_document(self, code: str, document: "PreparedDocument") -> None:
        self.send(PrintJob(code, document))

    def preview_queued(self, paper: "WaitingPaper") -> None:
        """Show a waiting document."""
        self._render_queued(paper, partial(self._preview_document, paper.code))

    def _render_queued(self, paper: "WaitingPaper", on_rendered: Callable[["PreparedDocument"], None]) -> None:
        from app.usecases.documents.print_queue import RenderWaiting, render_waiting

        self._runner.read(render_waiting, RenderWaiting(paper.print_ids), on_rendered, activity="Đang dựng giấy")

    def confirm_printed(self, paper: "WaitingPaper") -> None:
        """Record a waiting document as printed because the user saw it on paper."""
        self.dispatcher.record(paper.print_ids, PrintStatus.PRINTED)

    def discard(self, paper: "WaitingPaper") -> None:
        """Remove a waiting document from the queue, and from the printer's queue."""
        from app.usecases.documents.print_queue import DismissPrints, dismiss_prints

        self.dispatcher.cancel(paper.print_ids)
        self._runner.write(
            dismiss_prints,
            DismissPrints(paper.print_ids),
            lambda _none: None,
            changes=frozenset({Changed.PRINT}),
            source=self,
            activity="Đang ghi sổ in",
        )

    def print_sheet(self, pdf: bytes, name: str, paper: PaperSize = PaperSize.A4, printer: str = "") -> None:
        """Print an unrecorded sheet on a printer, or on the default printer."""
        preferred = printer or self.preferred_printer
        self._runner.run_background(
            lambda _ticket: print_pdf(pdf, paper, preferred),
            partial(self._sheet_sent, name),
            activity=f"Đang in {name}",
            pictures=True,
        )

    def _sheet_sent(self, name: str, handoff: PrintHandoff) -> None:
        if handoff.outcome == PrintOutcome.PRINTED:
            self._runner.message_posted.emit(BannerMessage(Level.DONE, f"Đã gửi in {name}."))
        else:
            self._runner.message_posted.emit(
                BannerMessage(Level.ERROR, f"Chưa in được {name}. Bật máy in rồi in lại, hoặc lưu PDF.")
            )

    def save_file(self, job: PrintJob, file: Path) -> None:
        """Save a document as a PDF file and record its copies as printed."""
        if not job.print_ids and not job.unrecorded:
            paper = PaperSize(job.prepared.paper)
            self._prepare(
                job.code,
                PaperForm(job.form),
                paper,
                lambda code, documents: self.save_file(PrintJob(code, documents[0]), file),
            )
            return
        pdf = job.prepared.pdf
        self._runner.run_background(
            lambda _ticket: save_chosen_file(file, pdf), partial(self._saved, job, file), activity="Đang lưu tệp"
        )

    def _saved(self, job: PrintJob, file: Path, _none: None) -> None:
        self.dispatcher.mark_handed(job.print_ids)
        if not job.unrecorded:
            self.dispatcher.record(job.print_ids, PrintStatus.PRINTED)
        self._runner.message_posted.emit(BannerMessage(Level.DONE, f"Đã lưu {job.name} vào {file.name}."))


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]


def _import_rendering() -> None:
    import app.usecases.documents.print_queue  # noqa: F401
