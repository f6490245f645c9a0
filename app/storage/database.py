"""The office's database file: make it, open it, keep two programs from upgrading it at once, back it up.

A real office's file is encrypted (SQLCipher) with a raw key of 32 bytes, handed in by whoever opens it; a training
office's has none.

Two engines on one file: the writing one begins IMMEDIATE, so that a writer waits at the start and never half-way; the
reading one is deferred and `query_only`, so that a list on the screen never locks intake out."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlcipher3 import dbapi2

from app.disk import replace_file
from app.models.errors import Fault, Refusal
from app.storage.error_mapping import map_errors_to_fault
from app.storage.locks import hold_lock
from app.storage.rollback_guard import RollbackGuard, open_rollback_guard, was_opened_before

FILE_NAME = "motcua.db"
SCHEMA_HEAD = "0002"
"""The newest schema this program knows; a database with another revision is upgraded, or refused when newer."""
_SQLITE_HEADER, _PAGE_SIZE, _MIN_DISTINCT_BYTES = b"SQLite format 3\0", 4096, 230
SAFE_SQLITE = (3, 51, 3)
"""Older SQLite may corrupt a WAL database when it is reset (3.7.0 to 3.51.2)."""
_NO_CIPHER_LOG = "PRAGMA cipher_log_level=NONE"
"""First of all: SQLCipher would else complain on stderr past the program."""
_PRAGMAS = (
    "PRAGMA busy_timeout=15000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
)


class Database:
    """One office's database, open. `writing` and `reading` are its two engines, `key` what it is encrypted with;
    `rollback_guard` writes down outside it what was done."""

    def __init__(self, file: Path, key: bytes | None = None) -> None:
        self.file = file
        self.key = key
        self.rollback_guard: RollbackGuard | None = None
        self.write_engine = _engine(file, key, query_only=False)
        self.read_engine = _engine(file, key, query_only=True)
        self._open_files: tuple[tuple[Path, tuple[int, int] | None], ...] = ()

    def remember_files(self) -> None:
        """Which files the names stand for now that they are open. Windows lets nobody move an open file."""
        if os.name != "nt":
            files = (self.file, self.file.with_name(f"{self.file.name}-wal"))
            self._open_files = tuple((file, _file_identity(file)) for file in files)

    def refuse_if_moved(self) -> None:
        """Raise Fault `database_moved` where another file, or none, bears the name of one that is open: what is
        written goes into a file that nobody will find again."""
        if any(_file_identity(file) != opened for file, opened in self._open_files):
            raise Fault("database_moved", folder=str(self.file.parent))

    def close(self) -> None:
        """Give every connection back; the last one folds the log into the file."""
        self.read_engine.dispose()
        self.write_engine.dispose()


def create_database(file: Path, key: bytes | None = None) -> Database:
    """A new, empty database with today's schema, encrypted where there is a key of 32 bytes.

    Raises Refusal `office_exists` when the folder already holds one, Fault when the disk does not let us.
    """
    if file.exists():
        raise Refusal("office_exists", folder=str(file.parent))
    with map_errors_to_fault():
        file.parent.mkdir(parents=True, exist_ok=True)
        return _open_current(file, key, _upgrade)


def open_database(file: Path, key: bytes | None = None) -> Database:
    """The office's database, upgraded if it is older than the program (after a backup beside it).

    Raises Fault `database_missing`, `database_gone`, `database_older`, `database_newer`, `database_damaged` (a key
    that is not its own looks no different), `file_locked`, `disk_full`, `sqlite_old`, `office_being_prepared`.
    """
    if dbapi2.sqlite_version_info < SAFE_SQLITE:
        raise Fault("sqlite_old", version=dbapi2.sqlite_version)
    with map_errors_to_fault():
        if not file.is_file():
            raise missing_database_fault(file)
        if file.stat().st_size == 0:  # SQLite would take it for a new database and write into it
            raise Fault("database_damaged", file=file.name)
        return _open_current(file, key, _upgrade_after_backup)


def missing_database_fault(file: Path) -> Fault:
    """Why there is no database: none was made yet, or the one that was there is gone."""
    return Fault("database_gone" if was_opened_before(file) else "database_missing", folder=str(file.parent))


def refuse_if_lost(file: Path) -> None:
    """Raise Fault `database_gone` where the witness of a lost database still lies: a new one would give its numbers
    again. A folder emptied whole may be begun anew: that is somebody's decision, not an accident to a file."""
    if was_opened_before(file, same_folder_only=True):
        raise missing_database_fault(file)


def _open_current(file: Path, key: bytes | None, upgrade: Callable[[Database], None]) -> Database:
    """The database of a file at today's schema, given back closed where that cannot be."""
    database = Database(file, key)
    try:
        if revision(database) != SCHEMA_HEAD:
            with hold_lock(file.parent / "upgrade.lock", "office_being_prepared"):
                upgrade(database)
        if file.name == FILE_NAME:  # not one that is still growing under another name
            with database.read_engine.connect() as connection:
                database.rollback_guard = open_rollback_guard(file, connection)
            database.remember_files()
    except BaseException:
        database.close()
        raise
    return database


def _file_identity(file: Path) -> tuple[int, int] | None:
    """The file behind a name, whatever is written in it; None where there is none."""
    try:
        found = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def revision(database: Database) -> str | None:
    """The schema revision the file says it has; None for a file without any."""
    with database.read_engine.connect() as connection:
        return _revision(connection)


def back_up(database: Database, target: Path) -> None:
    """A complete, consistent copy in one step under the same key, while others go on working. An existing target is
    replaced whole."""
    partial = target.with_suffix(".part")
    partial.unlink(missing_ok=True)
    source = database.write_engine.raw_connection()
    try:
        with closing(connect_driver(partial, database.key)) as copy:
            source.driver_connection.backup(copy, pages=-1)  # type: ignore[union-attr]
        replace_file(partial, target)
    finally:
        source.close()
        partial.unlink(missing_ok=True)


def connect_driver(file: Path, key: bytes | None, *, read_only: bool = False) -> Any:
    """A connection of the driver's own, past the two engines, to a file with or without a key."""
    place = f"{file.resolve().as_uri()}?mode=ro" if read_only else str(file)
    connection = dbapi2.connect(place, uri=read_only, isolation_level=None)
    for pragma in _connection_pragmas(key):
        connection.execute(pragma)
    return connection


def is_encrypted(file: Path) -> bool:
    """Whether a file that is there looks encrypted: no SQLite header, and nearly every byte there is in its first
    page. Anything else without the header is garbage."""
    with map_errors_to_fault(), file.open("rb") as content:
        page = content.read(_PAGE_SIZE)
    return not page.startswith(_SQLITE_HEADER) and len(set(page)) > _MIN_DISTINCT_BYTES


def key_fits(file: Path, key: bytes) -> bool:
    """Whether the key opens the file.

    Raises Fault for the machine's troubles.
    """
    with map_errors_to_fault():
        try:
            with closing(connect_driver(file, key)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.DatabaseError as error:
            if "not a database" in str(error):
                return False
            raise
    return True


def change_key(file: Path, key: bytes, new: bytes) -> None:
    """Encrypt the file anew in one transaction: whenever the program dies, one of the two keys opens it whole.

    Raises Fault `file_locked` while another program has it open.
    """
    with map_errors_to_fault(), closing(connect_driver(file, key)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA journal_mode=DELETE")  # its journal undoes a rekey cut short; so would no log
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute(f"PRAGMA rekey=\"x'{new.hex()}'\"")
        connection.execute("PRAGMA journal_mode=WAL")


def _connection_pragmas(key: bytes | None) -> tuple[str, ...]:
    """What every connection says first."""
    return (_NO_CIPHER_LOG,) if key is None else (_NO_CIPHER_LOG, f"PRAGMA key=\"x'{key.hex()}'\"")


def _engine(file: Path, key: bytes | None, *, query_only: bool) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        module=dbapi2,
        query_cache_size=2000,
        connect_args={"check_same_thread": False, "timeout": 15, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        for pragma in (*_connection_pragmas(key), *_PRAGMAS):
            cursor.execute(pragma)
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN DEFERRED" if query_only else "BEGIN IMMEDIATE")

    return engine


def _revision(connection: Connection) -> str | None:
    known = connection.execute(text("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")).scalar()
    if known is None:
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade_after_backup(database: Database) -> None:
    """Upgrade an older database after a copy of it was put beside it. Another program may have done it meanwhile."""
    found = revision(database)
    if found == SCHEMA_HEAD:
        return
    if found is None:
        raise Fault("database_damaged", file=database.file.name)
    from app.storage.upgrade import is_known_revision

    if not is_known_revision(found):
        raise Fault("database_newer", found=found, known=SCHEMA_HEAD)
    back_up(database, database.file.with_name(f"{database.file.stem}-truoc-{SCHEMA_HEAD}-tu-{found}.db"))
    _upgrade(database)


def _upgrade(database: Database) -> None:
    from app.storage.upgrade import upgrade

    with _without_foreign_keys(database.write_engine) as connection:
        connection.begin()  # ours, so that Alembic does not commit its own before the check
        upgrade(connection)
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise Fault("database_damaged", file=database.file.name)
        connection.commit()


@contextmanager
def _without_foreign_keys(engine: Engine) -> Iterator[Connection]:
    """A connection whose foreign keys are off from before BEGIN: a batch rebuild of a parent table would otherwise
    delete its children without a word."""
    with engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        connection.detach()
        yield connection
