"""Papers part of the intake form: heading, list, other papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from app.ui.intake.frequent_procedures import FrequentList
from app.ui.intake.papers_table import PapersHeading, PapersList, rows_of
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.widgets import FieldBox, button, label

if TYPE_CHECKING:
    from app.usecases.catalogue.procedures import ProcedureLine

_NO_PROCEDURE = "Chọn thủ tục thì danh mục giấy tờ hiện ở đây."
_FREQUENT = f"{_NO_PROCEDURE} Hay nhận nhất ở quầy này:"
_NO_LIST = "Danh mục chưa ghi giấy tờ cho thủ tục này; ghi giấy đã nhận ở dòng dưới."


class PapersPart(QObject):
    """Widgets for papers; the form puts them into its grid.

    Signals: `picked(ProcedureLine)` from the frequent procedures.
    """

    picked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.list, self.heading, self.frequent = PapersList(), PapersHeading(), FrequentList()
        self.hint = label(_NO_PROCEDURE, "caption", wrap=True)
        self.box = FieldBox("", self.list, "Giấy tờ trong hồ sơ")
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.box.add_below(self.hint)
        self.box.add_below(self.frequent)
        self.extra_name, self.extra_reason = QLineEdit(), QLineEdit()
        self.extra_name.setPlaceholderText("Giấy tờ khác, ngoài danh mục")
        self.extra_reason.setPlaceholderText("Lý do nhận")
        self.extra_name.setAccessibleName("Tên giấy tờ ngoài danh mục")
        self.extra_reason.setAccessibleName("Lý do nhận giấy tờ ngoài danh mục")
        self.add_extra = button("Thêm giấy")
        self.extra = FlowWidget(self.extra_name, self.extra_reason, self.add_extra)
        self.add_extra.clicked.connect(self._add)
        self.list.extra_paper_requested.connect(self._open_extra)
        self.frequent.picked.connect(self.picked)
        self.show_procedure(None)

    def show_procedure(self, line: ProcedureLine | None) -> None:
        """Show the papers of a procedure, or the frequent procedures for None."""
        self.list.show_papers([] if line is None else rows_of(line.papers))
        self._show(line is not None)

    def show_frequent(self, lines: Sequence[ProcedureLine | None]) -> None:
        """Show the frequent procedures."""
        self.frequent.show_lines(lines)
        if not self.frequent.isHidden():
            self._show(False)

    def _show(self, known: bool) -> None:
        listed = known and bool(self.list.papers.rows)
        self.list.setVisible(listed)
        self.extra.setVisible(known and not listed)
        self.heading.show_keys(listed)
        self.hint.setVisible(not listed)
        self.frequent.setVisible(not known)
        self.hint.setText(_NO_LIST if known else _FREQUENT if self.frequent.lines else _NO_PROCEDURE)

    def add(self, name: str, reason: str) -> None:
        """Add a ticked paper outside the catalogue's list."""
        self.list.add(name, reason)
        self._show(True)

    def _add(self) -> None:
        if name := self.extra_name.text().strip():
            self.add(name, self.extra_reason.text().strip())
            self.extra_name.clear()
            self.extra_reason.clear()
            self.list.setFocus()
        else:
            self.extra_name.setFocus()

    def _open_extra(self) -> None:
        self.extra.show()
        self.extra_name.setFocus()
