"""Add the origin of dossiers and the reports that were handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NEVER_CHANGES = """CREATE TRIGGER frozen_report_never_{name} BEFORE {act} ON frozen_report BEGIN
    SELECT RAISE(ABORT, 'frozen reports are never changed'); END"""


def upgrade() -> None:
    """Add the column, its index of imported dossiers, and the table."""
    op.add_column("dossier", sa.Column("origin", sa.String(24), nullable=True))
    op.create_index(
        "ix_dossier_origin",
        "dossier",
        ["origin"],
        sqlite_where=sa.text("origin IS NOT NULL"),
        postgresql_where=sa.text("origin IS NOT NULL"),
    )
    op.create_table(
        "frozen_report",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("frozen_at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_NEVER_CHANGES.format(name="changes", act="UPDATE"))
        op.execute(_NEVER_CHANGES.format(name="goes", act="DELETE"))
