"""Steps of a sender: what goes next, its try, its answer.

They need no right: the office sends by itself at any time, and no data of a dossier is shown. The network is
used between the steps, with no unit of work open.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.models.errors import Scalar
from app.services.clock_guard import current_doubt
from app.services.context import Context
from app.services.permissions import public
from app.services.sending.answers import SettledAnswer, settle_answer
from app.services.sending.files import BuiltBundle, next_file, store_file, stored_file
from app.services.sending.progress import (
    SENDER,
    Progress,
    after_success,
    after_trouble,
    progress_from_json,
    progress_to_json,
)
from app.storage import office_settings
from app.storage.outgoing import files, records
from app.storage.uow import Reading, Writing

_REASON = "the office sends by itself, and no data of a dossier is shown"

RECORDS_BY_WIRE = 2_000
"""Records of a file made for the wire, about 0.35 MB: 45 seconds on a line of 64 kbit/s that breaks often."""


@dataclass(frozen=True)
class NextOutgoing:
    """Query: what to send next, or file `sequence` that the receiver expects."""

    sequence: int | None = None


@dataclass(frozen=True)
class Outgoing:
    """A file to send; it must be stored first unless `file.stored`.

    `file` is None if nothing waits. `newest` is the number of the newest file, `left` the number of files
    still to send. `clock_doubtful` explains certificates that seem expired.
    """

    file: BuiltBundle | None
    newest: int
    left: int
    clock_doubtful: bool = False


@dataclass(frozen=True)
class StoreOutgoing:
    """Command: store a built file before it is sent."""

    file: BuiltBundle


@dataclass(frozen=True)
class StoreAnswer:
    """Command: the answer to file `sequence` of an epoch, by the wire."""

    content: bytes
    epoch: str
    sequence: int


@dataclass(frozen=True)
class RecordTrouble:
    """Command: a failed try of file `sequence`, None if no file was tried.

    `chance` selects the random part of the pause, `pause` is the receiver's own wish in seconds. `uploaded` is set if
    the whole file went out and only the answer is missing.
    """

    code: str
    values: Mapping[str, Scalar] = field(default_factory=dict)
    sequence: int | None = None
    chance: float = 1.0
    pause: int | None = None
    uploaded: bool = False


@public(_REASON)
def next_outgoing(query: NextOutgoing, context: Context, work: Reading) -> Outgoing:
    """Return the oldest unanswered file, else a new one built from the outbox.

    Raises Refusal `bundle_dropped` for an expected file that is no longer stored, or the reason of a file that cannot
    be built.
    """
    epoch = office_settings.current_epoch(work)
    waiting = files.unanswered(work, epoch)
    last = files.last_bundle(work, epoch)
    newest = 0 if last is None else last.sequence
    doubtful = current_doubt(context, work) is not None
    sequence = query.sequence or (waiting[0] if waiting else None)
    if sequence is not None:
        return Outgoing(stored_file(work, epoch, sequence), newest, len(waiting), doubtful)
    if not records.unsent_desks(work, epoch):
        return Outgoing(None, newest, 0, doubtful)
    return Outgoing(next_file(context, work, RECORDS_BY_WIRE), newest, 1, doubtful)


@public(_REASON)
def store_outgoing(command: StoreOutgoing, context: Context, work: Writing) -> bool:
    """Store a built file; False if another file was stored in between."""
    stored = store_file(command.file, context, work)
    if stored:
        work.commit()
    return stored


@public(_REASON)
def store_answer(command: StoreAnswer, context: Context, work: Writing) -> SettledAnswer:
    """Verify, store and settle an answer, and record the success.

    Raises Refusal as `settle_answer` does; nothing is then settled.
    """
    settled = settle_answer(command.content, context, work, (command.epoch, command.sequence))
    files.record_try(work, office_settings.current_epoch(work), settled.sequence, None)
    _save(work, after_success(_progress(work), context.now))
    work.commit()
    return settled


@public(_REASON)
def record_trouble(command: RecordTrouble, context: Context, work: Writing) -> Progress:
    """Record a failed try and when the next one is due."""
    progress = after_trouble(_progress(work), command.code, command.values, context.now, command.chance, command.pause)
    _save(work, progress)
    if command.sequence is not None:
        epoch = office_settings.current_epoch(work)
        files.record_try(work, epoch, command.sequence, command.code)
        if command.uploaded:
            files.mark_left(work, epoch, command.sequence, context.now)
    work.commit()
    return progress


def _progress(work: Reading) -> Progress:
    return progress_from_json(office_settings.setting(work, SENDER))


def _save(work: Writing, progress: Progress) -> None:
    office_settings.save_settings(work, {SENDER: progress_to_json(progress)})
