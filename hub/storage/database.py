"""Connections to the receiver's database.

A pool hands out at most `size` connections. Each is in autocommit mode; `transaction` opens a transaction. Faults of
the server become `Busy`.
"""

import queue
import select
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import errors as pg
from psycopg.rows import TupleRow

from hub.errors import Busy, Refused

Connection = psycopg.Connection[TupleRow]

_CONNECT_SECONDS = 5
_OPTIONS = " ".join(
    (
        "-c statement_timeout=120s",
        "-c lock_timeout=30s",
        "-c idle_in_transaction_session_timeout=120s",
        "-c synchronous_commit=on",
        "-c parallel_setup_cost=100",  # the many groups of a report let the planner choose one process
        "-c parallel_tuple_cost=0.001",
        "-c jit=off",  # compiling a report takes longer than the report
        "-c timezone=Etc/GMT-7",
        "-c client_encoding=UTF8",
    )
)
_BUSY = (
    psycopg.OperationalError,  # includes a full disk, too many connections, a server that starts or stops
    pg.ReadOnlySqlTransaction,  # a standby
    psycopg.InterfaceError,
)


class Database:
    """A pool of connections to one database."""

    def __init__(self, address: str, size: int = 4, wait: float = 30.0) -> None:
        self._address = address
        self._wait = wait
        self._idle: queue.LifoQueue[Connection | None] = queue.LifoQueue()
        for _ in range(size):
            self._idle.put(None)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Hand out a connection in autocommit mode.

        Raises Busy if the server is away or the pool stays empty.
        """
        try:
            connection = self._idle.get(timeout=self._wait)
        except queue.Empty:
            raise Busy("no connection became free") from None
        try:
            with busy_on_faults():
                if connection is None or _is_ended(connection):
                    connection = connect(self._address)
                yield connection
        finally:
            self._idle.put(_usable(connection))

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Hand out a connection inside one transaction, committed at the end.

        Raises Busy.
        """
        with self.connection() as connection, connection.transaction():
            yield connection

    def another(self, size: int) -> "Database":
        """Return a pool of its own connections to the same database."""
        return Database(self._address, size, self._wait)

    def close(self) -> None:
        """Close the idle connections."""
        with suppress(queue.Empty):
            while True:
                connection = self._idle.get_nowait()
                if connection is not None:
                    connection.close()


def connect(address: str) -> Connection:
    """Open a connection.

    Raises psycopg.OperationalError if the server is away; Refused `hub_database` for an address that is none.
    """
    try:
        return psycopg.connect(address, autocommit=True, connect_timeout=_CONNECT_SECONDS, options=_OPTIONS)
    except psycopg.ProgrammingError as error:
        raise Refused("hub_database") from error


@contextmanager
def busy_on_faults() -> Iterator[None]:
    """Turn faults of the server into `Busy`.

    The message keeps the class of the error alone, because its text can have values of rows.
    """
    try:
        yield
    except _BUSY as error:
        raise Busy(f"{type(error).__name__} {error.sqlstate if isinstance(error, psycopg.Error) else ''}") from error


def scalar(connection: Connection, statement: str, *values: Any) -> Any:
    """Return the first column of the only row, or None."""
    row = connection.execute(statement.encode(), values).fetchone()
    return None if row is None else row[0]


def _is_ended(connection: Connection) -> bool:
    """Return whether the server ended an idle connection.

    It then has sent a farewell or closed the socket, so that the socket is readable.
    """
    if connection.closed:
        return True
    readable, _, _ = select.select([connection.fileno()], [], [], 0)
    if readable:
        connection.close()
    return bool(readable)


def _usable(connection: Connection | None) -> Connection | None:
    """Return a connection that may be handed out again, else None."""
    if connection is None or connection.closed or connection.broken:
        return None
    if connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
        connection.close()
        return None
    return connection
