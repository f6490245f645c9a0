"""Copies of an office's database as files: made whole, proved before they are trusted, put in a lost one's place."""

import hashlib
from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from app.models.values import Refusal
from app.storage.database import Database, back_up, open_database
from app.storage.faults import as_fault

_BLOCK = 1 << 20
_LOGS = ("-wal", "-shm", "-journal")


def copy_whole(database: Database, target: Path) -> str:
    """A complete copy in one step, proved; the SHA-256 of the file.

    Raises Fault for the disk, Refusal `backup_damaged` when the copy cannot be proved.
    """
    with as_fault():
        target.parent.mkdir(parents=True, exist_ok=True)
        back_up(database, target)
        with closing(dbapi2.connect(str(target))) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")  # one file that can be carried about, without a log beside it
        prove(target)
        return digest(target)


def digest(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    found = hashlib.sha256()
    with file.open("rb") as content:
        while block := content.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def prove(file: Path) -> None:
    """Raise Refusal `backup_missing` or `backup_damaged` for a file that is no sound database of an office."""
    if not file.is_file():
        raise Refusal("backup_missing", "file", file=file.name)
    try:
        with closing(dbapi2.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            said = [row[0] for row in copy.execute("PRAGMA quick_check").fetchall()]
            ours = copy.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('dossier', 'event')").fetchone()[0]
    except dbapi2.DatabaseError:
        raise Refusal("backup_damaged", "file", file=file.name) from None
    if said != ["ok"] or ours != 2:
        raise Refusal("backup_damaged", "file", file=file.name)


def unpack(backup: Path, target: Path) -> Database:
    """The backup as an open database under another name, brought to today's schema.

    Raises Fault `database_newer` for the backup of a newer program.
    """
    clear(target)
    with (
        as_fault(),
        closing(dbapi2.connect(f"{backup.resolve().as_uri()}?mode=ro", uri=True)) as source,
        closing(dbapi2.connect(str(target))) as copy,
    ):
        source.backup(copy, pages=-1)
    return open_database(target)


def put_in_place(fresh: Path, file: Path, aside: Path) -> None:
    """Give a closed database the office's name; the one that was there is kept aside, log and all."""
    with as_fault():
        for ending in ("", *_LOGS):
            old = file.with_name(file.name + ending)
            if old.exists():
                old.replace(aside.with_name(aside.name + ending))
        fresh.replace(file)


def clear(file: Path) -> None:
    """Remove a database that was never finished, its log too: SQLite would read an old log into a new file."""
    for ending in ("", *_LOGS):
        file.with_name(file.name + ending).unlink(missing_ok=True)
