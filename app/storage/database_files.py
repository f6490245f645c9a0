"""Copies of an office's database as files: made whole, proved before they are trusted, put in a lost one's place."""

import hashlib
from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from app.models.errors import Refusal
from app.storage.database import bare
from app.storage.error_mapping import as_fault

_BLOCK = 1 << 20
LOGS = ("-wal", "-shm", "-journal")
"""What SQLite may keep beside a database, by the endings of their names."""


def digest(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    found = hashlib.sha256()
    with file.open("rb") as content:
        while block := content.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def prove(file: Path, key: bytes | None = None) -> None:
    """Raise Refusal `backup_missing` or `backup_damaged` for a file that is no sound database of an office."""
    if not file.is_file():
        raise Refusal("backup_missing", "file", file=file.name)
    try:
        with closing(bare(file, key, read_only=True)) as copy:
            said = [row[0] for row in copy.execute("PRAGMA quick_check").fetchall()]
            ours = copy.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('dossier', 'event')").fetchone()[0]
    except dbapi2.DatabaseError:
        raise Refusal("backup_damaged", "file", file=file.name) from None
    if said != ["ok"] or ours != 2:
        raise Refusal("backup_damaged", "file", file=file.name)


def put_in_place(fresh: Path, file: Path, aside: Path) -> None:
    """Give a closed database the office's name; the one that was there is kept aside, log and all."""
    with as_fault():
        for ending in ("", *LOGS):
            old = file.with_name(file.name + ending)
            if old.exists():
                old.replace(aside.with_name(aside.name + ending))
        fresh.replace(file)


def clear(file: Path) -> None:
    """Remove a database that was never finished, its log too: SQLite would read an old log into a new file."""
    for ending in ("", *LOGS):
        file.with_name(file.name + ending).unlink(missing_ok=True)
