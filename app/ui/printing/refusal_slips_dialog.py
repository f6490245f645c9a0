"""Dialog of refusals at the counter: preview and reprint slips."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.models.enums import PaperForm, Right
from app.models.errors import Refusal
from app.models.instants import local_day
from app.ui.kit.columns import Column
from app.ui.kit.date_edit import DayEdit
from app.ui.kit.dates import format_instant
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import FieldBox, add_key, button, column, label, row
from app.usecases.documents.refusal_slips import CounterRefusalLine, ListCounterRefusals, list_counter_refusals
from app.wording.refusals import error_sentence

_EMPTY = (
    "Những ngày này không từ chối ai tại quầy.\n"
    "Từ chối: ở trang Tiếp nhận (F2), nhập thủ tục và người nộp rồi bấm Ctrl+T."
)
_COLUMNS = (
    Column("Số phiếu", lambda line: line.number, 136, never_cut=True),
    Column("Lúc", lambda line: format_instant(line.refused_at), 136, never_cut=True),
    Column("Người nộp", lambda line: line.name, 168),
    Column("Thủ tục", lambda line: line.procedure, 200),
    Column("Lý do", lambda line: line.reason),
    Column("Người lập", lambda line: line.actor, 136, drop_order=1),
)


class CounterRefusalsDialog(QDialog):
    """Refusal slips of a period.

    Signals: `print_requested(code, PaperForm)`, `view_requested(code, PaperForm)`.
    """

    print_requested = Signal(str, object)
    view_requested = Signal(str, object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.setWindowTitle("Phiếu từ chối tại quầy")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        today = local_day(runner.desk.now())
        self.from_day, self.to_day = DayEdit(), DayEdit()
        self.from_day.show_day(today.replace(day=1))
        self.to_day.show_day(today)
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Phiếu từ chối tại quầy")
        self.table.setObjectName("slips.table")
        self.reprint_button = add_key(button("In lại phiếu đang chọn", main=True), "Ctrl+P")
        self.view_button = add_key(button("Xem"), "Ctrl+O")
        if Right.PRINT not in runner.desk.facts.rights:
            self.reprint_button.hide()
        self.reprint_button.clicked.connect(lambda: self._with_current(self.print_requested.emit))
        self.view_button.clicked.connect(lambda: self._with_current(self.view_requested.emit))
        self.table.opened.connect(lambda _line: self._with_current(self.view_requested.emit))
        for each in (self.from_day, self.to_day):
            each.day_changed.connect(lambda _day: self.reload())
        table_area = TableOrHint(self.table, _EMPTY)
        self.setLayout(column(self._period_line(), table_area, self._footer(), margin=2 * GRID))
        self.resize(1120, 520)
        self._focused_once = False
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
        line = row(self.reprint_button, self.view_button, label("Enter: xem phiếu đang chọn", "caption"))
        line.addStretch(1)
        line.addWidget(close_button)
        widget.setLayout(line)
        return widget

    def reload(self) -> None:
        """Read the slips of the period."""
        self.period_box.clear_error()
        query = ListCounterRefusals(self.from_day.day, self.to_day.day)
        self._runner.read(
            list_counter_refusals,
            query,
            self._show,
            key="slips",
            on_error=self._show_error,
            activity="Đang đọc sổ từ chối",
            loads=self.model,
        )

    def _show_error(self, error: Exception) -> bool:
        self._show(())
        if isinstance(error, Refusal):
            self.period_box.show_error(error_sentence(error))
        return isinstance(error, Refusal)

    def _show(self, lines: Sequence[CounterRefusalLine]) -> None:
        self.model.show_rows(lines)
        self.table.go_to_first()
        if lines and not self._focused_once:
            self._focused_once = True
            self.table.setFocus()
        for each in (self.reprint_button, self.view_button):
            each.setEnabled(bool(lines))

    def _with_current(self, action: Callable[[str, PaperForm], object]) -> None:
        line = self.table.current
        if line is not None:
            action(line.code, PaperForm.REFUSAL)
