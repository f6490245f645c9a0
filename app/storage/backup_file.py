"""A backup as one file (`.mcbackup`): a stored zip of the database as it lay encrypted, the office file and the key
file, so that a stick and the recovery key are enough on another machine."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from errno import EINVAL
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.disk import replace_file, sync_content
from app.models.errors import Refusal
from app.storage.database import FILE_NAME, Database, back_up, connect_driver
from app.storage.database_files import SIDE_FILE_SUFFIXES, file_sha256, verify_database
from app.storage.error_mapping import map_errors_to_fault

SUFFIX = ".mcbackup"
UNFINISHED_PREFIX = ".dang-sao-luu-"
"""How the name of a backup begins that is not finished."""
COMPANION_FILES = ("office.toml", "keys.json")
"""What is kept with the database, where the office has it."""
_EXTRACTED_NAME = "motcua.new.db"
"""No office's name yet: what was seen of the office's own database says nothing of it."""
_MAX_COMPANION_BYTES = 1 << 20
_BLOCK = 1 << 20


@dataclass(frozen=True)
class UnpackedBackup:
    """A backup laid out in a folder of its own: its database, and what lay beside it by name."""

    folder: Path
    database: Path

    def companion(self, name: str) -> Path | None:
        """A file kept with the database."""
        found = self.folder / name
        return found if found.is_file() else None


def write_backup(database: Database, target: Path, office_folder: Path, at: datetime) -> str:
    """A complete copy in one step, proved, with what lies beside the database; the SHA-256 of the file. An existing
    target is replaced whole.

    Raises Fault for the disk, Refusal `backup_damaged` when the copy cannot be proved.
    """
    with map_errors_to_fault():
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=target.parent, prefix=UNFINISHED_PREFIX) as growing:
            copy, whole = Path(growing) / FILE_NAME, Path(growing) / target.name
            _copy(database, copy)
            files = {FILE_NAME: copy, **{name: office_folder / name for name in COMPANION_FILES}}
            _pack(whole, {name: file for name, file in files.items() if file.is_file()}, at)
            told = file_sha256(whole)
            replace_file(whole, target)
    return told


@contextmanager
def unpack_backup(backup: Path, folder: Path) -> Iterator[UnpackedBackup]:
    """A backup laid out below a folder for the length of the block. A bare database file is taken too.

    Raises Refusal `backup_missing`, `backup_damaged`, Fault for the disk.
    """
    with map_errors_to_fault():
        if not backup.is_file():
            raise Refusal("backup_missing", "file", file=backup.name)
        with TemporaryDirectory(dir=folder, prefix=".dang-phuc-hoi-") as place:
            with _damage_as_refusal(backup):
                _extract(backup, Path(place))
            yield UnpackedBackup(Path(place), Path(place) / _EXTRACTED_NAME)


@contextmanager
def _damage_as_refusal(backup: Path) -> Iterator[None]:
    """Whatever the zip's reader raises over wrong bytes is a damaged backup, not the disk's fault: a member cut short
    (EOFError), a packing no program of ours uses (NotImplementedError), a name in no letters (ValueError), a place in
    the file that nobody can go to (EINVAL)."""
    try:
        yield
    except (BadZipFile, EOFError, NotImplementedError, ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno != EINVAL:
            raise
        raise Refusal("backup_damaged", "file", file=backup.name) from error


def _copy(database: Database, copy: Path) -> None:
    back_up(database, copy)
    with closing(connect_driver(copy, database.key)) as closed:
        closed.execute("PRAGMA journal_mode=DELETE")  # one file that can be carried about, without a log beside it
    verify_database(copy, database.key)


def _pack(whole: Path, files: dict[str, Path], at: datetime) -> None:
    """Write the zip, bring it to the disk, and read every byte of it back against its checksums."""
    with whole.open("wb") as out:
        with ZipFile(out, "w", ZIP_STORED) as packed:
            for name, file in files.items():
                member = ZipInfo(name, at.timetuple()[:6])
                with file.open("rb") as content, packed.open(member, "w", force_zip64=True) as into:
                    shutil.copyfileobj(content, into, _BLOCK)
        sync_content(out)
    with ZipFile(whole) as packed:
        if packed.testzip() is not None:
            raise Refusal("backup_damaged", "file", file=whole.name)


def _extract(backup: Path, place: Path) -> None:
    with backup.open("rb") as content:
        zipped = content.read(2) == b"PK"
    if not zipped:
        for ending in ("", *SIDE_FILE_SUFFIXES):
            file = backup.with_name(backup.name + ending)
            if file.is_file():
                shutil.copyfile(file, place / (_EXTRACTED_NAME + ending))
        return
    with ZipFile(backup) as packed:
        for name in (FILE_NAME, *COMPANION_FILES):
            if name in packed.namelist():
                to = _EXTRACTED_NAME if name == FILE_NAME else name
                _extract_member(packed, packed.getinfo(name), place / to, backup)
    if not (place / _EXTRACTED_NAME).is_file():
        raise BadZipFile(FILE_NAME)


def _extract_member(packed: ZipFile, member: ZipInfo, target: Path, backup: Path) -> None:
    """One member under its own plain name; nothing that swells."""
    most = backup.stat().st_size if member.filename == FILE_NAME else _MAX_COMPANION_BYTES
    if member.compress_type != ZIP_STORED or member.file_size > most or member.flag_bits & 1:
        raise BadZipFile(member.filename)
    with packed.open(member) as content, target.open("wb") as out:
        shutil.copyfileobj(content, out, _BLOCK)
