"""Sync export: the next signed file, an earlier file, the sync state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.models.enums import Right
from app.models.errors import Refusal
from app.models.figures import preset_period
from app.models.instants import from_epoch, iso
from app.services.context import Context
from app.services.events import to_sync_record
from app.services.permissions import requires
from app.services.reporting.figures_06a import Report06a, figures_to_send, to_json
from app.storage import journal, office_settings
from app.storage.rows import UnsentRecord
from app.storage.uow import Reading, Writing
from app.sync.bundle import BundleHeader, read_manifest, write_bundle
from app.sync.errors import BundleRefused

EPOCH, SIGNING_KEY, LAST_CONFIRMED = "epoch", "signing_key", "last_confirmed_at"


MAX_RECORDS = 5_000
"""Records of one file, about 0.7 MB. A backlog fills several files, so that no file becomes too large to read."""


@dataclass(frozen=True)
class BuildBundle:
    """Query: the next file, or file `again` of this epoch as it was stored."""

    again: int | None = None


@dataclass(frozen=True)
class BuiltBundle:
    """A signed file that is not stored yet, and the events it contains."""

    content: bytes
    epoch: str
    sequence: int
    event_ids: tuple[int, ...]
    records: int
    file_name: str
    stored: bool = False


@dataclass(frozen=True)
class StoreBundle:
    """Command: store a built file, so that it can be written again."""

    bundle: BuiltBundle


@dataclass(frozen=True)
class ExportedBundle:
    """A stored file, ready to be sent.

    `more` is true if further events wait for a file of their own: a file carries the chain of one desk and at most
    `MAX_RECORDS` records.
    """

    content: bytes
    sequence: int
    records: int
    file_name: str
    more: bool = False


@dataclass(frozen=True)
class ListPendingFiles:
    """Query: what `sync export --all` must write."""


@dataclass(frozen=True)
class PendingFiles:
    """Whether records wait for a file, and the sequences of unanswered files."""

    unsent: bool
    sequences: tuple[int, ...]


@dataclass(frozen=True)
class SyncStatus:
    """Query: the state of uploads and confirmations."""


@dataclass(frozen=True)
class RejectedDossier:
    """A dossier that the receiver rejected."""

    code: str
    reason: str


@dataclass(frozen=True)
class SyncState:
    """Numbers of dossiers by sync state, and the rejected dossiers."""

    waiting: int
    sent: int
    confirmed: int
    rejected: tuple[RejectedDossier, ...]
    last_confirmed_at: datetime | None


@requires(Right.SEND_UP)
def build_bundle(query: BuildBundle, context: Context, work: Reading) -> BuiltBundle:
    """Build and sign the next file, chained to the previous one.

    Nothing is written. The file contains the oldest events that no file of this epoch contains. Events of a desk number
    that this database no longer uses come first, in their own file.

    Raises Refusal `bundle_unknown` for an earlier file that does not exist, or the file's own reason (`bundle_…`).
    """
    settings = office_settings.settings(work)
    epoch = str(settings[EPOCH])
    if query.again is not None:
        return _stored_bundle(work, epoch, query.again)
    desk = (journal.unsent_desks(work) or [context.office.workstation])[0]
    unsent = journal.unsent_events(work, desk, MAX_RECORDS)
    header = _header(work, context, epoch, desk)
    return BuiltBundle(
        content=_bundle_content(header, unsent, context, work, bytes.fromhex(settings[SIGNING_KEY])),
        epoch=epoch,
        sequence=header.sequence,
        event_ids=tuple(record.event.id for record in unsent),
        records=len(unsent),
        file_name=_file_name(header.agency_code, desk, header.sequence),
    )


@requires(Right.SEND_UP)
def store_bundle(command: StoreBundle, context: Context, work: Writing) -> ExportedBundle | None:
    """Store a built file and mark its events as sent.

    Returns None, with nothing written, if another file was stored after it was built.
    """
    bundle = command.bundle
    last = journal.last_bundle(work, bundle.epoch)
    current_epoch = str(office_settings.setting(work, EPOCH))
    if current_epoch != bundle.epoch or (0 if last is None else last.sequence) != bundle.sequence - 1:
        return None
    journal.mark_sent(work, bundle.event_ids, bundle.sequence)
    journal.save_bundle(
        work,
        {
            "epoch": bundle.epoch,
            "sequence": bundle.sequence,
            "records": bundle.records,
            "content": bundle.content,
            "made_at": context.now,
            "manifest_sha256": read_manifest(bundle.content).sha256,
        },
    )
    more = bool(journal.unsent_desks(work))
    work.commit()
    return ExportedBundle(bundle.content, bundle.sequence, bundle.records, bundle.file_name, more)


@requires(Right.SEND_UP)
def list_pending_files(query: ListPendingFiles, context: Context, work: Reading) -> PendingFiles:
    """Return whether records wait, and the files of this epoch to carry again."""
    epoch = str(office_settings.setting(work, EPOCH))
    return PendingFiles(bool(journal.unsent_desks(work)), tuple(journal.unanswered_bundles(work, epoch)))


def _header(work: Reading, context: Context, epoch: str, desk: int) -> BundleHeader:
    before = journal.last_bundle(work, epoch)
    return BundleHeader(
        office=context.office.name,
        agency_code=context.office.agency_code,
        workstation=desk,
        epoch=epoch,
        sequence=1 if before is None else before.sequence + 1,
        previous=None if before is None else before.manifest_sha256,
        made_at=iso(context.now) or "",
        training=context.training,
    )


@requires(Right.READ_FIGURES)
def sync_status(query: SyncStatus, context: Context, work: Reading) -> SyncState:
    """Return the numbers of waiting, sent, confirmed and rejected dossiers."""
    counts = journal.sync_counts(work)
    confirmed_at = office_settings.setting(work, LAST_CONFIRMED)
    return SyncState(
        counts.waiting if counts else 0,
        counts.sent if counts else 0,
        counts.confirmed if counts else 0,
        tuple(RejectedDossier(row.code, row.reason or "") for row in journal.rejected_dossiers(work)),
        None if confirmed_at is None else from_epoch(confirmed_at),
    )


def _stored_bundle(work: Reading, epoch: str, sequence: int) -> BuiltBundle:
    row = journal.bundle(work, epoch, sequence)
    if row is None:
        raise Refusal("bundle_unknown", "again", sequence=sequence)
    content = bytes(row.content)
    manifest = read_manifest(content).values
    name = _file_name(manifest["agency_code"], manifest["workstation"], sequence)
    return BuiltBundle(content, epoch, sequence, (), row.records, name, stored=True)


def _bundle_content(
    header: BundleHeader, unsent: Sequence[UnsentRecord], context: Context, work: Reading, signing_key: bytes
) -> bytes:
    office = context.office
    receiver = office.receiver_key if office.send_people else None
    records = [
        to_sync_record(record.event, record.dossier_code, _payload(record, receiver is not None)) for record in unsent
    ]
    try:
        return write_bundle(header, records, _summary(context, work, header.workstation), signing_key, receiver)
    except BundleRefused as refused:
        raise Refusal(refused.code, None, **refused.values) from refused


def _payload(record: UnsentRecord, with_people: bool) -> Mapping[str, Any]:
    return {**record.payload, **record.people} if with_people else record.payload


def _summary(context: Context, work: Reading, desk: int) -> dict[str, Any]:
    """Return Biểu 06a of the running quarter and of the last closed one.

    `last_record` is the newest record of the desk, which this file may not contain yet.
    """
    running = preset_period("quarter", context.today, context.office.quarter_starts)
    closed = preset_period("quarter", running[0] - timedelta(days=1), context.office.quarter_starts)
    reports = [to_json(figures_to_send(Report06a(*period), context.today, work)) for period in (running, closed)]
    return {"reports": reports, "last_record": journal.chain_tail(work, desk)[0]}


def backlog_file_name(content: bytes) -> str:
    """Return the name of a file among those of other desks and epochs."""
    manifest = read_manifest(content).values
    place = f"{manifest['agency_code']}-{manifest['workstation']:02d}-{manifest['epoch'][:8]}"
    return f"{place}-{manifest['sequence']:06d}.mcsync"


def _file_name(agency_code: str, desk: int, sequence: int) -> str:
    """Return a file name with desk and sequence, and without personal data."""
    return f"{agency_code}-{desk:02d}-{sequence:06d}.mcsync"
