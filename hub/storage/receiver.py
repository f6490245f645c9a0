"""The row that describes this receiver, and administrative acts."""

from datetime import datetime
from typing import NamedTuple

from hub.errors import Refused
from hub.storage import schema
from hub.storage.database import Connection, Database, scalar


class Receiver(NamedTuple):
    """This receiver: its kind and its two public keys."""

    schema: int
    training: bool
    distributed: bool
    receiver_signs: str
    receiver_key: str


class ActRow(NamedTuple):
    """One administrative act."""

    at: datetime
    actor: str
    act: str
    subject: str
    note: str | None


def open_receiver(database: Database) -> Receiver:
    """Return the description of this receiver.

    Raises Refused `hub_empty` before `init`, `hub_newer` for tables of another version; Busy.
    """
    with database.connection() as connection:
        return read_receiver(connection)


def exists(connection: Connection) -> bool:
    """Return whether the database has a receiver."""
    return bool(scalar(connection, "SELECT to_regclass('receiver') IS NOT NULL"))


def read_receiver(connection: Connection) -> Receiver:
    """Return the description of this receiver.

    Raises Refused `hub_empty`, `hub_newer`.
    """
    if not exists(connection):
        raise Refused("hub_empty")
    version = scalar(connection, "SELECT schema FROM receiver")
    if version != schema.SCHEMA:
        raise Refused("hub_newer", tables=version, known=schema.SCHEMA)
    statement = "SELECT schema, training, distributed, receiver_signs, receiver_key FROM receiver"
    return next(Receiver(*row) for row in connection.execute(statement))


def create_receiver(connection: Connection, receiver: Receiver, now: datetime) -> None:
    """Create the tables and their first row, in the caller's transaction.

    Raises Refused `hub_exists` if the database has a receiver.
    """
    connection.execute("SELECT pg_advisory_xact_lock(hashtext('motcua hub init'))")
    if exists(connection):
        raise Refused("hub_exists")
    schema.create(connection, distributed=receiver.distributed)
    connection.execute(
        "INSERT INTO receiver (schema, training, distributed, receiver_signs, receiver_key, made_at)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        (*receiver, now),
    )


def record_act(
    connection: Connection, now: datetime, actor: str, act: str, subject: str, note: str | None = None
) -> None:
    """Record the act of a person, such as `enrol` or `settle`."""
    connection.execute(
        "INSERT INTO act (at, actor, act, subject, note) VALUES (%s, %s, %s, %s, %s)", (now, actor, act, subject, note)
    )


def recent_acts(connection: Connection, limit: int) -> list[ActRow]:
    """Return the newest acts first."""
    statement = "SELECT at, actor, act, subject, note FROM act ORDER BY number DESC LIMIT %s"
    return [ActRow(*row) for row in connection.execute(statement, (limit,))]
