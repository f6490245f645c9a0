"""Add the applied law packages and the confirmed issuers."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "law_package",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("package_id", sa.String(80), nullable=False, unique=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("public_key", sa.String(64), nullable=False),
        sa.Column("manifest_sha256", sa.String(64), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.Column("entered", sa.Text(), nullable=False),
        sa.Column("after_event", _ROW_ID, nullable=False),
        sa.Column("after_print", _ROW_ID, nullable=False),
        sa.Column("applied_at", sa.BigInteger(), nullable=False),
        sa.Column("applied_by", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("reverted_at", sa.BigInteger(), nullable=True),
        sa.Column("reverted_by", sa.Text(), nullable=True),
        sa.Column("revert_note", sa.Text(), nullable=True),
    )
    op.create_table(
        "law_issuer",
        sa.Column("public_key", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
    )
