"""Whole-file writes that survive a crash or a power cut.

A file is written beside its final name, brought to the disk, and renamed over the old one. Every package may import
this module. It imports the standard library alone. All errors are the operating system's own OSError.
"""

import errno
import os
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_PARTIAL_SUFFIX = ".part"
_WINDOWS_BUSY = (5, 32, 33)
"""ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION."""
_RENAME_TRIES, _RENAME_PAUSE_S = 10, 0.2
_NO_FOLDER_SYNC = (errno.EACCES, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)
"""Errors of a file system that cannot sync a folder, or of a folder that may be written but not read."""


def write_file(file: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file so that a reader finds the old content or the new.

    `private` leaves the file readable by its owner alone. After a failure the old file is unchanged, unless only the
    folder could not be synced: the new content is then in place.
    """
    staged = stage_file(file, content, private=private)
    try:
        replace_file(staged, file)
    except BaseException:
        _remove(staged)
        raise


def save_file(file: Path, content: bytes) -> None:
    """Write a file that the user chose, completely or not at all.

    A symbolic link is followed, and the mode of an existing file is kept. The unfinished file has a short name of its
    own. If the folder accepts no new file, an existing file is overwritten in place.
    """
    target = Path(os.path.realpath(file))
    staged = target.with_name(f".motcua-{secrets.token_hex(6)}{_PARTIAL_SUFFIX}")
    try:
        handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except PermissionError:
        with target.open("rb+") as out:
            out.truncate()
            out.write(content)
            sync_content(out)
        return
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            sync_content(out)
        if os.name != "nt" and target.is_file():
            staged.chmod(stat.S_IMODE(target.stat().st_mode))
        replace_file(staged, target)
    except BaseException:
        _remove(staged)
        raise


def stage_file(file: Path, content: bytes, *, private: bool = False) -> Path:
    """Write and sync the content beside a file; return the staged path.

    `replace_file` puts the staged file in place. After a failure nothing is left beside the file.
    """
    staged = partial_path(file)
    try:
        with staged.open("wb") as out:
            if private and os.name != "nt":
                staged.chmod(0o600)
            out.write(content)
            sync_content(out)
    except BaseException:
        _remove(staged)
        raise
    return staged


def replace_file(complete: Path, target: Path) -> None:
    """Rename a complete file over `target` and sync the folder.

    The content of `complete` must be synced already. `complete` stays in place when the rename fails.
    """
    _rename(complete, target)
    _sync_folder(target.parent)


def sync_content(file: BinaryIO) -> None:
    """Bring everything written to an open file to the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_file(file: Path) -> None:
    """Bring a closed file and its name to the disk."""
    with file.open("rb+") as content:
        sync_content(content)
    _sync_folder(file.parent)


def partial_path(file: Path) -> Path:
    """Return the path of the unfinished file beside `file`."""
    return file.with_name(file.name + _PARTIAL_SUFFIX)


def _rename(source: Path, target: Path) -> None:
    """Rename; on Windows retry while another program has a file open.

    Virus scanners and indexers open new files for a moment.
    """
    for tries_left in reversed(range(_RENAME_TRIES)):
        try:
            os.replace(source, target)
            return
        except OSError as error:
            if not tries_left or getattr(error, "winerror", None) not in _WINDOWS_BUSY:
                raise
        time.sleep(_RENAME_PAUSE_S)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # NTFS journals names by itself and opens no folder for syncing
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:  # the renamed file is complete; a file system without folder sync offers nothing more
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink()
