"""Papers that were prepared and never came out: printed after all, looked at, or let go."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.dates import shown_instant
from app.ui.prints import short_name
from app.ui.style import GRID
from app.ui.tables import Column, RowsModel, RowsTable, TableOrWords
from app.ui.widgets import button, column, label, row

if TYPE_CHECKING:
    from app.usecases.waiting_papers import WaitingPaper

_NOTHING = "Không còn giấy nào chờ in."
_HINT = "Giấy của hai ngày gần đây chưa ra máy in. Enter: in giấy đang chọn."
_COLUMNS = (
    Column("Lập lúc", lambda paper: shown_instant(paper.prepared_at), 144),
    Column("Mã hồ sơ", lambda paper: paper.code, 184),
    Column("Giấy", lambda paper: short_name(paper.form).capitalize()),
    Column("Khổ", lambda paper: str(paper.paper), 64),
    Column("Số liên", lambda paper: str(paper.copies), 80, figures=True),
)


class WaitingDialog(QDialog):
    """The list of papers that wait.

    Signals: `print_asked(tuple of WaitingPaper)`, `see_asked(WaitingPaper)`, `let_go_asked(WaitingPaper)`."""

    print_asked = Signal(object)
    see_asked = Signal(object)
    let_go_asked = Signal(object)

    def __init__(self, waiting: tuple["WaitingPaper", ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Giấy chưa in")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Giấy chưa in")
        self.table.setObjectName("waiting.table")
        self.table.opened.connect(lambda paper: self.print_asked.emit((paper,)))
        self._print = button("In giấy đang chọn", main=True)
        self._all, self._see, self._let_go = button("In tất cả"), button("Xem"), button("Bỏ, không in nữa")
        away = button("Đóng")
        self._print.clicked.connect(lambda: self._with_current(lambda paper: self.print_asked.emit((paper,))))
        self._see.clicked.connect(lambda: self._with_current(self.see_asked.emit))
        self._let_go.clicked.connect(lambda: self._with_current(self.let_go_asked.emit))
        self._all.clicked.connect(lambda: self.print_asked.emit(self.model.rows))
        away.clicked.connect(self.reject)
        foot = row(self._print, self._all, self._see, self._let_go)
        foot.addStretch(1)
        foot.addWidget(away)
        list_or_words = TableOrWords(self.table, _NOTHING)
        self.setLayout(column(label(_HINT, "caption"), list_or_words, foot, margin=2 * GRID))
        self.resize(800, 420)
        self.show_papers(waiting)
        self.table.setFocus()

    def show_papers(self, waiting: tuple["WaitingPaper", ...]) -> None:
        """Shows what waits now."""
        self.model.show_rows(waiting)
        self.table.go_to_first()
        for each in (self._print, self._all, self._see, self._let_go):
            each.setEnabled(bool(waiting))

    def _with_current(self, then: Callable[["WaitingPaper"], None]) -> None:
        if self.table.current is not None:
            then(self.table.current)
