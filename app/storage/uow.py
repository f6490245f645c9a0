"""One unit of work per use case: what it wrote is kept only if it commits; nothing is open across a wait."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Executable, Row

from app.storage.database import Database
from app.storage.error_mapping import map_errors_to_fault

_T = TypeVar("_T")


class Reading:
    """Questions to one unchanging view of the database. Statements live in this room; use cases pass the unit on."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`: the few places where they differ ask."""
        return self._connection.dialect.name

    @property
    def cache_key(self) -> object:
        """Which open database is asked: what never changes in it may be remembered for as long as it is open."""
        return self._connection.engine

    def rows(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """All rows."""
        return self._connection.execute(statement, values).fetchall()

    def row(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Row[Any] | None:
        """The first row, or None."""
        return self._connection.execute(statement, values).first()

    def value(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Any:
        """The first column of the first row, or None."""
        return self._connection.execute(statement, values).scalar()

    def typed_rows(
        self, make: Callable[[Row[Any]], _T], statement: Executable, values: Mapping[str, Any] | None = None
    ) -> list[_T]:
        """Return all rows, each converted by `make`, a constructor of `app.storage.rows`."""
        return list(map(make, self.rows(statement, values)))

    def typed_row(
        self, make: Callable[[Row[Any]], _T], statement: Executable, values: Mapping[str, Any] | None = None
    ) -> _T | None:
        """Return the first row, converted by `make`, or None."""
        row = self.row(statement, values)
        return None if row is None else make(row)

    def typed_stream(self, make: Callable[[Row[Any]], _T], statement: Executable) -> Iterator[_T]:
        """Yield rows one by one, for results that may not fit in memory."""
        return map(make, self._connection.execution_options(yield_per=2000).execute(statement))


class Writing(Reading):
    """A reading unit that may also write. Rolled back unless `commit` was called. `newest_event` is the last one it
    appended to the journal, told to the witness once it is on the disk."""

    def __init__(self, connection: Connection, database: Database) -> None:
        super().__init__(connection)
        self.newest_event = 0
        self._database = database

    def write(
        self, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        """Carry out an insert, update or delete."""
        return self._connection.execute(statement, values)

    def commit(self) -> None:
        """Keep everything written so far; on return it is on the disk, in the file of the office's name."""
        self._connection.commit()
        self._database.refuse_if_moved()
        if self.newest_event and self._database.rollback_guard is not None:
            self._database.rollback_guard.record(self.newest_event)


@contextmanager
def reading(database: Database) -> Iterator[Reading]:
    """A reading unit, given back at the end.

    Raises Fault for the machine's troubles.
    """
    with map_errors_to_fault(), database.read_engine.connect() as connection:
        yield Reading(connection)


@contextmanager
def writing(database: Database) -> Iterator[Writing]:
    """A writing unit: waits for other writers at its start, so that whoever asks the hour inside asks it in turn;
    rolled back at its end unless committed.

    Raises Fault for the machine's troubles; then nothing was written.
    """
    with map_errors_to_fault(), database.write_engine.connect() as connection:
        connection.begin()
        database.refuse_if_moved()
        yield Writing(connection, database)
