"""What the routes work with: database, keys, clock, limits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import anyio

from hub.errors import Busy
from hub.ingest.intake import Intake
from hub.keys import HubKeys
from hub.storage.database import Database
from hub.storage.receiver import Receiver

THREADS = 4
"""Files that one worker takes at once, each with a connection of its own."""

MAX_WAITING = 64
MAX_WAITING_BYTES = 256 * 2**20
_TOO_MANY_SECONDS = 10


class Gate:
    """Limits the requests and the bytes that wait in one worker.

    It is used on the event loop only.
    """

    def __init__(self) -> None:
        self._requests = 0
        self._bytes = 0

    @contextmanager
    def request(self) -> Iterator["Gate"]:
        """Count a request; raises Busy with status 429 if too many wait."""
        if self._requests >= MAX_WAITING:
            raise Busy("too many requests", _TOO_MANY_SECONDS, status=429)
        self._requests += 1
        try:
            yield self
        finally:
            self._requests -= 1

    def hold(self, size: int) -> None:
        """Count bytes that stay in memory; raises Busy with status 429."""
        if self._bytes + size > MAX_WAITING_BYTES:
            raise Busy("too many bytes", _TOO_MANY_SECONDS, status=429)
        self._bytes += size

    def release(self, size: int) -> None:
        """Count bytes that are freed."""
        self._bytes -= size


@dataclass
class Service:
    """One worker of a receiver."""

    database: Database
    keys: HubKeys
    receiver: Receiver
    clock: Callable[[], datetime]
    gate: Gate = field(default_factory=Gate)
    threads: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(THREADS))

    @cached_property
    def intake(self) -> Intake:
        """Receives files."""
        return Intake(self.database, self.keys, training=self.receiver.training)
