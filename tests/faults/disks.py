"""Small file systems that a test can fill, make read-only or pull out.

Mounting needs Linux and root. Without root the test is skipped with the reason; a test that mounts is marked `posix`.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MountDisk = Callable[[str], Path]


@pytest.fixture
def mount_disk(tmp_path: Path) -> Iterator[MountDisk]:
    """Mount a file system of a given size, in memory."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(size: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
        process = subprocess.run(command, capture_output=True, check=False)
        if process.returncode:
            pytest.skip(f"no file system can be mounted here: {process.stderr.decode().strip()}")
        return place

    yield mount
    if place.is_mount():
        subprocess.run(["umount", str(place)], capture_output=True, check=False)


def remount(place: Path, option: str) -> None:
    """Change an option of a mounted file system: `ro`, `rw` or a size."""
    subprocess.run(["mount", "-o", f"remount,{option}", str(place)], check=True)


def fill(place: Path, leave: int = 0) -> Path:
    """Fill a file system up to `leave` bytes; return the filling file."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        excess = shutil.disk_usage(place).free - leave
        while excess > 0:
            try:
                excess -= file.write(bytes(min(excess, 65536)))
            except OSError:
                return ballast
    return ballast


@contextmanager
def pulled_out_while_writing(place: Path) -> Iterator[None]:
    """Detach a mounted file system when the first file of it has been written.

    What is open stays open, as with a drive pulled out; the folder below the mount is empty.
    """
    fsync = os.fsync

    def detach(handle: int) -> None:
        fsync(handle)
        written = os.fstat(handle).st_size and place.is_mount()
        if written and Path(os.readlink(f"/proc/self/fd/{handle}")).is_relative_to(place):
            subprocess.run(["umount", "-l", str(place)], check=True)

    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(os, "fsync", detach)
        yield


@contextmanager
def denied(folder: Path) -> Iterator[None]:
    """Deny every new file of a folder, also to root."""
    process = subprocess.run(["chattr", "+i", str(folder)], capture_output=True, check=False)
    if process.returncode:
        pytest.skip(f"no folder can be made immutable here: {process.stderr.decode().strip()}")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", str(folder)], check=True)
