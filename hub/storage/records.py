"""Records and rejections, written by COPY."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import psycopg

from hub.storage.database import Connection


class RecordRow(NamedTuple):
    """A record to store; the columns of the table `record` after `site_id`.

    `payload` is JSON text. The four state columns are None for a record that moves no state.
    """

    id: str
    place: int
    line: int
    workstation: int
    sequence: int
    type: str
    schema: int
    occurred_at: str
    entered_at: str
    actor: str
    dossier: str | None
    hash: str
    occurred_day: str
    status: str | None
    outcome: str | None
    due_day: str | None
    closed_day: str | None
    payload: str


class RejectionRow(NamedTuple):
    """A rejected record; the columns of the table `rejection` after `site_id`."""

    place: int
    line: int
    id: str
    sequence: int
    type: str
    dossier: str | None
    reason: str
    rejected_at: datetime


class DatabaseRejects(Exception):
    """The database cannot store these rows; nothing of them was stored."""


class KnownRecords(Exception):
    """A record among these is stored already; nothing of them was stored."""


_UNSTORABLE = (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.ProgramLimitExceeded)
_COPY_RECORDS = (
    "COPY record (site_id, id, place, line, workstation, sequence, type, schema, occurred_at, entered_at, actor,"
    " dossier, hash, occurred_day, status, outcome, due_day, closed_day, payload) FROM STDIN"
)
_NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def known_hashes(connection: Connection, site_id: int, ids: Sequence[str]) -> dict[str, str]:
    """Return the digests of the stored records among these ids."""
    statement = "SELECT id::text, encode(hash, 'hex') FROM record WHERE site_id = %s AND id = ANY(%s::uuid[])"
    return dict(connection.execute(statement, (site_id, list(ids))).fetchall())


def insert(connection: Connection, site_id: int, slices: Iterable[Sequence[RecordRow]]) -> None:
    """Store records by one COPY, in a savepoint of their own.

    The server stores a slice while the next one is decided.

    Raises DatabaseRejects if the database cannot store one of them, KnownRecords if one is stored already.
    """
    try:
        with connection.transaction(), connection.cursor() as cursor, cursor.copy(_COPY_RECORDS) as copy:
            for rows in slices:
                copy.write("".join([_record_line(site_id, row) for row in rows]))
    except psycopg.errors.UniqueViolation as error:
        raise KnownRecords from error
    except _UNSTORABLE as error:
        raise DatabaseRejects from error


def can_store(connection: Connection, site_id: int, rows: Sequence[RecordRow]) -> bool:
    """Return whether the database can store these records; none is stored."""
    try:
        with connection.transaction(force_rollback=True):
            insert(connection, site_id, [rows])
    except DatabaseRejects:
        return False
    return True


def move(connection: Connection, site_id: int, rows: Sequence[RecordRow]) -> None:
    """Move records that were stored before to their place in a newer file."""
    if not rows:
        return
    connection.execute(
        "UPDATE record r SET place = n.place, line = n.line, status = n.status, outcome = n.outcome,"
        " due_day = n.due_day, closed_day = n.closed_day"
        " FROM unnest(%s::uuid[], %s::bigint[], %s::integer[], %s::text[], %s::text[], %s::date[], %s::date[])"
        " AS n (id, place, line, status, outcome, due_day, closed_day) WHERE r.site_id = %s AND r.id = n.id",
        (
            [row.id for row in rows],
            [row.place for row in rows],
            [row.line for row in rows],
            [row.status for row in rows],
            [row.outcome for row in rows],
            [row.due_day for row in rows],
            [row.closed_day for row in rows],
            site_id,
        ),
    )


def insert_rejections(connection: Connection, site_id: int, rows: Iterable[RejectionRow]) -> None:
    """Store rejected records."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO rejection (site_id, place, line, id, sequence, type, dossier, reason, rejected_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [(site_id, *row) for row in rows],
        )


def correct_rejections(connection: Connection, site_id: int, place: int, codes: Sequence[str], now: datetime) -> None:
    """Close the earlier rejections of dossiers with an accepted record."""
    connection.execute(
        "UPDATE rejection SET corrected_at = %s"
        " WHERE site_id = %s AND dossier = ANY(%s) AND corrected_at IS NULL AND place < %s",
        (now, site_id, list(codes), place),
    )


def _record_line(site_id: int, row: RecordRow) -> str:
    """Return a record in the text format of COPY.

    Only texts that a sender chose can have characters to escape; in JSON these are backslashes alone.
    """
    payload = row.payload.replace("\\", "\\\\")
    dossier = "\\N" if row.dossier is None else escaped(row.dossier)
    return (
        f"{site_id}\t{row.id}\t{row.place}\t{row.line}\t{row.workstation}\t{row.sequence}\t{escaped(row.type)}"
        f"\t{row.schema}\t{row.occurred_at}\t{row.entered_at}\t{escaped(row.actor)}\t{dossier}"
        f"\t\\\\x{row.hash}\t{row.occurred_day}\t{row.status or _NULL}\t{row.outcome or _NULL}"
        f"\t{row.due_day or _NULL}\t{row.closed_day or _NULL}\t{payload}\n"
    )


def escaped(text: str) -> str:
    """Return text for COPY."""
    return text if text.isprintable() and "\\" not in text else text.translate(_ESCAPES)
