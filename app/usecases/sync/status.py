"""State of sending: counts, rejected dossiers, each dossier, each file."""

from dataclasses import dataclass, field
from datetime import datetime

from app.models.enums import Right
from app.models.instants import from_epoch
from app.services.context import Context
from app.services.permissions import requires
from app.services.sending.answers import LAST_CONFIRMED
from app.services.sending.progress import SENDER, Urgency, progress_from_json
from app.storage import office_settings
from app.storage.outgoing import files, states
from app.storage.outgoing.rows import DossierSyncRow, SentFileRow
from app.storage.uow import Reading
from app.sync.signing import public_key
from app.sync.wire import fingerprint

NOT_IN_JSON = {"in_json": False}


@dataclass(frozen=True)
class SyncStatus:
    """Query: the state of uploads and confirmations."""


@dataclass(frozen=True)
class ListDossierStates:
    """Query: the sync state of each dossier."""


@dataclass(frozen=True)
class ListSentFiles:
    """Query: every sync file of this desk."""


@dataclass(frozen=True)
class GetIdentity:
    """Query: the key that this desk signs with."""


@dataclass(frozen=True)
class RejectedDossier:
    """A dossier that the receiver rejected."""

    code: str
    reason: str


@dataclass(frozen=True)
class SyncState:
    """Numbers of dossiers by sync state, and the rejected dossiers.

    Each dossier counts once. The window also shows the last try, its trouble with values, the next try and how long
    nothing has been answered.
    """

    waiting: int
    sent: int
    confirmed: int
    rejected: tuple[RejectedDossier, ...]
    last_confirmed_at: datetime | None
    last_try_at: datetime | None = field(default=None, metadata=NOT_IN_JSON)
    next_try_at: datetime | None = field(default=None, metadata=NOT_IN_JSON)
    trouble: str = field(default="", metadata=NOT_IN_JSON)
    values: tuple[tuple[str, str | int | None], ...] = field(default=(), metadata=NOT_IN_JSON)
    stopped: bool = field(default=False, metadata=NOT_IN_JSON)
    urgency: Urgency = field(default=Urgency.NONE, metadata=NOT_IN_JSON)


@dataclass(frozen=True)
class Identity:
    """Public key of a desk.

    `fingerprint` is read out over the telephone, so that the receiver enrols the right key.
    """

    public_key: str
    fingerprint: str
    agency_code: str
    workstation: int


@requires(Right.READ_FIGURES)
def sync_status(query: SyncStatus, context: Context, work: Reading) -> SyncState:
    """Return the numbers of waiting, sent, confirmed and rejected dossiers."""
    epoch = office_settings.current_epoch(work)
    counts, settings = states.count_dossiers(work, epoch), office_settings.settings(work)
    confirmed_at, progress = settings.get(LAST_CONFIRMED), progress_from_json(settings.get(SENDER))
    return SyncState(
        waiting=counts.waiting if counts else 0,
        sent=counts.sent if counts else 0,
        confirmed=counts.confirmed if counts else 0,
        rejected=tuple(RejectedDossier(row.code, row.reason or "") for row in states.rejected_dossiers(work, epoch)),
        last_confirmed_at=None if confirmed_at is None else from_epoch(confirmed_at),
        last_try_at=progress.last_try_at,
        next_try_at=progress.next_try_at,
        trouble=progress.trouble,
        values=tuple((progress.values or {}).items()),
        stopped=progress.stopped,
        urgency=progress.urgency(context.now),
    )


@requires(Right.READ_FIGURES)
def list_dossier_states(query: ListDossierStates, context: Context, work: Reading) -> tuple[DossierSyncRow, ...]:
    """Return the sync state of each dossier, in the order of intake."""
    return tuple(states.dossier_states(work, office_settings.current_epoch(work)))


@requires(Right.READ_FIGURES)
def list_sent_files(query: ListSentFiles, context: Context, work: Reading) -> tuple[SentFileRow, ...]:
    """Return every file of this desk, oldest first."""
    return tuple(files.all_files(work))


@requires(Right.ASK_OFFICE)
def get_identity(query: GetIdentity, context: Context, work: Reading) -> Identity:
    """Return the key that signs the sync files of this desk."""
    key = public_key(bytes.fromhex(office_settings.setting(work, office_settings.SIGNING_KEY)))
    return Identity(key.hex(), fingerprint(key), context.office.agency_code, context.office.workstation)
