"""Automatic backups while the window is open."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.models.errors import Fault, Refusal
from app.models.instants import local_day
from app.ui.kit.dates import format_day, format_time
from app.ui.kit.runner import BannerMessage, Level, Runner
from app.ui.shell.chrome import StatusFact, StatusLine
from app.wording.backups import place_troubles

if TYPE_CHECKING:
    from app.office.backup import BackupRound

_FIRST_MS, _CHECK_MS = 10_000, 300_000
"""First check after the start, then often enough that a backup is at most minutes overdue."""
_FAILED = "Chưa sao lưu được"


class BackupWatch(QObject):
    """Back up the office when due, and show the time of the last backup."""

    def __init__(self, runner: Runner, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._status = status
        self._last_message = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_CHECK_MS)
        self._timer.timeout.connect(self.run_if_due)
        self._timer.start()
        QTimer.singleShot(_FIRST_MS, self, self.run_if_due)

    def run_if_due(self) -> None:
        """Run the backups in the background if they are due."""
        self._runner.run_background(
            lambda _ticket: self._runner.desk.backups.run_if_due(), self._done, activity="", on_error=self._failed
        )

    def _done(self, result: "BackupRound") -> None:
        self._status.show_facts([StatusFact("backup", _short_text(result.at, self._runner.desk.now()), "office")])
        troubles = place_troubles((place.folder, place.failure) for place in result.places)
        if troubles and troubles != self._last_message:
            self._runner.message_posted.emit(BannerMessage(Level.WARNING, troubles))
        self._last_message = troubles if result.file is not None else self._last_message

    def _failed(self, error: Exception) -> bool:
        """Show the failure in the status line.

        The banner shows a known reason only once.
        """
        self._status.show_facts([StatusFact("backup", _FAILED, "office")])
        code = error.code if isinstance(error, Refusal | Fault) else ""
        repeated, self._last_message = self._last_message == code, code
        return bool(code) and repeated


def _short_text(at: datetime | None, now: datetime) -> str:
    """Return «Sao lưu 08:00», or the day of an earlier backup."""
    if at is None:
        return ""
    return f"Sao lưu {format_time(at)}" if local_day(at) == local_day(now) else f"Sao lưu {format_day(local_day(at))}"
