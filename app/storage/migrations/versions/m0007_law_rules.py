"""Add dated rules, numbers of fee receipts, and systems of other codes.

Undone and refunded payments get an index, because the report of fees reads them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables, the column and the indexes."""
    op.create_table(
        "dated_rule",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.UniqueConstraint("kind", "key", "valid_from", "source"),
    )
    op.create_table(
        "fee_receipt_number",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("dossier_id", _ROW_ID, sa.ForeignKey("dossier.id"), index=True, nullable=False),
        sa.UniqueConstraint("year", "symbol", "number"),
    )
    op.add_column("alias", sa.Column("system", sa.String(120), nullable=True))
    for action in ("refund", "undo"):
        where = sa.text(f"action = '{action}'")
        op.create_index(f"ix_event_{action}", "event", ["occurred_day"], sqlite_where=where, postgresql_where=where)
