"""Proxies between a sender and a receiver: one thread a connection."""

import socket
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Self
from urllib.parse import urlsplit


class Proxy(ABC):
    """A listener on loopback that hands each connection to `carry`.

    `lock` guards what connections share.
    """

    def __init__(self, server: str) -> None:
        parts = urlsplit(server)
        self.server = (parts.hostname or "", parts.port or 0)
        self.stopped = threading.Event()
        self.lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))

    @property
    def address(self) -> str:
        """The address that a sender uses."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @abstractmethod
    def carry(self, client: socket.socket) -> None:
        """Carry one connection; it is closed behind."""

    @contextmanager
    def running(self) -> Iterator[Self]:
        """Accept connections for the length of the block, and end them."""
        thread = threading.Thread(target=self._accept)
        thread.start()
        try:
            yield self
        finally:
            self.stopped.set()
            with suppress(OSError):
                socket.create_connection(self._listener.getsockname()).close()
            thread.join()
            self._listener.close()

    def _accept(self) -> None:
        threads = []
        while not self.stopped.is_set():
            client, _ = self._listener.accept()
            threads.append(threading.Thread(target=self._serve, args=(client,)))
            threads[-1].start()
        for thread in threads:
            thread.join()

    def _serve(self, client: socket.socket) -> None:
        with closing(client), suppress(OSError):
            if not self.stopped.is_set():
                self.carry(client)
