"""Send to the receiver by itself while the window is open.

It sends when something waits and the pause is over, when the network appears, a minute after the start, and before the
window closes. No dialog opens: the status line and F7 show what waits.
"""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.machine.connection import has_connection
from app.models.errors import Fault, Refusal
from app.ui.kit.runner import BannerMessage, Changed, ErrorHandler, Level, Runner, Task
from app.ui.shell.chrome import StatusFact, StatusLine
from app.wording.refusals import error_sentence

if TYPE_CHECKING:  # read with the first round, because httpx would slow the start
    from app.office.exchange.sync_send import PushResult
    from app.usecases.sync.plan import SendingPlan

_FIRST_MS, _CHECK_MS, _SOON_MS = 60_000, 30_000, 5_000
"""First check after the start, then regularly, and soon after a change of a dossier."""
_LAST_MS = 10_000
"""Longest time that a closing window stays open to send."""
_ACTIVITY, _LAST_ACTIVITY = "Đang gửi lên nơi nhận", "Đang gửi nốt trước khi đóng"


class SyncWatch(QObject):
    """Automatic sender of the window.

    Signal: `round_ended()` after each round, also a stopped one.
    """

    round_ended = Signal()

    def __init__(self, runner: Runner, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._status = runner, status
        self._since: datetime = runner.desk.now() + timedelta(milliseconds=_FIRST_MS)
        self._sending = False
        self.round_ended.connect(self._after_round)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.send_if_due)
        self._regular = QTimer(self)
        self._regular.setInterval(_CHECK_MS)
        self._regular.timeout.connect(self.send_if_due)
        self._regular.start()
        runner.changed.connect(self._on_changed)
        QTimer.singleShot(_FIRST_MS, self, self.send_if_due)
        self._network: QObject | None = None

    def send_if_due(self) -> None:
        """Ask whether a try is due, and send."""
        from app.usecases.sync.plan import GetSendingPlan, get_sending_plan

        query = GetSendingPlan(self._since)
        self._runner.read(get_sending_plan, query, self._follow, key="sync.plan", on_error=_ignore_error)

    def send_now(self) -> None:
        """Send at once because a user asked for it; troubles are shown."""
        self._send(on_result=self._show_result, on_error=None)

    def send_before_closing(self, close: Callable[[], object]) -> bool:
        """Send what waits, then call `close`; False if nothing can be sent now.

        A network that does not answer delays the end of the window by seconds only.
        """
        if self._sending or not self._may_send_last():
            return False
        self._regular.stop()

        def close_behind(_result: object) -> None:
            close()

        def close_anyway(_error: Exception) -> bool:
            close()
            return True

        self._send(on_result=close_behind, on_error=close_anyway, hurried=True)
        QTimer.singleShot(_LAST_MS, self, close)
        return True

    def _may_send_last(self) -> bool:
        from app.usecases.sync.plan import GetSendingPlan, get_sending_plan

        now = self._runner.desk.now()
        try:
            plan: SendingPlan = self._runner.desk.read(get_sending_plan, GetSendingPlan(now, closing=True))
        except (Refusal, Fault):
            return False  # the next start sends
        return plan.due_at is not None and plan.due_at <= now

    def _follow(self, plan: "SendingPlan") -> None:
        self._status.show_facts([StatusFact("silence", _silence_text(plan), "sync", str(plan.urgency))])
        if plan.due_at is not None and self._network is None:
            self._network = _watch_network(self._on_network)
        if plan.due_at is not None and plan.due_at <= self._runner.desk.now():
            self._send(on_result=lambda _result: None, on_error=_ignore_error)

    def _on_network(self) -> None:
        """Try at once after a pause that ended with the network."""
        from app.usecases.sync.plan import GetSendingPlan, get_sending_plan

        query = GetSendingPlan(self._runner.desk.now(), network_appeared=True)
        self._runner.read(get_sending_plan, query, self._follow, key="sync.plan", on_error=_ignore_error)

    def _on_changed(self, changes: frozenset[Changed], _source: object) -> None:
        if Changed.DOSSIER in changes:
            self._soon.start()

    def _send(
        self, on_result: "Callable[[PushResult], None]", on_error: ErrorHandler | None, *, hurried: bool = False
    ) -> None:
        if self._sending:
            return
        self._sending = True
        activity = _LAST_ACTIVITY if hurried else _ACTIVITY
        self._runner.run_background(
            partial(self._push, hurried=hurried), on_result, activity=activity, on_error=on_error
        )

    def _push(self, task: Task, *, hurried: bool) -> "PushResult":
        from app.office.exchange.sync_send import push

        try:
            return push(self._runner.desk, partial(_report, task), lambda: task.stopped, hurried=hurried)
        finally:
            self.round_ended.emit()

    def _after_round(self) -> None:
        self._sending = False
        self._runner.changed.emit(frozenset({Changed.SYNC}), self)

    def _show_result(self, result: "PushResult") -> None:
        if result.trouble is not None:
            text = error_sentence(Refusal(result.trouble.code, None, **dict(result.trouble.values)))
            self._runner.message_posted.emit(BannerMessage(Level.WARNING, text))
        elif result.busy:
            text = "Một chương trình khác đang gửi từ thư mục này."
            self._runner.message_posted.emit(BannerMessage(Level.WARNING, text))
        else:
            text = f"Đã gửi {result.files} tệp." if result.files else "Không có gì chờ gửi."
            self._runner.message_posted.emit(BannerMessage(Level.DONE, text))


def _report(task: Task, number: int, left: int, sent: int, size: int) -> None:
    others = f", còn {left - 1} tệp nữa" if left > 1 else ""
    task.report(sent, size, f"Đang gửi tệp số {number}{others}")


def _silence_text(plan: "SendingPlan") -> str:
    return f"Chưa gửi được {plan.silent_days} ngày" if plan.urgency != "none" else ""


class PolledConnection(QTimer):
    """Poll of the connection, where Qt has no plugin for it.

    The package for Windows has none, so that the window would not hear that the line is back.
    """

    def __init__(self, has_connection: Callable[[], bool], on_appeared: Callable[[], None]) -> None:
        super().__init__()
        self._has_connection, self._on_appeared = has_connection, on_appeared
        self._was_connected = has_connection()
        self.timeout.connect(self._ask)
        self.start(_CHECK_MS)

    def _ask(self) -> None:
        connected = self._has_connection()
        if connected and not self._was_connected:
            self._on_appeared()
        self._was_connected = connected


def _watch_network(on_appeared: Callable[[], None]) -> QObject | None:
    """Call `on_appeared` when the machine goes online; None if unknown."""
    from PySide6.QtNetwork import QNetworkInformation

    if not QNetworkInformation.loadDefaultBackend():
        return PolledConnection(has_connection, on_appeared) if sys.platform == "win32" else None
    network = QNetworkInformation.instance()

    def changed(reachability: QNetworkInformation.Reachability) -> None:
        if reachability == QNetworkInformation.Reachability.Online:
            on_appeared()

    network.reachabilityChanged.connect(changed)
    return network


def _ignore_error(_error: Exception) -> bool:
    """Leave an automatic try to the next one; its trouble is on record."""
    return True
