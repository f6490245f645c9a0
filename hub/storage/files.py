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
    has_forks: bool


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


_LOCK = """
    SELECT s.site_id, s.agency_code,
        ARRAY(SELECT a.agency_code FROM sender_agency a WHERE a.site_id = s.site_id),
        s.blocked_at, s.last_place, s.epoch::text
    FROM sender s WHERE s.public_key = %s FOR UPDATE OF s
"""
_LOOK = """
    SELECT e.last_sequence, e.last_manifest, e.first_place, e.caught_up_at, f.ack, f.accepted, f.already, f.rejected,
        EXISTS (SELECT FROM rejection r WHERE r.site_id = %(site)s AND r.corrected_at IS NULL),
        EXISTS (SELECT FROM fork k WHERE k.site_id = %(site)s AND k.settled IS NULL)
    FROM (VALUES (1)) AS one
    LEFT JOIN epoch e ON e.site_id = %(site)s AND e.epoch = %(epoch)s
    LEFT JOIN file f ON f.site_id = %(site)s AND f.manifest_sha256 = %(manifest)s
"""


def lock(connection: Connection, public_key: str, epoch: str, manifest_sha256: str) -> Place | None:
    """Lock a sender until the end of the transaction; return what is known.

    What is known is read in a statement of its own, so that it contains what the previous holder committed. The sender
    is given as a number there, because the server then opens the tables of one partition alone.

    Returns None for a key that is not enrolled.
    """
    sender = connection.execute(_LOCK, (public_key,)).fetchone()
    if sender is None:
        return None
    values = {"site": sender[0], "epoch": epoch, "manifest": manifest_sha256}
    return next(Place(*sender, *row) for row in connection.execute(_LOOK, values))


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


def store(connection: Connection, site_id: int, row: FileRow, *, caught_up: bool) -> None:
    """Store a file with its answer as the last one of its sender and epoch.

    A new epoch becomes the newest one. `caught_up` is set once the records of the epoch are complete. The statements
    travel together.
    """
    with connection.pipeline():
        connection.execute(
            "INSERT INTO file (site_id, place, epoch, sequence, manifest_sha256, agency_code, workstation, made_at,"
            " received_at, accepted, already, rejected, late, summary, content, ack)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %b, %b)",
            (site_id, *row[:12], Jsonb(row.summary), row.content, row.ack),
        )
        connection.execute(
            "INSERT INTO epoch AS e (site_id, epoch, last_sequence, last_manifest, first_place, begun_at,"
            " caught_up_at) VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (site_id, epoch) DO UPDATE"
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
