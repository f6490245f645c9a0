"""Create, open, upgrade, back up and re-key an office's database file.

A real office's file is encrypted (SQLCipher) with a raw key of 32 bytes from the caller.
A training office's file is not encrypted.
There are two engines on one file.
The write engine begins IMMEDIATE, so that a writer waits at the start of its transaction.
The read engine is deferred and `query_only`, so that lists on the screen do not block intake.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from app.disk import create_file, discard_file, make_folder, replace_file
from app.models.errors import Fault, Refusal
from app.storage.error_mapping import is_disk_full, map_errors_to_fault
from app.storage.locks import hold_lock
from app.storage.rollback_guard import RollbackGuard, open_rollback_guard, was_opened_before
from app.storage.seals.write import seal_new_tables
from app.storage.writers import Writers

FILE_NAME = "motcua.db"
_REMAINS = ("office.toml", "keys.json", "keys.new.json", "restore.json")
SCHEMA_HEAD = "0015"
"""Newest schema revision of this program.

A database with an older revision is upgraded, one with a newer revision is refused.
"""
_SQLITE_HEADER, _PAGE_SIZE, _MIN_DISTINCT_BYTES = b"SQLite format 3\0", 4096, 230
SIDE_FILE_SUFFIXES = ("-wal", "-shm", "-journal")
"""Suffixes of the files that SQLite may keep beside a database."""
SAFE_SQLITE = (3, 51, 3)
"""First version without the WAL reset bug, which may corrupt a database (3.7.0 to 3.51.2)."""
_NO_CIPHER_LOG = "PRAGMA cipher_log_level=NONE"
"""Must run first, because SQLCipher otherwise logs to stderr."""
_PRAGMAS = (
    "PRAGMA busy_timeout=15000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-4096",  # KiB for each of the connections, which are up to six; a PC has 4 GB
    "PRAGMA soft_heap_limit=4194304",  # bytes of all connections together, beyond which each reuses its own pages
    "PRAGMA temp_store=MEMORY",
)


class Database:
    """An open database with its two engines.

    `key` is None for a database that is not encrypted.
    `rollback_guard` is None before the office is created.
    """

    def __init__(self, file: Path, key: bytes | None = None) -> None:
        self.file = file
        self.key = key
        self.rollback_guard: RollbackGuard | None = None
        self.write_engine = _engine(file, key, query_only=False)
        self.read_engine = _engine(file, key, query_only=True)
        self.writers = Writers()
        self._open_files: tuple[tuple[Path, tuple[int, int] | None], ...] = ()
        self._lacks_space = False

    def remember_files(self) -> None:
        """Record the identity of the open files, to detect that they were moved.

        Windows does not let an open file be moved, so nothing is recorded there.
        """
        if os.name != "nt":
            files = (self.file, self.file.with_name(f"{self.file.name}-wal"))
            self._open_files = tuple((file, _file_identity(file)) for file in files)

    def read_without_space(self) -> bool:
        """Read the file as it is, where a full disk has no room for a log.

        Return False where there is a log, whose content would be left out.
        """
        log = self.file.with_name(f"{self.file.name}-wal")
        if log.exists() and log.stat().st_size:
            return False
        self.read_engine.dispose()
        self.read_engine = _unchanging_engine(self.file, self.key)
        self._lacks_space = True
        return True

    @property
    def lacks_space(self) -> bool:
        """Whether the file is read as it is, for lack of space."""
        return self._lacks_space

    def leave_if_space(self) -> None:
        """Read with the log again once the disk has room."""
        if self._lacks_space and not is_disk_full(self.file):
            self._lacks_space = False
            self.read_engine.dispose()
            self.read_engine = _engine(self.file, self.key, query_only=True)

    def start_rollback_guard(self) -> None:
        """Compare the database with its mark, and raise the mark from now on.

        Raises Fault `database_older`, `database_exchanged`, `training_in_real_place`.
        """
        with self.read_engine.connect() as connection:
            self.rollback_guard = open_rollback_guard(self.file, connection)

    def refuse_if_moved(self) -> None:
        """Raise Fault `database_moved` where an open file is not in its place.

        Later writes would go into a file that no program opens again.
        """
        if any(_file_identity(file) != identity for file, identity in self._open_files):
            raise Fault("database_moved", folder=str(self.file.parent))

    def close(self) -> None:
        """Close all connections; the last one checkpoints the log."""
        self.read_engine.dispose()
        self.write_engine.dispose()


def create_database(file: Path, key: bytes | None = None) -> Database:
    """Create an empty database with the current schema.

    It is encrypted where a key is given.

    Raises Refusal `office_exists` where the file exists, Fault for environment errors.
    """
    if file.exists():
        raise Refusal("office_exists", folder=str(file.parent))
    with map_errors_to_fault():
        make_folder(file.parent)
        create_file(file).close()
        return _open_current(file, key, _upgrade)


def open_database(file: Path, key: bytes | None = None) -> Database:
    """Open the office's database; back up and upgrade an older schema.

    Raises Fault `database_missing`, `database_gone`, `database_older`, `database_exchanged`, `database_newer`,
    `database_damaged` (also for a wrong key), `file_locked`, `disk_full`, `sqlite_old`, `office_being_prepared`.
    """
    if dbapi2.sqlite_version_info < SAFE_SQLITE:
        raise Fault("sqlite_old", version=dbapi2.sqlite_version)
    with map_errors_to_fault(file):
        if not file.is_file():
            raise missing_database_fault(file)
        if file.stat().st_size == 0:  # SQLite would accept it as a new database
            raise Fault("database_damaged", file=file.name)
        return _open_current(file, key, _upgrade_after_backup)


def missing_database_fault(file: Path) -> Fault:
    """Return `database_gone` for a lost database, else `database_missing`."""
    lost = was_opened_before(file) or has_remains(file.parent)
    return Fault("database_gone" if lost else "database_missing", folder=str(file.parent))


def has_remains(folder: Path) -> bool:
    """Return whether a folder has files of an office besides its database."""
    return any(os.path.lexists(folder / name) for name in _REMAINS)


def refuse_if_lost(file: Path) -> None:
    """Raise Fault `database_gone` where the mark shows a lost database.

    A new database would issue its numbers again.
    An empty folder is accepted because emptying it is a decision, not an accident to one file.
    """
    if was_opened_before(file, same_folder_only=True):
        raise missing_database_fault(file)


def _open_current(file: Path, key: bytes | None, upgrade: Callable[[Database], None]) -> Database:
    """Open a file and bring it to the current schema; close it on any error."""
    database = Database(file, key)
    try:
        if _readable_revision(database) != SCHEMA_HEAD:
            with hold_lock(file.parent / "upgrade.lock", "office_being_prepared"):
                upgrade(database)
        if file.name == FILE_NAME:  # a database being created or restored has another name
            database.start_rollback_guard()
            if not database.lacks_space:
                database.remember_files()
    except BaseException:
        database.close()
        raise
    return database


def _readable_revision(database: Database) -> str | None:
    """Return the schema revision; on a full disk read the file as it is."""
    try:
        return revision(database)
    except DatabaseError:
        if not (is_disk_full(database.file) and database.read_without_space()):
            raise
    return revision(database)


def _file_identity(file: Path) -> tuple[int, int] | None:
    """Return device and inode of a file; None where there is none."""
    try:
        status = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_dev, status.st_ino


def revision(database: Database) -> str | None:
    """Return the schema revision of a database; None for a file without one."""
    with database.read_engine.connect() as connection:
        return _revision(connection)


def back_up(database: Database, target: Path) -> None:
    """Write a complete, consistent copy under the same key.

    Other programs may keep writing meanwhile.

    An existing target is replaced.
    """
    partial = target.with_suffix(".part")
    create_file(partial).close()
    source = (database.read_engine if database.lacks_space else database.write_engine).raw_connection()
    try:
        with closing(connect_driver(partial, database.key)) as copy:
            source.driver_connection.backup(copy, pages=-1)  # type: ignore[union-attr]
        replace_file(partial, target)
    finally:
        source.cursor().execute("PRAGMA shrink_memory")  # the copy has filled the cache of pages
        source.close()
        for suffix in ("", *SIDE_FILE_SUFFIXES):  # a full disk leaves the journal of the copy
            discard_file(partial.with_name(partial.name + suffix))


def connect_driver(file: Path, key: bytes | None, *, read_only: bool = False) -> Any:
    """Open a driver connection to a file, without an engine."""
    refuse_links(file)
    address = f"{file.resolve().as_uri()}?mode=ro" if read_only else str(file)
    connection = dbapi2.connect(address, uri=read_only, isolation_level=None)
    for pragma in _connection_pragmas(key):
        connection.execute(pragma)
    return connection


def refuse_links(file: Path) -> None:
    """Refuse a link in place of a file that SQLite writes beside a database.

    SQLite writes through a hard link. The file is not removed here, because another program may have it open, or the
    newest dossiers may be in it.

    Raises Fault `file_linked`.
    """
    for suffix in SIDE_FILE_SUFFIXES:
        side = file.with_name(file.name + suffix)
        with suppress(OSError):  # a missing file; SQLite reports any other error
            status = side.lstat()
            if stat.S_ISLNK(status.st_mode) or (stat.S_ISREG(status.st_mode) and status.st_nlink > 1):
                raise Fault("file_linked", file=side.name, folder=str(file.parent))


def is_encrypted(file: Path) -> bool:
    """Return whether an existing file looks encrypted.

    An encrypted file has no SQLite header and nearly all byte values in its first page.
    Any other file without the header is damaged.
    """
    with map_errors_to_fault(), file.open("rb") as content:
        page = content.read(_PAGE_SIZE)
    return not page.startswith(_SQLITE_HEADER) and len(set(page)) > _MIN_DISTINCT_BYTES


def key_fits(file: Path, key: bytes) -> bool:
    """Return whether the key opens the file.

    Raises Fault for environment errors.
    """
    with map_errors_to_fault(file):
        try:
            return _key_fits(lambda: connect_driver(file, key))
        except dbapi2.DatabaseError:
            if not is_disk_full(file):
                raise
        return _key_fits(lambda: _connect_unchanging(file, key))


def _key_fits(connect: Callable[[], Any]) -> bool:
    try:
        with closing(connect()) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as error:
        if "not a database" in str(error):
            return False
        raise
    return True


def change_key(file: Path, key: bytes, new: bytes) -> None:
    """Encrypt the file with a new key in one transaction.

    After a crash at any time one of the two keys opens the complete file.

    Raises Fault `file_locked` while another program has it open, `disk_error`, `disk_full`.
    """
    with map_errors_to_fault(file), closing(connect_driver(file, key)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute(
            "PRAGMA journal_mode=DELETE"
        )  # a rollback journal undoes an incomplete rekey, a WAL does not
        connection.execute("PRAGMA synchronous=EXTRA")
        _encrypt_again(connection, file, new)
        connection.execute("PRAGMA journal_mode=WAL")
    if not key_fits(file, new):  # a journal whose end could not be written undoes the act; SQLCipher ignores its error
        raise Fault("disk_full" if is_disk_full(file) else "disk_error")


def _encrypt_again(connection: Any, file: Path, new: bytes) -> None:
    try:
        connection.execute(f"PRAGMA rekey=\"x'{new.hex()}'\"")
    except dbapi2.OperationalError as error:
        if "locked" in str(error):
            raise
        # SQLCipher reports a failed write without its reason; the rollback journal undoes the rest.
        raise Fault("disk_full" if is_disk_full(file) else "disk_error") from error


def _connection_pragmas(key: bytes | None) -> tuple[str, ...]:
    """Return the first statements of every connection."""
    return (_NO_CIPHER_LOG,) if key is None else (_NO_CIPHER_LOG, f"PRAGMA key=\"x'{key.hex()}'\"")


def _unchanging_engine(file: Path, key: bytes | None) -> Engine:
    """Return an engine that reads a file which no program changes."""
    return create_engine(
        "sqlite://", module=dbapi2, creator=lambda: _connect_unchanging(file, key), poolclass=QueuePool
    )


def _connect_unchanging(file: Path, key: bytes | None) -> Any:
    address = f"{file.resolve().as_uri()}?immutable=1"
    connection = dbapi2.connect(address, uri=True, check_same_thread=False, isolation_level=None)
    for pragma in (*_connection_pragmas(key), "PRAGMA query_only=ON", "PRAGMA temp_store=MEMORY"):
        connection.execute(pragma)
    return connection


def _engine(file: Path, key: bytes | None, *, query_only: bool) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        module=dbapi2,
        query_cache_size=2000,
        pool_use_lifo=True,  # in turn, each connection would fill its cache with the same pages and statements
        connect_args={"check_same_thread": False, "timeout": 15, "isolation_level": None},
    )

    @event.listens_for(engine, "do_connect")
    def check(*_: Any) -> None:
        refuse_links(file)

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
    table = connection.execute(text("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")).scalar()
    if table is None:
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade_after_backup(database: Database) -> None:
    """Back up and upgrade an older database.

    Another program may have upgraded it before the lock was held.
    """
    current = revision(database)
    if current == SCHEMA_HEAD:
        return
    if current is None:
        raise Fault("database_damaged", file=database.file.name)
    from app.storage.upgrade import is_known_revision

    if not is_known_revision(current):
        raise Fault("database_newer", found=current, known=SCHEMA_HEAD)
    back_up(database, database.file.with_name(f"{database.file.stem}-truoc-{SCHEMA_HEAD}-tu-{current}.db"))
    _upgrade(database)


def _upgrade(database: Database) -> None:
    from app.storage.upgrade import upgrade

    with _without_foreign_keys(database.write_engine) as connection:
        connection.begin()  # begun here, so that Alembic does not commit before the check
        upgrade(connection)
        seal_new_tables(connection)
        violation = connection.execute(text("PRAGMA foreign_key_check")).first()
        if violation is not None:
            raise Fault("database_damaged", file=database.file.name)
        connection.commit()


@contextmanager
def _without_foreign_keys(engine: Engine) -> Iterator[Connection]:
    """Open a connection with foreign keys off before BEGIN.

    Otherwise the batch rebuild of a parent table would delete its child rows.
    """
    with engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        connection.detach()
        yield connection
