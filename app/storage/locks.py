"""File locks between programs on one folder.

The operating system releases them when the process ends.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import IO

from app.models.errors import Fault

_WINDOWS_TRIES = 500


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


@contextmanager
def take_turn(folder: Path, first: bool) -> Iterator[None]:
    """Let the units of work of the window go before those of commands.

    The window (`first`) holds the lock while it waits for the database and writes. A command waits until the lock is
    free, so that a long stream of short transactions does not keep the window waiting.
    """
    lock = folder / "turn.lock"
    with await_lock(lock):
        if first:
            yield
            return
    yield


if os.name == "nt":
    import msvcrt

    def _lock(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

    def _await(handle: IO[bytes]) -> None:
        for attempt in count():  # LK_LOCK tries once a second, which is long for a lock that is held for a moment
            mode = msvcrt.LK_NBLCK if attempt < _WINDOWS_TRIES else msvcrt.LK_LOCK  # type: ignore[attr-defined,unused-ignore]
            handle.seek(0)
            with suppress(OSError):
                msvcrt.locking(handle.fileno(), mode, 1)  # type: ignore[attr-defined,unused-ignore]
                return

else:
    import fcntl

    def _lock(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _await(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
