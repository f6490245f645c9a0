"""Load the facts of the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.kit.runner import Runner
from app.ui.printing.print_desk import PrintDesk
from app.ui.shell.chrome import StatusFact, StatusLine, work_facts

if TYPE_CHECKING:
    from app.usecases.dossiers.queries import WorkCounts


class StatusFacts(QObject):
    """Count pending work and show the counts in the status line."""

    def __init__(self, runner: Runner, prints: PrintDesk, line: StatusLine) -> None:
        super().__init__(runner)
        self._runner, self._prints, self._status_line = runner, prints, line
        prints.queue_loaded.connect(self._show_unprinted)
        prints.printer_found.connect(self._show_printer)

    def refresh(self) -> None:
        """Count again.

        The print queue is read only after preloading, so that the start is not delayed.
        """
        from app.usecases.dossiers.queries import CountWork, count_work

        self._runner.read(count_work, CountWork(), self._show_counts, key="counts", on_error=_ignore_error)
        if self._prints.preloaded:
            self._prints.reload_queue()

    def _show_counts(self, counts: WorkCounts) -> None:
        self._status_line.show_facts(work_facts(counts.late, counts.today, counts.to_return, counts.waiting_sync))

    def _show_unprinted(self, _papers: object) -> None:
        from app.usecases.dossiers.day_start import CountBacklog, count_backlog
        from app.usecases.law.offered import CountOfferedLaws, count_offered_laws
        from app.usecases.sms.outbox import CountWaitingSms, count_waiting_sms

        copies = self._prints.queued_copies
        self._status_line.show_facts([StatusFact("unprinted", f"{copies} bản chưa in" if copies else "", "prints")])
        self._runner.read(count_backlog, CountBacklog(), self._show_left_over, key="left", on_error=_ignore_error)
        self._runner.read(
            count_waiting_sms, CountWaitingSms(), self._show_sms, key="notices.count", on_error=_ignore_error
        )
        self._runner.read(
            count_offered_laws, CountOfferedLaws(), self._show_laws, key="laws.offered", on_error=_ignore_error
        )

    def _show_laws(self, offered: int) -> None:
        """Show how many packages of the program wait for a person's look."""
        self._status_line.show_facts([StatusFact("law", f"{offered} gói pháp luật chờ xem" if offered else "", "law")])

    def _show_sms(self, waiting: int) -> None:
        self._status_line.show_facts(
            [StatusFact("notices", f"{waiting} tin nhắn chờ gửi" if waiting else "", "notices")]
        )

    def _show_left_over(self, left: int) -> None:
        self._status_line.show_facts([StatusFact("left", f"{left} việc còn lại từ hôm trước" if left else "", "start")])

    def _show_printer(self, name: str) -> None:
        text = f"Máy in ● {name}" if name else "Máy in ○ chưa thấy"
        self._status_line.show_facts([StatusFact("printer", text, "devices")])


def _ignore_error(_error: Exception) -> bool:
    """Leave out a fact that cannot be counted."""
    return True
