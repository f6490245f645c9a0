"""Run work outside the GUI thread.

There is a serial data lane, a free lane, and a lane that renders PDF pages.

Work is submitted and its result delivered on the GUI thread. A refusal or fault becomes a sentence for the clerk. Any
other exception is a bug: its location is logged without typed data, and the banner shows a general sentence.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from threading import Event, current_thread, main_thread
from typing import Any, NamedTuple, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot

from app.machine.log_file import log_bug
from app.models.errors import Fault, Refusal
from app.office.desk import Desk
from app.wording.refusals import error_sentence

_T = TypeVar("_T")
SLOW_AFTER_MS = 600
_AFTER_PAINT = Qt.EventPriority.LowEventPriority.value - 1
"""Qt paints with low priority; a timer of 0 ms comes before that."""
_DELIVERY_S = 0.05
"""Longest pause of a lane for the delivery of an urgent result."""
ErrorHandler = Callable[[Exception], bool]
"""Receives the error of a task and returns True if the page showed it. A bug is logged in any case."""
_BUG = (
    "Chương trình gặp lỗi ngoài dự kiến, việc vừa rồi chưa xong. Lỗi đã ghi vào nhật ký (F1, «Mở nhật ký»); "
    "hãy làm lại hoặc báo quản trị."
)


class Changed(StrEnum):
    """Kinds of data that a successful task changed."""

    DOSSIER = "dossier"
    PRINT = "print"
    SYNC = "sync"
    SMS = "notice"
    QUEUE = "queue"
    LAW = "law"


class Level(StrEnum):
    """Severity of a banner message."""

    DONE = "done"
    WARNING = "warning"
    ERROR = "error"


class BannerMessage(NamedTuple):
    """One sentence for the banner and an optional action.

    `page` is the page that it belongs to; the banner drops it when another page is shown, or another person there. None
    stays, and so does an action that `restores` the work of the former person.
    """

    level: Level
    text: str
    action: str = ""
    on_action: Callable[[], None] | None = None
    page: object = None
    restores: bool = False


class LoadedList(Protocol):
    """A list that shows whether a query for it is running or has failed."""

    def begin_loading(self) -> None:
        """Record that a query for the list begins."""

    def end_loading(self, failed: bool) -> None:
        """Record that a query for the list ended."""


@dataclass(eq=False)
class Task:
    """One running piece of work.

    `activity` is shown if the work takes longer than `SLOW_AFTER_MS`. `delivered` is set once the result of urgent work
    was delivered.
    """

    activity: str
    on_result: Callable[[Any], None]
    on_error: ErrorHandler | None = None
    changes: frozenset[Changed] = frozenset()
    source: object = None
    key: str = ""
    can_stop: bool = True
    loads: LoadedList | None = None
    delivered: Event | None = None
    stopped: bool = False
    finished: bool = False
    on_report: Callable[["Task", int, int, str], None] = field(default=lambda task, done, total, text: None)

    def report(self, done: int, total: int, text: str) -> None:
        """Report the progress of the work.

        A function of its own for each task would be a cycle and keep the papers of a print until cycles are freed.
        """
        self.on_report(self, done, total, text)


class _Outcome(NamedTuple):
    task: Task
    value: Any = None
    error: Exception | None = None


class Runner(QObject):
    """Submit work to the lanes and deliver the results.

    Signals: `changed(frozenset[Changed], source)` after each task that changed data; `message_posted(BannerMessage)`;
    `slow_work_started(activity, can_stop)`; `progressed(done, total, text)`; `became_idle()` once the last result is
    shown.
    """

    changed = Signal(object, object)
    message_posted = Signal(object)
    slow_work_started = Signal(str, bool)
    progressed = Signal(int, int, str)
    became_idle = Signal()
    _work_ended = Signal(object)
    _reported = Signal(object, int, int, str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._data = ThreadPoolExecutor(1, "data")
        self._free = ThreadPoolExecutor(2, "free")
        self._pictures = ThreadPoolExecutor(1, "pictures")
        self._tasks: list[Task] = []
        self._closed_lanes: set[ThreadPoolExecutor] = set()
        self._latest: dict[str, Task] = {}
        self._after_paint = deque[Callable[[], None]]()
        self._work_ended.connect(self._on_work_ended, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)

    def read(
        self,
        fn: Callable[..., Any],
        query: Any,
        on_result: Callable[[Any], None],
        *,
        key: str = "",
        on_error: ErrorHandler | None = None,
        activity: str = "Đang tìm",
        audited: bool = False,
        loads: LoadedList | None = None,
        after_paint: bool = False,
    ) -> None:
        """Run a query in the data lane.

        Of queries with the same `key`, only the newest is answered. An `audited` query runs in a writing unit of work,
        because the access is recorded. `loads` is the list that the result fills; an empty one shows that it is read.
        With `after_paint` the window is painted first, because both share one interpreter.
        """
        task = Task(activity, on_result, on_error, key=key, loads=loads)
        if key:
            self._supersede(key, task)
        run = self.desk.write if audited else self.desk.read
        self._submit(self._data, task, lambda: run(fn, query), after_paint=after_paint)

    def write(
        self,
        fn: Callable[..., Any],
        command: Any,
        on_result: Callable[[Any], None],
        *,
        changes: frozenset[Changed] = frozenset(),
        source: object = None,
        on_error: ErrorHandler | None = None,
        activity: str = "Đang ghi",
    ) -> None:
        """Run a command in the data lane, in order.

        It is never dropped or stopped.
        """
        task = Task(activity, on_result, on_error, changes, source, can_stop=False)
        self._submit(self._data, task, lambda: self.desk.write(fn, command))

    def run_serial(
        self,
        job: Callable[[], Any],
        on_result: Callable[[Any], None],
        *,
        activity: str,
        on_error: ErrorHandler | None = None,
        urgent: bool = False,
    ) -> None:
        """Run a function in the data lane, in order.

        The result of `urgent` work is delivered before the lane goes on, because both share one interpreter.
        """
        delivered = Event() if urgent else None
        self._submit(self._data, Task(activity, on_result, on_error, can_stop=False, delivered=delivered), job)

    def run_background(
        self,
        job: Callable[[Task], Any],
        on_result: Callable[[Any], None],
        *,
        activity: str,
        pictures: bool = False,
        can_stop: bool = True,
        on_error: ErrorHandler | None = None,
    ) -> None:
        """Run work that may wait for a printer, a disk or the network.

        `pictures` selects the lane for PDF work, because the PDF reader supports one thread only. PDF work and work
        with an empty `activity` cannot be stopped, nor can work with `can_stop` false.
        """
        can_stop = can_stop and bool(activity) and not pictures
        task = Task(activity, on_result, on_error, can_stop=can_stop, on_report=self._reported.emit)
        self._submit(self._pictures if pictures else self._free, task, lambda: job(task))

    def pass_on(self, job: Callable[[], _T]) -> Future[_T]:
        """Begin work of the lane for PDF work from another lane; see `follow`."""
        return self._pictures.submit(job)

    def follow(
        self,
        passed_on: Future[_T],
        on_result: Callable[[_T], None],
        *,
        activity: str,
        on_error: ErrorHandler | None = None,
    ) -> None:
        """Deliver the result of work that a lane passed on."""
        task = Task(activity, on_result, on_error, can_stop=False)
        self._begin(task)
        passed_on.add_done_callback(partial(self._announce_passed_on, task))

    def report(self, error: Exception) -> None:
        """Post the message of an error that a job kept."""
        self.message_posted.emit(_error_message(error))

    def cancel(self, key: str) -> None:
        """Drop the running query with this key."""
        task = self._latest.pop(key, None)
        if task is not None:
            task.stopped = True

    def stop(self) -> bool:
        """Stop the newest task that can be stopped. False if there is none."""
        for task in reversed(self._tasks):
            if task.can_stop and not task.stopped:
                task.stopped = True
                return True
        return False

    @property
    def idle(self) -> bool:
        """True while no task is running."""
        return not self._tasks

    def close(self) -> None:
        """Finish writes, drop queries and end the threads.

        The data lane ends last, because the outcome of a print is still recorded.
        """
        for task in self._tasks:
            task.stopped = task.stopped or task.can_stop
        for lane in (self._free, self._pictures):
            self._shut_down(lane)
        QCoreApplication.sendPostedEvents(self)
        self._shut_down(self._data)

    def _shut_down(self, lane: ThreadPoolExecutor) -> None:
        self._closed_lanes.add(lane)
        lane.shutdown(wait=True)

    def _supersede(self, key: str, task: Task) -> None:
        self.cancel(key)
        self._latest[key] = task

    def _submit(self, lane: ThreadPoolExecutor, task: Task, job: Callable[[], Any], after_paint: bool = False) -> None:
        if lane in self._closed_lanes:
            return
        self._begin(task)
        if after_paint:
            self.call_after_paint(partial(self._start, lane, task, job))
        else:
            self._start(lane, task, job)

    def call_after_paint(self, call: Callable[[], None]) -> None:
        """Call a function once the window has painted what is shown by now."""
        self._after_paint.append(call)
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), _AFTER_PAINT)

    def customEvent(self, event: QEvent) -> None:
        """Call the next function that waits for the paint."""
        self._after_paint.popleft()()

    def _start(self, lane: ThreadPoolExecutor, task: Task, job: Callable[[], Any]) -> None:
        if lane in self._closed_lanes:
            return
        future: Future[_Outcome] = lane.submit(self._run, task, job)
        future.add_done_callback(partial(self._announce, task))

    def _begin(self, task: Task) -> None:
        self._tasks.append(task)
        if task.loads is not None:
            task.loads.begin_loading()
        QTimer.singleShot(SLOW_AFTER_MS, self, lambda: self._announce_if_slow(task))

    def _announce_passed_on(self, task: Task, done: "Future[Any]") -> None:
        error = done.exception()
        value = None if error is not None else done.result()
        self._work_ended.emit(_Outcome(task, value, error if isinstance(error, Exception) else None))

    def _announce(self, task: Task, done: "Future[_Outcome]") -> None:
        """Announce the end of work, in its lane."""
        self._work_ended.emit(done.result())
        if task.delivered is not None and current_thread() is not main_thread():
            task.delivered.wait(_DELIVERY_S)

    def _run(self, task: Task, job: Callable[[], Any]) -> _Outcome:
        if task.stopped:
            return _Outcome(task)
        try:
            return _Outcome(task, job())
        except Exception as error:
            return _Outcome(task, error=error)

    def _announce_if_slow(self, task: Task) -> None:
        if task.activity and not task.finished:
            self.slow_work_started.emit(task.activity, task.can_stop)

    @Slot(object, int, int, str)
    def _on_progress(self, task: Task, done: int, total: int, text: str) -> None:
        if not task.finished:
            self.progressed.emit(done, total, text)

    @Slot(object)
    def _on_work_ended(self, outcome: _Outcome) -> None:
        try:
            self._deliver(outcome)
        finally:
            if outcome.task.delivered is not None:
                outcome.task.delivered.set()

    def _deliver(self, outcome: _Outcome) -> None:
        task = outcome.task
        task.finished = True
        self._tasks.remove(task)
        if task.loads is not None and _is_valid(task.loads):
            task.loads.end_loading(outcome.error is not None and not task.stopped)
        try:
            self._show(outcome)
        finally:
            if not self._tasks:
                self.became_idle.emit()

    def _show(self, outcome: _Outcome) -> None:
        task = outcome.task
        if task.stopped or not _is_alive(task.on_result):
            return
        if outcome.error is None:
            task.on_result(outcome.value)
            if task.changes:
                self.changed.emit(task.changes, task.source)
        else:
            self._fail(task, outcome.error)

    def _fail(self, task: Task, error: Exception) -> None:
        handled = task.on_error is not None and task.on_error(error)
        message = _error_message(error)
        if not handled:
            self.message_posted.emit(message)


def _error_message(error: Exception) -> BannerMessage:
    if isinstance(error, Refusal | Fault):
        return BannerMessage(Level.ERROR, error_sentence(error))
    return bug_message(error)


def bug_message(error: BaseException) -> BannerMessage:
    """Log the location of a bug and return the message for the banner.

    Only files and lines are logged.
    """
    log_bug(error)
    return BannerMessage(Level.ERROR, _BUG)


def _is_alive(callback: Callable[..., Any]) -> bool:
    while isinstance(callback, partial):
        callback = callback.func
    return _is_valid(getattr(callback, "__self__", None))


def _is_valid(owner: object) -> bool:
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
