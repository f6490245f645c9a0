"""Keep the state of each queue number and what was done with it.

Numbers of earlier releases were waiting or called.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TICKET = sa.table("ticket", *map(sa.column, ("state", "called_at")))


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("ticket", sa.Column("state", sa.String(24), nullable=False, server_default="waiting"))
    op.add_column("ticket", sa.Column("to_desk", sa.Integer(), nullable=True))
    op.execute(sa.update(_TICKET).where(_TICKET.c.called_at.is_not(None)).values(state="called"))
    op.create_table(
        "ticket_act",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("ticket_id", _ROW_ID, sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("action", sa.String(24), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("service", sa.String(24), nullable=True),
        sa.Column("to_desk", sa.Integer(), nullable=True),
        sa.Column("paper", sa.String(8), nullable=True),
        sa.Column("reprint", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(24), nullable=True),
    )
    op.create_index("ix_ticket_act_ticket_id", "ticket_act", ["ticket_id"])
