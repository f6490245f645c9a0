"""Print queue tickets and record the outcome."""

from collections.abc import Callable
from functools import partial

from app.models.enums import PaperSize, PrintStatus
from app.ui.kit.runner import Runner
from app.ui.printing.job import PrintHandoff, PrintOutcome
from app.ui.printing.print_desk import print_pdf
from app.usecases.citizens.queue import RecordTicketPrint, TicketPrint, record_ticket_print

ShowOutcome = Callable[[bool], None]
"""Receives whether a printer took the ticket."""


class TicketPrinting:
    """Hands tickets to the printer of this machine.

    `printer_name` returns its name, empty for the system's default.
    """

    def __init__(self, runner: Runner, printer_name: Callable[[], str] = lambda: "") -> None:
        self._runner, self.printer_name = runner, printer_name

    def print(self, ticket: TicketPrint, paper: PaperSize, on_outcome: ShowOutcome) -> None:
        """Print a ticket; its record gets the outcome."""
        printer = self.printer_name()
        self._runner.run_background(
            lambda _task: print_pdf(ticket.pdf, paper, printer),
            partial(self._printed, ticket, on_outcome),
            activity="Đang in phiếu số",
            pictures=True,
            on_error=partial(self._failed, ticket, on_outcome),
        )

    def _printed(self, ticket: TicketPrint, on_outcome: ShowOutcome, handoff: PrintHandoff) -> None:
        taken = handoff.outcome == PrintOutcome.PRINTED
        self._record(ticket, PrintStatus.PRINTED if taken else PrintStatus.FAILED)
        on_outcome(taken)

    def _failed(self, ticket: TicketPrint, on_outcome: ShowOutcome, _error: Exception) -> bool:
        self._record(ticket, PrintStatus.FAILED)
        on_outcome(False)
        return True

    def _record(self, ticket: TicketPrint, status: PrintStatus) -> None:
        command = RecordTicketPrint(ticket.print_id, status)
        self._runner.write(record_ticket_print, command, lambda _none: None, activity="Đang ghi sổ in")
