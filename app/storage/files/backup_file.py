"""Write and unpack a backup file (`.mcbackup`).

It is a stored zip of the encrypted database, the office file and the key file.
The file and the recovery key are enough to restore on another machine.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from errno import EINVAL
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.disk import create_file, make_folder, replace_file, sync_content
from app.models.errors import Refusal
from app.storage.database import FILE_NAME, Database, back_up, connect_driver
from app.storage.error_mapping import map_errors_to_fault
from app.storage.files.database_files import SIDE_FILE_SUFFIXES, file_sha256, verify_database

SUFFIX = ".mcbackup"
UNFINISHED_PREFIX = ".dang-sao-luu-"
"""Prefix of the name of an unfinished backup."""
COMPANION_FILES = ("office.toml", "keys.json")
"""Files stored with the database, where the office has them."""
_EXTRACTED_NAME = "motcua.new.db"
"""Not the office's file name, so that the rollback guard does not compare it."""
_MAX_COMPANION_BYTES = 1 << 20
_BLOCK = 1 << 20


@dataclass(frozen=True)
class UnpackedBackup:
    """A backup unpacked into a folder: its database and its companion files."""

    folder: Path
    database: Path

    def companion(self, name: str) -> Path | None:
        """Return a file stored with the database, or None."""
        file = self.folder / name
        return file if file.is_file() else None


def write_backup(database: Database, target: Path, office_folder: Path, at: datetime) -> str:
    """Write and verify a backup; return the SHA-256 of the file.

    An existing target is replaced.

    Raises Refusal `backup_damaged` where the copy is not sound, Fault for environment errors.
    """
    with map_errors_to_fault():
        make_folder(target.parent)
        with TemporaryDirectory(dir=target.parent, prefix=UNFINISHED_PREFIX) as folder:
            copy, archive = Path(folder) / FILE_NAME, Path(folder) / target.name
            _copy(database, copy)
            files = {FILE_NAME: copy, **{name: office_folder / name for name in COMPANION_FILES}}
            _pack(archive, {name: file for name, file in files.items() if file.is_file()}, at)
            digest = file_sha256(archive)
            replace_file(archive, target)
    return digest


@contextmanager
def unpack_backup(backup: Path, folder: Path) -> Iterator[UnpackedBackup]:
    """Unpack a backup below a folder for the length of the block.

    A bare database file is accepted too.

    Raises Refusal `backup_missing`, `backup_damaged`, Fault for environment errors.
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
    """Raise Refusal `backup_damaged` for the zip reader's content errors.

    They are a truncated member (EOFError), an unsupported compression (NotImplementedError), an undecodable name
    (ValueError) and an impossible offset (EINVAL).
    """
    try:
        yield
    except (BadZipFile, EOFError, NotImplementedError, ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno != EINVAL:
            raise
        raise Refusal("backup_damaged", "file", file=backup.name) from error


def _copy(database: Database, copy: Path) -> None:
    back_up(database, copy)
    with closing(connect_driver(copy, database.key)) as closed:
        closed.execute("PRAGMA journal_mode=DELETE")  # a single file without a log
    verify_database(copy, database.key)


def _pack(archive: Path, files: dict[str, Path], at: datetime) -> None:
    """Write the zip, sync it and verify its checksums."""
    with create_file(archive) as out:
        with ZipFile(out, "w", ZIP_STORED) as packed:
            for name, file in files.items():
                member = ZipInfo(name, at.timetuple()[:6])
                with file.open("rb") as content, packed.open(member, "w", force_zip64=True) as into:
                    shutil.copyfileobj(content, into, _BLOCK)
        sync_content(out)
    with ZipFile(archive) as packed:
        if packed.testzip() is not None:
            raise Refusal("backup_damaged", "file", file=archive.name)


def _extract(backup: Path, place: Path) -> None:
    with backup.open("rb") as content:
        zipped = content.read(2) == b"PK"
    if not zipped:
        for suffix in ("", *SIDE_FILE_SUFFIXES):
            file = backup.with_name(backup.name + suffix)
            if file.is_file():
                shutil.copyfile(file, place / (_EXTRACTED_NAME + suffix))
        return
    with ZipFile(backup) as packed:
        for name in (FILE_NAME, *COMPANION_FILES):
            if name in packed.namelist():
                to = _EXTRACTED_NAME if name == FILE_NAME else name
                _extract_member(packed, packed.getinfo(name), place / to, backup)
    if not (place / _EXTRACTED_NAME).is_file():
        raise BadZipFile(FILE_NAME)


def _extract_member(packed: ZipFile, member: ZipInfo, target: Path, backup: Path) -> None:
    """Extract a member; reject a compressed, oversized or encrypted one."""
    limit = backup.stat().st_size if member.filename == FILE_NAME else _MAX_COMPANION_BYTES
    if member.compress_type != ZIP_STORED or member.file_size > limit or member.flag_bits & 1:
        raise BadZipFile(member.filename)
    with packed.open(member) as content, target.open("wb") as out:
        shutil.copyfileobj(content, out, _BLOCK)
