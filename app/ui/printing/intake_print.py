"""Papers of one intake, on their way to the printers."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from app.models.enums import PaperForm, PaperSize
from app.ui.kit.runner import Runner
from app.ui.printing.job import PrintHandoff, PrintJob

if TYPE_CHECKING:
    from app.services.documents.prepared import PreparedDocument
    from app.usecases.documents.prepare import PreparePapers

PrintPdf = Callable[[bytes, PaperSize, str, str], PrintHandoff]


class IntakePrint:
    """What an intake prints, and where.

    It is created in the thread of the window, which reads the preferences. `printers` are by form and paper.
    The data lane hands the papers over as soon as they are on record, because the window may still paint the form.
    """

    def __init__(
        self,
        runner: Runner,
        command: "PreparePapers",
        printers: Mapping[tuple[PaperForm, PaperSize], str],
        print_pdf: PrintPdf,
    ) -> None:
        self.command = command
        self.handed: list[tuple[PrintJob, Future[PrintHandoff]]] = []
        self.error: Exception | None = None
        self._runner, self._printers, self._print_pdf = runner, printers, print_pdf

    def hand_over(self, code: str, papers: Sequence["PreparedDocument"]) -> None:
        """Give recorded papers to the printers, in the data lane."""
        for paper in papers:
            job, size = PrintJob(code, paper, handed=True), PaperSize(paper.paper)
            printer = self._printers[PaperForm(paper.form), size]
            printing = self._runner.pass_on(partial(self._print_pdf, paper.pdf, size, printer, job.job_name))
            self.handed.append((job, printing))
