"""Watch of the machine's clock while the window is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit.runner import BannerMessage, Level, Runner
from app.ui.shell.chrome import StatusFact
from app.usecases.office.clock import ClockState, GetClockState, get_clock_state
from app.wording.clock import confirmed_line

if TYPE_CHECKING:
    from app.ui.shell.clock_dialog import ClockDialog

_CHECK_MS = 60_000
_CONFIRMED = {True: "hai người đã xác nhận", False: "đã xác nhận ngày"}
_NUMBERING_STOPPED = "{doubt} Đang ngừng cấp số."


class ClockWatch(QObject):
    """Check the machine's clock each minute.

    A doubt is reported before numbering fails.

    Signals: `fact_changed(StatusFact)`; `open_requested(code)` for a dossier accepted on a confirmed day.
    """

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
        """Check the clock now; `desk` measures the drift since the start."""
        self._runner.read(
            get_clock_state, GetClockState(False), self._on_state, key="clock", on_error=lambda _error: True
        )

    def _on_state(self, state: ClockState) -> None:
        doubt = state.doubt or ""
        text = f"Đồng hồ máy: {_CONFIRMED[state.people > 1]}" if state.confirmed else "Đồng hồ máy: cần xác nhận ngày"
        self.fact_changed.emit(StatusFact("clock", text if doubt else "", "clock"))
        open_doubt = "" if state.confirmed else doubt
        if open_doubt and open_doubt != self._last_doubt:
            sentence = _NUMBERING_STOPPED.format(doubt=open_doubt)
            self._runner.message_posted.emit(BannerMessage(Level.ERROR, sentence, "Xem và xác nhận", self.resolve))
        self._last_doubt = open_doubt

    def resolve(self, on_resolved: Callable[[], None] = lambda: None) -> None:
        """Show the clock dialog.

        `on_resolved` is called after the day was confirmed.
        """
        on_result = partial(self._show, on_resolved)
        self._runner.read(get_clock_state, GetClockState(), on_result, activity="Đang xem đồng hồ")

    def _show(self, on_resolved: Callable[[], None], state: ClockState) -> None:
        if self.dialog is not None:
            return
        from app.ui.shell.clock_dialog import ClockDialog

        self.dialog = ClockDialog(state, self._runner, self._window)
        self.dialog.confirmed.connect(partial(self._confirmed, on_resolved, state.people))
        self.dialog.open_requested.connect(self.open_requested)
        self.dialog.finished.connect(self._closed)
        self.dialog.load_approvers()
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None
        self.check()

    def _confirmed(self, on_resolved: Callable[[], None], people: int) -> None:
        self._runner.message_posted.emit(BannerMessage(Level.DONE, confirmed_line(people)))
        on_resolved()
