"""Find, copy and remove backup files in folders and on USB drives."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.disk import create_file, discard_file, discard_folder, make_folder, replace_file, sync_content
from app.models.errors import Refusal
from app.models.instants import OFFICE_TIME
from app.storage.error_mapping import map_errors_to_fault, naming_place
from app.storage.files.backup_file import SUFFIX, UNFINISHED_PREFIX, UNPACKED_PREFIX
from app.storage.files.database_files import file_sha256

BACKUP_FOLDER = "sao-luu"
STICK_FOLDER = "motcua-sao-luu"
"""Only a drive with this folder is written to, so that no backup ends on a citizen's drive."""
_STAMP = "%Y%m%d-%H%M%S"
_MOUNTS = ("/media", "/run/media")
_FSTAB, _MOUNTED = Path("/etc/fstab"), Path("/proc/self/mounts")
_REMOVABLE = 2
"""DRIVE_REMOVABLE of GetDriveTypeW."""


def backup_name(desk: str, at: datetime) -> str:
    """Return the file name of a desk's backup made at an instant."""
    return f"{desk}-{at.astimezone(OFFICE_TIME):{_STAMP}}{SUFFIX}"


def backups_in(folder: Path, desk: str) -> dict[datetime, Path]:
    """Return the backups of a desk in a folder, by instant.

    The result is empty where the folder is missing.

    Raises Fault for environment errors.
    """
    backups = {}
    with map_errors_to_fault(), suppress(FileNotFoundError):
        for file in folder.iterdir():
            with suppress(ValueError):
                stamp = file.name.removeprefix(f"{desk}-").removesuffix(SUFFIX)
                backups[datetime.strptime(stamp, _STAMP).replace(tzinfo=OFFICE_TIME)] = file
    return {stamp: file for stamp, file in backups.items() if file.name == backup_name(desk, stamp)}


def copy_backup(backup: Path, folder: Path, sha256: str) -> Path:
    """Copy a backup into another folder and verify the copy; return its path.

    The folder is not created: for a missing disk it would be created on another disk.

    Raises Refusal `backup_damaged` where the copy differs, Fault for environment errors.
    """
    target, waiting = folder / backup.name, folder / f"{UNFINISHED_PREFIX}{backup.name}"
    with map_errors_to_fault():
        try:
            with backup.open("rb") as content, create_file(waiting) as out:
                shutil.copyfileobj(content, out, 1 << 20)
                sync_content(out)
            if file_sha256(waiting) != sha256:
                raise Refusal("backup_damaged", "file", file=target.name)
            replace_file(waiting, target)
        finally:
            discard_file(waiting)
    return target


def on_other_disk(folder: Path, other: Path) -> bool:
    """Return whether two existing folders are on different disks.

    Raises Fault for environment errors.
    """
    with map_errors_to_fault():
        return folder.stat().st_dev != other.stat().st_dev


def mount_of(folder: Path) -> str:
    """Return the place where the disk of an existing folder is mounted."""
    place = folder.resolve()
    return str(next(parent for parent in (place, *place.parents) if parent.is_mount() or parent == parent.parent))


def refuse_absent_drive(folder: Path) -> None:
    """Refuse a folder on a drive that is not connected.

    A folder for drives is `/media` or `/run/media`. What is on the disk of that folder itself is no drive. Nor is a
    folder that only looks like a mount point: `/etc/fstab` names it, and nothing is mounted there.

    Raises Refusal `backup_disk_absent`, Fault for environment errors.
    """
    target = folder.absolute()
    for mounts in map(Path, _MOUNTS):
        if target.is_relative_to(mounts) and mounts.is_dir():
            nearest = next(parent for parent in (target, *target.parents) if parent.exists())
            if not on_other_disk(nearest, mounts):
                raise Refusal("backup_disk_absent", "folder", folder=str(folder))
    mounted = _mount_points(_MOUNTED)
    if any(target.is_relative_to(point) and point not in mounted for point in _mount_points(_FSTAB)):
        raise Refusal("backup_disk_absent", "folder", folder=str(folder))


def _mount_points(table: Path) -> set[Path]:
    """Return the mount points of a table of file systems, if it is there."""
    try:
        text = table.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return set()
    fields = [line.split() for line in text.splitlines() if not line.lstrip().startswith("#")]
    points = (line[1].replace("\\040", " ") for line in fields if len(line) > 1)
    return {Path(point) for point in points if point.startswith("/") and point != "/"}


def remove_backup(file: Path) -> None:
    """Remove a backup; ignore an error, because the next backup tries again."""
    with suppress(OSError):
        discard_file(file)


def remove_unfinished(folder: Path, older_than: datetime) -> None:
    """Remove what interrupted backups and restores left before an instant."""
    with suppress(OSError):
        for file in (*folder.glob(f"{UNFINISHED_PREFIX}*"), *folder.glob(f"{UNPACKED_PREFIX}*")):
            if file.stat().st_mtime < older_than.timestamp():
                discard_folder(file) if file.is_dir() else remove_backup(file)


def usb_backup_folders() -> tuple[Path, ...]:
    """Return the backup folders of the connected USB drives."""
    return tuple(sorted(folder for folder in map(_backup_folder_of, _removable_drives()) if folder is not None))


def usb_drives() -> tuple[Path, ...]:
    """Return the connected USB drives."""
    return tuple(sorted(_removable_drives()))


def prepare_usb_drive(root: Path) -> Path:
    """Create the folder that lets a USB drive receive backups; return it.

    Raises Fault for environment errors.
    """
    with naming_place(root), map_errors_to_fault():
        make_folder(root / STICK_FOLDER)
    return root / STICK_FOLDER


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
        """Yield `/media/NAME`, `/media/USER/NAME` and `/run/media/USER/NAME`."""
        for mounts in map(Path, _MOUNTS):
            for pattern in ("*", "*/*"):
                with suppress(OSError):
                    yield from (folder for folder in mounts.glob(pattern) if folder.is_dir())
