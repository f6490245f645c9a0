"""The facts of the status line: what they are read from and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.kit.runner import Runner
from app.ui.printing.print_desk import PrintDesk
from app.ui.shell.chrome import StatusFact, StatusLine, work_facts

if TYPE_CHECKING:
    from app.usecases.dossiers.queries import WorkCounts


class StatusFacts(QObject):
    """Counts what waits and says it in the status line."""

    def __init__(self, runner: Runner, prints: PrintDesk, line: StatusLine) -> None:
        super().__init__(runner)
        self._runner, self._prints, self._status_line = runner, prints, line
        prints.queue_loaded.connect(self._show_unprinted)
        prints.printer_found.connect(self._show_printer)

    def refresh(self) -> None:
        """Counts anew; what printing knows only once it was read, so that it does not hold up the start."""
        from app.usecases.dossiers.queries import CountWork, count_work

        self._runner.read(count_work, CountWork(), self._show_counts, key="counts", on_error=_ignore_error)
        if self._prints.preloaded:
            self._prints.reload_queue()

    def _show_counts(self, counts: WorkCounts) -> None:
        self._status_line.show_facts(work_facts(counts.late, counts.today, counts.to_return, counts.waiting_sync))

    def _show_unprinted(self, _papers: object) -> None:
        from app.usecases.dossiers.day_start import CountBacklog, count_backlog
        from app.usecases.sms.outbox import CountWaitingSms, count_waiting_sms

        copies = self._prints.queued_copies
        self._status_line.show_facts([StatusFact("unprinted", f"{copies} bản chưa in" if copies else "", "prints")])
        self._runner.read(count_backlog, CountBacklog(), self._show_left_over, key="left", on_error=_ignore_error)
        self._runner.read(
            count_waiting_sms, CountWaitingSms(), self._show_sms, key="notices.count", on_error=_ignore_error
        )

    def _show_sms(self, waiting: int) -> None:
        self._status_line.show_facts(
            [StatusFact("notices", f"{waiting} tin nhắn chờ gửi" if waiting else "", "notices")]
        )

    def _show_left_over(self, left: int) -> None:
        self._status_line.show_facts([StatusFact("left", f"{left} việc còn lại từ hôm trước" if left else "", "start")])

    def _show_printer(self, name: str) -> None:
        said = f"Máy in ● {name}" if name else "Máy in ○ chưa thấy"
        self._status_line.show_facts([StatusFact("printer", said, "devices")])


def _ignore_error(_error: Exception) -> bool:
    """The status line says nothing of what it cannot count."""
    return True
