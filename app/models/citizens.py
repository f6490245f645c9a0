"""What citizens leave besides dossiers: the numbers they drew, how content they were, what they complained of; and the
notices that go to their telephones."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from app.models.enums import FeedbackChannel, FeedbackTopic, SatisfactionFace, Service, SmsSituation, SmsStatus
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
    # Calls of a day in their order: two desks may call within one second.
    Column("call_order", Integer),
    Column("desk", Integer),
    UniqueConstraint("day", "number"),
)
"""One number of a day; called to a desk, or still waiting."""


Rating = Table(
    "rating",
    metadata,
    Column("dossier_id", RowId, ForeignKey("dossier.id"), primary_key=True, autoincrement=False),
    required("rated_at", Instant),
    required("rated_day", Day, index=True),
    required("face", Code(SatisfactionFace)),
    # Points 0, 1 or 2 by the index's number as a text, TT 01/2018/TT-VPCP Điều 12–15; an index not asked is left out.
    required("points", Json),
    Column("comment", Text),
)
"""How one dossier's citizen judged the office, once."""


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
"""One phản ánh, kiến nghị (PAKN): numbered in its year, answered or waiting; `content_after` tells whether the sender
was content with the answer, where he said so."""


SmsMessage = Table(
    "notice",
    metadata,
    Column("id", RowId, primary_key=True),
    required("dossier_id", RowId, ForeignKey("dossier.id"), index=True),
    required("phone", String(20)),
    required("situation", Code(SmsSituation)),
    required("text", Text),
    required("made_at", Instant),
    required("status", Code(SmsStatus), index=True),
    required("tries", Integer),
    Column("ended_at", Instant),
    # `modem` or `file` for one that was sent; for any other what the modem said of it last.
    Column("way", String(60)),
)
"""One text to one telephone, written in the transaction of the act that it tells of; `ended_at` is when it was sent,
refused for good or dropped."""
