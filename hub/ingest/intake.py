"""Receive a file: check, lock the sender, decide, store, answer.

The order of checks is size, layout, version, signature, enrolled, training, digests, order, lines. One file is one
transaction; it starts with the lock on the sender's row and ends with a synchronous commit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.sync.ack import ACCEPTED, ALREADY, REJECTED
from app.sync.bundle import check_bundle_digests, open_bundle_envelope
from app.sync.envelope import OpenedFile
from app.sync.errors import BundleRefused
from hub.ingest.answers import answer_to
from hub.ingest.apply import apply_part
from hub.ingest.batch import Decided, Scope
from hub.ingest.opened import OpenedBundle
from hub.ingest.states import is_storable
from hub.keys import HubKeys
from hub.storage import files, forks, senders
from hub.storage.database import Connection, Database
from hub.storage.dossiers import FieldNumbers
from hub.storage.files import FileRow, Place
from hub.storage.senders import KnockRow


@dataclass(frozen=True)
class Receipt:
    """The answer to a file; `again` if the file had been stored before."""

    ack: bytes
    again: bool
    accepted: int
    already: int
    rejected: int


@dataclass(frozen=True)
class OpenFork:
    """A fork that was recorded instead of a file."""

    number: int
    settled: str | None


class Intake:
    """Receives files into one database with the keys of one receiver."""

    def __init__(self, database: Database, keys: HubKeys, *, training: bool) -> None:
        self._database = database
        self._keys = keys
        self._training = training
        self._fields = FieldNumbers()

    def receive(self, data: bytes, now: datetime) -> Receipt:
        """Store a file and return its answer; for a stored one, the same answer.

        Raises BundleRefused with the codes of `read_bundle`, and `bundle_unknown_key`, `bundle_blocked`,
        `bundle_training`, `bundle_gap`, `bundle_fork`; Busy. Nothing is written except keys that are not enrolled, and
        forks.
        """
        opened = _opened(data)
        with self._database.connection() as connection:
            try:
                with connection.transaction():
                    place = self._checked_sender(connection, opened)
                    check_bundle_digests(opened)
                    if place.ack is not None:
                        return _known_receipt(place)
                    file = OpenedBundle(opened, data, self._keys.identity, self._fields.copy())
                    outcome = self._take(connection, file, place, now)
            except BundleRefused as refused:
                if refused.code == "bundle_unknown_key":
                    senders.record_knock(connection, _knock(opened.manifest, now))
                raise
        self._fields.keep(file.fields)
        if isinstance(outcome, OpenFork):
            settled = {"settled": outcome.settled} if outcome.settled else {}
            raise BundleRefused("bundle_fork", fork=outcome.number, **settled)
        return outcome

    def take_found(self, connection: Connection, data: bytes, now: datetime) -> Receipt:
        """Store the other file of a fork in the caller's transaction.

        It replaces the stored file with its number and all later ones of the epoch, which stay on record.

        Raises BundleRefused if it cannot be read, or its sender is blocked.
        """
        opened = _opened(data)
        place = self._checked_sender(connection, opened)
        check_bundle_digests(opened)
        if place.ack is not None:
            return _known_receipt(place)
        manifest = opened.manifest
        files.displace(connection, place.site_id, manifest["epoch"], manifest["sequence"], now)
        file = OpenedBundle(opened, data, self._keys.identity, self._fields.copy())
        return self._store(connection, file, place, now)

    def _checked_sender(self, connection: Connection, opened: OpenedFile) -> Place:
        """Lock the sender of a file and return what is known of it.

        Raises BundleRefused `bundle_unknown_key`, `bundle_blocked`, `bundle_training`.
        """
        manifest = opened.manifest
        key = str(manifest["public_key"])
        place = files.lock(connection, key, manifest["epoch"], opened.manifest_sha256)
        if place is None or manifest["agency_code"] not in place.agency_codes:
            raise BundleRefused("bundle_unknown_key", public_key=key)
        if place.blocked_at is not None:
            raise BundleRefused("bundle_blocked", public_key=key)
        if manifest["training"] != self._training:
            raise BundleRefused("bundle_training", training=manifest["training"])
        return place

    def _take(self, connection: Connection, file: OpenedBundle, place: Place, now: datetime) -> Receipt | OpenFork:
        """Store a file in the caller's transaction, unless it is a fork.

        Raises BundleRefused `bundle_gap`, or for lines that cannot be read.
        """
        manifest = file.opened.manifest
        known = _other_content(connection, place, manifest)
        if known is None:
            return self._store(connection, file, place, now)
        digest = file.opened.manifest_sha256
        key = forks.ForkKey(place.site_id, manifest["epoch"], manifest["sequence"], known, digest)
        return OpenFork(*forks.record(connection, key, file.data, now))

    def _store(self, connection: Connection, file: OpenedBundle, place: Place, now: datetime) -> Receipt:
        manifest, sha256 = file.opened.manifest, file.opened.manifest_sha256
        late = place.newest_epoch not in (None, manifest["epoch"]) and place.last_sequence is not None
        scope = Scope(
            place=place.last_place + 1,
            epoch_place=place.first_place or place.last_place + 1,
            agency_codes=place.agency_codes,
            late=late,
            has_rejections=place.has_rejections,
            may_be_known=place.newest_epoch is not None and (late or place.caught_up_at is None),
            now=now,
        )
        decided: list[Decided] = []
        for part in file.parts():
            decided += apply_part(connection, place.site_id, part, scope, file.fields.numbers)
            scope = replace(scope, has_rejections=scope.has_rejections or any(item.reason for item in decided))
        counts = [sum(item.result == result for item in decided) for result in (ACCEPTED, ALREADY, REJECTED)]
        ack = answer_to(manifest, sha256, decided, now, self._keys.signing_key)
        row = FileRow(
            place=scope.place,
            epoch=manifest["epoch"],
            sequence=manifest["sequence"],
            manifest_sha256=sha256,
            agency_code=manifest["agency_code"],
            workstation=manifest["workstation"],
            made_at=manifest["made_at"],
            received_at=now,
            accepted=counts[0],
            already=counts[1],
            rejected=counts[2],
            late=late,
            summary=file.summary(),
            content=file.data,
            ack=ack,
        )
        files.store(connection, place.site_id, row, caught_up=_is_caught_up(manifest, row.summary))
        if place.has_forks:
            forks.settle_taken(connection, place.site_id, sha256, now)
        return Receipt(ack, False, *counts)


def _opened(data: bytes) -> OpenedFile:
    """Return a file with a verified signature.

    An instant at the edge of the calendar could be stored and never be shown.

    Raises BundleRefused like `open_bundle_envelope`.
    """
    opened = open_bundle_envelope(data)
    if not is_storable(opened.manifest["made_at"]):
        raise BundleRefused("bundle_manifest", part="made_at")
    return opened


def _other_content(connection: Connection, place: Place, manifest: Mapping[str, Any]) -> str | None:
    """Return the digest that a fork conflicts with, or None for the next file.

    Raises BundleRefused `bundle_gap` for a file before its predecessor.
    """
    sequence, last = manifest["sequence"], place.last_sequence or 0
    if sequence > last + 1:
        raise BundleRefused("bundle_gap", epoch=manifest["epoch"], expected_sequence=last + 1)
    if sequence == last + 1:
        return None if manifest["previous"] == place.last_manifest else place.last_manifest or ""
    return files.file_in_order(connection, place.site_id, manifest["epoch"], sequence) or ""


def _is_caught_up(manifest: Mapping[str, Any], summary: Mapping[str, Any]) -> bool:
    """Return whether a file ends with the last record that the office had."""
    last = summary.get("last_record")
    return type(last) is int and (manifest["record_to"] or 0) >= last


def _known_receipt(place: Place) -> Receipt:
    return Receipt(bytes(place.ack or b""), True, place.accepted or 0, place.already or 0, place.rejected or 0)


def _knock(manifest: Mapping[str, Any], now: datetime) -> KnockRow:
    return KnockRow(
        public_key=manifest["public_key"],
        agency_code=manifest["agency_code"],
        office=manifest["office"],
        workstation=manifest["workstation"],
        training=manifest["training"],
        first_at=now,
        last_at=now,
        times=1,
    )
