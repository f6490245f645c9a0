"""Where backups lie: the office's own folder, a second place, a stick. Found by their names, copied whole, removed by
rule."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.disk import replace_file, sync_content
from app.models.errors import Refusal
from app.models.instants import OFFICE_TIME
from app.storage.backup_file import SUFFIX, UNFINISHED_PREFIX
from app.storage.database_files import file_sha256
from app.storage.error_mapping import map_errors_to_fault

BACKUP_FOLDER = "sao-luu"
STICK_FOLDER = "motcua-sao-luu"
"""A stick is written to only when it bears this folder: nobody finds the register on a citizen's stick."""
_STAMP = "%Y%m%d-%H%M%S"
_MOUNTS = ("/media", "/run/media")
_REMOVABLE = 2
"""What Windows calls a drive that can be taken out."""


def backup_name(desk: str, at: datetime) -> str:
    """The name of a backup made at an instant; `desk` says whose."""
    return f"{desk}-{at.astimezone(OFFICE_TIME):{_STAMP}}{SUFFIX}"


def backups_in(folder: Path, desk: str) -> dict[datetime, Path]:
    """The backups of one desk in a folder, by when they were made; none where the folder is not there.

    Raises Fault for the disk.
    """
    found = {}
    with map_errors_to_fault(), suppress(FileNotFoundError):
        for file in folder.iterdir():
            with suppress(ValueError):
                stamp = file.name.removeprefix(f"{desk}-").removesuffix(SUFFIX)
                found[datetime.strptime(stamp, _STAMP).replace(tzinfo=OFFICE_TIME)] = file
    return {stamp: file for stamp, file in found.items() if file.name == backup_name(desk, stamp)}


def copy_backup(backup: Path, folder: Path, sha256: str) -> Path:
    """The same file in another place, read back from there before it counts. The place is not made: where a disk is
    not there, its folder would be made on another.

    Raises Fault for the disk, Refusal `backup_damaged` where what was read is not what was written.
    """
    target, waiting = folder / backup.name, folder / f"{UNFINISHED_PREFIX}{backup.name}"
    with map_errors_to_fault():
        try:
            with backup.open("rb") as content, waiting.open("wb") as out:
                shutil.copyfileobj(content, out, 1 << 20)
                sync_content(out)
            if file_sha256(waiting) != sha256:
                raise Refusal("backup_damaged", "file", file=target.name)
            replace_file(waiting, target)
        finally:
            waiting.unlink(missing_ok=True)
    return target


def remove_backup(file: Path) -> None:
    """Remove a backup; one that cannot be removed now goes the next time."""
    with suppress(OSError):
        file.unlink()


def remove_unfinished(folder: Path, older_than: datetime) -> None:
    """Remove what a backup that was cut short has left."""
    with suppress(OSError):
        for left in folder.glob(f"{UNFINISHED_PREFIX}*"):
            if left.stat().st_mtime < older_than.timestamp():
                shutil.rmtree(left, ignore_errors=True) if left.is_dir() else remove_backup(left)


def usb_backup_folders() -> tuple[Path, ...]:
    """The backup folders of sticks that are in the machine now."""
    return tuple(sorted(place for place in map(_backup_folder_of, _removable_drives()) if place is not None))


def _backup_folder_of(root: Path) -> Path | None:
    try:
        return root / STICK_FOLDER if (root / STICK_FOLDER).is_dir() else None
    except OSError:
        return None


if os.name == "nt":

    def _removable_drives() -> Iterator[Path]:
        import ctypes

        kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
        for bit in range(26):
            root = f"{chr(ord('A') + bit)}:\\"
            if kernel.GetLogicalDrives() >> bit & 1 and kernel.GetDriveTypeW(root) == _REMOVABLE:
                yield Path(root)

else:

    def _removable_drives() -> Iterator[Path]:
        """What the desktop has mounted for a person: `/media/NAME`, `/media/USER/NAME`, `/run/media/USER/NAME`."""
        for mounts in map(Path, _MOUNTS):
            for pattern in ("*", "*/*"):
                with suppress(OSError):
                    yield from (place for place in mounts.glob(pattern) if place.is_dir())
