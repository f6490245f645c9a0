"""Events of a dossier that count: those that were not undone."""

from collections.abc import Sequence

from app.models.enums import Action
from app.storage.rows import EventRow

UNDONE = "undone"
"""Fact of an undo: the uuids of the undone events."""


def effective_events(events: Sequence[EventRow]) -> tuple[EventRow, ...]:
    """Return the events without undone ones and without the undo itself."""
    undone = undone_uuids(events)
    return tuple(event for event in events if event.action != Action.UNDO and event.uuid not in undone)


def undone_uuids(events: Sequence[EventRow]) -> frozenset[str]:
    """Return the uuids of the events that were undone."""
    return frozenset(uuid for event in events for uuid in event.facts.get(UNDONE, ()))
