"""Feedback register (phản ánh, kiến nghị): add, answer, list and count."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.enums import FeedbackChannel, FeedbackTopic, Right
from app.models.errors import Refusal
from app.models.text import clean, visible_text
from app.services.context import Context
from app.services.dossier_detail import find_row
from app.services.feedback_terms import feedback_due
from app.services.permissions import requires
from app.services.reporting.feedback import FeedbackLine, FeedbackTable, feedback_line, feedback_table
from app.storage import citizens
from app.storage.uow import Reading, Writing

_MAX_LENGTHS = {"content": 4000, "answer": 4000, "sender": 200, "contact": 200}


@dataclass(frozen=True)
class AddFeedback:
    """Command: a complaint or proposal; without `sender` it is anonymous."""

    content: str
    way: FeedbackChannel = FeedbackChannel.DIRECT
    about: FeedbackTopic = FeedbackTopic.OTHER
    sender: str = ""
    contact: str = ""
    code: str = ""
    due: date | None = None


@dataclass(frozen=True)
class AnswerFeedback:
    """Command: the answer, and whether the sender was content (None: unknown)."""

    year: int
    number: int
    answer: str
    content_after: bool | None = None


@dataclass(frozen=True)
class ListFeedback:
    """Query: feedback received in a period, or open at its start.

    Both days belong to the period.
    """

    from_day: date
    to_day: date


@requires(Right.FEEDBACK)
def add_feedback(command: AddFeedback, context: Context, work: Writing) -> FeedbackLine:
    """Add a feedback under the next number of the year.

    Without a due day the term of its topic applies, if a rule has one.

    Raises Refusal `missing`, `text_too_long`, `dossier_unknown`, `feedback_due_past`.
    """
    texts = {name: _text(name, getattr(command, name)) for name in ("content", "sender", "contact")}
    if not texts["content"]:
        raise Refusal("missing", "content")
    if command.due is not None and command.due < context.today:
        raise Refusal("feedback_due_past", "due", day=command.due.isoformat())
    due = command.due or feedback_due(command.about, context, work)
    dossier = find_row(work, command.code).id if command.code else None
    values: dict[str, Any] = {"received_at": context.now, "received_day": context.today, "actor": context.actor}
    values |= {"way": command.way, "about": command.about, "dossier_id": dossier, "due_day": due, **texts}
    number = citizens.add_feedback(work, context.today.year, values)
    line = _saved_line(work, context.today.year, number, context.today)
    work.commit()
    return line


def _text(name: str, text: str) -> str | None:
    cleaned = visible_text(text, name) if name in ("sender", "contact") else clean(text)
    if len(cleaned) > _MAX_LENGTHS[name]:
        raise Refusal("text_too_long", name, limit=_MAX_LENGTHS[name], length=len(cleaned))
    return cleaned or None


@requires(Right.FEEDBACK)
def answer_feedback(command: AnswerFeedback, context: Context, work: Writing) -> FeedbackLine:
    """Record the answer to a feedback, once.

    Raises Refusal `feedback_unknown`, `feedback_answered`, `missing`, `text_too_long`.
    """
    row = citizens.feedback(work, command.year, command.number)
    if row is None:
        raise Refusal("feedback_unknown", "number", number=command.number, year=command.year)
    if row.answered_day is not None:
        raise Refusal("feedback_answered", "number", number=command.number, year=command.year)
    answer = _text("answer", command.answer)
    if answer is None:
        raise Refusal("missing", "answer")
    values = {"answered_at": context.now, "answered_day": context.today, "answer": answer}
    citizens.answer_feedback(work, row.id, {**values, "content_after": command.content_after})
    line = _saved_line(work, command.year, command.number, context.today)
    work.commit()
    return line


@requires(Right.READ_LISTS)
def report_feedback(query: ListFeedback, context: Context, work: Reading) -> FeedbackTable:
    """Count the feedback of a period as of the end of its last day.

    Raises Refusal `period_reversed`.
    """
    return feedback_table(query.from_day, query.to_day, context.today, work)


def _saved_line(work: Reading, year: int, number: int, today: date) -> FeedbackLine:
    row = citizens.feedback(work, year, number)
    assert row is not None
    return feedback_line(row, today)
