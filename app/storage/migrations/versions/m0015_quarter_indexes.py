"""Index what the quarter's report reads, so that it reads no rows.

The index by day of reception gets field and sum paid. Papers looked up and payments without cash, which few dossiers
have, get partial indexes; PostgreSQL indexes every payment.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_STATE = ("closed_day", "outcome", "original_due_day")
_LOOKED_UP = sa.text("handling = 'lookup'")
_PAID_ONLINE = sa.text("action = 'pay' AND json_extract(facts, '$.method') IN ('transfer', 'qr', 'card')")


def upgrade() -> None:
    """Change one index and add two."""
    op.drop_index("ix_dossier_received", "dossier")
    op.create_index("ix_dossier_received", "dossier", ["winding", "received_day", *_STATE, "channel", "field", "paid"])
    op.create_index(
        "ix_dossier_paper_looked_up",
        "dossier_paper",
        ["dossier_id"],
        sqlite_where=_LOOKED_UP,
        postgresql_where=_LOOKED_UP,
    )
    op.create_index(
        "ix_event_paid_online",
        "event",
        ["dossier_id"],
        sqlite_where=_PAID_ONLINE,
        postgresql_where=sa.text("action = 'pay'"),
    )
