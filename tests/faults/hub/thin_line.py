"""A thin line: so many bytes a second, broken every so many seconds."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from time import monotonic
from urllib.parse import urlsplit

_PIECE = 256


class ThinLine:
    """A proxy with one rate for both directions together.

    Every `period` seconds it breaks all connections. `breaks` counts the connections that were broken.
    """

    def __init__(self, address: str, bytes_per_second: int, period: float) -> None:
        parts = urlsplit(address)
        self._server = (parts.hostname or "", parts.port or 0)
        self._rate, self._period = bytes_per_second, period
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._begun = self._free_at = monotonic()
        self.carried = self.breaks = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @contextmanager
    def running(self) -> Iterator["ThinLine"]:
        thread = threading.Thread(target=self._accept)
        thread.start()
        try:
            yield self
        finally:
            self._stopped.set()
            with suppress(OSError):
                socket.create_connection(self._listener.getsockname()).close()
            thread.join()
            self._listener.close()

    def _accept(self) -> None:
        threads = []
        while not self._stopped.is_set():
            connection, _ = self._listener.accept()
            threads.append(threading.Thread(target=self._serve, args=(connection,)))
            threads[-1].start()
        for thread in threads:
            thread.join()

    def _serve(self, client: socket.socket) -> None:
        with closing(client), suppress(OSError), socket.create_connection(self._server) as server:
            turn = self._turn()
            up = threading.Thread(target=self._carry, args=(client, server, turn))
            up.start()
            self._carry(server, client, turn)
            up.join()

    def _turn(self) -> int:
        return int((monotonic() - self._begun) / self._period)

    def _carry(self, source: socket.socket, target: socket.socket, turn: int) -> None:
        """Carry bytes until an end closes, or the line breaks."""
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                self._stopped.wait(self._delay(len(piece)))
                if self._turn() != turn:
                    self.breaks += 1
                    break
                target.sendall(piece)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _delay(self, size: int) -> float:
        """Reserve the line for some bytes; return the seconds that they take."""
        with self._lock:
            now = monotonic()
            self._free_at = max(self._free_at, now) + size / self._rate
            self.carried += size
            return self._free_at - now
