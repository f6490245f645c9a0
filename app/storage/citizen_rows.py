"""Typed rows of the tables in app/models/citizens.py."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from app.models.enums import FeedbackChannel, FeedbackTopic, SatisfactionFace, Service, SmsStatus, TicketState


class TicketRow(NamedTuple):
    """A queue ticket."""

    id: int
    day: date
    number: int
    service: Service
    taken_at: datetime
    called_at: datetime | None
    call_order: int | None
    desk: int | None
    state: TicketState
    to_desk: int | None


class RatingRow(NamedTuple):
    """A rating with code, holder and finishing actor of the dossier."""

    code: str
    holder: str
    finisher: str | None
    dossier_id: int
    rated_at: datetime
    rated_day: date
    face: SatisfactionFace
    points: Mapping[str, int]
    comment: str | None


class FeedbackRow(NamedTuple):
    """A feedback (PAKN) with the code of its dossier."""

    id: int
    year: int
    number: int
    received_at: datetime
    received_day: date
    way: FeedbackChannel
    about: FeedbackTopic
    actor: str
    sender: str | None
    contact: str | None
    content: str
    dossier_id: int | None
    due_day: date | None
    answered_at: datetime | None
    answered_day: date | None
    answer: str | None
    content_after: bool | None
    code: str | None


class SmsRow(NamedTuple):
    """A text message with the code of its dossier."""

    id: int
    dossier_id: int
    phone: str
    situation: str
    text: str
    made_at: datetime
    status: SmsStatus
    tries: int
    ended_at: datetime | None
    way: str | None
    code: str
