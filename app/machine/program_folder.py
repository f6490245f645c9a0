"""The folder that the Windows installer has made, and its starter.

The installer puts the program into `chuong-trinh` and keeps the former one as `cu` (packaging/windows/motcua.nsi). A
program that was not installed so has no such folder: a source tree, a wheel, the portable zip.
"""

import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from app.disk import discard_file, discard_folder, make_folder, replace_file, write_file

VERSION_FILE = "phien-ban.txt"
_PROGRAM, _FORMER, _UPDATE = "chuong-trinh", "cu", "cap-nhat"
_STARTER, _INSTALLER = "motcua.exe", "motcua-cai-dat.exe"
_DISCARDED = "hong-"
_OWN_FILES = ("motcua.exe", "motcua-lenh.exe", "LICENSE.txt", "da-thu.txt", VERSION_FILE)
"""Files of a program folder beside `python`; the last one marks it and is removed last."""
_BELOW_PROGRAM = 5
"""chuong-trinh/python/program/app/machine/ is where this module is."""


class InstalledProgram(NamedTuple):
    """An installation: its folder and the version of the running program."""

    folder: Path
    version: str

    @property
    def has_former(self) -> bool:
        """Whether the former version is still there."""
        return (self.folder / _FORMER / VERSION_FILE).is_file()

    def stage_update(self, installer: bytes) -> None:
        """Write the installer and the starter that will run it.

        Raises OSError.
        """
        make_folder(self.folder / _UPDATE)
        write_file(self.folder / _UPDATE / _STARTER, (self.folder / _STARTER).read_bytes())
        write_file(self.folder / _UPDATE / _INSTALLER, installer)

    def start_update(self, arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
        """Let the starter install the staged update and open the window again.

        It waits until this process has ended.

        Raises OSError.
        """
        update = self.folder / _UPDATE
        return subprocess.Popen([update / _STARTER, "/cap-nhat", str(os.getpid()), update / _INSTALLER, *arguments])

    def take_back(self, arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
        """Let the starter put the former version back and open its window.

        It waits until this process has ended.

        Raises OSError.
        """
        return subprocess.Popen([self.folder / _STARTER, "/quay-lai", str(os.getpid()), *arguments])

    def remove_former(self) -> None:
        """Remove the former version, refused ones and the staged update.

        Only files that an installer wrote are removed. What cannot be removed now is removed after a later start.
        """
        former = self.folder / _FORMER
        with suppress(OSError):
            if self.has_former:
                replace_file(former, self.folder / f"{_DISCARDED}{os.getpid()}")
        for folder in self.folder.glob(f"{_DISCARDED}*"):
            if (folder / VERSION_FILE).is_file():
                _remove_program(folder)
        for name in (_INSTALLER, _STARTER):
            with suppress(OSError):  # the starter may still be running
                discard_file(self.folder / _UPDATE / name)


def _remove_program(folder: Path) -> None:
    with suppress(OSError):
        discard_folder(folder / "python")
        for name in _OWN_FILES:
            discard_file(folder / name)
        folder.rmdir()


def installed_program(module: Path = Path(__file__)) -> InstalledProgram | None:
    """Return the installation that this module runs from; None without one."""
    parents = module.resolve().parents
    if len(parents) <= _BELOW_PROGRAM:
        return None
    program, folder = parents[_BELOW_PROGRAM - 1], parents[_BELOW_PROGRAM]
    version = program / VERSION_FILE
    if program.name != _PROGRAM or not version.is_file() or not (folder / _STARTER).is_file():
        return None
    return InstalledProgram(folder, version.read_text(encoding="ascii", errors="replace").strip())
