"""Numbers of the day: waiting, called, set aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models.enums import Service, TicketState
from app.models.errors import Refusal
from app.models.queue.pace import Pace, pace_of_day
from app.services.context import Context
from app.storage import citizens
from app.storage.citizen_rows import TicketRow
from app.storage.uow import Reading

_MAX_SHOWN = 5
MAX_DESK = 99


@dataclass(frozen=True)
class TicketLine:
    """One number: its service, instants of taking and calling, and desk.

    `to_desk` is the only desk that may call it. `minutes` is how long it probably waits, None if unknown.
    """

    number: int
    service: Service
    taken_at: datetime
    called_at: datetime | None
    desk: int | None
    state: TicketState = TicketState.WAITING
    to_desk: int | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class Queue:
    """Waiting numbers in call order, and the last five called, latest first.

    `aside` are the numbers on hold or absent.
    """

    waiting: tuple[TicketLine, ...]
    called: tuple[TicketLine, ...]
    aside: tuple[TicketLine, ...] = ()


def read_queue(context: Context, work: Reading) -> Queue:
    """Return the queue of today."""
    pace = current_pace(context, work)
    waiting = tuple(
        ticket_line(row, None if pace is None else pace.minutes(before))
        for before, row in enumerate(citizens.waiting_tickets(work, context.today))
    )
    called = citizens.called_tickets(work, context.today, _MAX_SHOWN)
    return Queue(waiting, _lines(called), _lines(citizens.tickets_aside(work, context.today)))


def current_pace(context: Context, work: Reading) -> Pace | None:
    """Return the pace of today."""
    return pace_of_day(citizens.desk_acts(work, context.today), context.now)


def ticket_line(row: TicketRow, minutes: int | None = None) -> TicketLine:
    """Return the line of a ticket."""
    return TicketLine(
        number=row.number,
        service=row.service,
        taken_at=row.taken_at,
        called_at=row.called_at,
        desk=row.desk,
        state=row.state,
        to_desk=row.to_desk,
        minutes=minutes,
    )


def _lines(rows: Sequence[TicketRow]) -> tuple[TicketLine, ...]:
    return tuple(map(ticket_line, rows))


def find_ticket(number: int, context: Context, work: Reading) -> TicketRow:
    """Return a ticket of today.

    Raises Refusal `ticket_unknown`.
    """
    row = citizens.ticket(work, context.today, number)
    if row is None:
        raise Refusal("ticket_unknown", "number", number=number)
    return row


def desk_number(desk: int | None, context: Context) -> int:
    """Return a desk, by default that of this machine.

    Raises Refusal `desk_number`.
    """
    chosen = context.office.workstation if desk is None else desk
    if not 1 <= chosen <= MAX_DESK:
        raise Refusal("desk_number", "desk", most=MAX_DESK)
    return chosen
