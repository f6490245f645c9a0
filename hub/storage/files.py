"""Files as they were received, and their order within an epoch."""

from datetime import datetime
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb

from hub.storage.database import Connection


class Place(NamedTuple):
    """What the receiver knows of a sender, an epoch and one file.

    `last_sequence`, `last_manifest` and `first_place` are None for an epoch that has no file. `ack` is the stored
    answer if exactly this file is stored.
    """

    site_id: int
    agency_code: str
    agency_codes: list[str]
    blocked_at: datetime | None
    last_place: int
    newest_epoch: str | None
    last_sequence: int | None
    last_manifest: str | None
    first_place: int | None
    caught_up_at: datetime | None
    ack: bytes | None
    accepted: int | None
    already: int | None
    rejected: int | None
    has_rejections: bool


class FileRow(NamedTuple):
    """A file to store; the columns of the table `file` after `site_id`."""

    place: int
    epoch: str
    sequence: int
    manifest_sha256: str
    agency_code: str
    workstation: int
    made_at: str
    received_at: datetime
    accepted: int
    already: int
    rejected: int
    late: bool
    summary: dict[str, Any]
    content: bytes
    ack: bytes


_LOOK = """
    SELECT s.site_id, s.agency_code,
        ARRAY(SELECT a.agency_code FROM sender_agency a WHERE a.site_id = s.site_id),
        s.blocked_at, s.last_place, s.epoch::text, e.last_sequence, e.last_manifest, e.first_place, e.caught_up_at,
        f.ack, f.accepted, f.already, f.rejected,
        EXISTS (SELECT FROM rejection r WHERE r.site_id = s.site_id AND r.corrected_at IS NULL)
    FROM sender s
    LEFT JOIN epoch e ON e.site_id = s.site_id AND e.epoch = %s
    LEFT JOIN file f ON f.site_id = s.site_id AND f.manifest_sha256 = %s
    WHERE s.public_key = %s
"""


def look(connection: Connection, public_key: str, epoch: str, manifest_sha256: str) -> Place | None:
    """Return what is known of a file's sender, epoch and content, or None."""
    rows = connection.execute(_LOOK, (epoch, manifest_sha256, public_key))
    return next((Place(*row) for row in rows), None)


def lock_sender(connection: Connection, public_key: str) -> None:
    """Lock the sender's row until the end of the transaction.

    Read afterwards, in a statement of its own, so that it sees what the previous holder committed.
    """
    connection.execute("SELECT FROM sender WHERE public_key = %s FOR UPDATE", (public_key,))


def file_in_order(connection: Connection, site_id: int, epoch: str, sequence: int) -> str | None:
    """Return the manifest digest of the file with this number, or None."""
    row = connection.execute(
        "SELECT manifest_sha256 FROM file WHERE site_id = %s AND epoch = %s AND sequence = %s AND displaced_at IS NULL",
        (site_id, epoch, sequence),
    ).fetchone()
    return None if row is None else str(row[0])


def displace(connection: Connection, site_id: int, epoch: str, sequence: int, now: datetime) -> None:
    """Take the files from this number on out of the order of their epoch.

    They stay on record with their answers.
    """
    connection.execute(
        "UPDATE file SET displaced_at = %s"
        " WHERE site_id = %s AND epoch = %s AND sequence >= %s AND displaced_at IS NULL",
        (now, site_id, epoch, sequence),
    )


def store(connection: Connection, site_id: int, row: FileRow) -> None:
    """Store a file with its answer."""
    connection.execute(
        "INSERT INTO file (site_id, place, epoch, sequence, manifest_sha256, agency_code, workstation, made_at,"
        " received_at, accepted, already, rejected, late, summary, content, ack)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %b, %b)",
        (site_id, *row[:12], Jsonb(row.summary), row.content, row.ack),
    )


def advance(connection: Connection, site_id: int, row: FileRow, *, caught_up: bool) -> None:
    """Record a stored file as the last one of its sender and its epoch.

    A new epoch becomes the newest one. `caught_up` is set once the records of the epoch are complete.
    """
    connection.execute(
        "INSERT INTO epoch AS e (site_id, epoch, last_sequence, last_manifest, first_place, begun_at, caught_up_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (site_id, epoch) DO UPDATE"
        " SET last_sequence = excluded.last_sequence, last_manifest = excluded.last_manifest,"
        " caught_up_at = coalesce(e.caught_up_at, excluded.caught_up_at)",
        (
            *(site_id, row.epoch, row.sequence, row.manifest_sha256, row.place, row.received_at),
            row.received_at if caught_up else None,
        ),
    )
    connection.execute(
        "UPDATE sender SET last_place = %s, heard_at = %s, workstation = %s,"
        " epoch = CASE WHEN %s THEN epoch ELSE %s END WHERE site_id = %s",
        (row.place, row.received_at, row.workstation, row.late, row.epoch, site_id),
    )


def content_of(connection: Connection, site_id: int, place: int) -> bytes | None:
    """Return the bytes of a stored file."""
    row = connection.execute(
        "SELECT content FROM file WHERE site_id = %s AND place = %s", (site_id, place), binary=True
    ).fetchone()
    return None if row is None else bytes(row[0])
