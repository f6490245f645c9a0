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
from app.services.reporting.figures_06a import Report06a, figures_06a, to_json
from app.storage import journal, office_settings
from app.storage.rows import UnsentRecord
from app.storage.uow import Reading, Writing
from app.sync.bundle import BundleHeader, read_manifest, write_bundle
from app.sync.errors import BundleRefused

EPOCH, SIGNING_KEY, LAST_CONFIRMED = "epoch", "signing_key", "last_confirmed_at"


@dataclass(frozen=True)
class ExportBundle:
    """Command: write the next file, or repeat file `again` of this epoch."""

    again: int | None = None


@dataclass(frozen=True)
class ExportedBundle:
    """A file ready to upload.

    `more` is true if events of another desk wait for their own file, because a file carries one chain.
    """

    content: bytes
    sequence: int
    records: int
    file_name: str
    more: bool = False


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
def export_bundle(command: ExportBundle, context: Context, work: Writing) -> ExportedBundle:
    """Write the events that no earlier file of this epoch carries.

    The file is signed, chained to the previous file, and stored so that it can be written again.
    Events of a desk number that this database no longer uses come first, in their own file.
    Raises Refusal `bundle_unknown` for an earlier file that does not exist, or the file's own reason (`bundle_…`).
    """
    settings = office_settings.settings(work)
    epoch = str(settings[EPOCH])
    if command.again is not None:
        return _repeat_bundle(work, epoch, command.again)
    waiting = journal.unsent_desks(work) or [context.office.workstation]
    unsent = journal.unsent_events(work, waiting[0])
    header = _header(work, context, epoch, waiting[0])
    content = _bundle_content(header, unsent, context, work, bytes.fromhex(settings[SIGNING_KEY]))
    journal.mark_sent(work, [record.event.id for record in unsent], header.sequence)
    journal.save_bundle(
        work,
        {
            "epoch": epoch,
            "sequence": header.sequence,
            "records": len(unsent),
            "content": content,
            "made_at": context.now,
            "manifest_sha256": read_manifest(content).sha256,
        },
    )
    work.commit()
    return ExportedBundle(
        content,
        header.sequence,
        len(unsent),
        _file_name(header.agency_code, waiting[0], header.sequence),
        len(waiting) > 1,
    )


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


def _repeat_bundle(work: Reading, epoch: str, sequence: int) -> ExportedBundle:
    row = journal.bundle(work, epoch, sequence)
    if row is None:
        raise Refusal("bundle_unknown", "again", sequence=sequence)
    content = bytes(row.content)
    manifest = read_manifest(content).values
    name = _file_name(manifest["agency_code"], manifest["workstation"], sequence)
    return ExportedBundle(content, sequence, row.records, name)


def _bundle_content(
    header: BundleHeader, unsent: Sequence[UnsentRecord], context: Context, work: Reading, signing_key: bytes
) -> bytes:
    office = context.office
    receiver = office.receiver_key if office.send_people else None
    records = [
        to_sync_record(record.event, record.dossier_code, _payload(record, receiver is not None)) for record in unsent
    ]
    try:
        return write_bundle(header, records, _summary(context, work), signing_key, receiver)
    except BundleRefused as refused:
        raise Refusal(refused.code, None, **refused.values) from refused


def _payload(record: UnsentRecord, with_people: bool) -> Mapping[str, Any]:
    return {**record.payload, **record.people} if with_people else record.payload


def _summary(context: Context, work: Reading) -> dict[str, Any]:
    """Return Biểu 06a of the running quarter and of the last closed one."""
    running = preset_period("quarter", context.today, context.office.quarter_starts)
    closed = preset_period("quarter", running[0] - timedelta(days=1), context.office.quarter_starts)
    return {"reports": [to_json(figures_06a(Report06a(*period), context.today, work)) for period in (running, closed)]}


def _file_name(agency_code: str, desk: int, sequence: int) -> str:
    """Return a file name with desk and sequence, and without personal data."""
    return f"{agency_code}-{desk:02d}-{sequence:06d}.mcsync"
