"""Notices of the receiver, for the start of the day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.services.context import Context
from app.services.packages.checked import stored_package
from app.storage.received import packages
from app.storage.uow import Reading

_NOTICE_DAYS = timedelta(days=14)
"""A notice without an end is shown for so long."""


@dataclass(frozen=True)
class Notice:
    """A notice of the receiver."""

    number: int
    title: str
    made_at: datetime
    text: str


def notices(context: Context, work: Reading) -> tuple[Notice, ...]:
    """Return the current notices, the oldest first."""
    rows = packages.current_notices(work, context.office.receiver_signs, context.now, context.now - _NOTICE_DAYS)
    return tuple(
        Notice(row.number, row.title, row.made_at, stored_package(row).content.decode("utf-8-sig", "replace"))
        for row in rows
    )
