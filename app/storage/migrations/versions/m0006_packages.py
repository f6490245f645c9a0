"""Add the packages of the receiver and the states of the portal."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "package",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("public_key", sa.String(64), nullable=False),
        sa.Column("number", _ROW_ID, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("manifest_sha256", sa.String(64), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.Column("applied_at", sa.BigInteger(), nullable=True),
        sa.Column("applied_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_package"),
        sa.UniqueConstraint("manifest_sha256", name="uq_package_manifest_sha256"),
        sa.UniqueConstraint("public_key", "number", name="uq_package_public_key_number"),
    )
    op.create_table(
        "portal_state",
        sa.Column("dossier_id", _ROW_ID, nullable=False, autoincrement=False),
        sa.Column("national_status", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.BigInteger(), nullable=False),
        sa.Column("package_id", _ROW_ID, nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", name="pk_portal_state"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_portal_state_dossier_id_dossier"),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], name="fk_portal_state_package_id_package"),
    )
