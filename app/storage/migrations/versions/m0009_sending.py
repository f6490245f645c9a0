"""Keep the tries, the trouble and the answer of each sync file.

A file loses its bytes once it is answered, so that `content` may be empty. Files of earlier releases were carried by
a person; they count as sent when they were made.
"""

import sqlalchemy as sa
from alembic import op

from app.storage.seals.write import seal_tables

revision = "0009"
down_revision = "0008"

_BUNDLE = sa.table("bundle", *map(sa.column, ("sent_at", "made_at")))


def upgrade() -> None:
    """Add the columns; mark the existing files as sent."""
    with op.batch_alter_table("bundle") as table:
        table.alter_column("content", existing_type=sa.LargeBinary(), nullable=True)
        table.add_column(sa.Column("sent_at", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("last_trouble", sa.String(40), nullable=True))
        table.add_column(sa.Column("answer", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("answered_at", sa.BigInteger(), nullable=True))
    op.execute(sa.update(_BUNDLE).values(sent_at=_BUNDLE.c.made_at))
    seal_tables(op.get_bind(), ["bundle"])
