"""Calls of queue numbers: next, again, hold, no-show, recall, transfer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.models.enums import Right, Service, TicketAction, TicketState
from app.models.errors import Refusal
from app.models.text import clean
from app.models.values.reasons import is_reason
from app.services.context import Context
from app.services.permissions import requires
from app.services.queue.view import MAX_DESK, Queue, desk_number, find_ticket, read_queue
from app.storage import citizens
from app.storage.citizen_rows import TicketRow
from app.storage.uow import Writing

_MAX_REASON_LENGTH = 200


@dataclass(frozen=True)
class CallNext:
    """Command: call the next number to a desk.

    The default is the desk of this machine. With `services` only numbers of these are called.
    """

    desk: int | None = None
    services: tuple[Service, ...] = ()


@dataclass(frozen=True)
class CallAgain:
    """Command: call again the number that the desk serves."""

    desk: int | None = None


@dataclass(frozen=True)
class Recall:
    """Command: call a number of today, also one on hold or absent."""

    number: int
    desk: int | None = None


@dataclass(frozen=True)
class SetAside:
    """Command: set the called number of a desk aside.

    `absent` if the person did not come, else they wait for something.
    Without a number it is the one that the desk serves.
    """

    absent: bool
    number: int | None = None
    desk: int | None = None


@dataclass(frozen=True)
class TransferTicket:
    """Command: let a number wait for another desk or another service.

    Without a number it is the one that the desk serves. It keeps its place by its number.
    """

    reason: str
    number: int | None = None
    to_desk: int | None = None
    to_service: Service | None = None
    desk: int | None = None


@requires(Right.TAKE_IN)
def call_next(command: CallNext, context: Context, work: Writing) -> Queue:
    """Call the next number to a desk: priority by law, then by number.

    The number that the desk served is done. Raises Refusal `nobody_waits`, `desk_number`.
    """
    desk = desk_number(command.desk, context)
    waiting = [row for row in citizens.waiting_tickets(work, context.today) if row.to_desk in (None, desk)]
    row = next((row for row in waiting if not command.services or row.service in command.services), None)
    if row is None:
        raise Refusal("nobody_waits")
    return _call(row, TicketAction.CALL, desk, context, work)


@requires(Right.TAKE_IN)
def call_again(command: CallAgain, context: Context, work: Writing) -> Queue:
    """Call the number that the desk serves again.

    Raises Refusal `nobody_called`, `desk_number`.
    """
    desk = desk_number(command.desk, context)
    return _call(_served(desk, context, work), TicketAction.RECALL, desk, context, work)


@requires(Right.TAKE_IN)
def recall(command: Recall, context: Context, work: Writing) -> Queue:
    """Call a number of today to a desk, whatever its state.

    Raises Refusal `ticket_unknown`, `ticket_elsewhere` while another desk serves it, `desk_number`.
    """
    desk = desk_number(command.desk, context)
    row = find_ticket(command.number, context, work)
    if row.state is TicketState.CALLED and row.desk != desk:
        raise Refusal("ticket_elsewhere", "number", number=row.number, desk=row.desk)
    action = TicketAction.CALL if row.called_at is None else TicketAction.RECALL
    return _call(row, action, desk, context, work)


@requires(Right.TAKE_IN)
def set_aside(command: SetAside, context: Context, work: Writing) -> Queue:
    """Put a called number on hold, or mark it as absent.

    Raises Refusal `ticket_unknown`, `ticket_not_called`, `nobody_called`, `desk_number`.
    """
    desk = desk_number(command.desk, context)
    row = _own(command.number, desk, context, work)
    action = TicketAction.NO_SHOW if command.absent else TicketAction.HOLD
    state = TicketState.ABSENT if command.absent else TicketState.HELD
    return _change(row, {"state": state}, {"action": action, "desk": desk}, context, work)


@requires(Right.TAKE_IN)
def transfer_ticket(command: TransferTicket, context: Context, work: Writing) -> Queue:
    """Let a number wait for another desk or service, with a reason.

    Raises Refusal `missing`, `transfer_reason`, `text_too_long`, `transfer_nowhere`, `desk_number`, `ticket_unknown`,
    `ticket_served`, `ticket_elsewhere`, `nobody_called`.
    """
    desk = desk_number(command.desk, context)
    reason = _reason(command.reason)
    if command.to_desk is not None and not 1 <= command.to_desk <= MAX_DESK:
        raise Refusal("desk_number", "to_desk", most=MAX_DESK)
    row = _served(desk, context, work) if command.number is None else find_ticket(command.number, context, work)
    if row.state is TicketState.SERVED:
        raise Refusal("ticket_served", "number", number=row.number)
    if row.state is TicketState.CALLED and row.desk != desk:
        raise Refusal("ticket_elsewhere", "number", number=row.number, desk=row.desk)
    service = command.to_service or row.service
    if command.to_desk in (None, desk) and service is row.service:
        raise Refusal("transfer_nowhere", "to_desk")
    act = {"action": TicketAction.TRANSFER, "desk": desk, "note": reason}
    act |= {"service": service, "to_desk": command.to_desk}
    values = {"state": TicketState.WAITING, "service": service, "to_desk": command.to_desk}
    return _change(row, values, act, context, work)


def _reason(text: str) -> str:
    reason = clean(text)
    if not reason:
        raise Refusal("missing", "note")
    if not is_reason(reason):
        raise Refusal("transfer_reason", "note")
    if len(reason) > _MAX_REASON_LENGTH:
        raise Refusal("text_too_long", "note", limit=_MAX_REASON_LENGTH, length=len(reason))
    return reason


def _served(desk: int, context: Context, work: Writing) -> TicketRow:
    row = citizens.current_ticket(work, context.today, desk)
    if row is None:
        raise Refusal("nobody_called")
    return row


def _own(number: int | None, desk: int, context: Context, work: Writing) -> TicketRow:
    """Return the number that a desk serves; a given number must be it."""
    if number is None:
        return _served(desk, context, work)
    row = find_ticket(number, context, work)
    if row.state is not TicketState.CALLED or row.desk != desk:
        raise Refusal("ticket_not_called", "number", number=number, desk=desk)
    return row


def _call(row: TicketRow, action: TicketAction, desk: int, context: Context, work: Writing) -> Queue:
    citizens.call_ticket(work, row, context.now, desk)
    return _change(row, {"to_desk": None}, {"action": action, "desk": desk}, context, work)


def _change(
    row: TicketRow, values: Mapping[str, Any], act: Mapping[str, Any], context: Context, work: Writing
) -> Queue:
    """Change a number, record the act and return the queue."""
    citizens.change_ticket(work, row.id, values)
    citizens.add_ticket_act(work, {"ticket_id": row.id, "at": context.now, "actor": context.actor, **act})
    queue = read_queue(context, work)
    work.commit()
    return queue
