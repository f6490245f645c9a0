"""A Windows PC of the smoke test: a wine prefix with an account."""

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
from windows.wine import Ended, Wine, stop, windows_path

ACCOUNT = "Nguyễn Thị Ánh"
_START_S, _PAUSE_S = 400, 1.0


@dataclass
class Pc:
    """A PC below `home`; `display` is that of its screen."""

    home: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def wine(self) -> Wine:
        """The wine prefix with the variables of now."""
        return Wine(self.home, ACCOUNT, {"LC_ALL": "C.UTF-8", "TZ": "ICT-7", **self.variables})

    @property
    def folder(self) -> Path:
        """The installation folder."""
        return self.wine.profile / "AppData" / "Local" / "Programs" / "MotCua"

    @property
    def program(self) -> Path:
        """The program folder."""
        return self.folder / "chuong-trinh"

    @property
    def data(self) -> Path:
        """The default data folder."""
        return self.wine.profile / "AppData" / "Local" / "motcua"

    @property
    def version(self) -> str:
        """The installed version; empty without one."""
        file = self.program / "phien-ban.txt"
        return file.read_text(encoding="ascii").strip() if file.is_file() else ""

    def move_desktop(self, folder: str) -> None:
        """Let the Desktop be in a folder of the profile, as OneDrive does."""
        place = self.wine.profile / folder / "Desktop"
        place.mkdir(parents=True, exist_ok=True)
        key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
        value = ["/v", "Desktop", "/t", "REG_EXPAND_SZ", "/d", f"%USERPROFILE%\\{folder}\\Desktop", "/f"]
        self.wine.check(["reg", "add", key, *value])

    def add_drive(self, letter: str, place: Path) -> None:
        """Let a folder of this machine be a drive."""
        link = self.home / "dosdevices" / f"{letter.lower()}:"
        link.unlink(missing_ok=True)
        link.symlink_to(place)

    def command_lines(self) -> list[str]:
        """Return the command lines of all programs of the PC."""
        lines = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # the process has ended, or is of another user
                if f"WINEPREFIX={self.home}\0".encode() in (process / "environ").read_bytes() + b"\0":
                    lines.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        return lines

    def install(self, installer: Path, *switches: str) -> Ended:
        """Run an installer silently."""
        ended = self.wine.run([installer, "/S", *switches])
        self.wine.wait()
        return ended

    def uninstall(self) -> Ended:
        """Remove the program silently.

        The uninstaller runs as a copy, which is waited for.
        """
        ended = self.wine.run([self.folder / "go-bo.exe", "/S"])
        self.wine.wait()
        return ended

    def call(self, *words: str | Path, text: str = "\n", program: Path | None = None) -> Ended:
        """Run the console launcher with arguments; paths become Windows paths."""
        launcher = (program or self.program) / "motcua-lenh.exe"
        return self.wine.run([launcher, *(windows_path(w) if isinstance(w, Path) else w for w in words)], text=text)

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
    def window(self, *words: str | Path) -> Iterator["subprocess.Popen[bytes]"]:
        """Open the window through the starter; end it afterwards.

        Raises BuildError if no office is open after a while.
        """
        command = [self.folder / "motcua.exe", *(windows_path(w) if isinstance(w, Path) else w for w in words)]
        process = self.wine.start(["start", "/wait", "/unix", *command])
        try:
            self.wait_until(self.is_open, "the window to open")
            yield process
        finally:
            self.wine.close()
            stop(process)

    def is_open(self) -> bool:
        """Return whether a process has loaded the installed program.

        The list of tasks that wine offers is empty, so the memory maps are read.
        """
        library = "/MotCua/chuong-trinh/python/python313.dll"
        for maps in Path("/proc").glob("[0-9]*/maps"):
            with suppress(OSError):  # the process has ended, or is of another user
                if f"{self.home}/" in (text := maps.read_text(encoding="utf-8", errors="replace")) and library in text:
                    return True
        return False

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
        """End every program of the PC and remove it."""
        self.wine.close()
        shutil.rmtree(self.home, ignore_errors=True)


@contextmanager
def screen() -> Iterator[str]:
    """Run an X server without a screen; yield its display."""
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
