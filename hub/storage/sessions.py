"""Sessions of the pages, and wrong tries at sign-in."""

from datetime import datetime, timedelta
from typing import NamedTuple

from hub.storage.database import Connection

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
MAX_TRIES = 5
LOCKED_FOR = timedelta(minutes=15)


class SessionRow(NamedTuple):
    """A session with its account."""

    account: str
    role: str
    csrf: str


def begin(connection: Connection, token_sha256: bytes, account: str, csrf: str, now: datetime) -> None:
    """Begin a session; forget wrong tries and sessions that are over."""
    connection.execute("DELETE FROM session WHERE seen_at < %s OR begun_at < %s", (now - IDLE, now - LONGEST))
    connection.execute("UPDATE account SET wrong_tries = 0, locked_until = NULL WHERE name = %s", (account,))
    connection.execute(
        "INSERT INTO session (token_sha256, account, csrf, begun_at, seen_at) VALUES (%s, %s, %s, %s, %s)",
        (token_sha256, account, csrf, now, now),
    )


def visit(connection: Connection, token_sha256: bytes, now: datetime) -> SessionRow | None:
    """Return the session of a token and note the visit, or None.

    An idle session, one that lasted too long, and one of a disabled account are over.
    """
    row = connection.execute(
        "UPDATE session s SET seen_at = %s FROM account a WHERE s.token_sha256 = %s AND a.name = s.account"
        " AND a.active AND s.seen_at >= %s AND s.begun_at >= %s RETURNING a.name, a.role, s.csrf",
        (now, token_sha256, now - IDLE, now - LONGEST),
    ).fetchone()
    return None if row is None else SessionRow(*row)


def end(connection: Connection, token_sha256: bytes) -> None:
    """End a session."""
    connection.execute("DELETE FROM session WHERE token_sha256 = %s", (token_sha256,))


def count_wrong_try(connection: Connection, account: str, now: datetime) -> None:
    """Count a wrong password; lock the account after `MAX_TRIES`."""
    connection.execute(
        "UPDATE account SET wrong_tries = wrong_tries + 1,"
        " locked_until = CASE WHEN wrong_tries + 1 >= %s THEN %s ELSE locked_until END WHERE name = %s",
        (MAX_TRIES, now + LOCKED_FOR, account),
    )
