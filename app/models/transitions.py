"""Transitions of the dossier state machine: one handler for each action.

`decide` turns a request into transitions, or raises a refusal and changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from app.models.enums import Action, Status, Verdict
from app.models.errors import Refusal
from app.models.instants import local_day
from app.models.lifecycle import COUNTER, LEG_CLOSING_ACTIONS, State, Transition, apply, check_action_allowed, verdict
from app.models.values.reasons import is_reason

LARGEST_AMOUNT = 1_000_000_000_000
"""Largest payment in đồng; larger amounts are rejected as typing errors."""
IMPLIED = "implied"
"""Detail of a receipt that another action includes; undoing that action undoes the receipt too."""
RESUMED = "payment_resumed"
"""Detail of a payment that ends the pause of a requested payment."""
LATE = "late"
"""Detail of an apology made on or after the due day («xin lỗi muộn»)."""

_PRINTED_REASON = frozenset(
    (
        Action.ASK_SUPPLEMENT,
        Action.ASK_PAYMENT,
        Action.REFUSE,
        Action.STOP,
        Action.WITHDRAW,
        Action.CLOSE,
        Action.APOLOGISE,
    )
)
"""Actions whose note is printed as the reason."""


@dataclass(frozen=True)
class TransitionRequest:
    """Requested action on a dossier and its time.

    `due_at` is the new due time of a supplement, an apology or a payment that ends a pause. `original_due_at` is the
    due time that lateness is measured by after it. `new_promise` is whether a supplement begins a new term.
    `supplement_until` is the last day for the requested papers, `payment_until` the last day of a requested payment.
    `forwarded_due_at` is the due time that begins when another agency receives the dossier,
    `forwarded_original_due_at` the one that lateness is measured by, `forwarded_details` the proof for the event.
    The caller calculates all of them from the office calendar. `entered_on` is the day of data entry, which is
    later than the receipt for a preprinted receipt filled in by hand. `resumes` is the status before a payment was
    requested. `amended_fee` is the fee after a correction, in a tuple of one. `restored` is the state before the
    event that is undone.
    """

    action: Action
    at: datetime
    note: str | None = None
    to: str | None = None
    received_by: str | None = None
    amount: int | None = None
    receipt: str | None = None
    due_at: datetime | None = None
    original_due_at: datetime | None = None
    new_promise: bool = False
    supplement_until: date | None = None
    payment_until: date | None = None
    forwarded_due_at: datetime | None = None
    forwarded_original_due_at: datetime | None = None
    forwarded_details: Mapping[str, Any] = field(default_factory=dict)
    entered_on: date | None = None
    resumes: Status | None = None
    amended_fee: tuple[int | None] | None = None
    restored: State | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


_Handler = Callable[[State, TransitionRequest], Transition]


def decide(state: State, request: TransitionRequest) -> tuple[Transition, ...]:
    """Return the transitions of a request, in order.

    Raises Refusal `act_not_allowed`, `act_before_intake`, `reason_short`, or a refusal of the action itself.
    """
    check_action_allowed(state.status, request.action)
    if request.at < state.received_at:
        raise Refusal("act_before_intake", "action", received_at=state.received_at.isoformat())
    received: tuple[Transition, ...] = ()
    if state.leg_open and request.action in LEG_CLOSING_ACTIONS - {Action.RECEIVE}:
        received = (_receive(state, request),)
        state = apply(state, received[0])
    transition = _HANDLERS[request.action](state, request)
    if request.note and request.action in _PRINTED_REASON and not is_reason(request.note):
        raise Refusal("reason_short", "note", text=request.note)
    return (*received, transition)


def _transition(
    state: State,
    request: TransitionRequest,
    status: Status,
    to: str | None = None,
    result: Verdict | None = None,
    **change: Any,
) -> Transition:
    """Return the transition of a request.

    `to` moves the dossier to another holder. `change` has the changed fields of the state.
    """
    if to is not None:
        change = {"holder": to, "previous_holder": state.holder, **change}
    return Transition(
        action=request.action,
        at=request.at,
        status=status,
        holder_from=state.holder,
        holder_to=to or state.holder,
        verdict=result,
        note=request.note,
        change=change,
        details=dict(request.changes),
    )


def _send(state: State, request: TransitionRequest) -> Transition:
    if not request.to:
        raise Refusal("holder_missing", "to")
    return _transition(
        state, request, Status.PROCESSING, request.to, leg_open=True, previous_holder=_last_worker(state)
    )


def _last_worker(state: State) -> str | None:
    """Return the holder, None while the dossier waits at the counter."""
    return None if state.status == Status.RECEIVED else state.holder


def _receive(state: State, request: TransitionRequest) -> Transition:
    if not state.leg_open:
        raise Refusal("no_open_leg", "action")
    leg_verdict = verdict(request.at, state.due_at)
    note = request.note if request.action == Action.RECEIVE else None
    change: dict[str, Any] = {"leg_open": False}
    if request.forwarded_due_at is not None:
        original = request.forwarded_original_due_at or request.forwarded_due_at
        change |= {"due_at": request.forwarded_due_at, "original_due_at": original}
    return Transition(
        action=Action.RECEIVE,
        at=request.at,
        status=Status.PROCESSING,
        holder_from=state.previous_holder or COUNTER,
        holder_to=state.holder,
        verdict=leg_verdict,
        note=note,
        change=change,
        details={**request.forwarded_details, **({} if request.action == Action.RECEIVE else {IMPLIED: True})},
    )


def _take_back(state: State, request: TransitionRequest) -> Transition:
    if state.status == Status.FINISHED:
        return _transition(state, request, Status.PROCESSING, state.previous_holder, closed_at=None, outcome=None)
    if not state.leg_open:
        raise Refusal("nothing_to_take_back", "action", holder=state.holder)
    back = state.previous_holder or COUNTER
    status = Status.RECEIVED if state.previous_holder is None else Status.PROCESSING
    return Transition(
        action=request.action,
        at=request.at,
        status=status,
        holder_from=state.holder,
        holder_to=back,
        note=request.note,
        change={"holder": back, "previous_holder": None, "leg_open": False},
    )


def _ask_supplement(state: State, request: TransitionRequest) -> Transition:
    if not request.note:
        raise Refusal("note_missing", "note", action=request.action.value)
    return _transition(
        state,
        request,
        Status.SUPPLEMENT_ASKED,
        COUNTER,
        leg_open=False,
        paused_at=request.at,
        previous_holder=_last_worker(state),
    )


def _supplement(state: State, request: TransitionRequest) -> Transition:
    return _transition(
        state,
        request,
        Status.RECEIVED if state.previous_holder is None else Status.PROCESSING,
        paused_at=None,
        due_at=request.due_at,
        original_due_at=request.original_due_at,
        apologised=state.apologised and not request.new_promise,
    )


def _ask_payment(state: State, request: TransitionRequest) -> Transition:
    amount = _checked_amount(request)
    if not request.note:
        raise Refusal("note_missing", "note", action=request.action.value)
    if request.payment_until is not None and request.payment_until < local_day(request.at):
        raise Refusal("until_past", "until", day=request.payment_until.isoformat())
    fee = max(state.fee or 0, state.paid + amount)
    return _transition(state, request, Status.PAYMENT_DUE, paused_at=request.at, fee=fee)


def _end(outcome: Status, needs_note: bool) -> _Handler:
    def end(state: State, request: TransitionRequest) -> Transition:
        if needs_note and not request.note:
            raise Refusal("note_missing", "note", action=request.action.value)
        to = None if state.holder == COUNTER else COUNTER
        return _transition(
            state, request, outcome, to, leg_open=False, closed_at=request.at, outcome=outcome, paused_at=None
        )

    return end


_end_as_closed = _end(Status.CLOSED, needs_note=False)


def _close(state: State, request: TransitionRequest) -> Transition:
    if request.supplement_until is not None and local_day(request.at) <= request.supplement_until:
        raise Refusal("close_too_early", "action", day=request.supplement_until.isoformat())
    return _end_as_closed(state, request)


def _finish(state: State, request: TransitionRequest) -> Transition:
    to = None if state.holder == COUNTER else COUNTER
    return _transition(
        state,
        request,
        Status.FINISHED,
        to,
        verdict(request.at, state.original_due_at),
        leg_open=False,
        closed_at=request.at,
        outcome=Status.FINISHED,
    )


def _return(state: State, request: TransitionRequest) -> Transition:
    if not request.received_by:
        raise Refusal("receiver_missing", "received_by")
    return _transition(
        state, request, Status.RETURNED, request.received_by, returned_at=request.at, received_by=request.received_by
    )


def _apologise(state: State, request: TransitionRequest) -> Transition:
    if state.apologised:
        raise Refusal("apology_once", "action")
    if state.due_at is None or request.due_at is None:
        raise Refusal("until_missing" if state.due_at else "no_due_date", "until")
    if local_day(request.due_at) <= local_day(state.due_at):
        raise Refusal("until_not_later", "until", due=local_day(state.due_at).isoformat())
    if local_day(request.due_at) < local_day(request.at):
        raise Refusal("until_past", "until", day=local_day(request.due_at).isoformat())
    late = local_day(request.at) >= local_day(state.due_at)
    result = Verdict.LATE if late else None
    apology = _transition(state, request, state.status, None, result, due_at=request.due_at, apologised=True)
    return replace(apology, details={**apology.details, LATE: True}) if late else apology


def _amend(state: State, request: TransitionRequest) -> Transition:
    if not request.changes:
        raise Refusal("nothing_to_amend", "set")
    if state.status == Status.RETURNED and not request.note:
        raise Refusal("note_missing", "note", action=request.action.value)
    change = {} if request.amended_fee is None else {"fee": request.amended_fee[0]}
    return replace(_transition(state, request, state.status), change=change)


def _checked_amount(request: TransitionRequest) -> int:
    if request.amount is None or request.amount <= 0:
        raise Refusal("amount_missing", "amount")
    if request.amount > LARGEST_AMOUNT:
        raise Refusal("out_of_range", "amount", least=1, most=LARGEST_AMOUNT)
    return request.amount


def _pay(state: State, request: TransitionRequest) -> Transition:
    paid: dict[str, Any] = {
        "paid": state.paid + _checked_amount(request),
        "fee_receipt": request.receipt or state.fee_receipt,
    }
    if state.status != Status.PAYMENT_DUE:
        return _transition(state, request, state.status, **paid)
    return _transition(
        state,
        request,
        request.resumes or Status.PROCESSING,
        paused_at=None,
        due_at=request.due_at or state.due_at,
        original_due_at=request.original_due_at or state.original_due_at,
        **paid,
    )


def _refund(state: State, request: TransitionRequest) -> Transition:
    amount = _checked_amount(request)
    if not request.note:
        raise Refusal("note_missing", "note", action=request.action.value)
    if amount > state.paid:
        raise Refusal("refund_too_much", "amount", paid=state.paid)
    return _transition(state, request, state.status, paid=state.paid - amount)


def _void(state: State, request: TransitionRequest) -> Transition:
    if not request.note:
        raise Refusal("note_missing", "note", action=request.action.value)
    if local_day(request.at) != (request.entered_on or local_day(state.received_at)):
        raise Refusal("void_same_day", "action")
    return _transition(state, request, Status.VOID, closed_at=request.at, outcome=Status.VOID)


def _undo(state: State, request: TransitionRequest) -> Transition:
    if not request.note:
        raise Refusal("note_missing", "note", action=request.action.value)
    if request.restored is None:
        raise Refusal("undo_first", "action")
    return Transition(
        action=request.action,
        at=request.at,
        status=request.restored.status,
        holder_from=state.holder,
        holder_to=request.restored.holder,
        note=request.note,
        change=_difference(state, request.restored),
        details=dict(request.changes),
    )


def _difference(state: State, restored: State) -> dict[str, Any]:
    """Return the fields of the restored state that differ.

    `apply` sets the status and `winding`.
    """
    names = {field.name for field in fields(State)} - {"status", "winding"}
    return {name: getattr(restored, name) for name in sorted(names) if getattr(restored, name) != getattr(state, name)}


_HANDLERS: Mapping[Action, _Handler] = {
    Action.SEND: _send,
    Action.RECEIVE: _receive,
    Action.TAKE_BACK: _take_back,
    Action.ASK_SUPPLEMENT: _ask_supplement,
    Action.SUPPLEMENT: _supplement,
    Action.ASK_PAYMENT: _ask_payment,
    Action.REFUSE: _end(Status.REFUSED, needs_note=True),
    Action.STOP: _end(Status.STOPPED, needs_note=False),
    Action.WITHDRAW: _end(Status.WITHDRAWN, needs_note=False),
    Action.CLOSE: _close,
    Action.APOLOGISE: _apologise,
    Action.FINISH: _finish,
    Action.RETURN: _return,
    Action.AMEND: _amend,
    Action.PAY: _pay,
    Action.REFUND: _refund,
    Action.VOID: _void,
    Action.UNDO: _undo,
}
