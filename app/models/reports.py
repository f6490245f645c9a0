"""Tables of the reports: late reasons, narrative texts, publication."""

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, Text, UniqueConstraint

from app.models.mapping import Day, Instant, RowId, metadata, required

LateReason = Table(
    "late_reason",
    metadata,
    Column("id", RowId, primary_key=True),
    required("name", String(200), unique=True),
    required("active", Boolean),
)
"""Reason of lateness in the list that the office keeps; a retired one stays with its dossiers."""


DossierLateReason = Table(
    "dossier_late_reason",
    metadata,
    Column("id", RowId, primary_key=True),
    required("dossier_id", ForeignKey("dossier.id"), index=True),
    required("reason_id", ForeignKey("late_reason.id")),
    required("entered_at", Instant),
    required("actor", Text),
)
"""Reason why a dossier is late; the last entry counts."""


ReportText = Table(
    "report_text",
    metadata,
    Column("id", RowId, primary_key=True),
    required("report", String(24)),
    required("block", String(40)),
    required("first", Day),
    required("last", Day),
    required("text", Text),
    required("entered_at", Instant),
    required("actor", Text),
    UniqueConstraint("report", "block", "first", "last"),
)
"""Text block of a narrative report of one period."""


PublishedProcedure = Table(
    "published_procedure",
    metadata,
    Column("code", String(8), primary_key=True),
    required("published_on", Day),
    required("actor", Text),
)
"""Procedure that the office publishes and takes in; an empty table publishes every procedure."""
