"""Tables of the office: users, calendar, catalogue, counters."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from app.models.enums import AccessKind, DayKind
from app.models.mapping import Code, Day, Instant, Json, RowId, metadata, required

Setting = Table(
    "setting",
    metadata,
    Column("name", String(40), primary_key=True),
    required("value", Json),
)
"""Setting of this database: `training`, `epoch`, `signing_key`, …"""


Counter = Table(
    "counter",
    metadata,
    Column("name", String(200), primary_key=True),
    required("value", Integer),
)
"""Last number issued under a name; changed only inside the transaction that uses the number."""


User = Table(
    "user_account",
    metadata,
    Column("name", String(120), primary_key=True),
    required("role", String(16)),
    required("also", String(120), default=""),
    required("active", Boolean),
    Column("secret", String(200)),
    Column("claim_until", Instant),
    required("failed", Integer, default=0),
    required("owed", Integer, default=0),
    required("tried_at", RowId, default=0),
)
"""User of the program.

`also` lists further roles, separated by blanks. `secret` is the argon2id text of a password or PIN. Without a secret
the first sign-in sets it, until `claim_until` if that is set. `failed`, `owed` and `tried_at` are the failed attempts
in a row, the seconds still to wait, and the uptime second of that measurement.
"""


Access = Table(
    "access",
    metadata,
    Column("id", RowId, primary_key=True),
    required("at", Instant, index=True),
    required("actor", Text),
    required("place", String(12)),
    required("what", Code(AccessKind)),
    Column("dossier_id", ForeignKey("dossier.id"), index=True),
    Column("about", Text),
)
"""Entry of the access log, appended and never changed (Law 91/2025/QH15).

`about` is the account concerned if it is not a dossier.
"""


CalendarDecision = Table(
    "calendar_decision",
    metadata,
    Column("id", RowId, primary_key=True),
    required("day", Day),
    Column("kind", Code(DayKind)),
    required("hours", Text),
    required("decision", Text),
    required("decided_on", Day),
    Index("ix_calendar_decision_day", "day"),
)
"""Decision that a day is off, a make-up day, reception only or half; the latest known one applies."""


DatedRule = Table(
    "dated_rule",
    metadata,
    Column("id", RowId, primary_key=True),
    required("kind", String(24)),
    required("key", String(120)),
    required("value", Json),
    required("valid_from", Day),
    required("decision", Text),
    required("source", String(120)),
    required("added_at", Instant),
    required("added_by", Text),
    UniqueConstraint("kind", "key", "valid_from", "source"),
)
"""Rule of law that begins on a day: a code pattern, a relief of fees, a group of people, …

`value` depends on `kind` (docs/rules.md). `source` is the id of the package that carried it, empty for the office's
own.
"""


FormContent = Table(
    "form_content",
    metadata,
    Column("digest", String(32), primary_key=True),
    required("form", String(24)),
    required("content", Json),
    required("added_at", Instant),
)
"""Complete content of a form that was printed; a reprint uses it."""


ProcedureVersion = Table(
    "procedure_version",
    metadata,
    Column("id", RowId, primary_key=True),
    required("code", String(8)),
    required("version", Integer),
    required("valid_from", Day),
    required("name", Text),
    required("field", Text),
    # The whole catalogue row (`app.models.procedures.to_row`).
    required("facts", Json),
    UniqueConstraint("code", "version"),
    Index("ix_procedure_version_code_from", "code", "valid_from"),
)
"""Version of a procedure, never changed: dossiers keep the version under which they were accepted."""
