"""Kinds of drives that cannot hold an office's data.

Locks and a cut are not reliable on a drive of another machine. A program that mirrors a folder to the internet copies a
database while it is written, and takes citizens' data out of the office.
"""

import ctypes
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

_REMOTE_DRIVE = 4
"""DRIVE_REMOTE of GetDriveTypeW."""
_NETWORK_KINDS = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "davfs", "fuse.sshfs", "fuse.davfs", "fuse.rclone")
)
_MOUNT_ESCAPES = {"\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"}

_MIRROR_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
"""Windows names the folders of OneDrive by these variables."""
_MIRROR_NAME = re.compile(r"(onedrive|dropbox|google ?drive|icloud ?drive)\b", re.IGNORECASE)
"""Names of the folders that programs mirror, such as `OneDrive - UBND xã`."""
_MAX_WINDOWS_PATH, _LONGEST_BELOW = 259, 80
"""Most characters of a path on Windows; room for the longest name that an office makes below its folder."""


def is_mirrored(folder: Path, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether a program like OneDrive mirrors a folder."""
    roots = [Path(root) for name in _MIRROR_VARIABLES if (root := environment.get(name))]
    return any(folder.is_relative_to(root) for root in roots) or any(_MIRROR_NAME.match(part) for part in folder.parts)


def is_too_long(folder: Path, windows: bool = os.name == "nt") -> bool:
    """Return whether paths below a folder pass the limit of Windows."""
    return windows and len(str(folder)) + _LONGEST_BELOW > _MAX_WINDOWS_PATH


def is_network(folder: Path) -> bool:
    """Return whether a folder is on a drive of another machine."""
    if os.name == "nt":
        return _is_windows_network(folder)
    return sys.platform == "linux" and _kind_of_mount(folder, _mounts()) in _NETWORK_KINDS


def _is_windows_network(folder: Path) -> bool:
    drive = folder.drive
    if drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\")):
        return True
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    return bool(kernel.GetDriveTypeW(ctypes.c_wchar_p(f"{drive}\\")) == _REMOTE_DRIVE)


def _mounts() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def _kind_of_mount(folder: Path, mounts: str) -> str:
    """Return the kind of file system of a folder by a list of mounts."""
    place, kind, deepest = os.path.realpath(folder), "", -1
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = parts[1]
        for escape, character in _MOUNT_ESCAPES.items():
            point = point.replace(escape, character)
        inside = point in ("/", place) or place.startswith(f"{point}/")
        if inside and len(point) >= deepest:
            kind, deepest = parts[2], len(point)
    return kind
