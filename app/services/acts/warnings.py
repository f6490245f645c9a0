"""Warnings about an action that was carried out."""

from collections.abc import Sequence

from app.models.errors import Message
from app.models.transitions import LATE
from app.storage.rows import EventRow
from app.wording.warnings import warning_line


def act_warnings(events: Sequence[EventRow]) -> tuple[str, ...]:
    """Return the warnings about the last event, in Vietnamese."""
    return (warning_line(Message("late_apology")),) if events[-1].facts.get(LATE) else ()
