"""Two lanes beside the window: one for data, in order; one for the network; and a third where pages are rastered.

Work is given on the GUI thread and its end is told on the GUI thread. A refusal or a fault comes back as a sentence
for the clerk; anything else is a bug: its place is logged without a word that was typed, and said calmly.
"""

import logging
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot

from app.models.errors import Fault, Refusal
from app.office.session import Desk
from app.wording.refusals import error_sentence

if TYPE_CHECKING:
    pass

SLOW_AFTER_MS = 600
ErrorHandler = Callable[[Exception], bool]
"""Hears why a piece of work failed; true when the page has said it itself. A bug is logged in any case."""
_BUG = (
    "Chương trình gặp lỗi ngoài dự kiến, việc vừa rồi chưa xong. Lỗi đã ghi vào nhật ký; hãy làm lại hoặc báo quản trị."
)
_log = logging.getLogger(__name__)


class Changed(StrEnum):
    """What a success may have altered, as pages need to know it."""

    DOSSIER = "dossier"
    PRINT = "print"
    SYNC = "sync"
    SMS = "notice"
    QUEUE = "queue"


class Level(StrEnum):
    """What a banner means: done, have a look, mend."""

    DONE = "done"
    WARNING = "look"
    ERROR = "mend"


@dataclass(frozen=True)
class BannerMessage:
    """One sentence for the banner and at most one thing to do about it."""

    level: Level
    text: str
    action: str = ""
    on_action: Callable[[], None] | None = None


@dataclass(eq=False)
class Task:
    """One piece of work under way. `activity` is said once it takes longer than 600 ms."""

    activity: str
    on_result: Callable[[Any], None]
    on_error: ErrorHandler | None = None
    changes: frozenset[Changed] = frozenset()
    source: object = None
    key: str = ""
    can_stop: bool = True
    stopped: bool = False
    finished: bool = False
    report: Callable[[int, int, str], None] = field(default=lambda done, total, text: None)


@dataclass(frozen=True)
class _Outcome:
    task: Task
    value: Any = None
    error: Exception | None = None


class Runner(QObject):
    """Gives work to the lanes and brings the answers home.

    Signals: `changed(set of Changed, source)` once after each success that altered something;
    `message_posted(Notice)` for
    the banner; `slow_work_started(text, can be stopped)` when work is slow; `progressed(done, total, text)`;
    `became_idle()`."""

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
    ) -> None:
        """Reads in the data lane. Of questions with the same `key` only the newest is answered. `audited` for those
        whose asking is itself written down: a person's sheet."""
        ticket = Task(activity, on_result, on_error, key=key)
        if key:
            self._supersede(key, ticket)
        put = self.desk.write if audited else self.desk.read
        self._submit(self._data, ticket, lambda: put(fn, query))

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
        """Writes in the data lane, in the order given. Never dropped, never stopped halfway."""
        ticket = Task(activity, on_result, on_error, changes, source, can_stop=False)
        self._submit(self._data, ticket, lambda: self.desk.write(fn, command))

    def run_serial(
        self,
        job: Callable[[], Any],
        on_result: Callable[[Any], None],
        *,
        activity: str,
        on_error: ErrorHandler | None = None,
    ) -> None:
        """Runs something that is more than a use case in the data lane, after what was given before it."""
        self._submit(self._data, Task(activity, on_result, on_error, can_stop=False), job)

    def run_background(
        self,
        job: Callable[[Task], Any],
        on_result: Callable[[Any], None],
        *,
        activity: str,
        pictures: bool = False,
        on_error: ErrorHandler | None = None,
    ) -> None:
        """Runs work that may wait for a printer, a disk or the network; `pictures` for everything that touches a
        PDF, since its reader bears one thread only. What is being printed is not stopped halfway, nor what is done
        without a word (`activity` empty)."""
        ticket = Task(activity, on_result, on_error, can_stop=bool(activity) and not pictures)
        ticket.report = lambda done, total, text: self._reported.emit(ticket, done, total, text)
        self._submit(self._pictures if pictures else self._free, ticket, lambda: job(ticket))

    def cancel(self, key: str) -> None:
        """Drops the question under way with this key: its answer is wanted no more."""
        before = self._latest.pop(key, None)
        if before is not None:
            before.stopped = True

    def stop(self) -> bool:
        """Stops the newest slow work that can be stopped. False where there is none."""
        for ticket in reversed(self._tasks):
            if ticket.can_stop and not ticket.stopped:
                ticket.stopped = True
                return True
        return False

    @property
    def idle(self) -> bool:
        """True when nothing is under way."""
        return not self._tasks

    def close(self) -> None:
        """Lets what is being written end, drops what was only asked, and ends the threads. What a printer answered
        last is still recorded."""
        for ticket in self._tasks:
            ticket.stopped = ticket.stopped or ticket.can_stop
        for lane in (self._free, self._pictures):
            self._shut_down(lane)
        QCoreApplication.sendPostedEvents(self)
        self._shut_down(self._data)

    def _shut_down(self, lane: ThreadPoolExecutor) -> None:
        self._closed_lanes.add(lane)
        lane.shutdown(wait=True)

    def _supersede(self, key: str, ticket: Task) -> None:
        self.cancel(key)
        self._latest[key] = ticket

    def _submit(self, lane: ThreadPoolExecutor, ticket: Task, job: Callable[[], Any]) -> None:
        if lane in self._closed_lanes:
            return
        self._tasks.append(ticket)
        QTimer.singleShot(SLOW_AFTER_MS, self, lambda: self._announce_if_slow(ticket))
        future: Future[_Outcome] = lane.submit(self._run, ticket, job)
        future.add_done_callback(lambda done: self._work_ended.emit(done.result()))

    def _run(self, ticket: Task, job: Callable[[], Any]) -> _Outcome:
        if ticket.stopped:
            return _Outcome(ticket)
        try:
            return _Outcome(ticket, job())
        except Exception as error:
            return _Outcome(ticket, error=error)

    def _announce_if_slow(self, ticket: Task) -> None:
        if ticket.activity and not ticket.finished:
            self.slow_work_started.emit(ticket.activity, ticket.can_stop)

    @Slot(object, int, int, str)
    def _on_progress(self, ticket: Task, done: int, total: int, text: str) -> None:
        if not ticket.finished:
            self.progressed.emit(done, total, text)

    @Slot(object)
    def _on_work_ended(self, outcome: _Outcome) -> None:
        ticket = outcome.task
        ticket.finished = True
        self._tasks.remove(ticket)
        if not self._tasks:
            self.became_idle.emit()
        if ticket.stopped or not _is_alive(ticket.on_result):
            return
        if outcome.error is None:
            ticket.on_result(outcome.value)
            if ticket.changes:
                self.changed.emit(ticket.changes, ticket.source)
        else:
            self._fail(ticket, outcome.error)

    def _fail(self, ticket: Task, error: Exception) -> None:
        handled = ticket.on_error is not None and ticket.on_error(error)
        notice = _error_message(error)
        if not handled:
            self.message_posted.emit(notice)


def _error_message(error: Exception) -> BannerMessage:
    if isinstance(error, Refusal | Fault):
        return BannerMessage(Level.ERROR, error_sentence(error))
    return bug_message(error)


def bug_message(error: BaseException) -> BannerMessage:
    """Logs where a bug struck, by files and lines only, and gives the calm sentence for it."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    _log.error("bug %s at %s", type(error).__name__, places)
    return BannerMessage(Level.ERROR, _BUG)


def _is_alive(callback: Callable[..., Any]) -> bool:
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
