"""A restored database begins a new life: a new epoch for what goes up, and numbers beyond any that may have been given
after the backup was made (SCENARIOS S3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from app.models.enums import AccessKind, Right
from app.models.errors import Refusal
from app.models.text import clean
from app.services.context import Context
from app.services.credentials import Credentials, authenticate, second_approval
from app.services.number_gaps import skip_numbers
from app.services.permissions import RECOVERY_KEY_ACTOR, public, require_right, requires
from app.storage import dossiers, integrity, journal, office_settings, user_accounts
from app.storage.uow import Reading, Writing


@dataclass(frozen=True)
class GetContent:
    """What does the database hold?"""


@dataclass(frozen=True)
class StartNewEpoch:
    """Begin a new life after a restore. `known` are the counters of the database that is replaced, where it could still
    be read; `approved_by` the two who wanted it, for the trail."""

    known: Mapping[str, int] = field(default_factory=dict)
    approved_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class ApproveRestore:
    """Who wants a backup put in the place of the office's database, or only proved (`only_check`): a person by his
    password and a second one, for whom the recovery key may speak (`recovery`)."""

    first: Credentials
    second: Credentials | None
    recovery: bool
    only_check: bool


@dataclass(frozen=True)
class DatabaseContent:
    """How many dossiers, and the hour of the last event."""

    dossiers: int
    last_event_at: datetime | None


@public("how many dossiers, of nobody")
def get_content(query: GetContent, context: object, work: Reading) -> DatabaseContent:
    """How much a database holds."""
    return _content(work)


def _content(work: Reading) -> DatabaseContent:
    return DatabaseContent(dossiers.count_dossiers(work), integrity.latest_entry(work))


@requires(Right.BACK_UP)
def check_may_back_up(query: None, context: Context, work: Reading) -> None:
    """Nothing, where the person at work may back the office up.

    Raises Refusal `not_your_right`.
    """


@public("it proves who asks, and his right, before anybody has signed in")
def approve_restore(command: ApproveRestore, context: Context, work: Writing) -> tuple[str, ...]:
    """The names of the two who may have a backup put in the place of the office's database; of the one who may have
    it proved.

    Raises Refusal `restore_new`, `not_your_right`, or as `sign_in` and `second_approval` do.
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


@public("asked of a database that is about to be replaced")
def issued_numbers(query: None, context: object, work: Reading) -> dict[str, int]:
    """The last number of every counter."""
    return integrity.counter_values(work)


@public("the restored database is asked beforehand who may restore it")
def start_new_epoch(command: StartNewEpoch, context: Context, work: Writing) -> DatabaseContent:
    """A new epoch, what was never confirmed waiting again, and every counter beyond what may have been given."""
    office_settings.save_settings(work, {"epoch": str(uuid4())})
    journal.requeue_all_events(work)
    skip_numbers(context, work, command.known)
    if command.approved_by:
        first, *second = command.approved_by
        about = second[0] if second else None
        user_accounts.record_access(work, context.now, first, context.place, AccessKind.RESTORED, about=about)
    content = _content(work)
    work.commit()
    return content
