"""A thin line: so many bytes a second, broken every so many seconds."""

import socket
import threading
from contextlib import suppress
from time import monotonic

from tests.faults.proxy import Proxy

_PIECE = 256


class ThinLine(Proxy):
    """A proxy with one rate for both directions together.

    Every `period` seconds it breaks all connections. `breaks` counts the connections that were broken.
    """

    def __init__(self, address: str, bytes_per_second: int, period: float) -> None:
        super().__init__(address)
        self._rate, self._period = bytes_per_second, period
        self._begun = self._free_at = monotonic()
        self.carried = self.breaks = 0

    def carry(self, client: socket.socket) -> None:
        """Carry bytes both ways until an end closes, or the line breaks."""
        with socket.create_connection(self.server) as server:
            turn = self._turn()
            up = threading.Thread(target=self._copy, args=(client, server, turn))
            up.start()
            self._copy(server, client, turn)
            up.join()

    def _turn(self) -> int:
        return int((monotonic() - self._begun) / self._period)

    def _copy(self, source: socket.socket, target: socket.socket, turn: int) -> None:
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                self.stopped.wait(self._delay(len(piece)))
                if self._turn() != turn:
                    with self.lock:
                        self.breaks += 1
                    break
                target.sendall(piece)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _delay(self, size: int) -> float:
        """Reserve the line for some bytes; return the seconds that they take."""
        with self.lock:
            now = monotonic()
            self._free_at = max(self._free_at, now) + size / self._rate
            self.carried += size
            return self._free_at - now
