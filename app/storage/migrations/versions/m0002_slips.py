"""Add codes and request ids to refusals, and link prints to refusals.

A refusal slip is printed like other documents, so a copy belongs to a dossier or to a refusal.
A repeated refusal is recognised by its request id.
"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_VIET_NAM = timedelta(hours=7)


def upgrade() -> None:
    """Add the columns and fill the codes of existing refusals."""
    with op.batch_alter_table("counter_refusal") as table:
        table.add_column(sa.Column("code", sa.String(32), nullable=True))
        table.add_column(sa.Column("request_id", sa.String(200), nullable=True))
    _fill_codes(op.get_bind())
    with op.batch_alter_table("counter_refusal") as table:
        table.alter_column("code", existing_type=sa.String(32), nullable=False)
        table.create_unique_constraint("uq_counter_refusal_code", ["code"])
        table.create_unique_constraint("uq_counter_refusal_request_id", ["request_id"])
    with op.batch_alter_table("print") as table:
        table.alter_column("dossier_id", existing_type=_ROW_ID, nullable=True)
        table.add_column(sa.Column("refusal_id", _ROW_ID, nullable=True))
        table.create_foreign_key("fk_print_refusal_id_counter_refusal", "counter_refusal", ["refusal_id"], ["id"])
        table.create_index("ix_print_refusal_id", ["refusal_id"])


def _fill_codes(connection: sa.Connection) -> None:
    """Fill the code of each refusal from its year, desk and number."""
    refusals = sa.table("counter_refusal", *map(sa.column, ("id", "code", "workstation", "number", "refused_at")))
    for row in connection.execute(sa.select(refusals)).all():
        year = (datetime.fromtimestamp(row.refused_at, UTC) + _VIET_NAM).year
        code = f"PTC-{year}-{row.workstation:02d}-{row.number:04d}"
        connection.execute(sa.update(refusals).where(refusals.c.id == row.id).values(code=code))
