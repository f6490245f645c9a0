"""Files that a person carries: any number, in any order."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from app.sync.bundle import open_bundle_envelope
from app.sync.errors import BundleRefused
from hub.errors import Busy, Refused
from hub.files import read_file, write_file
from hub.ingest.intake import Intake, Receipt

ACK_SUFFIX = ".mcack"


class Carried(NamedTuple):
    """A file by the manifest it claims; unverified, for its order alone."""

    name: str
    manifest: dict[str, Any]

    @property
    def public_key(self) -> str:
        """Key of the sender; empty for an unreadable file."""
        return str(self.manifest.get("public_key", ""))

    @property
    def epoch(self) -> str:
        """Epoch of the file."""
        return str(self.manifest.get("epoch", ""))

    @property
    def sequence(self) -> int:
        """Number within the epoch."""
        return int(self.manifest.get("sequence", 0))

    @property
    def made_at(self) -> datetime:
        """When the office made it."""
        text = self.manifest.get("made_at")
        return datetime.max.replace(tzinfo=UTC) if text is None else datetime.fromisoformat(text)


class Ingested(NamedTuple):
    """The answer to a carried file, and why it was refused.

    `refused` of a received file is why its answer could not be written; the next call writes it.
    """

    answer: dict[str, Any]
    refused: BundleRefused | Refused | None = None


def ingest_files(intake: Intake, names: Iterable[str], acks: str | None, now: datetime) -> Iterator[Ingested]:
    """Receive files and yield one answer each.

    They are taken by sender, then epoch, then sequence. An epoch that began earlier comes first, by its first file's
    own time. The answer is written beside the file, or into the folder `acks`. One refused file stops no other one.

    Raises Busy, because no later file could be received either.
    """
    files = [_carried(name) for name in dict.fromkeys(names)]
    begun: dict[str, datetime] = {}
    for file in files:
        begun[file.epoch] = min(begun.get(file.epoch, file.made_at), file.made_at)
    for file in sorted(files, key=lambda file: (file.public_key, begun[file.epoch], file.epoch, file.sequence)):
        yield _ingest(intake, file, acks, now)


def _ingest(intake: Intake, carried: Carried, acks: str | None, now: datetime) -> Ingested:
    try:
        receipt = intake.receive(read_file(carried.name), now)
    except Busy:
        raise
    except (BundleRefused, Refused) as refused:
        return Ingested(_answer(carried, "refused", refused.code, None) | _conflict(refused), refused)
    result, path = "again" if receipt.again else "accepted", Path(carried.name)
    try:
        write_file((path.parent if acks is None else Path(acks)) / f"{path.stem}{ACK_SUFFIX}", receipt.ack)
    except Refused as unwritable:
        return Ingested(_answer(carried, result, unwritable.code, receipt), unwritable)
    return Ingested(_answer(carried, result, None, receipt))


def _answer(carried: Carried, result: str, code: str | None, receipt: Receipt | None) -> dict[str, Any]:
    manifest = carried.manifest
    return {
        "file": carried.name,
        "result": result,
        "code": code,
        "agency_code": manifest.get("agency_code"),
        "workstation": manifest.get("workstation"),
        "sequence": manifest.get("sequence"),
        "accepted": receipt.accepted if receipt else 0,
        "already": receipt.already if receipt else 0,
        "rejected": receipt.rejected if receipt else 0,
    }


def _conflict(refused: BundleRefused | Refused) -> dict[str, Any]:
    """Return what the sender of a misplaced or newer file must know."""
    names = ("epoch", "expected_sequence", "fork", "settled", "known")
    return {name: refused.values[name] for name in names if name in refused.values}


def _carried(name: str) -> Carried:
    try:
        manifest = open_bundle_envelope(read_file(name)).manifest
    except (BundleRefused, Refused):
        manifest = {}
    return Carried(name, manifest)
