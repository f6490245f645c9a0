"""What happened, in order, never changed: events chained per desk, what of them goes up, what was printed.

Register, control slip, figures and sync all derive from here."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.mapping import Base, Code, Day, Instant, Json, RowId
from app.models.values import Action, PaperForm, PrintStatus, Status, Verdict


class Event(Base):
    """One act on one dossier. `facts` is all that the office knows of it, people included; `hash` chains the desk's
    records: it covers the record that goes up and, through a keyed digest in it, the facts that do not."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("workstation", "sequence"),
        Index("ix_event_dossier_day", "dossier_id", "occurred_day"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    workstation: Mapped[int]
    sequence: Mapped[int] = mapped_column(RowId)
    type: Mapped[str] = mapped_column(String(24))
    schema: Mapped[int]
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    action: Mapped[str] = mapped_column(Code(Action))
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    occurred_day: Mapped[date] = mapped_column(Day)
    entered_at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(Text)
    holder_from: Mapped[str | None] = mapped_column(Text)
    holder_to: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Code(Status))
    verdict: Mapped[str | None] = mapped_column(Code(Verdict))
    note: Mapped[str | None] = mapped_column(Text)
    facts: Mapped[Any] = mapped_column(Json)
    state_due_day: Mapped[date | None] = mapped_column(Day)
    state_closed_day: Mapped[date | None] = mapped_column(Day)
    state_outcome: Mapped[str | None] = mapped_column(Code(Status))
    previous_hash: Mapped[str | None] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Outbox(Base):
    """The part of an event that goes up, written with it: `payload` without people, `people` apart. `bundle` is the
    sequence of the file that carried it first; `answer` what the receiver said of it."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_bundle", "bundle"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    payload: Mapped[Any] = mapped_column(Json)
    people: Mapped[Any] = mapped_column(Json)
    bundle: Mapped[int | None]
    answer: Mapped[str | None] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(Text)


class Bundle(Base):
    """A sync file this desk wrote, kept whole so that it can be written again byte for byte."""

    __tablename__ = "bundle"
    __table_args__ = (UniqueConstraint("epoch", "sequence"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    epoch: Mapped[str] = mapped_column(String(36))
    sequence: Mapped[int]
    manifest_sha256: Mapped[str] = mapped_column(String(64))
    records: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Instant)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Print(Base):
    """One copy of one paper: what was laid out (`document`), and whether it came out."""

    __tablename__ = "print"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    form: Mapped[str] = mapped_column(Code(PaperForm))
    copy: Mapped[int]
    paper: Mapped[str] = mapped_column(String(8))
    reprint: Mapped[int]
    prepared_at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Code(PrintStatus))
    document: Mapped[Any] = mapped_column(Json)


class CounterRefusal(Base):
    """Somebody turned away at the counter: no dossier and no code, but the slip he was given and its number."""

    __tablename__ = "counter_refusal"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    workstation: Mapped[int]
    number: Mapped[int]
    refused_at: Mapped[datetime] = mapped_column(Instant)
    refused_day: Mapped[date] = mapped_column(Day, index=True)
    actor: Mapped[str] = mapped_column(Text)
    procedure_code: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text)
    document: Mapped[Any] = mapped_column(Json)


class Draft(Base):
    """A half-filled intake form of one desk, so that nothing typed is lost when the power goes."""

    __tablename__ = "draft"

    workstation: Mapped[int] = mapped_column(primary_key=True)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    form: Mapped[Any] = mapped_column(Json)
