"""Reason of lateness, chosen from the list that the office keeps."""

from datetime import date

from app.models.enums import Action
from app.models.errors import Refusal
from app.models.text import clean, fold_text
from app.services.context import Context
from app.services.law.counter import late_reason_rules
from app.storage.reporting import records
from app.storage.uow import Reading, Writing

REASONED_ACTIONS = (Action.FINISH, Action.APOLOGISE)
"""Actions that may carry a reason."""


def reasons_on(work: Reading, day: date) -> dict[str, bool]:
    """Return each reason and whether it may be chosen.

    Those of the office come first. A rule decides about a reason of the same name.
    """
    reasons = {row.name: row.active for row in records.late_reasons(work)}
    names = {fold_text(name): name for name in reasons}
    for name, active in late_reason_rules(work, day):
        reasons[names.get(fold_text(name), name)] = active
    return reasons


def active_reasons(work: Reading, day: date) -> tuple[str, ...]:
    """Return the reasons that may be chosen, in the order of the list."""
    return tuple(name for name, active in reasons_on(work, day).items() if active)


def record_late_reason(text: str, dossier_id: int, context: Context, work: Writing) -> None:
    """Record why a dossier is late; the caller commits.

    The text is a reason of the list, with or without diacritics, or a unique part of one.

    Raises Refusal `late_reason_unknown`.
    """
    folded = fold_text(clean(text))
    reasons = active_reasons(work, context.today)
    matches = [name for name in reasons if fold_text(name) == folded] or [
        name for name in reasons if folded and folded in fold_text(name)
    ]
    if len(matches) != 1:
        raise Refusal("late_reason_unknown", "reason", text=text[:60], allowed="; ".join(reasons))
    records.add_reason_of(work, dossier_id, _reason_id(matches[0], work), context.now, context.actor)


def _reason_id(name: str, work: Writing) -> int:
    """Return the id of a reason; one of a rule is added to the list."""
    ids = {row.name: row.id for row in records.late_reasons(work)}
    if name not in ids:
        records.add_late_reason(work, name)
        ids = {row.name: row.id for row in records.late_reasons(work)}
    return ids[name]


def record_reason_of_act(reason: str | None, action: Action, dossier_id: int, context: Context, work: Writing) -> None:
    """Record the reason that an action carries, if any.

    Raises Refusal `late_reason_act`, `late_reason_unknown`.
    """
    if reason is None or not clean(reason):
        return
    if action not in REASONED_ACTIONS:
        raise Refusal("late_reason_act", "reason")
    record_late_reason(reason, dossier_id, context, work)
