"""A line between offices and a receiver that fails in every way."""

import socket
import threading
from contextlib import suppress
from random import Random

from tests.faults.proxy import Proxy

FATES = ("pass", "pass", "cut_request", "cut_answer", "no_answer", "delay", "repeat", "late")
"""What may happen to a request; `late` arrives after the client gave up, behind a later one."""

_PART = 4096


class BadLine(Proxy):
    """A proxy that carries one request on each connection.

    Each request has a random fate.

    `seconds_per_part` slows both directions, and `break_after` bytes end a connection.
    """

    def __init__(
        self, address: str, random: Random, fates: tuple[str, ...] = FATES, pause: float = 0.0, break_after: int = 0
    ) -> None:
        super().__init__(address)
        self._random = random
        self._fates = fates
        self._pause = pause
        self._break_after = break_after
        self._held: list[bytes] = []
        self.counts: dict[str, int] = {}

    def carry(self, client: socket.socket) -> None:
        """Let one request meet its fate, then send the late ones."""
        request = read_request(client, self._pause, self._break_after)
        if not request:
            return
        with self.lock:
            fate = self._random.choice(self._fates)
            part = self._random.random()
            self.counts[fate] = self.counts.get(fate, 0) + 1
            held, self._held = self._held, []
        self._carry_out(client, with_close(request), fate, part)
        for late in held:
            self._exchange(late)

    def _carry_out(self, connection: socket.socket, request: bytes, fate: str, part: float) -> None:
        if fate == "late":
            with self.lock:
                self._held.append(request)
            return
        if fate == "cut_request":
            self._cut(request[: int(len(request) * part)])
            return
        if fate == "delay":
            self.stopped.wait(part / 50)
        if fate == "repeat":
            self._exchange(request)
        answer = self._exchange(request)
        if fate == "no_answer":
            return
        connection.sendall(answer[: int(len(answer) * part)] if fate == "cut_answer" else answer)

    def _exchange(self, request: bytes) -> bytes:
        """Send bytes to the receiver and return what it answers."""
        with suppress(OSError), socket.create_connection(self.server) as line:
            line.sendall(request)
            return line.makefile("rb").read()
        return b""

    def _cut(self, request: bytes) -> None:
        """Send the begin of a request and break the line."""
        with suppress(OSError), socket.create_connection(self.server) as line:
            line.sendall(request)


def read_request(connection: socket.socket, pause: float, break_after: int) -> bytes:
    """Return a whole request; nothing if the connection ends or breaks before."""
    data = bytearray()
    waiting = threading.Event()
    while part := connection.recv(_PART):
        data += part
        if pause:
            waiting.wait(pause)
        if break_after and len(data) > break_after:
            return b""
        head, mark, body = bytes(data).partition(b"\r\n\r\n")
        if mark and len(body) >= _length(head):
            return bytes(data)
    return b""


def with_close(request: bytes) -> bytes:
    """Return a request that asks the receiver to close the connection."""
    head, mark, body = request.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*lines, b"Connection: close"]) + mark + body


def _length(head: bytes) -> int:
    lines = [line.split(b":", 1) for line in head.lower().split(b"\r\n")[1:]]
    return next((int(line[1]) for line in lines if line[0] == b"content-length"), 0)
