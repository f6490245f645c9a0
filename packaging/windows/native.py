"""The Windows that runs this Python, as the PC of the smoke test.

Nothing of wine and of POSIX is used. The test installs, makes an office in the default folder and removes the program,
so that only a PC without either is taken.
"""

import ctypes
import os
import subprocess
import time
from collections.abc import Sequence
from ctypes import wintypes
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from uuid import UUID

from windows.layout import BuildError
from windows.system import Process, System

_QUERY, _QUERY_AND_END = 0x1000, 0x0001
_COMMAND_LINE = 60
"""ProcessCommandLineInformation of NtQueryInformationProcess."""
_LONGEST, _MOST_PROCESSES = 32768, 16384
_PATIENCE_S, _PAUSE_S = 300, 0.2
_DESKTOP = "b4bfcc3a-db2c-424c-b029-7fe99a87c641"
"""FOLDERID_Desktop."""
_REMOVAL = "\\~nsu"
"""Part of the folder in which an uninstaller of NSIS runs as a copy."""


class _UnicodeString(ctypes.Structure):
    _fields_ = (("length", wintypes.USHORT), ("maximum", wintypes.USHORT), ("buffer", ctypes.c_void_p))


@dataclass(frozen=True)
class Program:
    """A running process: its number, file and command line."""

    number: int
    file: str
    line: str


@dataclass(frozen=True)
class Windows(System):
    """This PC; `variables` are added to the environment of programs."""

    variables: dict[str, str] = field(default_factory=dict)

    @property
    def profile(self) -> Path:
        """The folder of the account."""
        return Path(os.environ["USERPROFILE"])

    @property
    def drive(self) -> Path:
        """The folder of drive C."""
        return Path("C:\\")

    def prepare(self) -> None:
        """Check that neither the program nor an office is here.

        Raises BuildError.
        """
        local, roaming = Path(os.environ["LOCALAPPDATA"]), Path(os.environ["APPDATA"])
        places = (local / "Programs" / "MotCua", local / "motcua", roaming / "motcua-office", roaming / "motcua-seen")
        present = [str(place) for place in places if place.exists()]
        if present:
            raise BuildError(f"this PC has the program or an office ({', '.join(present)}); test on an empty one")

    def start(self, command: Sequence[str | Path], folder: Path | None = None) -> Process:
        """Start a program whose streams are pipes; the caller ends it."""
        return subprocess.Popen(
            [str(word) for word in command],
            cwd=folder,
            env={**os.environ, **self.variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def open(self, command: Sequence[str | Path]) -> Process:
        """Start a windowed program; the process ends with it.

        It has no streams, as from Explorer.
        """
        return subprocess.Popen([str(word) for word in command], env={**os.environ, **self.variables})

    def open_file(self, file: Path) -> None:
        """Open a file by its type, as a double click does."""
        os.startfile(file)  # type: ignore[attr-defined,unused-ignore]

    def stop(self, process: Process) -> None:
        """Kill a started program and what it has started."""
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
        process.kill()
        process.communicate()

    def wait(self) -> None:
        """Wait until the removals, which run as copies, have ended.

        Raises BuildError.
        """
        deadline = time.monotonic() + _PATIENCE_S
        while any(_REMOVAL in program.file for program in programs()):
            if time.monotonic() > deadline:
                raise BuildError("the removal does not end")
            Event().wait(_PAUSE_S)

    def close(self) -> None:
        """End every program of the package.

        Raises BuildError if one does not end.
        """
        deadline = time.monotonic() + _PATIENCE_S
        while remaining := [program for program in programs() if _is_ours(program.file)]:
            if time.monotonic() > deadline:
                raise BuildError(f"not ended: {remaining}")
            for program in remaining:
                _end(program.number)
            Event().wait(_PAUSE_S)

    def runs(self, program: Path) -> bool:
        """Return whether a program runs from a program folder."""
        return any(Path(each.file).parent == program for each in programs())

    def command_lines(self) -> list[str]:
        """Return the command lines of the running programs."""
        return [program.line for program in programs()]

    def path(self, path: Path) -> str:
        """Return how a Windows program names a path."""
        return str(path.resolve())


def is_wine() -> bool:
    """Return whether this Windows is wine."""
    return hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")  # type: ignore[attr-defined,unused-ignore]


def set_desktop(folder: Path) -> None:
    """Let a folder be the Desktop of this account.

    Windows keeps the place of the Desktop in memory; a value of the registry alone is read at the next sign-in. wine
    reads it always, and lacks the call.
    Raises BuildError.
    """
    if is_wine():
        return
    known = (ctypes.c_byte * 16).from_buffer_copy(UUID(_DESKTOP).bytes_le)
    shell = ctypes.WinDLL("shell32")  # type: ignore[attr-defined,unused-ignore]
    if shell.SHSetKnownFolderPath(known, 0, None, ctypes.c_wchar_p(str(folder))):
        raise BuildError(f"the Desktop cannot be put into {folder}")


def _is_ours(file: str) -> bool:
    return Path(file).name in ("motcua.exe", "motcua-lenh.exe")


def programs() -> list[Program]:
    """Return the running processes of this account."""
    numbers, size = (wintypes.DWORD * _MOST_PROCESSES)(), wintypes.DWORD()
    psapi = ctypes.WinDLL("psapi")  # type: ignore[attr-defined,unused-ignore]
    if not psapi.EnumProcesses(numbers, ctypes.sizeof(numbers), ctypes.byref(size)):
        raise BuildError("the list of processes cannot be read")
    present = (_program(number) for number in numbers[: size.value // ctypes.sizeof(wintypes.DWORD)])
    return [program for program in present if program is not None]


def _program(number: int) -> Program | None:
    """Return a process; None for one that has ended or is of the system."""
    kernel = _kernel()
    handle = kernel.OpenProcess(_QUERY, False, number)
    if not handle:
        return None
    try:
        name, length = ctypes.create_unicode_buffer(_LONGEST), wintypes.DWORD(_LONGEST)
        if not kernel.QueryFullProcessImageNameW(handle, 0, name, ctypes.byref(length)):
            return None
        return Program(number, name.value, _command_line(handle))
    finally:
        kernel.CloseHandle(handle)


def _command_line(handle: int) -> str:
    """Return the command line of a process; empty if it cannot be read."""
    buffer = ctypes.create_string_buffer(2 * _LONGEST + ctypes.sizeof(_UnicodeString))
    query = ctypes.WinDLL("ntdll").NtQueryInformationProcess  # type: ignore[attr-defined,unused-ignore]
    query.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.ULONG, ctypes.c_void_p)
    if query(handle, _COMMAND_LINE, buffer, ctypes.sizeof(buffer), None):
        return ""
    text = _UnicodeString.from_buffer(buffer)
    return ctypes.wstring_at(text.buffer, text.length // 2) if text.buffer else ""


def _end(number: int) -> None:
    kernel = _kernel()
    handle = kernel.OpenProcess(_QUERY_AND_END, False, number)
    if handle:
        kernel.TerminateProcess(handle, 1)
        kernel.CloseHandle(handle)


def _kernel() -> "ctypes.CDLL":
    kernel: ctypes.CDLL = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    kernel.OpenProcess.restype = wintypes.HANDLE
    kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
    kernel.QueryFullProcessImageNameW.argtypes = (wintypes.HANDLE, wintypes.DWORD, ctypes.c_void_p, ctypes.c_void_p)
    kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    kernel.TerminateProcess.argtypes = (wintypes.HANDLE, wintypes.UINT)
    return kernel
