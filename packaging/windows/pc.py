"""A Windows PC of the smoke test: a wine prefix, or this PC."""

import hashlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from windows.layout import BuildError
from windows.native import Windows, set_desktop
from windows.system import Ended, Process, System
from windows.wine import Wine

NATIVE = os.name == "nt"
"""Whether this Python runs on Windows; then the PC is this one."""
ACCOUNT = "Nguyễn Thị Ánh"
ONEDRIVE = "OneDrive - UBND xã"
_START_S, _PAUSE_S = 400, 1.0


@dataclass
class Pc:
    """A PC with an account; below `home` where it is a wine prefix."""

    home: Path
    variables: dict[str, str] = field(default_factory=dict)
    account: str = ACCOUNT

    @property
    def system(self) -> System:
        """Its Windows, with the variables of now."""
        if NATIVE:
            return Windows(self.variables)
        return Wine(self.home, self.account, {"LC_ALL": "C.UTF-8", "TZ": "ICT-7", **self.variables})

    @property
    def folder(self) -> Path:
        """The installation folder."""
        return self.system.profile / "AppData" / "Local" / "Programs" / "MotCua"

    @property
    def program(self) -> Path:
        """The program folder."""
        return self.folder / "chuong-trinh"

    @property
    def data(self) -> Path:
        """The default data folder."""
        return self.system.profile / "AppData" / "Local" / "motcua"

    @property
    def log(self) -> Path:
        """The folder of the logs."""
        return self.system.profile / "AppData" / "Local" / "MotCua-nhat-ky"

    @property
    def version(self) -> str:
        """The installed version; empty without one."""
        file = self.program / "phien-ban.txt"
        return file.read_text(encoding="ascii").strip() if file.is_file() else ""

    def move_desktop(self) -> None:
        """Let the Desktop be in a folder of the profile, as OneDrive does."""
        desktop = self.system.profile / ONEDRIVE / "Desktop"
        desktop.mkdir(parents=True, exist_ok=True)
        if NATIVE:
            set_desktop(desktop)
        key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
        value = ["/v", "Desktop", "/t", "REG_EXPAND_SZ", "/d", f"%USERPROFILE%\\{ONEDRIVE}\\Desktop", "/f"]
        self.system.check(["reg", "add", key, *value])

    def shortcuts(self) -> list[Path]:
        """Return the shortcuts of the program: Start menu, Desktop."""
        menu = self.system.profile / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu"
        desktop = self.system.profile / ONEDRIVE / "Desktop"
        return [file for folder in (menu, desktop) for file in folder.rglob("Một Cửa.lnk")]

    @property
    def starts_with_windows(self) -> bool:
        """Whether the program starts when the account signs in."""
        return any(file.parent.name.casefold() == "startup" for file in self.shortcuts())

    def add_drive(self, letter: str, place: Path) -> None:
        """Let a folder of this machine be a drive."""
        link = self.home / "dosdevices" / f"{letter.lower()}:"
        link.unlink(missing_ok=True)
        link.symlink_to(place)

    def rename(self, former: str, name: str) -> None:
        """Rename a folder of the installation folder.

        A virus scanner may hold its files for some seconds.
        """
        self.wait_until(lambda: _renamed(self.folder / former, self.folder / name), f"{former} to be free")

    def install(self, installer: Path, *switches: str) -> Ended:
        """Run an installer silently."""
        ended = self.system.run([installer, "/S", *switches])
        self.system.wait()
        return ended

    def uninstall(self) -> Ended:
        """Remove the program silently.

        The uninstaller runs as a copy, which is waited for.
        """
        ended = self.system.run([self.folder / "go-bo.exe", "/S"])
        self.system.wait()
        return ended

    def call(self, *words: str | Path, text: str = "\n", program: Path | None = None) -> Ended:
        """Run the console launcher with arguments; paths become Windows paths."""
        launcher = (program or self.program) / "motcua-lenh.exe"
        return self.system.run(
            [launcher, *(self.system.path(w) if isinstance(w, Path) else w for w in words)], text=text
        )

    def answer(self, *words: str | Path, text: str = "\n", program: Path | None = None) -> Any:
        """Return the JSON answer of a command that must succeed.

        It is one object, or a list of lines.

        Raises BuildError.
        """
        ended = self.call("--json", *words, text=text, program=program)
        if ended.status:
            raise BuildError(f"{' '.join(map(str, words))}: exit {ended.status}\n{ended.output[-2000:]}")
        lines = [json.loads(line) for line in ended.output.splitlines() if line.startswith(("{", "["))]
        return lines[0] if len(lines) == 1 else lines

    @contextmanager
    def window(self, *words: str | Path) -> Iterator[Process]:
        """Open the window through the starter; end it afterwards.

        Raises BuildError if no office is open after a while.
        """
        command: list[str | Path] = [
            self.folder / "motcua.exe",
            *(self.system.path(w) if isinstance(w, Path) else w for w in words),
        ]
        process = self.system.open(command)
        try:
            self.wait_until(self.is_open, "the window to open")
            yield process
        finally:
            self.system.close()
            self.system.stop(process)

    def is_open(self) -> bool:
        """Return whether the installed program runs."""
        return self.system.runs(self.program)

    def wait_until(self, condition: Any, purpose: str) -> None:
        """Wait until a condition holds.

        Raises BuildError after some minutes.
        """
        deadline = time.monotonic() + _START_S
        while not condition():
            if time.monotonic() > deadline:
                raise BuildError(f"waited in vain for {purpose}")
            Event().wait(_PAUSE_S)

    def digests(self, folder: Path) -> Mapping[str, str]:
        """Return the SHA-256 of every file below a folder."""
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}

    def take_away(self) -> None:
        """End every program of a wine prefix and remove it."""
        if not NATIVE:
            self.system.close()
            shutil.rmtree(self.home, ignore_errors=True)


def _renamed(former: Path, name: Path) -> bool:
    """Rename a folder; return False while a program holds it."""
    with suppress(PermissionError):
        former.rename(name)
        return True
    return False


@contextmanager
def screen() -> Iterator[str]:
    """Run an X server without a screen; yield its display.

    A real Windows has a screen of its own.
    """
    if NATIVE:
        yield ""
        return
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise BuildError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def expect(truth: object, sentence: str, *details: Sequence[object] | object) -> None:
    """Raise BuildError with the sentence unless `truth` holds."""
    if not truth:
        raise BuildError(" ".join([sentence, *(str(detail)[-1500:] for detail in details)]))
