"""The facts of the status line: what they are read from and what they say."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.kit import lazy_use_cases
from app.ui.kit.runner import Runner
from app.ui.kit.status_fact import Fact
from app.ui.printing.print_desk import PrintDesk
from app.ui.shell.chrome import StatusLine, facts_of_work

if TYPE_CHECKING:
    from app.usecases.dossiers.queries import WorkCounts


class DeskFacts(QObject):
    """Counts what waits and says it in the status line."""

    def __init__(self, runner: Runner, prints: PrintDesk, line: StatusLine) -> None:
        super().__init__(runner)
        self._runner, self._prints, self._line = runner, prints, line
        prints.waiting_read.connect(self._show_waiting)
        prints.printer_known.connect(self._show_printer)

    def count(self) -> None:
        """Counts anew; what printing knows only once it was read, so that it does not hold up the start."""
        self._runner.ask(
            lazy_use_cases.count_work, lazy_use_cases.CountWork(), self._show_counts, key="counts", otherwise=_silent
        )
        if self._prints.warm:
            self._prints.recount()

    def _show_counts(self, counts: WorkCounts) -> None:
        self._line.show_facts(facts_of_work(counts.late, counts.today, counts.to_return, counts.waiting_sync))

    def _show_waiting(self, _papers: object) -> None:
        copies = self._prints.copies_waiting
        self._line.show_facts([Fact("unprinted", f"{copies} bản chưa in" if copies else "", "prints")])
        morning = import_module("app.usecases.dossiers.day_start")
        self._runner.ask(
            morning.count_left_over, morning.CountLeftOver(), self._show_left, key="left", otherwise=_silent
        )
        notices = import_module("app.usecases.sms.outbox")
        self._runner.ask(
            notices.count_notices, notices.CountNotices(), self._show_notices, key="notices.count", otherwise=_silent
        )

    def _show_notices(self, waiting: int) -> None:
        self._line.show_facts([Fact("notices", f"{waiting} tin nhắn chờ gửi" if waiting else "", "notices")])

    def _show_left(self, left: int) -> None:
        self._line.show_facts([Fact("left", f"{left} việc còn lại từ hôm trước" if left else "", "start")])

    def _show_printer(self, name: str) -> None:
        said = f"Máy in ● {name}" if name else "Máy in ○ chưa thấy"
        self._line.show_facts([Fact("printer", said, "devices")])


def _silent(_error: Exception) -> bool:
    """The status line says nothing of what it cannot count."""
    return True
