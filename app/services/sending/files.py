"""Sync files of this desk: build the next, store it, return one.

A file is built without writing and stored in a short unit of work, so that intake does not wait meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.models.errors import Refusal
from app.models.figures import preset_period
from app.models.instants import iso
from app.services.context import Context
from app.services.events import to_sync_record
from app.services.law.counter import report_start_day
from app.services.reporting.figures_06a import Report06a, figures_to_send, to_json
from app.storage import journal, office_settings
from app.storage.outgoing import files, records
from app.storage.rows import UnsentRecord
from app.storage.uow import Reading, Writing
from app.sync.bundle import BundleHeader, read_manifest, write_bundle
from app.sync.errors import BundleRefused

MAX_RECORDS = 5_000
"""Records of one file, about 0.7 MB. A backlog fills several files, so that no file becomes too large to read."""


@dataclass(frozen=True)
class BuiltBundle:
    """A signed file that is not stored yet, with the range of its records."""

    content: bytes
    epoch: str
    sequence: int
    records: int
    file_name: str
    manifest_sha256: str
    stored: bool = False
    desk: int = 0
    record_from: int | None = None
    record_to: int | None = None


def next_file(context: Context, work: Reading, limit: int | None = None) -> BuiltBundle:
    """Build and sign the next file, chained to the previous one.

    It contains the oldest events that no file of this epoch contains, at most `limit` or
    `MAX_RECORDS`. Events of a desk number that
    this database no longer uses come first, in their own file.

    Raises Refusal with the file's own reason (`bundle_…`).
    """
    epoch, signing_key = office_settings.current_epoch(work), office_settings.setting(work, office_settings.SIGNING_KEY)
    desk = (records.unsent_desks(work, epoch) or [context.office.workstation])[0]
    unsent = records.unsent_events(work, epoch, desk, limit or MAX_RECORDS, people=_receiver(context) is not None)
    header = _header(work, context, epoch, desk)
    content = _content(header, unsent, context, work, bytes.fromhex(signing_key))
    return BuiltBundle(
        content=content,
        epoch=epoch,
        sequence=header.sequence,
        records=len(unsent),
        file_name=_file_name(header.agency_code, desk, header.sequence),
        manifest_sha256=read_manifest(content).sha256,
        desk=desk,
        record_from=unsent[0].sequence if unsent else None,
        record_to=unsent[-1].sequence if unsent else None,
    )


def next_file_name(context: Context, work: Reading) -> str:
    """Return the name that the next file will have."""
    epoch = office_settings.current_epoch(work)
    desk = (records.unsent_desks(work, epoch) or [context.office.workstation])[0]
    before = files.last_bundle(work, epoch)
    return _file_name(context.office.agency_code, desk, 1 if before is None else before.sequence + 1)


def store_file(built: BuiltBundle, context: Context, work: Writing) -> bool:
    """Store a built file with the range of its records.

    False, with nothing written, if another file was stored after it was built. One row is written, however many records
    the file carries, so that intake does not wait. The file has not left this machine yet. The caller commits.
    """
    last = files.last_bundle(work, built.epoch)
    newest = 0 if last is None else last.sequence
    if office_settings.current_epoch(work) != built.epoch or newest != built.sequence - 1:
        return False
    files.save_bundle(
        work,
        {
            "epoch": built.epoch,
            "sequence": built.sequence,
            "records": built.records,
            "content": built.content,
            "made_at": context.now,
            "sent_at": None,
            "manifest_sha256": built.manifest_sha256,
            "workstation": built.desk,
            "record_from": built.record_from,
            "record_to": built.record_to,
        },
    )
    return True


def stored_file(work: Reading, epoch: str, sequence: int) -> BuiltBundle:
    """Return an earlier file of an epoch byte for byte.

    Raises Refusal `bundle_unknown`, `bundle_dropped` for an answered file that is no longer stored.
    """
    row = files.bundle(work, epoch, sequence)
    if row is None:
        raise Refusal("bundle_unknown", "again", sequence=sequence)
    if row.content is None:
        raise Refusal("bundle_dropped", "again", sequence=sequence)
    content = bytes(row.content)
    manifest = read_manifest(content)
    name = _file_name(manifest.values["agency_code"], manifest.values["workstation"], sequence)
    return BuiltBundle(
        content=content,
        epoch=epoch,
        sequence=sequence,
        records=row.records,
        file_name=name,
        manifest_sha256=manifest.sha256,
        stored=True,
    )


def backlog_file_name(content: bytes) -> str:
    """Return the name of a file among those of other desks and epochs."""
    manifest = read_manifest(content).values
    place = f"{manifest['agency_code']}-{manifest['workstation']:02d}-{manifest['epoch'][:8]}"
    return f"{place}-{manifest['sequence']:06d}.mcsync"


def _header(work: Reading, context: Context, epoch: str, desk: int) -> BundleHeader:
    before = files.last_bundle(work, epoch)
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


def _content(
    header: BundleHeader, unsent: Sequence[UnsentRecord], context: Context, work: Reading, signing_key: bytes
) -> bytes:
    lines = (
        to_sync_record(record, record.dossier_code, {**record.payload, **(record.people or {})}) for record in unsent
    )
    summary = _summary(context, work, header.workstation)
    try:
        return write_bundle(header, lines, summary, signing_key, _receiver(context), work.give_way)
    except BundleRefused as refused:
        raise Refusal(refused.code, None, **refused.values) from refused


def _receiver(context: Context) -> str | None:
    """Return the recipient of personal data, None if it stays in the office."""
    return context.office.receiver_key if context.office.send_people else None


def _summary(context: Context, work: Reading, desk: int) -> dict[str, Any]:
    """Return Biểu 06a of the running quarter and of the last closed one.

    `last_record` is the newest record of the desk, which this file may not contain yet.
    """
    starts = report_start_day(work, context.office, context.today)
    running = preset_period("quarter", context.today, starts)
    closed = preset_period("quarter", running[0] - timedelta(days=1), starts)
    reports = [to_json(figures_to_send(Report06a(*period), context.today, work)) for period in (running, closed)]
    return {"reports": reports, "last_record": journal.chain_tail(work, desk)[0]}


def _file_name(agency_code: str, desk: int, sequence: int) -> str:
    """Return a file name with desk and sequence, and without personal data."""
    return f"{agency_code}-{desk:02d}-{sequence:06d}.mcsync"
