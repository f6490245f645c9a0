"""State of a dossier from its events."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from app.models.enums import Action, Status, Verdict
from app.models.lifecycle import State, Transition, replay
from app.storage.rows import EventRow


def replay_events(events: Iterable[EventRow]) -> State | None:
    """Return the state after a dossier's events; None without an intake."""
    ordered = list(events)
    first = ordered[0]
    if first.action != Action.INTAKE:
        return None
    due = _instant(first.facts.get("due_at"))
    original = _instant(first.facts.get("original_due_at")) or due
    fee = first.facts.get("fee_due")
    start = State(Status.RECEIVED, first.occurred_at, due_at=due, original_due_at=original, fee=fee)
    return replay(start, [_transition_of(event) for event in ordered[1:]])


def _transition_of(event: EventRow) -> Transition:
    change: dict[str, Any] = {
        name: _instant(value) if name.endswith("_at") else value for name, value in event.facts["change"].items()
    }
    if change.get("outcome") is not None:
        change["outcome"] = Status(change["outcome"])
    verdict = None if event.verdict is None else Verdict(event.verdict)
    return Transition(
        action=Action(event.action),
        at=event.occurred_at,
        status=Status(event.status),
        holder_from=event.holder_from,
        holder_to=event.holder_to,
        verdict=verdict,
        note=event.note,
        change=change,
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
