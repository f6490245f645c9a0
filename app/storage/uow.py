"""Units of work: one per use case, rolled back unless committed.

No unit of work stays open while the program waits for a network, a printer or a person.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, CursorResult, Dialect, Executable, Row, Table, insert

from app.models.errors import Refusal
from app.storage.database import Database
from app.storage.error_mapping import map_errors_to_fault
from app.storage.seals.write import seal_changes, watch_sealed_tables
from app.storage.writers import Writers

_T = TypeVar("_T")
_Unit = TypeVar("_Unit", bound="Writing")
_TURN_ROWS = 50


class Reading:
    """A unit of work that reads one consistent snapshot of the database.

    Only app/storage executes statements; use cases pass the unit on.
    """

    def __init__(self, connection: Connection, writers: Writers | None = None) -> None:
        self._connection, self._writers = connection, writers

    def give_way(self) -> None:
        """Let units of work that write go first, between two steps."""
        if self._writers is not None:
            self._writers.give_way()

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._connection.dialect.name

    @property
    def cache_key(self) -> object:
        """Key of the open database, for caches of data that never change."""
        return self._connection.engine

    def rows(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """Return all rows."""
        return self._connection.execute(statement, values).fetchall()

    def row(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Row[Any] | None:
        """Return the first row, or None."""
        return self._connection.execute(statement, values).first()

    def value(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Any:
        """Return the first column of the first row, or None."""
        return self._connection.execute(statement, values).scalar()

    def typed_rows(
        self, make: Callable[[Row[Any]], _T], statement: Executable, values: Mapping[str, Any] | None = None
    ) -> list[_T]:
        """Return all rows, each converted by `make`.

        `make` is a constructor of a row type, such as `DossierRow._make`.
        """
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

    def typed_rows_in_turns(
        self, make: Callable[[Row[Any]], _T], statement: Executable, values: Mapping[str, Any]
    ) -> list[_T]:
        """Return all rows of a long result, and give way to writers meanwhile."""
        result, rows = self._connection.execute(statement, values), list[_T]()
        while part := result.fetchmany(_TURN_ROWS):
            rows += map(make, part)
            self.give_way()
        return rows


class Writing(Reading):
    """A unit of work that also writes; rolled back unless `commit` is called.

    `newest_event` is the id of the last event it appended to the journal, 0 for none, `newest_hash` that event's hash.
    The rollback guard records them after the commit.
    """

    def __init__(self, connection: Connection, database: Database) -> None:
        super().__init__(connection)
        self.newest_event, self.newest_hash = 0, ""
        self._database = database

    def write(
        self, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        """Execute an insert, update or delete."""
        return self._connection.execute(statement, values)

    def write_rows(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert many rows, which all have the columns of the first.

        A thousand rows take a third of the time of `write`, because values are converted by column.
        """
        self.write_columns(table, {name: [row[name] for row in rows] for name in rows[0]})

    def write_columns(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
        """Insert many rows, given as the values of each column."""
        dialect = self._connection.dialect
        names = [column.name for column in table.columns if column.name in columns]
        statement = str(insert(table).compile(dialect=dialect, column_keys=names))
        stored = [_stored(table.c[name], columns[name], dialect) for name in names]
        self._connection.exec_driver_sql(statement, list(zip(*stored, strict=True)))

    def commit(self) -> None:
        """Seal the written rows and commit; on return the changes are durable.

        Raises Fault `database_moved`.
        """
        seal_changes(self._connection)
        self._connection.commit()
        self._database.refuse_if_moved()
        if self.newest_event and self._database.rollback_guard is not None:
            self._database.rollback_guard.record(self.newest_event, self.newest_hash)


def _stored(column: Column[Any], values: Sequence[Any], dialect: Dialect) -> Sequence[Any]:
    """Return the values of a column as the driver takes them."""
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    return values if process is None else list(map(process, values))


class DeferredWriting(Writing):
    """A unit of work whose use case does not decide the moment of its commit.

    `commit` marks the unit as complete, `finish` commits a complete one. A step outside the database can be taken
    between the two, once every check of the use case has passed.
    """

    def __init__(self, connection: Connection, database: Database) -> None:
        super().__init__(connection, database)
        self._is_complete = False

    def commit(self) -> None:
        """Mark the unit as complete."""
        self._is_complete = True

    def finish(self) -> None:
        """Commit a complete unit of work.

        Raises Fault `database_moved`.
        """
        if self._is_complete:
            super().commit()


@contextmanager
def reading(database: Database) -> Iterator[Reading]:
    """Open a unit of work that reads; close it at the end.

    Raises Fault for environment errors.
    """
    database.leave_if_space()
    with map_errors_to_fault(database.file), database.read_engine.connect() as connection:
        yield Reading(connection, database.writers)


def writing(database: Database) -> AbstractContextManager[Writing]:
    """Open a unit of work that writes; roll back at the end unless committed.

    It waits for other writers before it starts.
    The caller reads the clock inside, after the write lock is held, so that timestamps are ordered.

    Raises Fault `database_moved` and for environment errors; nothing is then written.
    """
    return _writing(database, Writing)


@contextmanager
def writing_together(database: Database) -> Iterator[Writing]:
    """Open a unit of work like `writing` for several use cases.

    What they committed is committed once, at the end. If one of them raises, nothing is written.
    """
    with _writing(database, DeferredWriting) as work:
        yield work
        work.finish()


@contextmanager
def _writing(database: Database, make: Callable[[Connection, Database], _Unit]) -> Iterator[_Unit]:
    with (
        database.writers.one_more(),
        map_errors_to_fault(database.file),
        database.write_engine.connect() as connection,
    ):
        watch_sealed_tables(connection)
        connection.begin()
        database.refuse_if_moved()
        yield make(connection, database)


@contextmanager
def writing_deferred(database: Database) -> Iterator[DeferredWriting]:
    """Open a unit of work like `writing` whose commit is deferred.

    A Refusal commits a complete unit, because a failed attempt at a password is recorded.

    Raises like `writing`.
    """
    with map_errors_to_fault(database.file), database.write_engine.connect() as connection:
        watch_sealed_tables(connection)
        connection.begin()
        database.refuse_if_moved()
        work = DeferredWriting(connection, database)
        try:
            yield work
        except Refusal:
            work.finish()
            raise
