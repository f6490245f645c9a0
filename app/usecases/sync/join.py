"""Join a receiver: two people compare its fingerprint."""

from dataclasses import dataclass

from app.models.enums import AccessKind, Right
from app.services.context import Context
from app.services.credentials import Credentials, second_approval
from app.services.permissions import requires
from app.storage import user_accounts
from app.storage.uow import Writing


@dataclass(frozen=True)
class ApproveReceiver:
    """Command: two people accept a receiver with this fingerprint."""

    fingerprint: str
    second: Credentials | None


@requires(Right.EDIT_OFFICE)
def approve_receiver(command: ApproveReceiver, context: Context, work: Writing) -> None:
    """Record that two people accepted a receiver.

    The office file is changed after this, so that a change without a record cannot be made here.

    Raises Refusal like `app.services.credentials.second_approval`.
    """
    second = second_approval(command.second, context, work)
    about = ", ".join(part for part in (command.fingerprint, second) if part)
    user_accounts.record_access(
        work, context.now, context.actor, context.place, AccessKind.RECEIVER_JOINED, about=about
    )
    work.commit()
