"""The clock guard in the window: looked at each minute, told calmly, settled by the word of two people."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit.runner import BannerMessage, Level, Runner
from app.ui.shell.chrome import StatusFact
from app.usecases.office.clock import ClockState, GetClockState, get_clock_state

if TYPE_CHECKING:
    from app.ui.shell.clock_dialog import ClockDialog

_CHECK_MS = 60_000
_NUMBERING_STOPPED = "{doubt} Đang ngừng cấp số."


class ClockWatch(QObject):
    """Asks whether the machine's clock can be believed, so that the clerk hears of it before a citizen waits.

    Signals: `fact_changed(Fact)` for the status line; `open_requested(code)` for a dossier taken in on two people's
    word."""

    fact_changed = Signal(object)
    open_requested = Signal(str)

    def __init__(self, runner: Runner, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._window = runner, window
        self._last_doubt = ""
        self.dialog: ClockDialog | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(_CHECK_MS)
        self.timer.timeout.connect(self.check)
        self.timer.start()

    def check(self) -> None:
        """Asks now; the drift since the start comes with the desk's own clock."""
        self._runner.read(
            get_clock_state, GetClockState(False), self._on_state, key="clock", on_error=lambda _error: True
        )

    def _on_state(self, state: ClockState) -> None:
        doubt = state.doubt or ""
        vouched = "Đồng hồ máy: hai người đã xác nhận" if state.confirmed else "Đồng hồ máy: cần xác nhận ngày"
        self.fact_changed.emit(StatusFact("clock", vouched if doubt else "", "clock"))
        said = "" if state.confirmed else doubt
        if said and said != self._last_doubt:
            text = _NUMBERING_STOPPED.format(doubt=said)
            self._runner.message_posted.emit(BannerMessage(Level.ERROR, text, "Xem và xác nhận", self.resolve))
        self._last_doubt = said

    def resolve(self, on_resolved: Callable[[], None] = lambda: None) -> None:
        """Shows what is wrong and asks two people; `then` goes on with what was stopped."""
        query, shown = GetClockState(), partial(self._show, on_resolved)
        self._runner.read(get_clock_state, query, shown, activity="Đang xem đồng hồ")

    def _show(self, then: Callable[[], None], state: ClockState) -> None:
        if self.dialog is not None:
            return
        from app.ui.shell.clock_dialog import ClockDialog

        self.dialog = ClockDialog(state, self._runner, self._window)
        self.dialog.confirmed.connect(partial(self._confirmed, then))
        self.dialog.open_requested.connect(self.open_requested)
        self.dialog.finished.connect(self._closed)
        self.dialog.load_approvers()
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None
        self.check()

    def _confirmed(self, then: Callable[[], None]) -> None:
        text = "Hai người đã xác nhận ngày hôm nay. Hồ sơ nhận trong ngày được đánh dấu để xem lại."
        self._runner.message_posted.emit(BannerMessage(Level.DONE, text))
        then()
