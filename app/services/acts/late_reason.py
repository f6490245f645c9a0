"""Reason of lateness, chosen from the list that the office keeps."""

from app.models.enums import Action
from app.models.errors import Refusal
from app.models.text import clean, fold_text
from app.services.context import Context
from app.storage.reporting import records
from app.storage.uow import Reading, Writing

REASONED_ACTIONS = (Action.FINISH, Action.APOLOGISE)
"""Actions that may carry a reason."""


def active_reasons(work: Reading) -> tuple[str, ...]:
    """Return the reasons that may be chosen, in the order of the list."""
    return tuple(row.name for row in records.late_reasons(work) if row.active)


def record_late_reason(text: str, dossier_id: int, context: Context, work: Writing) -> None:
    """Record why a dossier is late; the caller commits.

    The text is a reason of the list, with or without diacritics, or a unique part of one.

    Raises Refusal `late_reason_unknown`.
    """
    folded = fold_text(clean(text))
    reasons = [row for row in records.late_reasons(work) if row.active]
    matches = [row for row in reasons if fold_text(row.name) == folded] or [
        row for row in reasons if folded and folded in fold_text(row.name)
    ]
    if len(matches) != 1:
        raise Refusal("late_reason_unknown", "reason", text=text[:60], allowed="; ".join(row.name for row in reasons))
    records.add_reason_of(work, dossier_id, matches[0].id, context.now, context.actor)


def record_reason_of_act(reason: str | None, action: Action, dossier_id: int, context: Context, work: Writing) -> None:
    """Record the reason that an action carries, if any.

    Raises Refusal `late_reason_act`, `late_reason_unknown`.
    """
    if reason is None or not clean(reason):
        return
    if action not in REASONED_ACTIONS:
        raise Refusal("late_reason_act", "reason")
    record_late_reason(reason, dossier_id, context, work)
