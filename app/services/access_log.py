"""Record access to a dossier's personal data (Law 91/2025/QH15)."""

from datetime import timedelta

from app.models.enums import AccessKind
from app.services.context import Context
from app.storage import user_accounts
from app.storage.uow import Writing

SAME_VISIT = timedelta(minutes=10)
"""A sheet opened again by the same person in the same place within this time is the same look at it."""


def record_opening(work: Writing, context: Context, dossier: int) -> None:
    """One line in the trail for a sheet that is about to be shown; one look is one line. The caller commits."""
    since = context.now - SAME_VISIT
    if not user_accounts.has_opened_between(work, dossier, context.actor, context.place, since, context.now):
        user_accounts.record_access(
            work, context.now, context.actor, context.place, AccessKind.SHEET_OPENED, dossier=dossier
        )
