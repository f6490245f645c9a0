"""The slips of refusals at the counter are printed like other papers: each has a code, and a copy belongs to a dossier
or to a slip. A refusal that its sender repeats is known by its request."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_VIET_NAM = timedelta(hours=7)


def upgrade() -> None:
    """Give the slips there are their codes, and prints a second thing to belong to."""
    with op.batch_alter_table("counter_refusal") as slips:
        slips.add_column(sa.Column("code", sa.String(32), nullable=True))
        slips.add_column(sa.Column("request_id", sa.String(200), nullable=True))
    _give_codes(op.get_bind())
    with op.batch_alter_table("counter_refusal") as slips:
        slips.alter_column("code", existing_type=sa.String(32), nullable=False)
        slips.create_unique_constraint("uq_counter_refusal_code", ["code"])
        slips.create_unique_constraint("uq_counter_refusal_request_id", ["request_id"])
    with op.batch_alter_table("print") as copies:
        copies.alter_column("dossier_id", existing_type=_ROW_ID, nullable=True)
        copies.add_column(sa.Column("refusal_id", _ROW_ID, nullable=True))
        copies.create_foreign_key("fk_print_refusal_id_counter_refusal", "counter_refusal", ["refusal_id"], ["id"])
        copies.create_index("ix_print_refusal_id", ["refusal_id"])


def _give_codes(connection: sa.Connection) -> None:
    """Year, desk and number of each slip, as it was numbered."""
    slips = sa.table("counter_refusal", *map(sa.column, ("id", "code", "workstation", "number", "refused_at")))
    for slip in connection.execute(sa.select(slips)).all():
        year = (datetime.fromtimestamp(slip.refused_at, UTC) + _VIET_NAM).year
        code = f"PTC-{year}-{slip.workstation:02d}-{slip.number:04d}"
        connection.execute(sa.update(slips).where(slips.c.id == slip.id).values(code=code))
