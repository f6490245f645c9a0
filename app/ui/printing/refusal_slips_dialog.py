"""The refusals at the counter: which slips were given out, to whom and why; each seen and printed again."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.models.enums import PaperForm, Right
from app.models.errors import Refusal
from app.models.instants import local_day
from app.ui.kit.date_edit import DayEdit
from app.ui.kit.dates import shown_instant
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.tables import Column, RowsModel, RowsTable, TableOrWords
from app.ui.kit.widgets import FieldBox, button, column, label, row
from app.usecases.documents.refusal_slips import ListSlips, SlipLine, list_slips
from app.wording.refusals import sentence

_NOTHING = (
    "Những ngày này không từ chối ai tại quầy.\n"
    "Từ chối: ở trang Tiếp nhận (F2), nhập thủ tục và người nộp rồi bấm Ctrl+T."
)
_COLUMNS = (
    Column("Số phiếu", lambda line: line.number, 136, whole=True),
    Column("Lúc", lambda line: shown_instant(line.refused_at), 136, whole=True),
    Column("Người nộp", lambda line: line.name, 168),
    Column("Thủ tục", lambda line: line.procedure, 200),
    Column("Lý do", lambda line: line.reason),
    Column("Người lập", lambda line: line.actor, 136, spare=1),
)


class SlipsDialog(QDialog):
    """The slips of some days. Signals: `print_asked(code, PaperForm)`, `see_asked(code, PaperForm)`."""

    print_asked = Signal(str, object)
    see_asked = Signal(str, object)

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
        self.again, self.see = button("In lại phiếu đang chọn", main=True), button("Xem")
        if Right.PRINT not in runner.desk.facts.rights:
            self.again.hide()
        self.again.clicked.connect(lambda: self._with_current(self.print_asked.emit))
        self.see.clicked.connect(lambda: self._with_current(self.see_asked.emit))
        self.table.opened.connect(lambda _line: self._with_current(self.see_asked.emit))
        for each in (self.from_day, self.to_day):
            each.userDateChanged.connect(lambda _day: self.reload())
        list_or_words = TableOrWords(self.table, _NOTHING)
        self.setLayout(column(self._days(), list_or_words, self._foot(), margin=2 * GRID))
        self.resize(1120, 520)
        self._begun = False
        self.reload()

    def _days(self) -> QWidget:
        held = QWidget()
        self.period_box = FieldBox("Đến hết ngày", self.to_day)
        line = row(FieldBox("Từ ngày", self.from_day), self.period_box, gap=2 * GRID)
        line.addStretch(1)
        held.setLayout(line)
        return held

    def _foot(self) -> QWidget:
        held = QWidget()
        away = button("Đóng  Esc")
        away.clicked.connect(self.reject)
        line = row(self.again, self.see, label("Enter: xem phiếu đang chọn", "caption"))
        line.addStretch(1)
        line.addWidget(away)
        held.setLayout(line)
        return held

    def reload(self) -> None:
        """Reads the slips of the days chosen."""
        self.period_box.right()
        query = ListSlips(self.from_day.day, self.to_day.day)
        self._runner.ask(list_slips, query, self._show, key="slips", otherwise=self._wrong, what="Đang đọc sổ từ chối")

    def _wrong(self, error: Exception) -> bool:
        self._show(())
        if isinstance(error, Refusal):
            self.period_box.wrong(sentence(error))
        return isinstance(error, Refusal)

    def _show(self, lines: Sequence[SlipLine]) -> None:
        self.model.show_rows(lines)
        self.table.go_to_first()
        if lines and not self._begun:
            self._begun = True
            self.table.setFocus()
        for each in (self.again, self.see):
            each.setEnabled(bool(lines))

    def _with_current(self, then: Callable[[str, PaperForm], object]) -> None:
        line = self.table.current
        if line is not None:
            then(line.code, PaperForm.REFUSAL)
