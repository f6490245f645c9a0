"""When the office sends by itself; read every half minute.

It loads nothing that builds or reads files or papers.
"""

from dataclasses import dataclass
from datetime import datetime

from app.services.context import Context
from app.services.permissions import public
from app.services.sending.progress import (
    LONGEST_PAUSE,
    SENDER,
    Progress,
    Urgency,
    first_try_delay,
    progress_from_json,
)
from app.storage import office_settings
from app.storage.outgoing import files, records
from app.storage.uow import Reading
from app.sync.signing import public_key


@dataclass(frozen=True)
class GetSendingPlan:
    """Query: when the office should send by itself.

    `since` is when the program began to send; the first try of a day is spread from then. `network_appeared` ends a
    pause that waits for the network. `closing` asks for the last try of a window, which
    waits for another pause alone.
    """

    since: datetime
    network_appeared: bool = False
    closing: bool = False


@dataclass(frozen=True)
class SendingPlan:
    """When the next automatic try is due.

    `due_at` is None if nothing waits, no receiver is known, or a person must act first. `silent_days` counts the days
    without an answer, `urgency` how urgent they are.
    """

    due_at: datetime | None
    silent_days: int = 0
    urgency: Urgency = Urgency.NONE


@public("the office sends by itself, and no data of a dossier is shown")
def get_sending_plan(query: GetSendingPlan, context: Context, work: Reading) -> SendingPlan:
    """Return when the office should send by itself."""
    progress = progress_from_json(office_settings.setting(work, SENDER))
    silence = context.now - (progress.waiting_since or context.now)
    due_at = _due_at(query, progress, context, work)
    return SendingPlan(due_at, silence.days, progress.urgency(context.now))


def _due_at(query: GetSendingPlan, progress: Progress, context: Context, work: Reading) -> datetime | None:
    ready = bool(context.office.sync_address and context.office.receiver_signs) and not progress.stopped
    epoch = office_settings.current_epoch(work)
    waiting = records.unsent_desks(work, epoch) or files.unanswered(work, epoch)
    if not ready or not waiting:
        return None
    if progress.next_try_at is not None and progress.next_try_at - context.now <= LONGEST_PAUSE:
        ends = (query.network_appeared or query.closing) and progress.trouble == "no_network"
        return context.now if ends else progress.next_try_at
    if query.closing:
        return context.now
    key = public_key(bytes.fromhex(office_settings.setting(work, office_settings.SIGNING_KEY))).hex()
    return query.since + first_try_delay(key, progress.last_try_at, context.now)
