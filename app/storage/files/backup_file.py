"""Write and unpack a backup file (`.mcbackup`).

It is a stored zip of the encrypted database, the office file and the key file, and of a list of their digests that the
office has signed.
The file and the recovery key are enough to restore on another machine.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from errno import EINVAL
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.disk import create_file, make_folder, replace_file, sync_content, write_file
from app.models.errors import Fault, Refusal
from app.storage.database import FILE_NAME, SIDE_FILE_SUFFIXES, Database, back_up, connect_driver
from app.storage.error_mapping import map_errors_to_fault
from app.storage.files.database_files import file_sha256, side_files, verify_database

SUFFIX = ".mcbackup"
UNFINISHED_PREFIX, UNPACKED_PREFIX = ".dang-sao-luu-", ".dang-phuc-hoi-"
"""Prefixes of the names of an unfinished backup, and of a backup that a restore unpacked."""
COMPANION_FILES = ("office.toml", "keys.json")
"""Files stored with the database, where the office has them."""
SEAL_FILE, SIGNATURE_FILE = "backup.json", "backup.sig"
"""The list of digests and its signature by the office's identity."""
_MEMBERS = (FILE_NAME, *COMPANION_FILES, SEAL_FILE, SIGNATURE_FILE)
_HEADER_BYTES, _ENTRY_BYTES, _ZIP64_END_BYTES, _END_BYTES = 30, 46, 76, 22
"""Fixed lengths of the zip's records: a member's header, its entry in the directory, the ends of the directory."""
_LENGTHS_AT = 26
"""Where a member's header has the lengths of its name and its extra field, two bytes each."""
_SEAL_FORMAT, _SEAL_VERSION = "motcua-backup", 1
_EXTRACTED_NAME = "motcua.new.db"
"""Not the office's file name, so that the rollback guard does not compare it."""
_MAX_COMPANION_BYTES = 1 << 20
_BLOCK = 1 << 20
_FIRST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""A zip has no earlier time; a clock without a battery shows 1970."""


@dataclass(frozen=True)
class BackupSigner:
    """The office's identity for signing a backup: public key and signature."""

    office: bytes
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True)
class BackupSeal:
    """The signed list of a backup: the office's public key and the digests.

    `content` are the signed bytes.
    """

    office: bytes
    files: Mapping[str, str]
    content: bytes
    signature: bytes


@dataclass(frozen=True)
class UnpackedBackup:
    """A backup unpacked into a folder: its database and its companion files.

    `is_bare` is a database file that is not in a backup.
    """

    folder: Path
    database: Path
    is_bare: bool = False

    def seal(self) -> BackupSeal | None:
        """Return the signed list, or None in a backup of an earlier release.

        The caller verifies the signature.

        Raises Refusal `backup_damaged` for an invalid list, or a file that differs from it.
        """
        list_file, signature_file = self.companion(SEAL_FILE), self.companion(SIGNATURE_FILE)
        if list_file is None or signature_file is None:
            return None
        seal = _parse_seal(list_file.read_bytes(), signature_file.read_bytes())
        files = {name: self.companion(name) for name in COMPANION_FILES} | {FILE_NAME: self.database}
        present = {name: file_sha256(file) for name, file in files.items() if file is not None}
        if present != seal.files:
            raise Refusal("backup_damaged", "file", file=list_file.name)
        return seal

    def companion(self, name: str) -> Path | None:
        """Return a file stored with the database, or None."""
        file = self.folder / name
        return file if file.is_file() else None


def _parse_seal(content: bytes, signature: bytes) -> BackupSeal:
    """Return the list of a backup.

    Raises Refusal `backup_damaged`, Fault `backup_newer`.
    """
    try:
        document = json.loads(content)
        if document["format"] != _SEAL_FORMAT:
            raise ValueError
        if document["version"] != _SEAL_VERSION:
            raise Fault("backup_newer")
        return BackupSeal(bytes.fromhex(document["office"]), dict(document["files"]), content, signature)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refusal("backup_damaged", "file", file=SEAL_FILE) from None


def write_backup(
    database: Database, target: Path, office_folder: Path, at: datetime, signer: BackupSigner | None
) -> str:
    """Write, sign and verify a backup; return the SHA-256 of the file.

    An existing target is replaced. A training office has no signer.

    Raises Refusal `backup_damaged` where the copy is not sound, Fault for environment errors.
    """
    with map_errors_to_fault(target):
        make_folder(target.parent)
        with TemporaryDirectory(dir=target.parent, prefix=UNFINISHED_PREFIX, ignore_cleanup_errors=True) as folder:
            copy, archive = Path(folder) / FILE_NAME, Path(folder) / target.name
            _copy(database, copy)
            files = {FILE_NAME: copy}
            for name in COMPANION_FILES:  # copied, because a file may change between digest and packing
                if (office_folder / name).is_file():
                    files[name] = Path(shutil.copyfile(office_folder / name, Path(folder) / name))
            if signer is not None:
                files |= _write_seal(Path(folder), files, at, signer)
            _pack(archive, files, at)
            digest = file_sha256(archive)
            replace_file(archive, target)
    return digest


def _write_seal(folder: Path, files: Mapping[str, Path], at: datetime, signer: BackupSigner) -> dict[str, Path]:
    """Write the list of digests and its signature; return the two files."""
    document = {
        "format": _SEAL_FORMAT,
        "version": _SEAL_VERSION,
        "made_at": at.isoformat(),
        "office": signer.office.hex(),
        "files": {name: file_sha256(file) for name, file in files.items()},
    }
    content = json.dumps(document, indent=1).encode()
    write_file(folder / SEAL_FILE, content)
    write_file(folder / SIGNATURE_FILE, signer.sign(content))
    return {name: folder / name for name in (SEAL_FILE, SIGNATURE_FILE)}


@contextmanager
def unpack_backup(backup: Path, folder: Path) -> Iterator[UnpackedBackup]:
    """Unpack a backup below a folder for the length of the block.

    A bare database file is accepted too.

    Raises Refusal `backup_missing`, `backup_damaged`, Fault for environment errors.
    """
    with map_errors_to_fault():
        if not backup.is_file():
            raise Refusal("backup_missing", "file", file=backup.name)
        with TemporaryDirectory(dir=folder, prefix=UNPACKED_PREFIX, ignore_cleanup_errors=True) as place:
            with _damage_as_refusal(backup):
                is_bare = _extract(backup, Path(place))
            yield UnpackedBackup(Path(place), Path(place) / _EXTRACTED_NAME, is_bare)


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
        (journal,) = closed.execute("PRAGMA journal_mode=DELETE").fetchone()
    if journal != "delete" or side_files(copy):  # SQLite ignores an error here; the copy alone would not be complete
        raise Fault("disk_error")
    verify_database(copy, database.key)


def _pack(archive: Path, files: dict[str, Path], at: datetime) -> None:
    """Write the zip, sync it and verify its checksums."""
    with create_file(archive) as out:
        with ZipFile(out, "w", ZIP_STORED) as packed:
            for name, file in files.items():
                member = ZipInfo(name, max(at.timetuple()[:6], _FIRST_ZIP_TIME))
                with file.open("rb") as content, packed.open(member, "w", force_zip64=True) as into:
                    shutil.copyfileobj(content, into, _BLOCK)
        sync_content(out)
    with ZipFile(archive) as packed:
        if packed.testzip() is not None:
            raise Refusal("backup_damaged", "file", file=archive.name)


def _extract(backup: Path, place: Path) -> bool:
    """Extract a backup; return whether it is a bare database file."""
    with backup.open("rb") as content:
        zipped = content.read(2) == b"PK"
    if not zipped:
        for suffix in ("", *SIDE_FILE_SUFFIXES):
            file = backup.with_name(backup.name + suffix)
            if file.is_file():
                shutil.copyfile(file, place / (_EXTRACTED_NAME + suffix))
        return True
    with backup.open("rb") as content, ZipFile(content) as packed:
        _check_layout(packed, content, backup.stat().st_size)
        for name in _MEMBERS:
            if name in packed.namelist():
                to = _EXTRACTED_NAME if name == FILE_NAME else name
                _extract_member(packed, packed.getinfo(name), place / to, backup)
    if not (place / _EXTRACTED_NAME).is_file():
        raise BadZipFile(FILE_NAME)
    return False


def _check_layout(packed: ZipFile, content: BinaryIO, size: int) -> None:
    """Reject a zip with anything but the files of a backup, each once.

    The zip reader passes over bytes before, between and behind the members.
    """
    members = packed.infolist()
    names = [member.orig_filename for member in members]
    if len(set(names)) < len(names) or not set(names) <= set(_MEMBERS):
        raise BadZipFile(", ".join(names))
    end, by_offset = 0, {member.header_offset: member for member in members}
    while (member := by_offset.pop(end, None)) is not None:
        content.seek(end + _LENGTHS_AT)
        name_and_extra = [int.from_bytes(content.read(2), "little") for _ in range(2)]
        end += _HEADER_BYTES + sum(name_and_extra) + member.compress_size
    end += sum(_ENTRY_BYTES + len(each.orig_filename) + len(each.extra) + len(each.comment) for each in members)
    if by_offset or size - end not in (_END_BYTES, _ZIP64_END_BYTES + _END_BYTES):
        raise BadZipFile(f"{size} {end}")


def _extract_member(packed: ZipFile, member: ZipInfo, target: Path, backup: Path) -> None:
    """Extract a member; reject a compressed, oversized or encrypted one."""
    limit = backup.stat().st_size if member.filename == FILE_NAME else _MAX_COMPANION_BYTES
    if member.compress_type != ZIP_STORED or member.file_size > limit or member.flag_bits & 1:
        raise BadZipFile(member.filename)
    with packed.open(member) as content, create_file(target) as out:
        shutil.copyfileobj(content, out, _BLOCK)
