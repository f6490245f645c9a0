"""Keep the content of each printed form.

A reprint uses it, so that it is the same paper.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "form_content",
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("form", sa.String(24), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_form_content"),
    )
