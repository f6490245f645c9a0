"""Feedback of a period, as lines and sums."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models.enums import FeedbackChannel, FeedbackTopic
from app.models.figures import check_period_order
from app.models.satisfaction import cut_percent
from app.services.acts.known_then import today_then
from app.storage import citizens
from app.storage.citizen_rows import FeedbackRow
from app.storage.uow import Reading
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


def feedback_table(first: date, last: date, today: date, work: Reading, as_of: datetime | None = None) -> FeedbackTable:
    """Count the feedback of a period as of the end of its last day.

    With `as_of` only what was entered up to that instant counts.

    Raises Refusal `period_reversed`.
    """
    check_period_order(first, last)
    judged = min(last, today_then(today, as_of))
    rows = tuple(feedback_line(row, judged, last) for row in citizens.feedback_between(work, first, last, as_of))
    answered = [row for row in rows if row.answered_on is not None]
    late = sum(row.late for row in answered)
    pending_late = sum(row.late for row in rows) - late
    carried = sum(row.received_on < first for row in rows)
    counted = len(answered) + pending_late
    return FeedbackTable(
        from_day=first,
        to_day=last,
        received=len(rows) - carried,
        carried_over=carried,
        answered=len(answered),
        answered_in_time=len(answered) - late,
        answered_late=late,
        pending=len(rows) - len(answered),
        pending_late=pending_late,
        ratio=cut_percent(len(answered) - late, counted),
        rows=rows,
    )


def feedback_line(row: FeedbackRow, today: date, answers_until: date = date.max) -> FeedbackLine:
    """Return a feedback as of `today`, without answers after `answers_until`."""
    answered = row.answered_day if row.answered_day is not None and row.answered_day <= answers_until else None
    return FeedbackLine(
        year=row.year,
        number=row.number,
        received_on=row.received_day,
        way=row.way,
        about=row.about,
        sender=row.sender,
        contact=row.contact,
        content=row.content,
        code=row.code,
        due_on=row.due_day,
        answered_on=answered,
        answer=None if answered is None else row.answer,
        content_after=None if answered is None else row.content_after,
        late=row.due_day is not None and (answered or today) > row.due_day,
    )


def to_json(table: FeedbackTable) -> dict[str, Any]:
    """Return the table as JSON, without sender and contact."""
    names = ("received", "carried_over", "answered", "answered_in_time", "answered_late", "pending", "pending_late")
    rows = [
        {name: getattr(row, name) for name in row.__dataclass_fields__ if name not in ("sender", "contact")}
        for row in table.rows
    ]
    counts = {name: getattr(table, name) for name in (*names, "ratio", "definition")}
    return {"period": {"from": table.from_day, "to": table.to_day}, **counts, "rows": rows}
