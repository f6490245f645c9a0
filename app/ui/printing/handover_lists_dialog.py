"""Dialog of the hand-over lists of a period, to print again."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.models.enums import PaperForm, Right
from app.models.errors import Refusal
from app.ui.kit.columns import Column
from app.ui.kit.date_edit import DayEdit
from app.ui.kit.dates import format_instant
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import FieldBox, add_key, button, column, label, row
from app.usecases.documents.handover_lists import HandoverListLine, ListHandoverLists, list_handover_lists
from app.wording.refusals import error_sentence

_EMPTY = (
    "Những ngày này chưa chuyển nhiều hồ sơ một lúc lần nào.\n"
    "Phiếu của một hồ sơ in ở trang hồ sơ; đánh dấu nhiều hồ sơ ở F4 để chuyển một lúc."
)
_HINT = "Enter: xem phiếu · In lần nữa thì phiếu ghi «In lại»"
_COLUMNS = (
    Column("Bàn giao lúc", lambda line: format_instant(line.sent_at), 144, never_cut=True),
    Column("Bên nhận", lambda line: line.receiver),
    Column("Số hồ sơ", lambda line: str(line.dossiers), 80, numeric=True),
    Column("Người bàn giao", lambda line: line.actor, 192),
    Column("Mã phiếu", lambda line: line.code, 136, never_cut=True, drop_order=1),
)


class HandoverListsDialog(QDialog):
    """Hand-over lists of a period.

    Signals: `print_requested(code, PaperForm)`, `view_requested(code, PaperForm)` with the code of a list.
    """

    print_requested = Signal(str, object)
    view_requested = Signal(str, object)

    def __init__(self, runner: Runner, first: date, last: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.setWindowTitle("Phiếu bàn giao nhiều hồ sơ")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.from_day, self.to_day = DayEdit(), DayEdit()
        self.from_day.show_day(first)
        self.to_day.show_day(last)
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Phiếu bàn giao nhiều hồ sơ")
        self.table.setObjectName("handovers.table")
        self.print_button = add_key(button("In phiếu đang chọn", main=True), "Ctrl+P")
        self.view_button = add_key(button("Xem"), "Ctrl+O")
        if Right.PRINT not in runner.desk.facts.rights:
            self.print_button.hide()
        self.print_button.clicked.connect(lambda: self._with_current(self.print_requested.emit))
        self.view_button.clicked.connect(lambda: self._with_current(self.view_requested.emit))
        self.table.opened.connect(lambda _line: self._with_current(self.view_requested.emit))
        for each in (self.from_day, self.to_day):
            each.day_changed.connect(lambda _day: self.reload())
        self.setLayout(column(self._period_line(), TableOrHint(self.table, _EMPTY), self._footer(), margin=2 * GRID))
        self.resize(960, 480)
        self.table.setFocus()
        self.reload()

    def _period_line(self) -> QWidget:
        widget = QWidget()
        self.period_box = FieldBox("Đến hết ngày", self.to_day)
        line = row(FieldBox("Từ ngày", self.from_day), self.period_box, gap=2 * GRID)
        line.addStretch(1)
        widget.setLayout(line)
        return widget

    def _footer(self) -> QWidget:
        widget = QWidget()
        close_button = button("Đóng  Esc")
        close_button.clicked.connect(self.reject)
        line = row(self.print_button, self.view_button, label(_HINT, "caption"))
        line.addStretch(1)
        line.addWidget(close_button)
        widget.setLayout(line)
        return widget

    def reload(self) -> None:
        """Read the lists of the period."""
        self.period_box.clear_error()
        self._runner.read(
            list_handover_lists,
            ListHandoverLists(self.from_day.day, self.to_day.day),
            self._show,
            key="handovers",
            on_error=self._show_error,
            activity="Đang tìm phiếu bàn giao",
            loads=self.model,
        )

    def _show_error(self, error: Exception) -> bool:
        self._show(())
        if isinstance(error, Refusal):
            self.period_box.show_error(error_sentence(error))
        return isinstance(error, Refusal)

    def _show(self, lines: Sequence[HandoverListLine]) -> None:
        self.model.show_rows(lines)
        self.table.go_to_first()
        for each in (self.print_button, self.view_button):
            each.setEnabled(bool(lines))

    def _with_current(self, action: Callable[[str, PaperForm], object]) -> None:
        line = self.table.current
        if line is not None:
            action(line.code, PaperForm.HANDOVER_LIST)
