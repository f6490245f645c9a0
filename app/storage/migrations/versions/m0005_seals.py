"""Seal print journal, access trail, accounts, settings and further rows.

Rows of earlier releases are sealed as they are now, so that every later change is noticed.
"""

import sqlalchemy as sa
from alembic import op

from app.storage.seals.write import seal_tables

revision = "0005"
down_revision = "0004"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the chain of seals and seal the existing rows."""
    op.create_table(
        "seal",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("table_name", sa.String(40), nullable=False),
        sa.Column("row_key", sa.String(200), nullable=False),
        sa.Column("row_label", sa.Text(), nullable=True),
        sa.Column("row_digest", sa.String(64), nullable=True),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_seal_row", "seal", ["table_name", "row_key"])
    op.create_table(
        "seal_head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("sequence", _ROW_ID, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    seal_tables(op.get_bind())
