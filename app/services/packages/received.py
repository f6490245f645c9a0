"""What came from the receiver and concerns a person."""

from dataclasses import dataclass, field
from datetime import datetime

from app.models.enums import Status
from app.models.lifecycle import national_status
from app.services.context import Context
from app.services.packages.kinds import newer_side
from app.services.packages.notices import Notice, notices
from app.storage.received import packages
from app.storage.uow import Reading


@dataclass(frozen=True)
class WaitingPackage:
    """A stored package that waits for a person."""

    number: int
    kind: str
    title: str
    made_at: datetime
    received_at: datetime
    file: bytes = field(repr=False, default=b"")


@dataclass(frozen=True)
class StateDifference:
    """A dossier with its state here and the one of the portal.

    `is_ours_newer` is true if the event here is not older than the word of the portal.
    """

    code: str
    status: Status
    at: datetime
    portal_status: int
    portal_at: datetime
    is_ours_newer: bool


@dataclass(frozen=True)
class Received:
    """Waiting packages, notices, and dossiers with another portal state."""

    packages: tuple[WaitingPackage, ...] = ()
    notices: tuple[Notice, ...] = ()
    differences: tuple[StateDifference, ...] = ()


def received(context: Context, work: Reading) -> Received:
    """Return what came from the receiver and has not expired."""
    return Received(_waiting(context, work), notices(context, work), _differences(work))


def _waiting(context: Context, work: Reading) -> tuple[WaitingPackage, ...]:
    """Return the waiting packages that are not older than an applied one.

    A notice waits for nothing.
    """
    key = context.office.receiver_signs
    return tuple(
        WaitingPackage(row.number, row.kind, row.title, row.made_at, row.received_at, row.file)
        for row in packages.waiting_packages(work, key, context.now)
        if row.kind != "notice" and row.number > packages.last_applied(work, key, row.kind)
    )


def _differences(work: Reading) -> tuple[StateDifference, ...]:
    return tuple(
        StateDifference(
            row.code,
            Status(row.status),
            row.occurred_at,
            row.national_status,
            row.reported_at,
            newer_side(row.occurred_at, row.reported_at) == "ours",
        )
        for row in packages.portal_states(work)
        if national_status(Status(row.status), row.outcome) != row.national_status
    )
