"""Dialog of the papers of a period, to view and print again."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.models.enums import PaperForm, Right
from app.models.errors import Refusal
from app.ui.kit.columns import Column
from app.ui.kit.date_edit import DayEdit
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import FieldBox, add_key, button, column, label, row
from app.wording.refusals import error_sentence


@dataclass(frozen=True)
class PapersTexts:
    """Texts of the dialog: title, button, hint of the keys, empty list."""

    title: str
    print_button: str
    keys: str
    empty: str


class PapersOfPeriodDialog(QDialog):
    """Papers of one form and a period; each line has a `code`.

    Signals: `print_requested(code, PaperForm)`, `view_requested(code, PaperForm)`.
    """

    print_requested = Signal(str, object)
    view_requested = Signal(str, object)

    def __init__(
        self,
        runner: Runner,
        form: PaperForm,
        texts: PapersTexts,
        columns: Sequence[Column],
        period: tuple[date, date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._form = runner, form
        self.setWindowTitle(texts.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.from_day, self.to_day = DayEdit(), DayEdit()
        for field, day in zip((self.from_day, self.to_day), period, strict=True):
            field.show_day(day)
            field.day_changed.connect(lambda _day: self.reload())
        self.model = RowsModel(columns)
        self.table = RowsTable(self.model, texts.title)
        self.print_button = add_key(button(texts.print_button, main=True), "Ctrl+P")
        self.view_button = add_key(button("Xem"), "Ctrl+O")
        if Right.PRINT not in runner.desk.facts.rights:
            self.print_button.hide()
        self.print_button.clicked.connect(lambda: self._with_current(self.print_requested.emit))
        self.view_button.clicked.connect(lambda: self._with_current(self.view_requested.emit))
        self.table.opened.connect(lambda _line: self._with_current(self.view_requested.emit))
        table_area = TableOrHint(self.table, texts.empty)
        self.setLayout(column(self._period_line(), table_area, self._footer(texts.keys), margin=2 * GRID))
        self._focused_once = False

    def _period_line(self) -> QWidget:
        widget = QWidget()
        self.period_box = FieldBox("Đến hết ngày", self.to_day)
        line = row(FieldBox("Từ ngày", self.from_day), self.period_box, gap=2 * GRID)
        line.addStretch(1)
        widget.setLayout(line)
        return widget

    def _footer(self, keys: str) -> QWidget:
        widget = QWidget()
        close_button = button("Đóng  Esc")
        close_button.clicked.connect(self.reject)
        line = row(self.print_button, self.view_button, label(keys, "caption"))
        line.addStretch(1)
        line.addWidget(close_button)
        widget.setLayout(line)
        return widget

    def reload(self) -> None:
        """Read the papers of the period."""
        self.period_box.clear_error()
        self.read_lines(self.from_day.day, self.to_day.day)

    @abstractmethod
    def read_lines(self, first: date, last: date) -> None:
        """Read the papers of a period, then call `show_lines` or `show_error`."""

    def show_error(self, error: Exception) -> bool:
        """Show a refusal at the period; return whether it was one."""
        self.show_lines(())
        if isinstance(error, Refusal):
            self.period_box.show_error(error_sentence(error))
        return isinstance(error, Refusal)

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Show the papers; the first ones get the focus."""
        self.model.show_rows(lines)
        self.table.go_to_first()
        if lines and not self._focused_once:
            self._focused_once = True
            self.table.setFocus()
        for each in (self.print_button, self.view_button):
            each.setEnabled(bool(lines))

    def _with_current(self, action: Callable[[str, PaperForm], object]) -> None:
        line = self.table.current
        if line is not None:
            action(line.code, self._form)
