"""A small file system of the test's own: full, or only to be read. It needs root; else the test says so and is
skipped."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

MountDisk = Callable[[str], Path]


@pytest.fixture
def mount_disk(tmp_path: Path) -> Iterator[MountDisk]:
    """A file system of a given size, in memory."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(size: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.decode().strip()}")
        return place

    yield mount
    subprocess.run(["umount", str(place)], capture_output=True, check=False)


def remount(place: Path, option: str) -> None:
    """Change a mounted file system: `ro`, `rw`, another size."""
    subprocess.run(["mount", "-o", f"remount,{option}", str(place)], check=True)


def fill(place: Path, leave: int = 0) -> Path:
    """Take all the room but some bytes."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        room = shutil.disk_usage(place).free - leave
        while room > 0:
            try:
                room -= file.write(bytes(min(room, 65536)))
            except OSError:
                return ballast
    return ballast
