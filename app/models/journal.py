"""What happened, in order, never changed: events chained per desk, what of them goes up, what was printed.

Register, control slip, figures and sync all derive from here."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from app.models.enums import Action, PaperForm, PrintStatus, Status, Verdict
from app.models.mapping import Code, Day, Instant, Json, RowId, metadata, required

Event = Table(
    "event",
    metadata,
    Column("id", RowId, primary_key=True),
    required("uuid", String(36), unique=True),
    required("workstation", Integer),
    required("sequence", RowId),
    required("type", String(24)),
    required("schema", Integer),
    required("dossier_id", ForeignKey("dossier.id")),
    required("action", Code(Action)),
    required("occurred_at", Instant),
    required("occurred_day", Day),
    required("entered_at", Instant),
    required("actor", Text),
    Column("holder_from", Text),
    Column("holder_to", Text),
    required("status", Code(Status)),
    Column("verdict", Code(Verdict)),
    Column("note", Text),
    required("facts", Json),
    Column("state_due_day", Day),
    Column("state_closed_day", Day),
    Column("state_outcome", Code(Status)),
    Column("previous_hash", String(64)),
    required("hash", String(64)),
    UniqueConstraint("workstation", "sequence"),
    Index("ix_event_dossier_day", "dossier_id", "occurred_day"),
)
"""One act on one dossier. `facts` is all that the office knows of it, people included; `hash` chains the desk's
records: it covers the record that goes up and, through a keyed digest in it, the facts that do not."""

_IS_PAYMENT = Event.c.action == Action.PAY.value
# Its WHERE for PostgreSQL stands in the migration alone: named here, it reads that dialect at each start of a desk.
Index("ix_event_payments", Event.c.occurred_day, sqlite_where=_IS_PAYMENT)


ChainHead = Table(
    "chain_head",
    metadata,
    Column("workstation", Integer, primary_key=True),
    required("sequence", RowId),
    required("hash", String(64)),
)
"""The end of one desk's chain, written with its last event: an event taken off the end is missed here."""


Outbox = Table(
    "outbox",
    metadata,
    Column("event_id", ForeignKey("event.id"), primary_key=True),
    required("payload", Json),
    required("people", Json),
    Column("bundle", Integer),
    Column("answer", String(12)),
    Column("reason", Text),
    Index("ix_outbox_bundle", "bundle"),
)
"""The part of an event that goes up, written with it: `payload` without people, `people` apart. `bundle` is the
sequence of the file that carried it first; `answer` what the receiver said of it."""


Bundle = Table(
    "bundle",
    metadata,
    Column("id", RowId, primary_key=True),
    required("epoch", String(36)),
    required("sequence", Integer),
    required("manifest_sha256", String(64)),
    required("records", Integer),
    required("made_at", Instant),
    required("content", LargeBinary),
    UniqueConstraint("epoch", "sequence"),
)
"""A sync file this desk wrote, kept whole so that it can be written again byte for byte."""


Print = Table(
    "print",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("dossier_id", ForeignKey("dossier.id"), index=True),
    Column("refusal_id", ForeignKey("counter_refusal.id"), index=True),
    required("form", Code(PaperForm)),
    required("copy", Integer),
    required("paper", String(8)),
    required("reprint", Integer),
    required("prepared_at", Instant),
    required("actor", Text),
    required("status", Code(PrintStatus)),
    required("document", Json),
)
"""One copy of one paper, of a dossier or of a refusal at the counter: what was laid out (`document`), and whether it
came out."""


CounterRefusal = Table(
    "counter_refusal",
    metadata,
    Column("id", RowId, primary_key=True),
    required("code", String(32), unique=True),
    Column("request_id", String(200), unique=True),
    required("workstation", Integer),
    required("number", Integer),
    required("refused_at", Instant),
    required("refused_day", Day, index=True),
    required("actor", Text),
    required("procedure_code", String(8)),
    required("reason", Text),
    required("document", Json),
)
"""Somebody turned away at the counter: no dossier and no dossier's code, but the slip he was given, its number, and the
`code` under which the office finds it again. A repeat of a `request_id` gets the same slip."""


Draft = Table(
    "draft",
    metadata,
    Column("workstation", Integer, primary_key=True),
    required("saved_at", Instant),
    required("form", Json),
)
"""A half-filled intake form of one desk, so that nothing typed is lost when the power goes."""
