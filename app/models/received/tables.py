"""Tables of what comes from the receiver: packages, states of the portal."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from app.models.mapping import Instant, RowId, metadata, required

ReceivedPackage = Table(
    "package",
    metadata,
    Column("id", RowId, primary_key=True),
    required("public_key", String(64)),
    required("number", RowId),
    required("kind", String(16)),
    required("title", Text),
    Column("expires_at", Instant),
    required("made_at", Instant),
    required("received_at", Instant),
    required("manifest_sha256", String(64), unique=True),
    required("file", LargeBinary),
    Column("applied_at", Instant),
    Column("applied_by", Text),
    UniqueConstraint("public_key", "number"),
)
"""Package of the receiver, stored whole with its signature. It waits until a person applies it."""


PortalState = Table(
    "portal_state",
    metadata,
    Column("dossier_id", RowId, ForeignKey("dossier.id"), primary_key=True, autoincrement=False),
    required("national_status", Integer),
    required("reported_at", Instant),
    required("package_id", ForeignKey("package.id")),
)
"""State of a dossier on the national portal as of `reported_at`. It never changes the dossier."""
