"""File locks between programs on one folder.

The operating system releases them when the process ends.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from app.models.errors import Fault


@contextmanager
def hold_lock(file: Path, fault: str = "office_open_elsewhere") -> Iterator[None]:
    """Hold the lock of `file` for the length of the block.

    Raises Fault `fault` where another program holds it.
    """
    with file.open("a+b") as handle:
        try:
            _lock(handle)
        except OSError as error:
            raise Fault(fault, folder=str(file.parent)) from error
        yield


if os.name == "nt":
    import msvcrt

    def _lock(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:
    import fcntl

    def _lock(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
