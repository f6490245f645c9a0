"""An open window frees unused cycles itself, in its own thread."""

import gc
import threading
import weakref
from typing import Any

from PySide6.QtWidgets import QLabel

from app.ui.shell.window import MainWindow


class _Cyclic(QLabel):
    """A label that only a search for cycles deletes."""

    def __init__(self, threads: list[threading.Thread]) -> None:
        super().__init__("Một Cửa")
        self.itself = self
        self.threads = threads

    def __del__(self) -> None:
        self.threads.append(threading.current_thread())


def open_wholly(window: MainWindow, qtbot: Any) -> None:
    """Wait until the window has set the objects of its start aside."""
    window.start_deferred_work()
    qtbot.waitUntil(lambda: window.runner.idle)
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)


def test_many_new_cycles_are_freed_once_no_work_is_left(window: MainWindow, qtbot: Any) -> None:
    open_wholly(window, qtbot)
    gc.collect()
    label = weakref.ref(_Cyclic([]))
    window.runner.run_background(lambda _task: None, lambda _none: None, activity="")
    qtbot.waitUntil(lambda: window.runner.idle)
    assert label() is not None
    many: list[list[int]] = [[] for _ in range(10_000)]
    window.runner.run_background(lambda _task: None, lambda _none: None, activity="")
    qtbot.waitUntil(lambda: window.runner.idle)
    assert label() is None and len(many) == 10_000


def test_cycles_are_freed_by_the_window_alone(window: MainWindow, qtbot: Any) -> None:
    open_wholly(window, qtbot)
    assert not gc.isenabled()
    threads: list[threading.Thread] = []
    label = weakref.ref(_Cyclic(threads))
    other = threading.Thread(target=lambda: [[] for _ in range(100_000)])
    other.start()
    other.join()
    assert label() is not None
    window._count_again()
    assert label() is None and threads == [threading.main_thread()]
