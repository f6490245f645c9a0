"""Permission to change the keys of the office's database."""

from dataclasses import dataclass

from app.keys.recovery import GROUPS, invalid_groups
from app.models.enums import AccessKind, Right
from app.services.context import Context
from app.services.credentials import Credentials, second_approval
from app.services.permissions import requires
from app.storage import user_accounts
from app.storage.uow import Reading, Writing

__all__ = ["GROUPS", "ApproveKeyChange", "approve_key_change", "check_may_edit_keys", "invalid_groups"]


@dataclass(frozen=True)
class ApproveKeyChange:
    """Command: a second person approves a new key or a new recovery key."""

    second: Credentials | None


@requires(Right.EDIT_KEYS)
def check_may_edit_keys(query: None, context: Context, work: Reading) -> None:
    """Refuse a user who may not change the office's keys.

    The recovery key needs no user account.
    Raises Refusal `not_your_right`.
    """


@requires(Right.EDIT_KEYS)
def approve_key_change(command: ApproveKeyChange, context: Context, work: Writing) -> None:
    """Record that two people agree to change the office's keys.

    Raises Refusal like `app.services.credentials.second_approval`.
    """
    second = second_approval(command.second, context, work)
    user_accounts.record_access(work, context.now, context.actor, context.place, AccessKind.KEYS_VOUCHED, about=second)
    work.commit()
