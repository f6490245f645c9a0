"""Map environment errors to Fault codes.

The clerk sees what to do instead of the driver's message.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2

from app.disk import is_held
from app.models.errors import Fault
from app.resource_files import is_program_file

_CODE_BY_MESSAGE = (
    ("disk is full", "disk_full"),
    ("locked", "file_locked"),
    ("busy", "file_locked"),
    ("readonly", "folder_read_only"),
    ("read-only", "folder_read_only"),
    ("unable to open", "folder_unreachable"),
    ("disk i/o error", "disk_error"),
    ("malformed", "database_damaged"),
    ("not a database", "database_damaged"),
    ("unique constraint failed: dossier.", "number_given_before"),
    ("unique constraint failed: counter_refusal.", "number_given_before"),
    ("unique constraint failed: blank.", "number_given_before"),
    ("no such table", "database_damaged"),
    ("no such column", "database_damaged"),
    ("duplicate column name", "database_damaged"),
    ("already exists", "database_damaged"),
)
_CODE_BY_ERRNO = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EIO: "disk_error",
    errno.EROFS: "folder_read_only",
    errno.EACCES: "folder_read_only",
    errno.EPERM: "folder_read_only",
    errno.ENOENT: "folder_unreachable",
    errno.EINVAL: "folder_unreachable",
    errno.ENOTDIR: "folder_unreachable",
    errno.EISDIR: "folder_unreachable",
    errno.EEXIST: "folder_unreachable",
    errno.ELOOP: "folder_unreachable",
    errno.ENAMETOOLONG: "path_too_long",
}
_CODE_BY_WINERROR = {
    39: "disk_full",
    **dict.fromkeys((111, 206), "path_too_long"),
    **dict.fromkeys((15, 20, 21, 55, 123, 433, 1167), "folder_unreachable"),
    **dict.fromkeys((53, 59, 64, 67, 121, 1231), "folder_unreachable"),
}
"""Errors whose errno on Windows is that of another cause: a full disk, a drive or name that is not there, a network,
a path beyond the limit."""
_NOT_FOUND = (2, 3, 123)
"""Errors of Windows for a name or path that is missing, not allowed or too long; its `open` gives their errno alone."""
_LONGEST_NAME, _LONGEST_PATH = 255, 259
"""Characters of a name, and of a path where the settings of the PC allow no longer one."""
_MIN_FREE_BYTES = 1 << 16
"""SQLite needs this much for its shared memory; it reports the lack of it as an I/O error."""


def is_disk_full(file: Path) -> bool:
    """Return whether the disk of a file has no room left."""
    try:
        return shutil.disk_usage(file.parent).free < _MIN_FREE_BYTES
    except OSError:
        return False


@contextmanager
def map_errors_to_fault(file: Path | None = None) -> Iterator[None]:
    """Raise a Fault for environment errors inside the block.

    An I/O error of `file` on a full disk is `disk_full`, and a database that cannot be opened in a folder that cannot
    be written `folder_read_only`. Other errors pass unchanged. The fault has the folder of the file, so that its
    sentence names it.
    """
    try:
        yield
    except (DatabaseError, dbapi2.DatabaseError) as error:
        code = _fault_code(str(getattr(error, "orig", error)))
        if code is None:
            raise
        if file is None:
            raise Fault(code, folder="") from error
        raise Fault(_code_by_disk(code, file), folder=str(file.parent)) from error
    except OSError as error:
        name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
        raise Fault(_os_fault_code(error), file=name, folder=os.path.dirname(name)) from error


def _code_by_disk(code: str, file: Path) -> str:
    """Return the code that the state of the file's disk explains better."""
    if code == "disk_error" and is_disk_full(file):
        return "disk_full"
    read_only = code == "folder_unreachable" and file.is_file() and not os.access(file.parent, os.W_OK)
    return "folder_read_only" if read_only else code


@contextmanager
def naming_place(place: Path) -> Iterator[None]:
    """Name a place outside the data folder in a Fault of the block.

    The sentence of the fault then names the drive or folder that failed.
    """
    try:
        yield
    except Fault as fault:
        raise Fault(fault.code, **{**fault.values, "place": str(place)}) from fault


def _os_fault_code(error: OSError) -> str:
    """Return the code of a system error."""
    if _is_own_file(error.filename):
        return "program_file_missing"
    if is_held(error):
        return "file_locked"
    if _is_too_long(error):
        return "path_too_long"
    winerror = getattr(error, "winerror", None) or 0
    return _CODE_BY_WINERROR.get(winerror) or _CODE_BY_ERRNO.get(error.errno or 0, "disk_error")


def _is_too_long(error: OSError) -> bool:
    """Return whether a path that was not found is too long for Windows."""
    winerror = getattr(error, "winerror", None) or 0
    if winerror not in _NOT_FOUND and error.errno not in (errno.ENOENT, errno.EINVAL):
        return False
    path = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    longest = max(map(len, path.replace("\\", "/").split("/")))
    return longest > _LONGEST_NAME or (len(path) > _LONGEST_PATH and (os.name == "nt" or winerror in _NOT_FOUND))


def _is_own_file(name: object) -> bool:
    """Return whether a path is of the program, not of an office."""
    return isinstance(name, str | bytes | os.PathLike) and is_program_file(Path(os.fsdecode(name)))


def _fault_code(message: str) -> str | None:
    folded = message.lower()
    return next((code for part, code in _CODE_BY_MESSAGE if part in folded), None)
