"""Forks: two different files with the same number."""

from datetime import datetime
from typing import NamedTuple

from hub.storage.database import Connection


class ForkKey(NamedTuple):
    """Identity of a fork: the number and both contents."""

    site_id: int
    epoch: str
    sequence: int
    known_sha256: str
    found_sha256: str


class ForkRow(NamedTuple):
    """A fork on record."""

    number: int
    site_id: int
    agency_code: str
    name: str
    epoch: str
    sequence: int
    known_sha256: str
    found_sha256: str
    first_at: datetime
    last_at: datetime
    times: int
    settled: str | None
    settled_at: datetime | None
    settled_by: str | None
    note: str | None


_FORK = """
    SELECT f.number, f.site_id, s.agency_code, s.name, f.epoch::text, f.sequence, f.known_sha256, f.found_sha256,
        f.first_at, f.last_at, f.times, f.settled, f.settled_at, f.settled_by, f.note
    FROM fork f JOIN sender s USING (site_id)
"""


def record(connection: Connection, key: ForkKey, content: bytes, now: datetime) -> tuple[int, str | None]:
    """Record a fork, or count it once more; return its number and settlement."""
    row = connection.execute(
        "INSERT INTO fork (number, site_id, epoch, sequence, known_sha256, found_sha256, first_at, last_at, times,"
        " content) VALUES (nextval('fork_number'), %s, %s, %s, %s, %s, %s, %s, 1, %b)"
        " ON CONFLICT (site_id, epoch, sequence, found_sha256) DO UPDATE SET last_at = excluded.last_at,"
        " times = fork.times + 1 RETURNING number, settled",
        (*key, now, now, content),
    ).fetchone()
    assert row is not None  # the statement returns the row that it wrote
    return int(row[0]), row[1]


def all_forks(connection: Connection) -> list[ForkRow]:
    """Return every fork, open ones first, then the newest first."""
    rows = connection.execute(_FORK.encode() + b" ORDER BY f.settled IS NOT NULL, f.number DESC")
    return [ForkRow(*row) for row in rows]


def fork(connection: Connection, number: int) -> ForkRow | None:
    """Return a fork by its number."""
    rows = connection.execute(_FORK.encode() + b" WHERE f.number = %s", (number,))
    return next((ForkRow(*row) for row in rows), None)


def content_of(connection: Connection, row: ForkRow) -> bytes:
    """Return the bytes of the other file."""
    statement = "SELECT content FROM fork WHERE site_id = %s AND number = %s"
    return next(bytes(content) for (content,) in connection.execute(statement, (row.site_id, row.number), binary=True))


def settle(connection: Connection, row: ForkRow, choice: str, note: str, actor: str, now: datetime) -> None:
    """Record a person's decision: `known` or `found`."""
    connection.execute(
        "UPDATE fork SET settled = %s, note = %s, settled_by = %s, settled_at = %s WHERE site_id = %s AND number = %s",
        (choice, note, actor, now, row.site_id, row.number),
    )


def settle_taken(connection: Connection, site_id: int, manifest_sha256: str, now: datetime) -> None:
    """Settle the open forks whose other file was accepted after all."""
    connection.execute(
        "UPDATE fork SET settled = 'found', settled_at = %s WHERE site_id = %s AND found_sha256 = %s"
        " AND settled IS NULL",
        (now, site_id, manifest_sha256),
    )
