"""The connection of a PC whose Qt has no plugin for it."""

from functools import partial
from typing import Any

from app.ui.shell.sync_watch import PolledConnection


def test_connection_is_reported_each_time_it_is_back(qapp: Any) -> None:
    """The package for Windows has no plugin that reports it."""
    states = iter((True, True, False, False, True, True, False, True))
    calls: list[str] = []
    connection = PolledConnection(partial(next, states), partial(calls.append, "back"))
    assert connection.isActive()
    for _tick in range(7):
        connection.timeout.emit()
    connection.stop()
    assert calls == ["back", "back"]
