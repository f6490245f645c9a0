"""Add the tables of the reports, and an index by the day of closing.

The reasons of lateness begin with a usual list, which the office changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_REASONS = (
    "Hồ sơ phức tạp, phải xác minh, kiểm tra thực tế",
    "Chờ ý kiến, kết quả của cơ quan phối hợp",
    "Số lượng hồ sơ nhiều, thiếu người giải quyết",
    "Cán bộ, công chức giải quyết chậm",
    "Lỗi phần mềm, đường truyền, dữ liệu",
    "Quy định chưa rõ hoặc mâu thuẫn",
    "Nguyên nhân khác",
)


def upgrade() -> None:
    """Add four tables and one index."""
    reasons = op.create_table(
        "late_reason",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_late_reason"),
        sa.UniqueConstraint("name", name="uq_late_reason_name"),
    )
    op.bulk_insert(reasons, [{"name": name, "active": True} for name in _REASONS])
    op.create_table(
        "dossier_late_reason",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("dossier_id", _ROW_ID, nullable=False),
        sa.Column("reason_id", _ROW_ID, nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_dossier_late_reason_dossier_id_dossier"),
        sa.ForeignKeyConstraint(["reason_id"], ["late_reason.id"], name="fk_dossier_late_reason_reason_id_late_reason"),
        sa.PrimaryKeyConstraint("id", name="pk_dossier_late_reason"),
    )
    op.create_index("ix_dossier_late_reason_dossier_id", "dossier_late_reason", ["dossier_id"])
    _add_texts_and_publication()
    op.create_index(
        "ix_dossier_closed",
        "dossier",
        ["winding", "closed_day", "outcome", "original_due_day", "received_day", "field"],
    )


def _add_texts_and_publication() -> None:
    op.create_table(
        "report_text",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("report", sa.String(24), nullable=False),
        sa.Column("block", sa.String(40), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report_text"),
        sa.UniqueConstraint("report", "block", "first", "last", name="uq_report_text_report_block_first_last"),
    )
    op.create_table(
        "published_procedure",
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("published_on", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_published_procedure"),
    )
