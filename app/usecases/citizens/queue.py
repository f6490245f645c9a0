"""Queue numbers: take at the kiosk, call at a desk, show on a screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models.enums import Right, Service
from app.models.errors import Refusal
from app.printing.forms.queue_ticket import TicketPaper, draw_ticket
from app.services.context import Context
from app.services.permissions import requires
from app.storage import citizens
from app.storage.citizen_rows import TicketRow
from app.storage.uow import Reading, Writing
from app.wording.citizens import service_name

_MAX_SHOWN = 5
_MAX_PER_DAY = 999


@dataclass(frozen=True)
class TakeTicket:
    """Command: take the next number for a service."""

    service: Service = Service.INTAKE


@dataclass(frozen=True)
class CallNext:
    """Command: call the next number to this desk."""


@dataclass(frozen=True)
class CallAgain:
    """Command: call again the last number of this desk."""


@dataclass(frozen=True)
class GetQueue:
    """Query: the queue of today."""


@dataclass(frozen=True)
class TicketLine:
    """One number: its service, instants of taking and calling, and desk."""

    number: int
    service: Service
    taken_at: datetime
    called_at: datetime | None
    desk: int | None


@dataclass(frozen=True)
class Queue:
    """Waiting numbers in call order, and the last five called, latest first."""

    waiting: tuple[TicketLine, ...]
    called: tuple[TicketLine, ...]


@dataclass(frozen=True)
class IssuedTicket:
    """A taken number, how many precede it, and its ticket on an 80 mm roll."""

    number: int
    service: Service
    before: int
    pdf: bytes


@requires(Right.SERVE_CITIZEN)
def take_ticket(command: TakeTicket, context: Context, work: Writing) -> IssuedTicket:
    """Take the next number of the day.

    Raises Refusal `tickets_all_given` after 999 numbers in a day.
    """
    waiting = citizens.waiting_tickets(work, context.today)
    number = citizens.add_ticket(work, context.today, command.service, context.now)
    if number > _MAX_PER_DAY:
        raise Refusal("tickets_all_given", most=_MAX_PER_DAY)
    has_priority = command.service is Service.PRIORITY
    before = sum(1 for row in waiting if not has_priority or row.service == Service.PRIORITY)
    paper = TicketPaper(context.office.name, number, service_name(command.service), before, context.now)
    pdf = draw_ticket(paper)
    work.commit()
    return IssuedTicket(number, command.service, before, pdf)


@requires(Right.TAKE_IN)
def call_next(command: CallNext, context: Context, work: Writing) -> Queue:
    """Call the next number to this desk: priority by law, then by time.

    Raises Refusal `nobody_waits`.
    """
    waiting = citizens.waiting_tickets(work, context.today)
    if not waiting:
        raise Refusal("nobody_waits")
    return _call(waiting[0], context, work)


@requires(Right.TAKE_IN)
def call_again(command: CallAgain, context: Context, work: Writing) -> Queue:
    """Call the last number of this desk again.

    Raises Refusal `nobody_called`.
    """
    desk = context.office.workstation
    own = (row for row in citizens.called_tickets(work, context.today, _MAX_PER_DAY) if row.desk == desk)
    last = next(own, None)
    if last is None:
        raise Refusal("nobody_called")
    return _call(last, context, work)


def _call(ticket: TicketRow, context: Context, work: Writing) -> Queue:
    citizens.call_ticket(work, ticket, context.now, context.office.workstation)
    queue = _queue(context, work)
    work.commit()
    return queue


@requires(Right.ASK_STATUS)
def get_queue(query: GetQueue, context: Context, work: Reading) -> Queue:
    """Return the waiting numbers and the last called ones."""
    return _queue(context, work)


def _queue(context: Context, work: Reading) -> Queue:
    waiting = citizens.waiting_tickets(work, context.today)
    return Queue(_lines(waiting), _lines(citizens.called_tickets(work, context.today, _MAX_SHOWN)))


def _lines(rows: Sequence[TicketRow]) -> tuple[TicketLine, ...]:
    return tuple(TicketLine(row.number, row.service, row.taken_at, row.called_at, row.desk) for row in rows)
