"""Create the first schema of an office and the full-text index.

The tables are defined as they were when this script was released; later changes have their own scripts.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

sa.Table(
    "bundle",
    _TABLES,
    sa.Column("id", _ROW_ID, primary_key=True),
    sa.Column("epoch", sa.String(36), nullable=False),
    sa.Column("sequence", sa.Integer(), nullable=False),
    sa.Column("manifest_sha256", sa.String(64), nullable=False),
    sa.Column("records", sa.Integer(), nullable=False),
    sa.Column("made_at", sa.BigInteger(), nullable=False),
    sa.Column("content", sa.LargeBinary(), nullable=False),
    sa.UniqueConstraint("epoch", "sequence"),
)

sa.Table(
    "calendar_decision",
    _TABLES,
    sa.Column("id", _ROW_ID, primary_key=True),
    sa.Column("day", sa.Integer(), nullable=False),
    sa.Column("kind", sa.String(24), nullable=True),
    sa.Column("hours", sa.Text(), nullable=False),
    sa.Column("decision", sa.Text(), nullable=False),
    sa.Column("decided_on", sa.Integer(), nullable=False),
    sa.Index("ix_calendar_decision_day", "day"),
)

sa.Table(
    "chain_head",
    _TABLES,
    sa.Column("workstation", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("sequence", _ROW_ID, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)

sa.Table(
    "counter",
    _TABLES,
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("value", sa.Integer(), nullable=False),
)

sa.Table(
    "draft",
    _TABLES,
    sa.Column("workstation", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("saved_at", sa.BigInteger(), nullable=False),
    sa.Column("form", sa.Text(), nullable=False),
)

sa.Table(
    "procedure_version",
    _TABLES,
    sa.Column("id", _ROW_ID, primary_key=True),
    sa.Column("code", sa.String(8), nullable=False),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("valid_from", sa.Integer(), nullable=False),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("field", sa.Text(), nullable=False),
    sa.Column("facts", sa.Text(), nullable=False),
    sa.UniqueConstraint("code", "version"),
    sa.Index("ix_procedure_version_code_from", "code", "valid_from"),
)

sa.Table(
    "setting",
    _TABLES,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.Text(), nullable=False),
)

sa.Table(
    "user_account",
    _TABLES,
    sa.Column("name", sa.String(120), primary_key=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("also", sa.String(120), nullable=False),
    sa.Column("active", sa.Boolean(), nullable=False),
    sa.Column("secret", sa.String(200), nullable=True),
    sa.Column("claim_until", sa.BigInteger(), nullable=True),
    sa.Column("failed", sa.Integer(), nullable=False),
    sa.Column("owed", sa.Integer(), nullable=False),
    sa.Column("tried_at", _ROW_ID, nullable=False),
)

sa.Table(
    "dossier",
    _TABLES,
    sa.Column("id", _ROW_ID, primary_key=True),
    sa.Column("code", sa.String(64), unique=True, nullable=False),
    sa.Column("code_comparable", sa.String(64), unique=True, nullable=False),
    sa.Column("key", sa.String(16), unique=True, nullable=False),
    sa.Column("procedure_version_id", _ROW_ID, sa.ForeignKey("procedure_version.id"), nullable=False),
    sa.Column("procedure_code", sa.String(8), nullable=False),
    sa.Column("field", sa.Text(), nullable=False),
    sa.Column("channel", sa.String(24), nullable=False),
    sa.Column("quantity", sa.Integer(), nullable=False),
    sa.Column("return_by", sa.String(24), nullable=False),
    sa.Column("note", sa.Text(), nullable=True),
    sa.Column("at_once", sa.Boolean(), nullable=False),
    sa.Column("term", sa.Text(), nullable=False),
    sa.Column("proof", sa.Text(), nullable=False),
    sa.Column("warnings", sa.Text(), nullable=False),
    sa.Column("fee", sa.Integer(), nullable=True),
    sa.Column("paid", sa.Integer(), nullable=False),
    sa.Column("fee_receipt", sa.String(64), nullable=True),
    sa.Column("register_book", sa.String(16), nullable=False),
    sa.Column("register_number", sa.Integer(), nullable=False),
    sa.Column("applicant_name", sa.Text(), nullable=False),
    sa.Column("search_text", sa.Text(), nullable=False),
    sa.Column("status", sa.String(24), nullable=False),
    sa.Column("outcome", sa.String(24), nullable=True),
    sa.Column("holder", sa.Text(), nullable=False),
    sa.Column("previous_holder", sa.Text(), nullable=True),
    sa.Column("leg_open", sa.Boolean(), nullable=False),
    sa.Column("received_at", sa.BigInteger(), nullable=False),
    sa.Column("received_day", sa.Integer(), nullable=False),
    sa.Column("due_at", sa.BigInteger(), nullable=True),
    sa.Column("due_day", sa.Integer(), nullable=True),
    sa.Column("original_due_at", sa.BigInteger(), nullable=True),
    sa.Column("original_due_day", sa.Integer(), nullable=True),
    sa.Column("closed_at", sa.BigInteger(), nullable=True),
    sa.Column("closed_day", sa.Integer(), nullable=True),
    sa.Column("returned_at", sa.BigInteger(), nullable=True),
    sa.Column("received_by", sa.Text(), nullable=True),
    sa.Column("apologised", sa.Boolean(), nullable=False),
    sa.Column("paused_at", sa.BigInteger(), nullable=True),
    sa.Column("replaces_id", _ROW_ID, sa.ForeignKey("dossier.id"), index=True, nullable=True),
    sa.Column("winding", sa.Boolean(), nullable=False),
    sa.Index(
        "ix_dossier_figures",
        "field",
        "winding",
        "received_day",
        "closed_day",
        "outcome",
        "original_due_day",
        "channel",
        "procedure_code",
    ),
    sa.Index("ix_dossier_open", "status", "due_day"),
)

sa.Table(
    "alias",
    _TABLES,
    sa.Column("comparable", sa.String(64), primary_key=True),
    sa.Column("dossier_id", _ROW_ID, sa.ForeignKey("dossier.id"), index=True, nullable=False),
    sa.Column("text", sa.String(64), nullable=False),
)

sa.Table(
    "blank",
    _TABLES,
    sa.Column("id", _ROW_ID, primary_key=True),
    sa.Column("code", sa.String(64), nullable=False),
    sa.Column("code_comparable", sa.String(64), unique=True, nullable=False),
    sa.Column("key", sa.String(16), unique=True, nullable=False),
    sa.Column("day", sa.Integer(), nullable=False),
    sa.Column("printed_at", sa.BigInteger(), nullable=False),
    sa.Column("actor", sa.Text(), nullable=False),
    sa.Column("warnings", sa.Text(), nullable=False),
    sa.Column("dossier_id", _ROW_ID, sa.ForeignKey("dossier.id"), index=True, nullable=True),
    sa.Column("spoilt_at", sa.BigInteger(), nullable=True),
    sa.Column("spoilt_by", sa.Text(), nullable=True),
    sa.Column("reason", sa.Text(), nullable=True),
)

sa.Table(
    "dossier_paper",
    _TABLES,
    sa.Column("id", _ROW_ID, primary_key=True),
    sa.Column("dossier_id", _ROW_ID, sa.ForeignKey("dossier.id"), nullable=False),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("handling", sa.String(24), nullable=False),
    sa.Column("originals", sa.Integer(), nullable=False),
    sa.Column("copies", sa.Integer(), nullable=False),
    sa.Column("reason", sa.Text(), nullable=True),
    sa.UniqueConstraint("dossier_id", "position"),
)

sa.Table(
    "event",
    _TABLES,
    sa.Column("id", _ROW_ID, primary_key=True),
    sa.Column("uuid", sa.String(36), unique=True, nullable=False),
    sa.Column("workstation", sa.Integer(), nullable=False),
    sa.Column("sequence", _ROW_ID, nullable=False),
    sa.Column("type", sa.String(24), nullable=False),
    sa.Column("schema", sa.Integer(), nullable=False),
    sa.Column("dossier_id", _ROW_ID, sa.ForeignKey("dossier.id"), nullable=False),
    sa.Column("action", sa.String(24), nullable=False),
    sa.Column("occurred_at", sa.BigInteger(), nullable=False),
    sa.Column("occurred_day", sa.Integer(), nullable=False),
    sa.Column("entered_at", sa.BigInteger(), nullable=False),
    sa.Column("actor", sa.Text(), nullable=False),
    sa.Column("holder_from", sa.Text(), nullable=True),
    sa.Column("holder_to", sa.Text(), nullable=True),
    sa.Column("status", sa.String(24), nullable=False),
    sa.Column("verdict", sa.String(24), nullable=True),
    sa.Column("note", sa.Text(), nullable=True),
    sa.Column("facts", sa.Text(), nullable=False),
    sa.Column("state_due_day", sa.Integer(), nullable=True),
    sa.Column("state_closed_day", sa.Integer(), nullable=True),
    sa.Column("state_outcome", sa.String(24), nullable=True),
    sa.Column("previous_hash", sa.String(64), nullable=True),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.UniqueConstraint("workstation", "sequence"),
    sa.Index("ix_event_dossier_day", "dossier_id", "occurred_day"),
    sa.Index(
        "ix_event_payments",
        "occurred_day",
        sqlite_where=sa.text("action = 'pay'"),
        postgresql_where=sa.text("action = 'pay'"),
    ),
)

sa.Table(
    "party",
    _TABLES,
    sa.Column("id", _ROW_ID, primary_key=True),
    sa.Column("dossier_id", _ROW_ID, sa.ForeignKey("dossier.id"), index=True, nullable=False),
    sa.Column("role", sa.String(12), nullable=False),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("id_number", sa.String(40), index=True, nullable=True),
    sa.Column("details", sa.Text(), nullable=False),
)

sa.Table(
    "print",
    _TABLES,
    sa.Column("id", _ROW_ID, primary_key=True),
    sa.Column("dossier_id", _ROW_ID, sa.ForeignKey("dossier.id"), index=True, nullable=False),
    sa.Column("form", sa.String(24), nullable=False),
    sa.Column("copy", sa.Integer(), nullable=False),
    sa.Column("paper", sa.String(8), nullable=False),
    sa.Column("reprint", sa.Integer(), nullable=False),
    sa.Column("prepared_at", sa.BigInteger(), nullable=False),
    sa.Column("actor", sa.Text(), nullable=False),
    sa.Column("status", sa.String(24), nullable=False),
    sa.Column("document", sa.Text(), nullable=False),
)

sa.Table(
    "request",
    _TABLES,
    sa.Column("request_id", sa.String(200), primary_key=True),
    sa.Column("dossier_id", _ROW_ID, sa.ForeignKey("dossier.id"), nullable=False),
    sa.Column("answer", sa.Text(), nullable=False),
)

sa.Table(
    "outbox",
    _TABLES,
    sa.Column("event_id", _ROW_ID, sa.ForeignKey("event.id"), primary_key=True, autoincrement=False),
    sa.Column("payload", sa.Text(), nullable=False),
    sa.Column("people", sa.Text(), nullable=False),
    sa.Column("bundle", sa.Integer(), nullable=True),
    sa.Column("answer", sa.String(12), nullable=True),
    sa.Column("reason", sa.Text(), nullable=True),
    sa.Index("ix_outbox_bundle", "bundle"),
)
sa.Table(
    "counter_refusal",
    _TABLES,
    sa.Column("id", _ROW_ID, primary_key=True),
    sa.Column("workstation", sa.Integer(), nullable=False),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("refused_at", sa.BigInteger(), nullable=False),
    sa.Column("refused_day", sa.Integer(), index=True, nullable=False),
    sa.Column("actor", sa.Text(), nullable=False),
    sa.Column("procedure_code", sa.String(8), nullable=False),
    sa.Column("reason", sa.Text(), nullable=False),
    sa.Column("document", sa.Text(), nullable=False),
)

sa.Table(
    "ticket",
    _TABLES,
    sa.Column("id", _ROW_ID, primary_key=True),
    sa.Column("day", sa.Integer(), nullable=False),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("service", sa.String(24), nullable=False),
    sa.Column("taken_at", sa.BigInteger(), nullable=False),
    sa.Column("called_at", sa.BigInteger(), nullable=True),
    sa.Column("call_order", sa.Integer(), nullable=True),
    sa.Column("desk", sa.Integer(), nullable=True),
    sa.UniqueConstraint("day", "number"),
)

sa.Table(
    "rating",
    _TABLES,
    sa.Column("dossier_id", _ROW_ID, sa.ForeignKey("dossier.id"), primary_key=True, autoincrement=False),
    sa.Column("rated_at", sa.BigInteger(), nullable=False),
    sa.Column("rated_day", sa.Integer(), index=True, nullable=False),
    sa.Column("face", sa.String(24), nullable=False),
    sa.Column("points", sa.Text(), nullable=False),
    sa.Column("comment", sa.Text(), nullable=True),
)

sa.Table(
    "feedback",
    _TABLES,
    sa.Column("id", _ROW_ID, primary_key=True),
    sa.Column("year", sa.Integer(), nullable=False),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("received_at", sa.BigInteger(), nullable=False),
    sa.Column("received_day", sa.Integer(), nullable=False),
    sa.Column("way", sa.String(24), nullable=False),
    sa.Column("about", sa.String(24), nullable=False),
    sa.Column("actor", sa.Text(), nullable=False),
    sa.Column("sender", sa.Text(), nullable=True),
    sa.Column("contact", sa.String(200), nullable=True),
    sa.Column("content", sa.Text(), nullable=False),
    sa.Column("dossier_id", _ROW_ID, sa.ForeignKey("dossier.id"), index=True, nullable=True),
    sa.Column("due_day", sa.Integer(), nullable=True),
    sa.Column("answered_at", sa.BigInteger(), nullable=True),
    sa.Column("answered_day", sa.Integer(), nullable=True),
    sa.Column("answer", sa.Text(), nullable=True),
    sa.Column("content_after", sa.Boolean(), nullable=True),
    sa.UniqueConstraint("year", "number"),
    sa.Index("ix_feedback_received_day", "received_day"),
)

sa.Table(
    "access",
    _TABLES,
    sa.Column("id", _ROW_ID, primary_key=True),
    sa.Column("at", sa.BigInteger(), index=True, nullable=False),
    sa.Column("actor", sa.Text(), nullable=False),
    sa.Column("place", sa.String(12), nullable=False),
    sa.Column("what", sa.String(24), nullable=False),
    sa.Column("dossier_id", _ROW_ID, sa.ForeignKey("dossier.id"), index=True, nullable=True),
    sa.Column("about", sa.Text(), nullable=True),
)

sa.Table(
    "notice",
    _TABLES,
    sa.Column("id", _ROW_ID, primary_key=True),
    sa.Column("dossier_id", _ROW_ID, sa.ForeignKey("dossier.id"), index=True, nullable=False),
    sa.Column("phone", sa.String(20), nullable=False),
    sa.Column("situation", sa.String(24), nullable=False),
    sa.Column("text", sa.Text(), nullable=False),
    sa.Column("made_at", sa.BigInteger(), nullable=False),
    sa.Column("status", sa.String(24), index=True, nullable=False),
    sa.Column("tries", sa.Integer(), nullable=False),
    sa.Column("ended_at", sa.BigInteger(), nullable=True),
    sa.Column("way", sa.String(60), nullable=True),
)

_SEARCH = (
    """CREATE VIRTUAL TABLE dossier_search USING fts5(
        search_text, content='dossier', content_rowid='id', prefix='1 2 3',
        tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER dossier_search_new AFTER INSERT ON dossier BEGIN
        INSERT INTO dossier_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
    """CREATE TRIGGER dossier_search_changed AFTER UPDATE OF search_text ON dossier BEGIN
        INSERT INTO dossier_search(dossier_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
        INSERT INTO dossier_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
    """CREATE TRIGGER event_never_changes BEFORE UPDATE ON event BEGIN
        SELECT RAISE(ABORT, 'events are never changed'); END""",
    """CREATE TRIGGER event_never_goes BEFORE DELETE ON event BEGIN
        SELECT RAISE(ABORT, 'events are never deleted'); END""",
    """CREATE TRIGGER access_never_changes BEFORE UPDATE ON access BEGIN
        SELECT RAISE(ABORT, 'the trail is never changed'); END""",
    """CREATE TRIGGER access_never_goes BEFORE DELETE ON access BEGIN
        SELECT RAISE(ABORT, 'the trail is never deleted'); END""",
)


def upgrade() -> None:
    """Create the tables; on SQLite also the full-text index and the triggers."""
    connection = op.get_bind()
    _TABLES.create_all(connection)
    if connection.dialect.name == "sqlite":
        for statement in _SEARCH:
            op.execute(statement)
