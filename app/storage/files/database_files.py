"""Verify, install and remove database files and copies."""

import hashlib
from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from app.disk import discard_file, replace_file, sync_file
from app.models.errors import Fault, Refusal
from app.storage.database import SIDE_FILE_SUFFIXES, connect_driver
from app.storage.error_mapping import map_errors_to_fault

_BLOCK = 1 << 20


def file_sha256(file: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while block := content.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def verify_database(file: Path, key: bytes | None = None) -> None:
    """Verify that a file is a sound database of an office.

    Raises Refusal `backup_missing`, `backup_damaged`.
    """
    if not file.is_file():
        raise Refusal("backup_missing", "file", file=file.name)
    try:
        with closing(connect_driver(file, key, read_only=True)) as copy:
            messages = [row[0] for row in copy.execute("PRAGMA quick_check").fetchall()]
            tables = copy.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('dossier', 'event')").fetchone()[0]
    except dbapi2.DatabaseError:
        raise Refusal("backup_damaged", "file", file=file.name) from None
    if messages != ["ok"] or tables != 2:
        raise Refusal("backup_damaged", "file", file=file.name)


def finish_database(file: Path, key: bytes | None = None) -> None:
    """Move everything of a closed database into its one file, and sync it.

    SQLite ignores an error of the last checkpoint when a connection is closed. A rename of the file alone would then
    lose what is in the log. Here the checkpoint's error is raised, the log is removed, and the file is verified again.
    The file is left in WAL mode with an empty log, so that opening the office changes no byte.

    Raises Fault `disk_error`, `disk_full` where the disk failed; the file must not be used then.
    """
    with map_errors_to_fault():
        with closing(connect_driver(file, key)) as connection:
            connection.execute("PRAGMA synchronous=EXTRA")
            busy, logged, moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            (without_log,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        if busy or logged != moved or without_log != "delete" or side_files(file):
            raise Fault("disk_error")
        try:
            verify_database(file, key)
        except Refusal:
            raise Fault("disk_error") from None
        with closing(connect_driver(file, key)) as connection:
            connection.execute("PRAGMA synchronous=EXTRA")
            (with_log,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
        if with_log != "wal" or side_files(file):
            raise Fault("disk_error")
        sync_file(file)


def side_files(file: Path) -> list[Path]:
    """Return the files that SQLite has left beside a database."""
    paths = [file.with_name(file.name + suffix) for suffix in SIDE_FILE_SUFFIXES]
    return [path for path in paths if path.exists()]


def install_database(new_file: Path, file: Path, replaced: Path) -> None:
    """Move a closed database to the office's file.

    The old database is kept as `replaced`, with its side files.
    """
    with map_errors_to_fault():
        for suffix in ("", *SIDE_FILE_SUFFIXES):
            old = file.with_name(file.name + suffix)
            if old.exists():
                replace_file(old, replaced.with_name(replaced.name + suffix))
        replace_file(new_file, file)


def export_encrypted(file: Path, target: Path, key: bytes) -> None:
    """Write an encrypted copy of a database that is not encrypted.

    Raises Fault for environment errors.
    """
    with map_errors_to_fault(file), closing(connect_driver(file, None)) as connection:
        connection.execute(f"ATTACH DATABASE ? AS encrypted KEY \"x'{key.hex()}'\"", (str(target),))
        connection.execute("SELECT sqlcipher_export('encrypted')")
        connection.execute("DETACH DATABASE encrypted")


def remove_database(file: Path) -> None:
    """Remove an incomplete database with its side files.

    SQLite would apply an old log to a new file.
    """
    for suffix in ("", *SIDE_FILE_SUFFIXES):
        discard_file(file.with_name(file.name + suffix))
