"""Record access to a dossier's personal data (Law 91/2025/QH15)."""

from datetime import timedelta

from app.models.enums import AccessKind
from app.services.context import Context
from app.storage import user_accounts
from app.storage.uow import Writing

SAME_VISIT = timedelta(minutes=10)
"""Reopening a dossier within this time is one access: same user, same place."""


def record_opening(work: Writing, context: Context, dossier: int) -> None:
    """Record that a dossier is opened, once a visit. The caller commits."""
    since = context.now - SAME_VISIT
    if not user_accounts.has_opened_between(work, dossier, context.actor, context.place, since, context.now):
        user_accounts.record_access(
            work, context.now, context.actor, context.place, AccessKind.SHEET_OPENED, dossier=dossier
        )
