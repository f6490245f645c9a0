"""Index dossiers by day of reception, for the lists behind the figures.

The index by day of closing gets the procedure in place of the field, so that the real times are read from it alone.
"""

from alembic import op

revision = "0011"
down_revision = "0010"

_STATE = ("outcome", "original_due_day")


def upgrade() -> None:
    """Add one index and change another."""
    op.drop_index("ix_dossier_closed", "dossier")
    op.create_index(
        "ix_dossier_closed", "dossier", ["winding", "closed_day", *_STATE, "received_day", "procedure_code"]
    )
    op.create_index("ix_dossier_received", "dossier", ["winding", "received_day", "closed_day", *_STATE, "channel"])
