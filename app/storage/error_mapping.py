"""Map environment errors to Fault codes.

The clerk sees what to do instead of the driver's message.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2

from app.models.errors import Fault

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
)
_CODE_BY_ERRNO = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EIO: "disk_error",
    errno.EROFS: "folder_read_only",
    errno.EACCES: "folder_read_only",
    errno.EPERM: "folder_read_only",
    errno.ENOENT: "folder_unreachable",
    errno.ENOTDIR: "folder_unreachable",
    errno.EISDIR: "folder_unreachable",
    errno.EEXIST: "folder_unreachable",
    errno.ELOOP: "folder_unreachable",
    errno.ENAMETOOLONG: "folder_unreachable",
}


@contextmanager
def map_errors_to_fault() -> Iterator[None]:
    """Raise a Fault for environment errors inside the block.

    Other errors pass unchanged.
    """
    try:
        yield
    except (DatabaseError, dbapi2.DatabaseError) as error:
        code = _fault_code(str(getattr(error, "orig", error)))
        if code is None:
            raise
        raise Fault(code) from error
    except OSError as error:
        raise Fault(_CODE_BY_ERRNO.get(error.errno or 0, "disk_error"), file=str(error.filename or "")) from error


def _fault_code(message: str) -> str | None:
    folded = message.lower()
    return next((code for part, code in _CODE_BY_MESSAGE if part in folded), None)
