"""F6, the register of a period: dossiers in the order of intake."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.models.values import fold, local_day
from app.ui.dates import shown_day
from app.ui.day_edit import DayEdit
from app.ui.dossier_lines import LINE_COLUMNS
from app.ui.page import Page
from app.ui.runner import Changed, Runner
from app.ui.tables import RowsModel, RowsTable, TableOrWords
from app.ui.widgets import FieldBox, column, label, row
from app.usecases.desk import DossierLine, ListReceived, list_received

_EMPTY = "Những ngày này chưa tiếp nhận hồ sơ nào. Chọn ngày khác, hoặc bấm F2 để tiếp nhận."


class RegistersPage(Page):
    """The register. Signal: `open_asked(code)`."""

    open_asked = Signal(str)
    title = "Sổ theo dõi hồ sơ"
    cares = frozenset({Changed.DOSSIER})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._all: tuple[DossierLine, ...] = ()
        today = local_day(runner.desk.now())
        self.from_day, self.to_day = DayEdit(), DayEdit()
        self.from_day.show_day(today - timedelta(days=today.weekday()))
        self.to_day.show_day(today)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Lọc theo mã, tên, thủ tục")
        self.model = RowsModel(LINE_COLUMNS)
        self.table = RowsTable(self.model, "Sổ theo dõi hồ sơ")
        self.table.setObjectName("registers.table")
        self._count = label(role="caption")
        head = row(
            FieldBox("Từ ngày", self.from_day),
            FieldBox("Đến hết ngày", self.to_day),
            FieldBox("Lọc  Ctrl+F", self.filter),
        )
        head.setStretch(2, 1)
        self.setLayout(column(head, TableOrWords(self.table, _EMPTY), self._count))
        self.from_day.userDateChanged.connect(self.reload)
        self.to_day.userDateChanged.connect(self.reload)
        self.filter.textChanged.connect(self._show)
        self.table.opened.connect(lambda line: self.open_asked.emit(line.code))

    def reload(self) -> None:
        """Reads the register of the days chosen."""
        query = ListReceived(self.from_day.day, self.to_day.day)
        self.runner.ask(list_received, query, self._take, key="register", what="Đang đọc sổ")

    def arrive(self) -> None:
        """The caret stands on the first line."""
        self.table.setFocus()

    def begin_filter(self) -> None:
        """Ctrl+F: the caret goes to the filter."""
        self.filter.setFocus()

    def back(self) -> bool:
        """Esc empties the filter."""
        had = bool(self.filter.text())
        self.filter.clear()
        return had

    def _take(self, lines: Sequence[DossierLine]) -> None:
        self._all = tuple(lines)
        self._show()

    def _show(self) -> None:
        words = fold(self.filter.text()).split()
        found = [
            line for line in self._all if all(w in fold(f"{line.code} {line.name} {line.procedure}") for w in words)
        ]
        self.model.show_rows(found)
        self.table.go_to_first()
        days = f"{shown_day(self.from_day.day)} – {shown_day(self.to_day.day)}"
        self._count.setText(f"{len(found)} hồ sơ tiếp nhận {days}, theo thứ tự vào sổ · Enter: mở hồ sơ")
