"""Tables of the citizen services: tickets, ratings, feedback, SMS."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from app.models.enums import (
    FeedbackChannel,
    FeedbackTopic,
    PrintStatus,
    SatisfactionFace,
    Service,
    SmsStatus,
    TicketAction,
    TicketState,
)
from app.models.mapping import Code, Day, Instant, Json, RowId, metadata, required

Ticket = Table(
    "ticket",
    metadata,
    Column("id", RowId, primary_key=True),
    required("day", Day),
    required("number", Integer),
    required("service", Code(Service)),
    required("taken_at", Instant),
    Column("called_at", Instant),
    # Order of the calls of a day, because two desks may call within one second.
    Column("call_order", Integer),
    Column("desk", Integer),
    required("state", Code(TicketState), default=TicketState.WAITING, server_default=TicketState.WAITING.value),
    Column("to_desk", Integer),
    UniqueConstraint("day", "number"),
)
"""Queue number of a day and its state.

`desk` called it last. `to_desk` is the only desk that may call it, None for each desk.
"""


TicketAct = Table(
    "ticket_act",
    metadata,
    Column("id", RowId, primary_key=True),
    required("ticket_id", RowId, ForeignKey("ticket.id"), index=True),
    required("action", Code(TicketAction)),
    required("at", Instant),
    required("desk", Integer),
    required("actor", Text),
    Column("note", Text),
    Column("service", Code(Service)),
    Column("to_desk", Integer),
    Column("paper", String(8)),
    Column("reprint", Integer),
    Column("status", Code(PrintStatus)),
)
"""What was done with a queue number: calls, holds, transfers, prints of its ticket.

`service` and `to_desk` are where it was transferred. `paper`, `reprint` and `status` belong to a print.
"""


Rating = Table(
    "rating",
    metadata,
    Column("dossier_id", RowId, ForeignKey("dossier.id"), primary_key=True, autoincrement=False),
    required("rated_at", Instant),
    required("rated_day", Day, index=True),
    required("face", Code(SatisfactionFace)),
    # Points 0, 1 or 2 by index number as text (TT 01/2018/TT-VPCP Điều 12–15); unanswered indices are left out.
    required("points", Json),
    Column("comment", Text),
)
"""Rating of the office for one dossier; at most one per dossier."""


Feedback = Table(
    "feedback",
    metadata,
    Column("id", RowId, primary_key=True),
    required("year", Integer),
    required("number", Integer),
    required("received_at", Instant),
    required("received_day", Day),
    required("way", Code(FeedbackChannel)),
    required("about", Code(FeedbackTopic)),
    required("actor", Text),
    Column("sender", Text),
    Column("contact", String(200)),
    required("content", Text),
    Column("dossier_id", RowId, ForeignKey("dossier.id"), index=True),
    Column("due_day", Day),
    Column("answered_at", Instant),
    Column("answered_day", Day),
    Column("answer", Text),
    Column("content_after", Boolean),
    UniqueConstraint("year", "number"),
    Index("ix_feedback_received_day", "received_day"),
)
"""Feedback (phản ánh, kiến nghị; PAKN), numbered within its year, answered or waiting.

`content_after` is whether the sender was satisfied with the answer, None if unknown.
"""


SmsMessage = Table(
    "notice",
    metadata,
    Column("id", RowId, primary_key=True),
    required("dossier_id", RowId, ForeignKey("dossier.id"), index=True),
    required("phone", String(20)),
    required("situation", String(24)),
    required("text", Text),
    required("made_at", Instant),
    required("status", Code(SmsStatus), index=True),
    required("tries", Integer),
    Column("ended_at", Instant),
    # `modem`, `delivered` or `file` for a sent message; otherwise the last answer of the modem.
    Column("way", String(60)),
)
"""SMS to one phone, written in the transaction of the action it reports.

`ended_at` is when it was sent, rejected for good or dropped.
"""
