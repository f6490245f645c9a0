"""Who may change how the office's database is locked."""

from dataclasses import dataclass

from app.keys.recovery import GROUPS, wrong_groups
from app.models.enums import Accessed, Right
from app.services.context import Context
from app.services.credentials import Credentials, vouched
from app.services.permissions import needs
from app.storage import user_accounts
from app.storage.uow import Reading, Writing

__all__ = ["GROUPS", "VouchKeys", "mind_keys", "vouch_keys", "wrong_groups"]


@dataclass(frozen=True)
class VouchKeys:
    """A second person answers for another key or another recovery key."""

    second: Credentials | None


@needs(Right.EDIT_KEYS)
def mind_keys(query: None, context: Context, work: Reading) -> None:
    """Nothing, where the person at work may change the office's keys; its recovery key needs no person.

    Raises Refusal `not_your_right`.
    """


@needs(Right.EDIT_KEYS)
def vouch_keys(command: VouchKeys, context: Context, work: Writing) -> None:
    """Nothing, where two people agree to change the office's keys.

    Raises Refusal as `app.services.credentials.vouched` does.
    """
    second = vouched(command.second, context, work)
    user_accounts.note_access(work, context.now, context.actor, context.place, Accessed.KEYS_VOUCHED, about=second)
    work.commit()
