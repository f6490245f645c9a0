"""Feedback of a period, as lines and sums."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.enums import FeedbackChannel, FeedbackTopic
from app.wording.citizens import FEEDBACK_DEFINITION


@dataclass(frozen=True)
class FeedbackLine:
    """A feedback; `late` as of the end of the period, or of today if earlier."""

    year: int
    number: int
    received_on: date
    way: FeedbackChannel
    about: FeedbackTopic
    sender: str | None
    contact: str | None
    content: str
    code: str | None
    due_on: date | None
    answered_on: date | None
    answer: str | None
    content_after: bool | None
    late: bool


@dataclass(frozen=True)
class FeedbackTable:
    """Feedback received, answered and open in a period."""

    from_day: date
    to_day: date
    received: int
    carried_over: int
    answered: int
    answered_in_time: int
    answered_late: int
    pending: int
    pending_late: int
    ratio: float | None
    rows: tuple[FeedbackLine, ...]
    definition: str = FEEDBACK_DEFINITION


def to_json(table: FeedbackTable) -> dict[str, Any]:
    """Return the table as JSON, without sender and contact."""
    names = ("received", "carried_over", "answered", "answered_in_time", "answered_late", "pending", "pending_late")
    rows = [
        {name: getattr(row, name) for name in row.__dataclass_fields__ if name not in ("sender", "contact")}
        for row in table.rows
    ]
    counts = {name: getattr(table, name) for name in (*names, "ratio", "definition")}
    return {"period": {"from": table.from_day, "to": table.to_day}, **counts, "rows": rows}
