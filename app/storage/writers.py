"""The units of work that write in this process.

A long reading gives way to them. The threads of a process share one interpreter, so that an act of a person beside a
build of thousands of records would take twice as long.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

_LONGEST_S = 0.02
"""Longest pause for the writers, so that a stream of them does not stop a reading."""


class Writers:
    """The number of units of work that write or wait for their turn."""

    def __init__(self) -> None:
        self._number, self._changed = 0, Condition()

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Count a unit of work for the length of the block."""
        with self._changed:
            self._number += 1
        try:
            yield
        finally:
            with self._changed:
                self._number -= 1
                self._changed.notify_all()

    def give_way(self) -> None:
        """Wait until no unit of work writes, for a moment at most."""
        if self._number:
            with self._changed:
                self._changed.wait_for(lambda: not self._number, timeout=_LONGEST_S)
