"""The clock guard in the window: looked at each minute, told calmly, settled by the word of two people."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit.runner import Level, Notice, Runner
from app.ui.kit.status_fact import Fact
from app.usecases.office.clock import AskClock, ClockState, ask_clock

if TYPE_CHECKING:
    from app.ui.shell.clock_dialog import ClockDialog

_LOOK_MS = 60_000
_STOPPED = "{doubt} Đang ngừng cấp số."


class ClockWatch(QObject):
    """Asks whether the machine's clock can be believed, so that the clerk hears of it before a citizen waits.

    Signals: `told(Fact)` for the status line; `open_asked(code)` for a dossier taken in on two people's word."""

    told = Signal(object)
    open_asked = Signal(str)

    def __init__(self, runner: Runner, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._window = runner, window
        self._said = ""
        self.dialog: ClockDialog | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(_LOOK_MS)
        self.timer.timeout.connect(self.look)
        self.timer.start()

    def look(self) -> None:
        """Asks now; the drift since the start comes with the desk's own clock."""
        self._runner.ask(ask_clock, AskClock(False), self._looked, key="clock", otherwise=lambda _error: True)

    def _looked(self, state: ClockState) -> None:
        doubt = state.doubt or ""
        vouched = "Đồng hồ máy: hai người đã xác nhận" if state.confirmed else "Đồng hồ máy: cần xác nhận ngày"
        self.told.emit(Fact("clock", vouched if doubt else "", "clock"))
        said = "" if state.confirmed else doubt
        if said and said != self._said:
            text = _STOPPED.format(doubt=said)
            self._runner.said.emit(Notice(Level.MEND, text, "Xem và xác nhận", self.settle))
        self._said = said

    def settle(self, then: Callable[[], None] = lambda: None) -> None:
        """Shows what is wrong and asks two people; `then` goes on with what was stopped."""
        query, shown = AskClock(), partial(self._show, then)
        self._runner.ask(ask_clock, query, shown, what="Đang xem đồng hồ")

    def _show(self, then: Callable[[], None], state: ClockState) -> None:
        if self.dialog is not None:
            return
        from app.ui.shell.clock_dialog import ClockDialog

        self.dialog = ClockDialog(state, self._runner, self._window)
        self.dialog.confirmed.connect(partial(self._confirmed, then))
        self.dialog.open_asked.connect(self.open_asked)
        self.dialog.finished.connect(self._closed)
        self.dialog.ask_people()
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None
        self.look()

    def _confirmed(self, then: Callable[[], None]) -> None:
        text = "Hai người đã xác nhận ngày hôm nay. Hồ sơ nhận trong ngày được đánh dấu để xem lại."
        self._runner.said.emit(Notice(Level.DONE, text))
        then()
