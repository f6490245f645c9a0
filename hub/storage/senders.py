"""Senders, their agency codes, and keys that are not enrolled."""

from datetime import datetime
from typing import NamedTuple

from hub.storage.database import Connection

MAX_KNOCKS = 10_000
"""Unknown keys on record. Without a limit anyone could fill the table."""


class SenderRow(NamedTuple):
    """An enrolled key.

    `agency_codes` are all codes under which it was ever enrolled; `agency_code` is the present one.
    """

    site_id: int
    public_key: str
    agency_code: str
    name: str
    workstation: int | None
    enrolled_at: datetime
    blocked_at: datetime | None
    block_note: str | None
    heard_at: datetime | None
    files: int
    agency_codes: list[str]


class KnockRow(NamedTuple):
    """A key that sent a file and is not enrolled under its agency code."""

    public_key: str
    agency_code: str
    office: str
    workstation: int
    training: bool
    first_at: datetime
    last_at: datetime
    times: int


_SENDER = """
    SELECT s.site_id, s.public_key, s.agency_code, s.name, s.workstation, s.enrolled_at, s.blocked_at, s.block_note,
        s.heard_at, s.last_place, ARRAY(SELECT a.agency_code FROM sender_agency a WHERE a.site_id = s.site_id)
    FROM sender s
"""


def enrol(connection: Connection, public_key: str, agency_code: str, name: str | None, now: datetime) -> bool:
    """Enrol a key under an agency code; lift a block.

    An enrolled key keeps its history and gets the code as its present one. Returns whether the key was new.
    """
    row = connection.execute(
        "INSERT INTO sender (public_key, agency_code, name, enrolled_at) VALUES (%s, %s, coalesce(%s, %s), %s)"
        " ON CONFLICT (public_key) DO UPDATE SET agency_code = excluded.agency_code, blocked_at = NULL,"
        " block_note = NULL, name = coalesce(%s, sender.name) RETURNING site_id, xmax = 0",
        (public_key, agency_code, name, agency_code, now, name),
    ).fetchone()
    assert row is not None  # the statement returns the row that it wrote
    connection.execute(
        "INSERT INTO sender_agency (site_id, agency_code, since) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        (row[0], agency_code, now),
    )
    connection.execute("DELETE FROM knock WHERE public_key = %s AND agency_code = %s", (public_key, agency_code))
    return bool(row[1])


def block(connection: Connection, public_key: str, note: str, now: datetime) -> bool:
    """Block a key; return whether it is enrolled."""
    statement = "UPDATE sender SET blocked_at = %s, block_note = %s WHERE public_key = %s"
    return connection.execute(statement, (now, note, public_key)).rowcount == 1


def all_senders(connection: Connection) -> list[SenderRow]:
    """Return every sender by agency code and name."""
    rows = connection.execute(_SENDER.encode() + b" ORDER BY s.agency_code, s.name, s.site_id")
    return [SenderRow(*row) for row in rows]


def agency_names(connection: Connection) -> dict[str, str]:
    """Return the name of each agency by its code."""
    return {row.agency_code: row.name for row in all_senders(connection)}


def sender_of_key(connection: Connection, public_key: str) -> SenderRow | None:
    """Return the sender of a key."""
    rows = connection.execute(_SENDER.encode() + b" WHERE s.public_key = %s", (public_key,))
    return next((SenderRow(*row) for row in rows), None)


def sender_of_site(connection: Connection, site_id: int) -> SenderRow | None:
    """Return the sender of a site."""
    rows = connection.execute(_SENDER.encode() + b" WHERE s.site_id = %s", (site_id,))
    return next((SenderRow(*row) for row in rows), None)


def record_knock(connection: Connection, knock: KnockRow) -> None:
    """Record a file of a key that is not enrolled.

    A new key beyond `MAX_KNOCKS` is not recorded.
    """
    connection.execute(
        "INSERT INTO knock (public_key, agency_code, office, workstation, training, first_at, last_at, times)"
        " SELECT %s, %s, %s, %s, %s, %s, %s, %s"
        " WHERE (SELECT count(*) FROM knock) < %s OR EXISTS"
        " (SELECT FROM knock WHERE public_key = %s AND agency_code = %s)"
        " ON CONFLICT (public_key, agency_code) DO UPDATE SET office = excluded.office,"
        " workstation = excluded.workstation, training = excluded.training, last_at = excluded.last_at,"
        " times = knock.times + 1",
        (*knock, MAX_KNOCKS, knock.public_key, knock.agency_code),
    )


def all_knocks(connection: Connection) -> list[KnockRow]:
    """Return the keys that are not enrolled, the newest first."""
    statement = (
        "SELECT public_key, agency_code, office, workstation, training, first_at, last_at, times FROM knock"
        " ORDER BY last_at DESC, public_key"
    )
    return [KnockRow(*row) for row in connection.execute(statement)]
