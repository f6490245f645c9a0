"""Typed rows of the statements on what is sent."""

from datetime import datetime
from typing import NamedTuple


class BundleHeadRow(NamedTuple):
    """Sequence and manifest digest of a sync file."""

    sequence: int
    manifest_sha256: str


class BundleRow(NamedTuple):
    """A sync file; `content` is None once it was dropped.

    `sent_at` is when it first left this machine.
    """

    sequence: int
    records: int
    content: bytes | None
    sent_at: datetime | None


class KeptFileRow(NamedTuple):
    """A sync file whose content is stored.

    `state` is `waiting`, `sent` or `confirmed`.
    """

    sequence: int
    records: int
    state: str


class AnsweredFileRow(NamedTuple):
    """Manifest digest of a sync file and the stored answer to it."""

    manifest_sha256: str
    answer: bytes | None


class SentFileRow(NamedTuple):
    """A sync file in the list of files.

    `state` is `waiting`, `sent` or `confirmed`. `last_trouble` is the code of the last failed try.
    """

    epoch: str
    sequence: int
    records: int
    state: str
    tries: int
    last_trouble: str | None


class DossierSyncRow(NamedTuple):
    """A dossier with its sync state.

    `sequence` is the file of its newest record, or of its rejected one.
    """

    code: str
    state: str
    reason: str | None
    sequence: int | None


class SyncCountsRow(NamedTuple):
    """Numbers of dossiers in each sync state."""

    waiting: int
    sent: int
    confirmed: int
    rejected: int


class RejectedRow(NamedTuple):
    """A dossier rejected by the receiver."""

    code: str
    reason: str | None
