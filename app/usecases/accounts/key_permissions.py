"""Who may change how the office's database is locked."""

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
    """A second person answers for another key or another recovery key."""

    second: Credentials | None


@requires(Right.EDIT_KEYS)
def check_may_edit_keys(query: None, context: Context, work: Reading) -> None:
    """Nothing, where the person at work may change the office's keys; its recovery key needs no person.

    Raises Refusal `not_your_right`.
    """


@requires(Right.EDIT_KEYS)
def approve_key_change(command: ApproveKeyChange, context: Context, work: Writing) -> None:
    """Nothing, where two people agree to change the office's keys.

    Raises Refusal as `app.services.credentials.vouched` does.
    """
    second = second_approval(command.second, context, work)
    user_accounts.record_access(work, context.now, context.actor, context.place, AccessKind.KEYS_VOUCHED, about=second)
    work.commit()
