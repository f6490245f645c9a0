"""Queue numbers: take at the kiosk or the desk, print, show on a screen."""

from dataclasses import dataclass

from app.models.enums import PaperSize, PrintStatus, Right, Service, TicketAction, TicketState
from app.models.errors import Refusal
from app.printing.forms.queue_ticket import TicketPaper, draw_ticket
from app.services.context import Context
from app.services.permissions import requires
from app.services.queue.view import Queue, current_pace, find_ticket, read_queue
from app.storage import citizens
from app.storage.citizen_rows import TicketRow
from app.storage.uow import Reading, Writing
from app.wording.citizens import service_name

_MAX_PER_DAY = 999
TICKET_PAPERS = (PaperSize.ROLL_80, PaperSize.A5)


@dataclass(frozen=True)
class TakeTicket:
    """Command: take the next number for a service.

    With a `paper` its ticket is drawn, and the print is put on record as prepared.
    """

    service: Service = Service.INTAKE
    paper: PaperSize | None = PaperSize.ROLL_80


@dataclass(frozen=True)
class PrintTicket:
    """Command: print the ticket of a number of today again."""

    number: int
    paper: PaperSize = PaperSize.ROLL_80


@dataclass(frozen=True)
class RecordTicketPrint:
    """Command: record the outcome of a print."""

    print_id: int
    status: PrintStatus


@dataclass(frozen=True)
class GetQueue:
    """Query: the queue of today."""


@dataclass(frozen=True)
class TicketPrint:
    """A drawn ticket; `reprint` counts the earlier prints."""

    number: int
    reprint: int
    pdf: bytes
    print_id: int


@dataclass(frozen=True)
class IssuedTicket:
    """A taken number and how many precede it.

    `minutes` is how long it probably waits, None if unknown. `printed` is its ticket, None without a paper.
    """

    number: int
    service: Service
    before: int
    minutes: int | None = None
    printed: TicketPrint | None = None


@requires(Right.SERVE_CITIZEN)
def take_ticket(command: TakeTicket, context: Context, work: Writing) -> IssuedTicket:
    """Take the next number of the day.

    Raises Refusal `tickets_all_given` after 999 numbers in a day, `ticket_paper`.
    """
    number = citizens.add_ticket(work, context.today, command.service, context.now)
    if number > _MAX_PER_DAY:
        raise Refusal("tickets_all_given", most=_MAX_PER_DAY)
    row = find_ticket(number, context, work)
    before, minutes = _position(row, context, work)
    printed = None if command.paper is None else _print(row, command.paper, context, work)
    work.commit()
    return IssuedTicket(number, command.service, before, minutes, printed)


@requires(Right.SERVE_CITIZEN)
def print_ticket(command: PrintTicket, context: Context, work: Writing) -> TicketPrint:
    """Draw the ticket of a number again and record the print.

    Raises Refusal `ticket_unknown`, `ticket_paper`.
    """
    printed = _print(find_ticket(command.number, context, work), command.paper, context, work)
    work.commit()
    return printed


@requires(Right.SERVE_CITIZEN)
def record_ticket_print(command: RecordTicketPrint, context: Context, work: Writing) -> None:
    """Record the outcome of the print of a ticket."""
    citizens.set_print_status(work, command.print_id, command.status)
    work.commit()


@requires(Right.ASK_STATUS)
def get_queue(query: GetQueue, context: Context, work: Reading) -> Queue:
    """Return the waiting numbers, the last called ones and those aside."""
    return read_queue(context, work)


def _position(row: TicketRow, context: Context, work: Reading) -> tuple[int, int | None]:
    """Return how many numbers precede a waiting one, and its minutes."""
    waiting = [each for each in citizens.waiting_tickets(work, context.today) if each.to_desk in (None, row.to_desk)]
    before = [each.number for each in waiting].index(row.number)
    pace = current_pace(context, work)
    return before, None if pace is None else pace.minutes(before)


def _print(row: TicketRow, paper: PaperSize, context: Context, work: Writing) -> TicketPrint:
    if paper not in TICKET_PAPERS:
        raise Refusal("ticket_paper", "paper")
    reprint = citizens.count_ticket_prints(work, row.id)
    waits = row.state is TicketState.WAITING
    before, minutes = _position(row, context, work) if waits else (None, None)
    ticket = TicketPaper(
        office=context.office.name,
        number=row.number,
        service=service_name(row.service),
        waiting_ahead=before,
        minutes=minutes,
        taken_at=row.taken_at,
        desk=row.to_desk,
        reprint=reprint,
        training=context.training,
    )
    act = {"ticket_id": row.id, "action": TicketAction.PRINT, "at": context.now, "actor": context.actor}
    act |= {
        "desk": context.office.workstation,
        "paper": paper.value,
        "reprint": reprint,
        "status": PrintStatus.PREPARED,
    }
    print_id = citizens.add_ticket_act(work, act)
    return TicketPrint(row.number, reprint, draw_ticket(ticket, paper), print_id)
