"""Small file systems that a test can fill or make read-only.

Mounting needs root. Without it the test is skipped with the reason.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
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
