"""Restore of a database: permissions, new sync epoch, skipped numbers.

Numbers continue beyond all that may have been issued after the backup was made (SCENARIOS S3).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from app.models.enums import AccessKind, Right
from app.models.errors import Refusal
from app.models.text import clean
from app.services.context import Context
from app.services.credentials import Credentials, authenticate, second_approval
from app.services.number_gaps import skip_numbers
from app.services.permissions import RECOVERY_KEY_ACTOR, public, require_right, requires
from app.storage import dossiers, integrity, office_settings, user_accounts
from app.storage.outgoing import records
from app.storage.uow import Reading, Writing


@dataclass(frozen=True)
class GetContent:
    """Query: the content of the database."""


@dataclass(frozen=True)
class StartNewEpoch:
    """Command: start a new sync epoch after a restore.

    `known` are the counters of the replaced database, if it was readable.
    `approved_by` are the two approvers for the access log. `key_settings` are the identity and the key slots of a real
    office.
    """

    known: Mapping[str, int] = field(default_factory=dict)
    approved_by: tuple[str, ...] = ()
    key_settings: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class ApproveRestore:
    """Command: approve the restore of a backup, or only its check.

    `first` signs in. `second` approves, unless the recovery key takes the second person's place (`recovery`).
    """

    first: Credentials
    second: Credentials | None
    recovery: bool
    only_check: bool


@dataclass(frozen=True)
class DatabaseContent:
    """Number of dossiers, and the instant of the last event."""

    dossiers: int
    last_event_at: datetime | None


@public("a count of dossiers without personal data")
def get_content(query: GetContent, context: object, work: Reading) -> DatabaseContent:
    """Return the number of dossiers and the instant of the last event."""
    return _content(work)


def _content(work: Reading) -> DatabaseContent:
    return DatabaseContent(dossiers.count_dossiers(work), integrity.latest_entry(work))


@requires(Right.BACK_UP)
def check_may_back_up(query: None, context: Context, work: Reading) -> None:
    """Refuse a user who may not back up the office.

    Raises Refusal `not_your_right`.
    """


@public("it authenticates the users and checks their rights before sign-in")
def approve_restore(command: ApproveRestore, context: Context, work: Writing) -> tuple[str, ...]:
    """Authenticate the approvers of a restore and return their names.

    A check of a backup needs one approver.
    Raises Refusal `restore_new`, `not_your_right`, or like `sign_in` and `second_approval`.
    """
    known = user_accounts.account(work, clean(command.first.name))
    if known is not None and known.active and known.secret is None:
        raise Refusal("restore_new", "user", name=known.name)
    signed = authenticate(command.first, context, work)
    first = replace(context, actor=signed.name)
    require_right(Right.BACK_UP if command.only_check else Right.RESTORE, first, work)
    if command.only_check:
        return (signed.name,)
    return signed.name, RECOVERY_KEY_ACTOR if command.recovery else second_approval(command.second, first, work) or ""


@public("read from a database that is about to be replaced")
def issued_numbers(query: None, context: object, work: Reading) -> dict[str, int]:
    """Return the last number of each counter."""
    return integrity.counter_values(work)


@public("`approve_restore` has checked the rights in the restored database")
def start_new_epoch(command: StartNewEpoch, context: Context, work: Writing) -> DatabaseContent:
    """Start a new epoch, requeue unconfirmed events, and skip numbers.

    Skipped are all numbers that may have been issued after the backup.
    """
    office_settings.save_settings(work, {"epoch": str(uuid4()), **command.key_settings})
    records.requeue_all_events(work)
    skip_numbers(context, work, command.known)
    if command.approved_by:
        first, *second = command.approved_by
        about = second[0] if second else None
        user_accounts.record_access(work, context.now, first, context.place, AccessKind.RESTORED, about=about)
    content = _content(work)
    work.commit()
    return content
