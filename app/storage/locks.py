"""File locks between programs on one folder.

The operating system releases them when the process ends.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
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


@contextmanager
def await_lock(file: Path) -> Iterator[None]:
    """Wait for the lock of `file` and hold it for the length of the block.

    Without the lock where the file cannot be opened, as in a read-only folder.
    """
    with ExitStack() as stack:
        with suppress(OSError):
            _await(stack.enter_context(file.open("a+b")))
        yield


if os.name == "nt":
    import msvcrt

    def _lock(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

    def _await(handle: IO[bytes]) -> None:
        while True:
            handle.seek(0)
            try:
                msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
                return
            except OSError as error:
                if error.errno != errno.EDEADLOCK:  # LK_LOCK gives up after ten seconds
                    raise

else:
    import fcntl

    def _lock(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _await(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
