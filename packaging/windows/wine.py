"""Windows programs run by wine.

Wine lacks parts of the system libraries of Windows 10. Substitutes of them are put into wine's own system folder;
`archive` checks that no package carries one.
"""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from windows.system import Process, System
from windows.tools import run

_ICU = (
    *(
        "ucnv_cbFromUWriteUChars",
        "ucnv_cbToUWriteUChars",
        "ucnv_close",
        "ucnv_countAvailable",
        "ucnv_fromUCountPending",
    ),
    *("ucnv_fromUnicode", "ucnv_getAvailableName", "ucnv_getFromUCallBack", "ucnv_getMaxCharSize", "ucnv_getName"),
    *("ucnv_getStandardName", "ucnv_getToUCallBack", "ucnv_reset", "ucnv_setFromUCallBack", "ucnv_setToUCallBack"),
    *("ucnv_toUCountPending", "ucnv_toUnicode", "UCNV_FROM_U_CALLBACK_SUBSTITUTE", "UCNV_TO_U_CALLBACK_SUBSTITUTE"),
)
"""Functions of ICU that Qt imports for old text encodings, which the program does not use."""
_COLOUR = ("CloseColorProfile", "GetColorProfileFromHandle", "OpenColorProfileW", "WcsCreateIccProfile")
_NOTHING = "__declspec(dllexport) void *{}(void) {{ return 0; }}\n"
_ICU_OPEN = "__declspec(dllexport) void *ucnv_open(const char *name, int *error) { if (error) *error = 4; return 0; }\n"
_RANDOM = (
    "#include <windows.h>\nBOOLEAN NTAPI SystemFunction036(PVOID, ULONG);\n"
    "__declspec(dllexport) BOOL ProcessPrng(PBYTE to, SIZE_T size) { return SystemFunction036(to, (ULONG)size); }\n"
)
_DEVICES = (
    "#include <windows.h>\n"
    "__declspec(dllexport) DWORD CM_MapCrToWin32Err(DWORD error, DWORD other) { (void)error; return other; }\n"
    'asm(".section .drectve\\n .ascii \\" -export:CM_Get_Parent=setupapi.CM_Get_Parent'
    ' -export:CM_Get_Device_IDW=setupapi.CM_Get_Device_IDW\\"");\n'
)
"""What pyserial asks of a serial port's device."""
SUBSTITUTES = {
    "icuuc": ("".join(map(_NOTHING.format, _ICU)) + _ICU_OPEN, ()),
    "mscms": ("".join(map(_NOTHING.format, _COLOUR)), ()),
    "bcryptprimitives": (_RANDOM, ("-ladvapi32",)),
    "cfgmgr32": (_DEVICES, ()),
}
"""Source and libraries of each substitute, by name."""
_OVERRIDES = "mscoree,mshtml=;icuuc,mscms,bcryptprimitives,cfgmgr32=n"


@dataclass(frozen=True)
class Wine(System):
    """A wine prefix: a Windows PC of its own below `home`.

    `user` is the account's name on it.
    """

    home: Path
    user: str = "root"
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def drive(self) -> Path:
        """The folder of drive C."""
        return self.home / "drive_c"

    @property
    def profile(self) -> Path:
        """The folder of the account."""
        return self.drive / "users" / self.user

    def environment(self) -> dict[str, str]:
        """Return the variables of wine and its programs."""
        return {
            **os.environ,
            "WINEPREFIX": str(self.home),
            "WINEARCH": "win64",
            "WINEDEBUG": os.environ.get("WINEDEBUG", "-all"),
            "WINEDLLOVERRIDES": _OVERRIDES,
            "USER": self.user,
            "LOGNAME": self.user,
            **self.variables,
        }

    def prepare(self) -> None:
        """Create the prefix as Windows 10, with the substitutes; once."""
        if not (self.home / "ready").is_file():
            self.home.mkdir(parents=True, exist_ok=True)
            self.run(["wineboot", "--init"])
            self.set_version("win10")
            self._link_substitutes()
            self.wait()
            (self.home / "ready").touch()

    def _link_substitutes(self) -> None:
        for name, (source, libraries) in SUBSTITUTES.items():
            target = self.drive / "windows" / "system32" / f"{name}.dll"
            target.unlink(missing_ok=True)
            code = self.home / f"{name}.c"
            code.write_text(source, encoding="ascii")
            run(["x86_64-w64-mingw32-gcc", "-shared", "-O2", "-s", "-w", "-o", target, code, *libraries])

    def set_version(self, version: str) -> None:
        """Let the prefix be another Windows, like `win10` or `win81`."""
        self.run(["winecfg", "/v", version])
        self.wait()

    def start(self, command: Sequence[str | Path], folder: Path | None = None) -> "subprocess.Popen[bytes]":
        """Start a Windows program; the caller ends it."""
        return subprocess.Popen(
            ["wine", *map(str, command)],
            cwd=folder,
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def open(self, command: Sequence[str | Path]) -> Process:
        """Start a windowed program; the process ends with it.

        Without `start`, Python finds no streams and ends.
        """
        return self.start(["start", "/wait", "/unix", *command])

    def open_file(self, file: Path) -> None:
        """Open a file by its type, as a double click does."""
        self.check(["start", "/unix", file])

    def stop(self, process: Process) -> None:
        """Kill a started program and what it has started."""
        stop(process)

    def wait(self) -> None:
        """Wait until every program of the prefix has ended."""
        subprocess.run([self._server(), "-w"], env=self.environment(), check=False)

    def close(self) -> None:
        """End every program of the prefix."""
        subprocess.run([self._server(), "-k"], env=self.environment(), check=False)

    def runs(self, program: Path) -> bool:
        """Return whether a program runs from a program folder.

        The list of tasks that wine offers is empty, so the memory maps are read.
        """
        library = str(program / "python" / "python313.dll")
        for maps in Path("/proc").glob("[0-9]*/maps"):
            with suppress(OSError):  # the process has ended, or is of another user
                if library in maps.read_text(encoding="utf-8", errors="replace"):
                    return True
        return False

    def command_lines(self) -> list[str]:
        """Return the command lines of the running programs."""
        lines = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # the process has ended, or is of another user
                if f"WINEPREFIX={self.home}\0".encode() in (process / "environ").read_bytes() + b"\0":
                    lines.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        return lines

    def path(self, path: Path) -> str:
        """Return how a Windows program names a path."""
        return windows_path(path)

    @staticmethod
    def _server() -> str:
        places = ("/usr/lib/wine/wineserver64", "/usr/lib/wine/wineserver", "/usr/bin/wineserver")
        return next(place for place in places if Path(place).is_file())


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Kill a started program and what it has started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def windows_path(path: Path) -> str:
    """Return how a Windows program names a path of this machine."""
    return "Z:" + str(path.resolve()).replace("/", "\\")
