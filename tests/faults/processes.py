"""Real processes of the program for tests that end them without warning, watch or disturb their writing."""

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from tests.faults.office_kinds import ENVIRONMENT

REPOSITORY = Path(__file__).resolve().parent.parent.parent
_TIMEOUT = 300.0
"""Seconds after which a process that says nothing is called hung."""


class ProcessHung(AssertionError):
    """A process that neither answered nor ended."""


class Child:
    """One process: what it is fed, what it said, how it ended."""

    def __init__(self, nursery: "ForkServer", pid: int, ends: tuple[int, int, int, int]) -> None:
        self._server, self.pid = nursery, pid
        self._feed, self._stdout, self._stderr, self._gate = ends
        self.out, self.err = b"", b""
        self.status: int | None = None

    def start(self) -> None:
        """Let it begin."""
        os.close(self._gate)

    def feed(self, content: bytes) -> None:
        """Its whole standard input. It must fit into a pipe, so that nobody waits for the other."""
        assert os.write(self._feed, content) == len(content)
        os.close(self._feed)

    def answers(self, count: int) -> bool:
        """Wait for so many lines; False where it ended before."""
        while self.out.count(b"\n") < count:
            if not self._read_output(_TIMEOUT):
                return False
        return True

    def read_for(self, seconds: float) -> None:
        """Listen for a moment: what it does meanwhile is chance."""
        self._read_output(seconds, patient=False)

    def _read_output(self, seconds: float, patient: bool = True) -> bool:
        ready, _, _ = select.select([self._stdout], [], [], seconds)
        if not ready:
            if patient:
                raise ProcessHung(self.err.decode(errors="replace"))
            return True
        heard = os.read(self._stdout, 1 << 16)
        self.out += heard
        return bool(heard)

    def kill(self) -> None:
        """End it without warning."""
        os.kill(self.pid, signal.SIGKILL)

    def ended(self) -> int:
        """Its exit status (negative: the signal that ended it), with everything it had said."""
        while self._read_output(_TIMEOUT):
            continue
        while heard := os.read(self._stderr, 1 << 16):
            self.err += heard
        self.status = self._server.reap(self.pid)
        os.close(self._stdout)
        os.close(self._stderr)
        return self.status

    @property
    def told(self) -> list[Any]:
        """The whole lines it answered, as JSON."""
        return [json.loads(text) for text in self.out.splitlines(keepends=True) if text.endswith(b"\n")]


class ForkServer:
    """Where children come from: one process that has read the whole program."""

    def __init__(self, environment: dict[str, str]) -> None:
        ours, theirs = socket.socketpair()
        surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment}
        command = [sys.executable, "-m", "tests.faults.fork_server"]
        self._process = subprocess.Popen(command, stdin=theirs, env=surroundings, cwd=REPOSITORY)
        theirs.close()
        self._line = ours

    def fork(self, *calls: Sequence[object], **pragmas: object) -> Child:
        """A new process that will make these calls of the command line, its database set up with these pragmas in
        place of the program's; it waits for `start`."""
        pipes = [os.pipe() for _ in range(4)]
        (stdin, feed), (said, stdout), (moaned, stderr), (waits, gate) = pipes
        asked = {"calls": [[str(word) for word in words] for words in calls], "pragmas": pragmas}
        theirs = [stdin, stdout, stderr, waits]
        socket.send_fds(self._line, [json.dumps(asked).encode()], theirs)
        pid = json.loads(self._line.recv(100))
        for each in theirs:
            os.close(each)
        return Child(self, pid, (feed, said, moaned, gate))

    def reap(self, pid: int) -> int:
        """The exit status of a child that has ended or is about to."""
        self._line.sendall(json.dumps({"wait": pid}).encode())
        return int(json.loads(self._line.recv(100)))

    def run(self, words: Sequence[object], content: bytes = b"") -> Child:
        """One call from its beginning to its end."""
        child = self.fork(words)
        child.feed(content)
        child.start()
        child.ended()
        return child

    def close(self) -> None:
        """No more children."""
        self._line.close()
        self._process.wait()


@contextmanager
def nursery() -> Iterator[ForkServer]:
    """A nursery for the length of a block."""
    made = ForkServer(ENVIRONMENT)
    try:
        yield made
    finally:
        made.close()


class Traceable(Protocol):
    """A process that strace looks at."""

    pid: int

    def kill(self) -> None:
        """End it without warning."""

    def ended(self) -> object:
        """Wait for its end."""


class TracingUnavailable(Exception):
    """This machine lets nobody watch a process: no strace, or no right to it."""


@contextmanager
def trace_process(child: Traceable, options: Sequence[str]) -> Iterator["subprocess.Popen[str]"]:
    """strace on a waiting child and all it does from there on, until the child or strace ends.

    Raises Unwatchable where there is no strace or it may not look."""
    if shutil.which("strace") is None:
        raise TracingUnavailable("strace is not installed")
    command = ["strace", "-f", "-p", str(child.pid), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        first = strace.stderr.readline()
        if "attached" not in first:
            child.kill()
            child.ended()
            raise TracingUnavailable(f"strace may not attach here: {first.strip()}")
        try:
            yield strace
        finally:
            strace.stderr.read()
