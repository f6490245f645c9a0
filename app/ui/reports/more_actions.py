"""Button «Thêm» of the reports page: frozen reports and targets."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton

from app.models.enums import Right
from app.services.reporting.query import ReportQuery
from app.ui.kit.page import Page
from app.ui.kit.runner import Level, Runner
from app.ui.kit.widgets import button
from app.ui.reports.frozen_dialog import FrozenDialog
from app.ui.reports.targets_dialog import TargetsDialog
from app.usecases.reporting.frozen import FreezeReport, FrozenFile, freeze_report
from app.usecases.reporting.records import set_report_targets

FREEZE, FROZEN, TARGETS = "Giữ bản đã giao", "Các bản đã giữ…", "Chỉ tiêu của báo cáo…"


class MoreActions:
    """The button with its menu; entries the user may not use are left out."""

    def __init__(self, page: Page, runner: Runner, query: Callable[[], ReportQuery]) -> None:
        self._page, self._runner, self._query = page, runner, query
        self.button: QPushButton = button("Thê&m")
        self.button.setObjectName("reports.more")
        self.menu = QMenu(self.button)
        rights = runner.desk.facts.rights
        entries = (
            (FREEZE, Right.SEND_UP, self.freeze),
            (FROZEN, Right.READ_FIGURES, self.show_frozen),
            (TARGETS, Right.EDIT_REPORTS, self.edit_targets),
        )
        for text, right, run in entries:
            if right in rights:
                self.menu.addAction(text).triggered.connect(partial(_run, run))
        self.button.setMenu(self.menu)

    def freeze(self) -> None:
        """Keep the report in view as it is handed over."""
        self._runner.write(freeze_report, FreezeReport(self._query()), self._on_frozen, activity="Đang giữ bản báo cáo")

    def _on_frozen(self, frozen: FrozenFile) -> None:
        text = f"Đã giữ bản số {frozen.id}. Sửa số liệu sau này sẽ hiện ở «Các bản đã giữ», từng chỗ một."
        self._page.post_message(Level.DONE, text, "Xem các bản đã giữ", self.show_frozen)

    def show_frozen(self) -> None:
        """Show the frozen reports and their differences."""
        FrozenDialog(self._page).exec()

    def edit_targets(self) -> None:
        """Ask for the targets and save them."""
        dialog = TargetsDialog(self._page)
        if dialog.exec():
            self._runner.write(
                set_report_targets,
                dialog.command,
                lambda _none: self._page.post_message(Level.DONE, "Đã lưu chỉ tiêu của báo cáo."),
            )


def _run(run: Callable[[], None], _checked: bool = False) -> None:
    run()
