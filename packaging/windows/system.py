"""What the smoke test asks of a Windows: wine, or the real one."""

import os
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from windows.layout import BuildError

Process = subprocess.Popen[bytes]
_TIMEOUT_S, _DRAIN_S = 900, 3


@dataclass(frozen=True)
class Ended:
    """Exit status and output of a Windows program."""

    status: int
    output: str


class System(ABC):
    """A Windows with the account of the test."""

    @property
    @abstractmethod
    def profile(self) -> Path:
        """The folder of the account."""

    @property
    @abstractmethod
    def drive(self) -> Path:
        """The folder of drive C."""

    @abstractmethod
    def prepare(self) -> None:
        """Make the system ready.

        Raises BuildError if the test must not run on it.
        """

    @abstractmethod
    def start(self, command: Sequence[str | Path], folder: Path | None = None) -> Process:
        """Start a program whose streams are pipes; the caller ends it."""

    @abstractmethod
    def open(self, command: Sequence[str | Path]) -> Process:
        """Start a windowed program; the process ends with it."""

    @abstractmethod
    def open_file(self, file: Path) -> None:
        """Open a file by its type, as a double click does."""

    @abstractmethod
    def stop(self, process: Process) -> None:
        """Kill a started program and what it has started."""

    @abstractmethod
    def wait(self) -> None:
        """Wait until the installers and removals have ended."""

    @abstractmethod
    def close(self) -> None:
        """End every program of the package."""

    @abstractmethod
    def runs(self, program: Path) -> bool:
        """Return whether a program runs from a program folder."""

    @abstractmethod
    def command_lines(self) -> list[str]:
        """Return the command lines of the running programs."""

    @abstractmethod
    def path(self, path: Path) -> str:
        """Return how a Windows program names a path."""

    def run(self, command: Sequence[str | Path], folder: Path | None = None, text: str = "\n") -> Ended:
        """Run a program with `text` as its input.

        Raises BuildError if it does not end.
        """
        process = self.start(command, folder)
        output = bytearray()
        reader = Thread(target=_collect, args=(process, output), daemon=True)
        reader.start()
        try:
            _feed(process, text.encode())
            process.wait(_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.stop(process)
            raise BuildError(f"{command[0]}: not ended after {_TIMEOUT_S} s") from None
        reader.join(_DRAIN_S)  # a program that it has started keeps the pipe open
        return Ended(process.returncode, bytes(output).decode("utf-8", "replace").replace("\r\n", "\n"))

    def check(self, command: Sequence[str | Path], folder: Path | None = None, text: str = "\n") -> str:
        """Run a program that must succeed; return its output.

        Raises BuildError.
        """
        ended = self.run(command, folder, text)
        if ended.status:
            raise BuildError(f"{command[0]} ended with {ended.status}\n{ended.output[-4000:]}")
        return ended.output


def _feed(process: Process, content: bytes) -> None:
    """Write the input of a program and close it; it may end before."""
    if process.stdin is not None:
        with suppress(OSError), process.stdin:  # a pipe without reader: EPIPE, on Windows EINVAL
            process.stdin.write(content)


def _collect(process: Process, output: bytearray) -> None:
    """Read the output of a program until nothing more can come."""
    if process.stdout is not None:
        while piece := os.read(process.stdout.fileno(), 65536):
            output += piece
