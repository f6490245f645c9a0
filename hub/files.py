"""Read files that a person named; write whole files durably."""

import os
from contextlib import suppress
from pathlib import Path

from app.sync.container import MAX_FILE_BYTES
from app.sync.errors import BundleRefused
from hub.errors import Refused


def read_file(name: str) -> bytes:
    """Return the bytes of a file.

    Raises Refused `file_unreadable`; BundleRefused `bundle_too_big` above the size of a sync file, without reading on.
    """
    try:
        with Path(name).open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise Refused("file_unreadable", file=name) from error
    if len(data) > MAX_FILE_BYTES:
        raise BundleRefused("bundle_too_big", name="zip", limit=MAX_FILE_BYTES)
    return data


def write_file(name: str | Path, content: bytes) -> None:
    """Write a whole file: beside it, synced, then renamed.

    Raises Refused `file_unwritable`; the old file then stays as it was.
    """
    path = Path(name)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.unlink(missing_ok=True)  # it may be a link to another file
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise Refused("file_unwritable", file=str(name), part=error.strerror or "") from error


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
