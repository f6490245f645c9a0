"""Copies of an office's database as files: made whole, proved before they are trusted, put in a lost one's place."""

import hashlib
from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from app.disk import replace_file
from app.models.errors import Refusal
from app.storage.database import connect_driver
from app.storage.error_mapping import map_errors_to_fault

_BLOCK = 1 << 20
SIDE_FILE_SUFFIXES = ("-wal", "-shm", "-journal")
"""What SQLite may keep beside a database, by the endings of their names."""


def file_sha256(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    found = hashlib.sha256()
    with file.open("rb") as content:
        while block := content.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def verify_database(file: Path, key: bytes | None = None) -> None:
    """Raise Refusal `backup_missing` or `backup_damaged` for a file that is no sound database of an office."""
    if not file.is_file():
        raise Refusal("backup_missing", "file", file=file.name)
    try:
        with closing(connect_driver(file, key, read_only=True)) as copy:
            said = [row[0] for row in copy.execute("PRAGMA quick_check").fetchall()]
            ours = copy.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('dossier', 'event')").fetchone()[0]
    except dbapi2.DatabaseError:
        raise Refusal("backup_damaged", "file", file=file.name) from None
    if said != ["ok"] or ours != 2:
        raise Refusal("backup_damaged", "file", file=file.name)


def install_database(new_file: Path, file: Path, replaced: Path) -> None:
    """Give a closed database the office's name; the one that was there is kept aside, log and all."""
    with map_errors_to_fault():
        for ending in ("", *SIDE_FILE_SUFFIXES):
            old = file.with_name(file.name + ending)
            if old.exists():
                replace_file(old, replaced.with_name(replaced.name + ending))
        replace_file(new_file, file)


def remove_database(file: Path) -> None:
    """Remove a database that was never finished, its log too: SQLite would read an old log into a new file."""
    for ending in ("", *SIDE_FILE_SUFFIXES):
        file.with_name(file.name + ending).unlink(missing_ok=True)
