"""Undo of the last action: a compensating event that restores the state.

Nothing is deleted: the undone events and the prints stay on record, and figures of an earlier day still read them.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from app.models.enums import Action
from app.models.errors import Refusal
from app.models.lifecycle import State
from app.models.transitions import IMPLIED
from app.services.acts.replay import replay_events
from app.services.context import Context
from app.services.effective_events import UNDONE
from app.storage.journal import NEVER_SENT_CHAIN
from app.storage.rows import EventRow

UNDO_TIME = timedelta(minutes=10)
"""Time after an action in which it can be undone."""


def last_act(events: Sequence[EventRow], context: Context) -> tuple[EventRow, ...]:
    """Return the events of the last action, which are undone together.

    A receipt that the action included belongs to it.

    Raises Refusal `undo_first`, `undo_twice`, `undo_other_desk`, `undo_too_late`, `undo_receipt_recorded`.
    """
    last = events[-1]
    if last.action in (Action.INTAKE, Action.VOID):
        raise Refusal("undo_first", "action")
    if last.action == Action.UNDO:
        raise Refusal("undo_twice", "action")
    desk = last.workstation % NEVER_SENT_CHAIN  # the chain of dossiers that stay here has a number of its own
    if desk != context.office.workstation:
        raise Refusal("undo_other_desk", "action", desk=desk)
    if context.now - last.entered_at > UNDO_TIME:
        raise Refusal("undo_too_late", "action", minutes=UNDO_TIME // timedelta(minutes=1))
    if _has_receipt_number(last):
        raise Refusal("undo_receipt_recorded", "action")
    return tuple(events[-2:] if events[-2].facts.get(IMPLIED) else events[-1:])


def undoable_action(events: Sequence[EventRow], context: Context) -> Action | None:
    """Return the action that can be undone now, or None."""
    try:
        return Action(last_act(events, context)[-1].action)
    except Refusal:
        return None


def _has_receipt_number(event: EventRow) -> bool:
    return event.action == Action.PAY and bool((event.facts.get("payment") or {}).get("receipt"))


def state_before(events: Sequence[EventRow], act: Sequence[EventRow]) -> State | None:
    """Return the state before an action; `act` are the last of `events`."""
    return replay_events(events[: -len(act)])


def undo_facts(act: Sequence[EventRow]) -> dict[str, Any]:
    """Return the facts of the undo of an action."""
    return {UNDONE: [event.uuid for event in act], "undone_action": act[-1].action.value}


def proof_before(act: Sequence[EventRow]) -> Any:
    """Return the proof of the promise that the action replaced, or None."""
    return next((event.facts["proof_before"] for event in act if "proof_before" in event.facts), None)
