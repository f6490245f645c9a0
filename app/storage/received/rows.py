"""Rows of packages, states of the portal, and progress of dossiers."""

from datetime import datetime
from typing import NamedTuple

from app.models.enums import Action, Status
from app.storage.rows import Json


class ProgressRow(NamedTuple):
    """A step of a dossier with its record."""

    code: str
    received_at: datetime
    due_at: datetime | None
    action: Action
    occurred_at: datetime
    actor: str
    holder_to: str | None
    status: Status
    state_outcome: Status | None
    note: str | None
    payload: Json


class PackageRow(NamedTuple):
    """A package of the receiver."""

    id: int
    public_key: str
    number: int
    kind: str
    title: str
    expires_at: datetime | None
    made_at: datetime
    received_at: datetime
    manifest_sha256: str
    file: bytes
    applied_at: datetime | None
    applied_by: str | None


class PortalStateRow(NamedTuple):
    """The state of a dossier here and on the portal."""

    code: str
    status: Status
    outcome: Status | None
    occurred_at: datetime
    national_status: int
    reported_at: datetime
