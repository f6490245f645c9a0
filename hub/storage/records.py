"""Records and rejections, written by COPY."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

import psycopg

from hub.storage.database import Connection


class RecordRow(NamedTuple):
    """A record to store.

    `columns` are the columns from `workstation` to `occurred_day` in the text format of COPY, `payload` is JSON.
    `shown` is `status`, `outcome`, `due_day` and `closed_day`, all None for a record that moves no state.
    """

    id: str
    place: int
    line: int
    columns: bytes
    shown: tuple[str | None, str | None, str | None, str | None]
    payload: bytes


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


class Correction(NamedTuple):
    """A record that corrects the rejections of its dossier before it.

    Rejections in files before place `since` stay open.
    """

    code: str
    line: int
    since: int


class DatabaseRejects(Exception):
    """The database cannot store these rows; nothing of them was stored."""


class KnownRecords(Exception):
    """A record among these is stored already; nothing of them was stored."""


_UNSTORABLE = (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.ProgramLimitExceeded)
_COPY_RECORDS = (
    "COPY record (site_id, id, place, line, workstation, sequence, type, schema, occurred_at, entered_at, actor,"
    " dossier, hash, occurred_day, status, outcome, due_day, closed_day, payload) FROM STDIN"
)
NULL = b"\\N"
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
                copy.write(b"".join([_record_line(site_id, row) for row in rows]))
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
            *(list(values) for values in zip(*(row.shown for row in rows), strict=True)),
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


def correct_rejections(
    connection: Connection, site_id: int, place: int, corrections: Sequence[Correction], now: datetime
) -> None:
    """Close the rejections before lines of the file at `place`."""
    connection.execute(
        "UPDATE rejection r SET corrected_at = %s FROM unnest(%s::text[], %s::integer[], %s::bigint[])"
        " AS n (code, line, since) WHERE r.site_id = %s AND r.dossier = n.code AND r.corrected_at IS NULL"
        " AND (r.place, r.line) < (%s, n.line) AND r.place >= n.since",
        (now, *(list(values) for values in zip(*corrections, strict=True)), site_id, place),
    )


def _record_line(site_id: int, row: RecordRow) -> bytes:
    """Return a record in the text format of COPY.

    In JSON only backslashes need an escape.
    """
    record_id, place, line, columns, shown, payload = row
    return b"%d\t%b\t%d\t%d\t%b\t%b\t%b\n" % (
        *(site_id, record_id.encode(), place, line, columns, _shown_columns(shown), payload.replace(b"\\", b"\\\\")),
    )


@lru_cache(maxsize=10_000)
def _shown_columns(shown: tuple[str | None, ...]) -> bytes:
    return b"\t".join([NULL if value is None else value.encode() for value in shown])


def escaped(text: str) -> str:
    """Return text for COPY."""
    return text if text.isprintable() and "\\" not in text else text.translate(_ESCAPES)
