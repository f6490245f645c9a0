"""Processes of the program that tests kill, trace or disturb."""

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

ROOT = Path(__file__).resolve().parents[2]
_TIMEOUT = 300.0
"""Seconds without output after which a process counts as hung."""


class ProcessHung(AssertionError):
    """Signal that a process neither answered nor exited."""


class Child:
    """Process of the program, with its output and exit status."""

    def __init__(self, server: "ForkServer", pid: int, pipe_ends: tuple[int, int, int, int]) -> None:
        self._server, self.pid = server, pid
        self._stdin, self._stdout, self._stderr, self._gate = pipe_ends
        self.out, self.err = b"", b""
        self.status: int | None = None

    def start(self) -> None:
        """Open the gate, so that the calls start."""
        os.close(self._gate)

    def feed(self, content: bytes) -> None:
        """Write the whole standard input.

        It must fit into the pipe, because the child may not read before it has started.
        """
        assert os.write(self._stdin, content) == len(content)
        os.close(self._stdin)

    def wait_for_lines(self, count: int) -> bool:
        """Wait for output lines; return False if the process exits before."""
        while self.out.count(b"\n") < count:
            if not self._read_output(_TIMEOUT):
                return False
        return True

    def read_for(self, seconds: float) -> None:
        """Read output for at most `seconds`; the amount is random."""
        self._read_output(seconds, patient=False)

    def _read_output(self, seconds: float, patient: bool = True) -> bool:
        ready, _, _ = select.select([self._stdout], [], [], seconds)
        if not ready:
            if patient:
                raise ProcessHung(self.err.decode(errors="replace"))
            return True
        output = os.read(self._stdout, 1 << 16)
        self.out += output
        return bool(output)

    def kill(self) -> None:
        """Kill the process."""
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Read the remaining output and return the exit status.

        A negative status is the number of a signal.
        """
        while self._read_output(_TIMEOUT):
            continue
        while output := os.read(self._stderr, 1 << 16):
            self.err += output
        self.status = self._server.reap(self.pid)
        os.close(self._stdout)
        os.close(self._stderr)
        return self.status

    @property
    def answers(self) -> list[Any]:
        """Return the complete lines of output, parsed as JSON."""
        return [json.loads(text) for text in self.out.splitlines(keepends=True) if text.endswith(b"\n")]


class ForkServer:
    """Client of a fork server process, see `tests.faults.fork_server`."""

    def __init__(self, environment: dict[str, str]) -> None:
        ours, theirs = socket.socketpair()
        full_environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment}
        command = [sys.executable, "-m", "tests.faults.fork_server"]
        self._process = subprocess.Popen(command, stdin=theirs, env=full_environment, cwd=ROOT)
        theirs.close()
        self._socket = ours

    def fork(self, *calls: Sequence[object], **pragmas: object) -> Child:
        """Fork a process that runs calls of the command line.

        It waits for `start`. The pragmas replace those of the program.
        """
        pipes = [os.pipe() for _ in range(4)]
        (stdin, feed), (out, stdout), (err, stderr), (gate, open_gate) = pipes
        request = {"calls": [[str(word) for word in words] for words in calls], "pragmas": pragmas}
        of_child = [stdin, stdout, stderr, gate]
        socket.send_fds(self._socket, [json.dumps(request).encode()], of_child)
        pid = json.loads(self._socket.recv(100))
        for descriptor in of_child:
            os.close(descriptor)
        return Child(self, pid, (feed, out, err, open_gate))

    def reap(self, pid: int) -> int:
        """Wait for the exit of a child and return its status."""
        self._socket.sendall(json.dumps({"wait": pid}).encode())
        return int(json.loads(self._socket.recv(100)))

    def run(self, words: Sequence[object], content: bytes = b"") -> Child:
        """Run one call to its end."""
        child = self.fork(words)
        child.feed(content)
        child.start()
        child.wait()
        return child

    def close(self) -> None:
        """Stop the fork server."""
        self._socket.close()
        self._process.wait()


@contextmanager
def running_fork_server() -> Iterator[ForkServer]:
    """Run a fork server for the length of a block."""
    server = ForkServer(ENVIRONMENT)
    try:
        yield server
    finally:
        server.close()


class Traceable(Protocol):
    """Process that strace can attach to."""

    pid: int

    def kill(self) -> None:
        """Kill the process."""

    def wait(self) -> object:
        """Wait for the exit of the process."""


class TracingUnavailable(Exception):
    """Signal that strace is missing or may not attach."""


@contextmanager
def trace_process(child: Traceable, options: Sequence[str]) -> Iterator["subprocess.Popen[str]"]:
    """Attach strace to a process until one of the two exits.

    Raises TracingUnavailable. The process is killed if strace may not attach.
    """
    if shutil.which("strace") is None:
        raise TracingUnavailable("strace is not installed")
    command = ["strace", "-f", "-p", str(child.pid), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as strace:
        assert strace.stderr is not None
        message = strace.stderr.readline()
        if "attached" not in message:
            child.kill()
            child.wait()
            raise TracingUnavailable(f"strace may not attach here: {message.strip()}")
        try:
            yield strace
        finally:
            strace.stderr.read()
