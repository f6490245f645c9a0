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
from app.wording.refusals import sentence

if TYPE_CHECKING:
    pass

PATIENCE_MS = 600
Otherwise = Callable[[Exception], bool]
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
    NOTICE = "notice"
    QUEUE = "queue"


class Level(StrEnum):
    """What a banner means: done, have a look, mend."""

    DONE = "done"
    LOOK = "look"
    MEND = "mend"


@dataclass(frozen=True)
class Notice:
    """One sentence for the banner and at most one thing to do about it."""

    level: Level
    text: str
    action: str = ""
    on_action: Callable[[], None] | None = None


@dataclass(eq=False)
class Ticket:
    """One piece of work under way. `what` is said once it takes longer than 600 ms."""

    what: str
    then: Callable[[Any], None]
    otherwise: Otherwise | None = None
    changes: frozenset[Changed] = frozenset()
    source: object = None
    key: str = ""
    can_stop: bool = True
    stopped: bool = False
    over: bool = False
    report: Callable[[int, int, str], None] = field(default=lambda done, total, text: None)


@dataclass(frozen=True)
class _Outcome:
    ticket: Ticket
    value: Any = None
    error: Exception | None = None


class Runner(QObject):
    """Gives work to the lanes and brings the answers home.

    Signals: `changed(set of Changed, source)` once after each success that altered something; `said(Notice)` for
    the banner; `waiting(text, can be stopped)` when work is slow; `progressed(done, total, text)`; `settled()`."""

    changed = Signal(object, object)
    said = Signal(object)
    waiting = Signal(str, bool)
    progressed = Signal(int, int, str)
    settled = Signal()
    _landed = Signal(object)
    _reported = Signal(object, int, int, str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._data = ThreadPoolExecutor(1, "data")
        self._free = ThreadPoolExecutor(2, "free")
        self._pictures = ThreadPoolExecutor(1, "pictures")
        self._open: list[Ticket] = []
        self._ended: set[ThreadPoolExecutor] = set()
        self._latest: dict[str, Ticket] = {}
        self._landed.connect(self._land, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        fn: Callable[..., Any],
        query: Any,
        then: Callable[[Any], None],
        *,
        key: str = "",
        otherwise: Otherwise | None = None,
        what: str = "Đang tìm",
        on_record: bool = False,
    ) -> None:
        """Reads in the data lane. Of questions with the same `key` only the newest is answered. `on_record` for those
        whose asking is itself written down: a person's sheet."""
        ticket = Ticket(what, then, otherwise, key=key)
        if key:
            self._supersede(key, ticket)
        put = self.desk.write if on_record else self.desk.read
        self._give(self._data, ticket, lambda: put(fn, query))

    def do(
        self,
        fn: Callable[..., Any],
        command: Any,
        then: Callable[[Any], None],
        *,
        changes: frozenset[Changed] = frozenset(),
        source: object = None,
        otherwise: Otherwise | None = None,
        what: str = "Đang ghi",
    ) -> None:
        """Writes in the data lane, in the order given. Never dropped, never stopped halfway."""
        ticket = Ticket(what, then, otherwise, changes, source, can_stop=False)
        self._give(self._data, ticket, lambda: self.desk.write(fn, command))

    def in_turn(
        self, job: Callable[[], Any], then: Callable[[Any], None], *, what: str, otherwise: Otherwise | None = None
    ) -> None:
        """Runs something that is more than a use case in the data lane, after what was given before it."""
        self._give(self._data, Ticket(what, then, otherwise, can_stop=False), job)

    def aside(
        self,
        job: Callable[[Ticket], Any],
        then: Callable[[Any], None],
        *,
        what: str,
        pictures: bool = False,
        otherwise: Otherwise | None = None,
    ) -> None:
        """Runs work that may wait for a printer, a disk or the network; `pictures` for everything that touches a
        PDF, since its reader bears one thread only. What is being printed is not stopped halfway, nor what is done
        without a word (`what` empty)."""
        ticket = Ticket(what, then, otherwise, can_stop=bool(what) and not pictures)
        ticket.report = lambda done, total, text: self._reported.emit(ticket, done, total, text)
        self._give(self._pictures if pictures else self._free, ticket, lambda: job(ticket))

    def forget(self, key: str) -> None:
        """Drops the question under way with this key: its answer is wanted no more."""
        before = self._latest.pop(key, None)
        if before is not None:
            before.stopped = True

    def stop(self) -> bool:
        """Stops the newest slow work that can be stopped. False where there is none."""
        for ticket in reversed(self._open):
            if ticket.can_stop and not ticket.stopped:
                ticket.stopped = True
                return True
        return False

    @property
    def idle(self) -> bool:
        """True when nothing is under way."""
        return not self._open

    def close(self) -> None:
        """Lets what is being written end, drops what was only asked, and ends the threads. What a printer answered
        last is still recorded."""
        for ticket in self._open:
            ticket.stopped = ticket.stopped or ticket.can_stop
        for lane in (self._free, self._pictures):
            self._end(lane)
        QCoreApplication.sendPostedEvents(self)
        self._end(self._data)

    def _end(self, lane: ThreadPoolExecutor) -> None:
        self._ended.add(lane)
        lane.shutdown(wait=True)

    def _supersede(self, key: str, ticket: Ticket) -> None:
        self.forget(key)
        self._latest[key] = ticket

    def _give(self, lane: ThreadPoolExecutor, ticket: Ticket, job: Callable[[], Any]) -> None:
        if lane in self._ended:
            return
        self._open.append(ticket)
        QTimer.singleShot(PATIENCE_MS, self, lambda: self._be_patient(ticket))
        future: Future[_Outcome] = lane.submit(self._work, ticket, job)
        future.add_done_callback(lambda done: self._landed.emit(done.result()))

    def _work(self, ticket: Ticket, job: Callable[[], Any]) -> _Outcome:
        if ticket.stopped:
            return _Outcome(ticket)
        try:
            return _Outcome(ticket, job())
        except Exception as error:
            return _Outcome(ticket, error=error)

    def _be_patient(self, ticket: Ticket) -> None:
        if ticket.what and not ticket.over:
            self.waiting.emit(ticket.what, ticket.can_stop)

    @Slot(object, int, int, str)
    def _pass_on(self, ticket: Ticket, done: int, total: int, text: str) -> None:
        if not ticket.over:
            self.progressed.emit(done, total, text)

    @Slot(object)
    def _land(self, outcome: _Outcome) -> None:
        ticket = outcome.ticket
        ticket.over = True
        self._open.remove(ticket)
        if not self._open:
            self.settled.emit()
        if ticket.stopped or not _still_there(ticket.then):
            return
        if outcome.error is None:
            ticket.then(outcome.value)
            if ticket.changes:
                self.changed.emit(ticket.changes, ticket.source)
        else:
            self._fail(ticket, outcome.error)

    def _fail(self, ticket: Ticket, error: Exception) -> None:
        handled = ticket.otherwise is not None and ticket.otherwise(error)
        notice = _notice(error)
        if not handled:
            self.said.emit(notice)


def _notice(error: Exception) -> Notice:
    if isinstance(error, Refusal | Fault):
        return Notice(Level.MEND, sentence(error))
    return bug_notice(error)


def bug_notice(error: BaseException) -> Notice:
    """Logs where a bug struck, by files and lines only, and gives the calm sentence for it."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    _log.error("bug %s at %s", type(error).__name__, places)
    return Notice(Level.MEND, _BUG)


def _still_there(callback: Callable[..., Any]) -> bool:
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
