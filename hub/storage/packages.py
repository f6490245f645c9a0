"""Packages for offices."""

from datetime import datetime
from typing import NamedTuple

from hub.storage.database import Connection, scalar

ANY_AGENCY = "*"


class PackageRow(NamedTuple):
    """A package without its bytes; `size` is in bytes."""

    number: int
    kind: str
    agency: str
    title: str
    made_at: datetime
    size: int


_COLUMNS = b"SELECT number, kind, agency, title, made_at, length(content) FROM package"


def next_number(connection: Connection) -> int:
    """Return the number of the next package; locks the numbers until commit."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtext('motcua hub package'))")
    return int(scalar(connection, "SELECT coalesce(max(number), 0) + 1 FROM package"))


def store(connection: Connection, row: PackageRow, content: bytes) -> None:
    """Store a package."""
    connection.execute(
        "INSERT INTO package (number, kind, agency, title, made_at, content) VALUES (%s, %s, %s, %s, %s, %b)",
        (*row[:5], content),
    )


def all_packages(connection: Connection) -> list[PackageRow]:
    """Return every package, the newest first."""
    return [PackageRow(*row) for row in connection.execute(_COLUMNS + b" ORDER BY number DESC")]


def packages_for(connection: Connection, agency: str, after: int) -> list[PackageRow]:
    """Return the packages for an agency above a number, in order."""
    statement = _COLUMNS + b" WHERE number > %s AND agency IN (%s, %s) ORDER BY number"
    return [PackageRow(*row) for row in connection.execute(statement, (after, ANY_AGENCY, agency))]


def content_for(connection: Connection, agency: str, number: int) -> bytes | None:
    """Return the bytes of a package, if it is for the agency."""
    statement = "SELECT content FROM package WHERE number = %s AND agency IN (%s, %s)"
    rows = connection.execute(statement, (number, ANY_AGENCY, agency), binary=True)
    return next((bytes(content) for (content,) in rows), None)
