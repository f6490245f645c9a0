"""Windows programs run by wine.

Wine lacks parts of the system libraries of Windows 10. Substitutes of them are put into wine's own system folder;
`archive` checks that no package carries one.
"""

import hashlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from windows.layout import BuildError
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
_TIMEOUT_S, _DRAIN_S = 900, 3


@dataclass(frozen=True)
class Ended:
    """Exit status and output of a Windows program."""

    status: int
    output: str


@dataclass(frozen=True)
class Wine:
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

    def run(self, command: Sequence[str | Path], folder: Path | None = None, text: str = "\n") -> Ended:
        """Run a Windows program with three pipes as its streams.

        Windows Python ends under wine with any other kind of stream.
        """
        process = self.start(command, folder)
        output = bytearray()
        reader = Thread(target=_collect, args=(process, output), daemon=True)
        reader.start()
        try:
            _feed(process, text.encode())
            process.wait(_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            stop(process)
            raise BuildError(f"{command[0]}: not ended after {_TIMEOUT_S} s") from None
        reader.join(_DRAIN_S)  # a program that it has started keeps the pipe open
        return Ended(process.returncode, bytes(output).decode("utf-8", "replace").replace("\r\n", "\n"))

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

    def check(self, command: Sequence[str | Path], folder: Path | None = None, text: str = "\n") -> str:
        """Run a Windows program that must succeed; return its output.

        Raises BuildError.
        """
        ended = self.run(command, folder, text)
        if ended.status:
            raise BuildError(f"{command[0]} ended with {ended.status}\n{ended.output[-4000:]}")
        return ended.output

    def wait(self) -> None:
        """Wait until every program of the prefix has ended."""
        subprocess.run([self._server(), "-w"], env=self.environment(), check=False)

    def close(self) -> None:
        """End every program of the prefix."""
        subprocess.run([self._server(), "-k"], env=self.environment(), check=False)

    @staticmethod
    def _server() -> str:
        places = ("/usr/lib/wine/wineserver64", "/usr/lib/wine/wineserver", "/usr/bin/wineserver")
        return next(place for place in places if Path(place).is_file())


def _feed(process: "subprocess.Popen[bytes]", content: bytes) -> None:
    """Write the input of a program and close it; it may end before."""
    if process.stdin is not None:
        with suppress(BrokenPipeError), process.stdin:
            process.stdin.write(content)


def _collect(process: "subprocess.Popen[bytes]", output: bytearray) -> None:
    """Read the output of a program until nothing more can come."""
    if process.stdout is not None:
        while piece := os.read(process.stdout.fileno(), 65536):
            output += piece


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Kill a started program and what it has started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def windows_path(path: Path) -> str:
    """Return how a Windows program names a path of this machine."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


def substitute_digests(wine: Wine) -> set[str]:
    """Return the SHA-256 of the substitutes in a prefix."""
    folder = wine.drive / "windows" / "system32"
    files = [folder / f"{name}.dll" for name in SUBSTITUTES]
    return {hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()}
