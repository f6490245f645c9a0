"""Keep the range of records and the usual answer with a sync file.

Until now each record was marked, so that storing a file wrote thousands of rows while an intake waited. The files of
ended epochs get no range, because their records were sent again. Answers of single records stay.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.storage.seals.write import seal_tables

revision = "0014"
down_revision = "0013"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STAYS_HERE = 0
_BUNDLE = sa.table("bundle", *map(sa.column, ("epoch", "sequence", "workstation", "record_from", "record_to")))
_OUTBOX = sa.table("outbox", *map(sa.column, ("event_id", "bundle")))
_EVENT = sa.table("event", *map(sa.column, ("id", "workstation", "sequence")))
_SETTING = sa.table("setting", *map(sa.column, ("name", "value")))


def upgrade() -> None:
    """Add the columns, fill them from the marks, and remove the marks."""
    op.add_column("bundle", sa.Column("workstation", sa.Integer(), nullable=True))
    op.add_column("bundle", sa.Column("record_from", _ROW_ID, nullable=True))
    op.add_column("bundle", sa.Column("record_to", _ROW_ID, nullable=True))
    op.add_column("bundle", sa.Column("usual_answer", sa.String(12), nullable=True))
    op.create_index("ix_bundle_range", "bundle", ["epoch", "workstation", "record_to"])
    _fill_ranges(op.get_bind())
    op.drop_index("ix_outbox_bundle", "outbox")
    op.execute(sa.update(_OUTBOX).where(_OUTBOX.c.bundle != _STAYS_HERE).values(bundle=None))
    answered = sa.text("answer IS NOT NULL")
    op.create_index("ix_outbox_answer", "outbox", ["event_id"], sqlite_where=answered, postgresql_where=answered)
    seal_tables(op.get_bind(), ["bundle"])


def _fill_ranges(connection: sa.Connection) -> None:
    epoch = connection.scalar(sa.select(_SETTING.c.value).where(_SETTING.c.name == "epoch"))
    for range_ in _ranges(connection):
        connection.execute(
            sa.update(_BUNDLE)
            .where(_BUNDLE.c.epoch == json.loads(epoch or "null"), _BUNDLE.c.sequence == range_.bundle)
            .values(workstation=range_.workstation, record_from=range_.first, record_to=range_.last)
        )


def _ranges(connection: sa.Connection) -> list[Any]:
    """Return the desk, first and last record of the marks of each file."""
    return list(
        connection.execute(
            sa.select(
                _OUTBOX.c.bundle,
                _EVENT.c.workstation,
                sa.func.min(_EVENT.c.sequence).label("first"),
                sa.func.max(_EVENT.c.sequence).label("last"),
            )
            .join(_EVENT, _EVENT.c.id == _OUTBOX.c.event_id)
            .where(_OUTBOX.c.bundle != _STAYS_HERE)
            .group_by(_OUTBOX.c.bundle, _EVENT.c.workstation)
        )
    )
