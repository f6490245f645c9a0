"""Journal tables: append-only events, outbox, bundles, prints.

Register, control slip, figures and sync derive from these tables.
"""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    type_coerce,
)

from app.models.enums import Action, PaperForm, PrintStatus, Status, Verdict
from app.models.mapping import Code, Day, Instant, Json, OpenCode, RowId, metadata, required

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
"""One action on one dossier.

`facts` is all that the office knows of it, personal data included. `hash` chains the records of the desk. It covers the
record to be sent and, through a keyed digest in that record, the facts that are not sent.
"""

_IS_PAYMENT = Event.c.action == Action.PAY.value
# The WHERE for PostgreSQL is in the migration only, because naming it here would load that dialect at each start.
Index("ix_event_payments", Event.c.occurred_day, sqlite_where=_IS_PAYMENT)
Index("ix_event_refund", Event.c.occurred_day, sqlite_where=Event.c.action == Action.REFUND.value)
_METHOD = func.json_extract(type_coerce(Event.c.facts, String), "$.method")
_IS_PAID_ONLINE = _IS_PAYMENT & _METHOD.in_(("transfer", "qr", "card"))
Index("ix_event_paid_online", Event.c.dossier_id, sqlite_where=_IS_PAID_ONLINE)
Index("ix_event_undo", Event.c.occurred_day, sqlite_where=Event.c.action == Action.UNDO.value)


FeeReceiptNumber = Table(
    "fee_receipt_number",
    metadata,
    Column("id", RowId, primary_key=True),
    required("year", Integer),
    required("symbol", String(40)),
    required("number", Integer),
    required("dossier_id", ForeignKey("dossier.id"), index=True),
    UniqueConstraint("year", "symbol", "number"),
)
"""Number of an electronic fee receipt; each is recorded once a year (NĐ 254/2026 Điều 23.2)."""


ChainHead = Table(
    "chain_head",
    metadata,
    Column("workstation", Integer, primary_key=True),
    required("sequence", RowId),
    required("hash", String(64)),
)
"""End of the chain of one desk, written with its last event, so that a removed last event is noticed."""


Seal = Table(
    "seal",
    metadata,
    Column("id", RowId, primary_key=True),
    required("table_name", String(40)),
    required("row_key", String(200)),
    Column("row_label", Text),
    Column("row_digest", String(64)),
    required("hash", String(64)),
    Index("ix_seal_row", "table_name", "row_key"),
)
"""Seal of one row of another table, after each change of that row; without a digest after its removal.

`hash` chains the seals under the office's digest key. `app.storage.seals` names the sealed tables.
"""


SealHead = Table(
    "seal_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    required("sequence", RowId),
    required("hash", String(64)),
)
"""End of the chain of seals, in one row, so that a removed last seal is noticed."""


Outbox = Table(
    "outbox",
    metadata,
    Column("event_id", ForeignKey("event.id"), primary_key=True),
    required("payload", Json),
    required("people", Json),
    Column("bundle", Integer),
    Column("answer", String(12)),
    Column("reason", Text),
)
"""Part of an event to be sent, written together with the event.

`payload` has no personal data; `people` is kept apart. `bundle` is 0 if the event stays in this office, else empty:
each file has the range of its records. `answer` is the receiver's where it differs from the usual one of the file.
"""
Index("ix_outbox_answer", Outbox.c.event_id, sqlite_where=Outbox.c.answer.is_not(None))


Bundle = Table(
    "bundle",
    metadata,
    Column("id", RowId, primary_key=True),
    required("epoch", String(36)),
    required("sequence", Integer),
    required("manifest_sha256", String(64)),
    required("records", Integer),
    required("made_at", Instant),
    Column("content", LargeBinary),
    Column("sent_at", Instant),
    required("tries", Integer, default=0, server_default="0"),
    Column("last_trouble", String(40)),
    Column("answer", LargeBinary),
    Column("answered_at", Instant),
    Column("workstation", Integer),
    Column("record_from", RowId),
    Column("record_to", RowId),
    Column("usual_answer", String(12)),
    UniqueConstraint("epoch", "sequence"),
    Index("ix_bundle_range", "epoch", "workstation", "record_to"),
)
"""Sync file written by this desk, stored whole so that it can be written again byte for byte.

`sent_at` is when it first left this machine, on a stick or by the network. `answer` is the signed answer of the
receiver. The content of answered files is dropped, except the newest ones. It carries the records `record_from` to
`record_to` of the desk `workstation`; a record without an answer of its own has `usual_answer`. Files
of epochs that ended before release 0014 have no range.
"""


Print = Table(
    "print",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("dossier_id", ForeignKey("dossier.id"), index=True),
    Column("refusal_id", ForeignKey("counter_refusal.id"), index=True),
    required("form", OpenCode(PaperForm)),
    required("copy", Integer),
    required("paper", String(8)),
    required("reprint", Integer),
    required("prepared_at", Instant),
    required("actor", Text),
    required("status", Code(PrintStatus)),
    required("document", Json),
)
"""One copy of one paper, of a dossier or of a counter refusal: its document model, and its print status."""


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
"""Citizen turned away at the counter, without a dossier.

The row has the refusal slip, its number, and the `code` under which the office finds it again. A repeated `request_id`
gets the same slip.
"""


Draft = Table(
    "draft",
    metadata,
    Column("workstation", Integer, primary_key=True),
    required("saved_at", Instant),
    required("form", Json),
)
"""Half-filled intake form of one desk, stored so that a power cut loses no input."""


FrozenReport = Table(
    "frozen_report",
    metadata,
    Column("id", RowId, primary_key=True),
    required("name", String(40)),
    required("first_day", Day),
    required("last_day", Day),
    required("options", Json),
    required("frozen_at", Instant),
    required("actor", Text),
    required("figures", Json),
    required("file_name", String(200)),
    required("sha256", String(64)),
    required("content", LargeBinary),
)
"""Report handed over: its figures and the bytes of its file.

A later correction is compared with it line by line. Rows are never changed.
"""
