"""A short table that is typed into: papers of a procedure, steps of its process. Enter or a letter begins a cell,
Space turns a cell that knows only a few words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from app.ui.kit.style import GRID, ROW_HEIGHT
from app.ui.kit.widgets import button, column, label, row, tooltip_text


@dataclass(frozen=True)
class CellColumn:
    """A column: its heading, its width (0 takes what is left), and the only words a cell may hold as (value, word)."""

    title: str
    width: int = 0
    choices: tuple[tuple[str, str], ...] = ()


class RowEditorTable(QTableWidget):
    """The table itself. Signal: `altered()`."""

    altered = Signal()

    def __init__(self, columns: Sequence[CellColumn], name: str) -> None:
        super().__init__(0, len(columns))
        self._columns = tuple(columns)
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels([each.title for each in columns])
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        for place, each in enumerate(columns):
            mode = QHeaderView.ResizeMode.Fixed if each.width else QHeaderView.ResizeMode.Stretch
            self.horizontalHeader().setSectionResizeMode(place, mode)
            self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            if each.width:
                self.setColumnWidth(place, each.width)
        self.itemChanged.connect(lambda item: item.setToolTip(tooltip_text(item.text())))
        self.itemChanged.connect(lambda _item: self.altered.emit())
        self.cellDoubleClicked.connect(lambda _row, _column: self._next_choice())

    def lines(self) -> list[tuple[str, ...]]:
        """The cells row by row: values where a cell knows only a few words."""
        return [
            tuple(self._value(line, place) for place in range(len(self._columns))) for line in range(self.rowCount())
        ]

    def show_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Puts other lines in the place of those before, without telling anybody."""
        self.blockSignals(True)
        self.setRowCount(0)
        for line in lines:
            self.add_line(line)
        self.blockSignals(False)

    def add_line(self, cells: Sequence[str]) -> None:
        """One more line at the end."""
        line = self.rowCount()
        self.insertRow(line)
        for place, (each, text) in enumerate(zip(self._columns, cells, strict=True)):
            item = QTableWidgetItem(dict(each.choices).get(text, text))
            item.setData(Qt.ItemDataRole.UserRole, text)
            item.setToolTip(tooltip_text(item.text()))
            if each.choices:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.setItem(line, place, item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins or turns a cell, Space turns it, Delete takes the line out."""
        turns = bool(self.currentItem()) and bool(self._columns[self.currentColumn()].choices)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() and not turns:
            self.editItem(self.currentItem())
        elif turns and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._next_choice()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_line()
        else:
            super().keyPressEvent(event)

    def remove_line(self) -> None:
        """Takes out the line one stands on."""
        if self.currentRow() >= 0:
            self.removeRow(self.currentRow())
            self.altered.emit()

    def _next_choice(self) -> None:
        item = self.currentItem()
        choices = self._columns[self.currentColumn()].choices if item else ()
        if not choices:
            return
        values = [value for value, _word in choices]
        value = item.data(Qt.ItemDataRole.UserRole)
        after = choices[(values.index(value) + 1) % len(values) if value in values else 0]
        item.setData(Qt.ItemDataRole.UserRole, after[0])
        item.setText(after[1])

    def _value(self, line: int, place: int) -> str:
        item = self.item(line, place)
        if item is None:
            return ""
        return str(item.data(Qt.ItemDataRole.UserRole)) if self._columns[place].choices else item.text().strip()


class RowEditor(QWidget):
    """A captioned table with the two things done to its lines. Signal: `altered()`."""

    altered = Signal()

    def __init__(self, caption: str, columns: Sequence[CellColumn], empty_row: Sequence[str], add: str) -> None:
        super().__init__()
        self.table = RowEditorTable(columns, caption)
        self._empty_row = tuple(empty_row)
        self._column = next(place for place, each in enumerate(columns) if not each.width)
        self.add, self.remove = button(add), button("Bỏ dòng")
        for each in (self.add, self.remove):
            each.setProperty("small", True)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self.table.remove_line)
        self.table.altered.connect(self.altered)
        head = row(label(caption, "strong"), self.add, self.remove)
        head.setStretch(0, 1)
        self.setLayout(column(head, self.table, gap=GRID // 2))

    def _add(self) -> None:
        self.table.add_line(self._empty_row)
        self.altered.emit()
        self.table.setFocus()
        self.table.setCurrentCell(self.table.rowCount() - 1, self._column)
        self.table.editItem(self.table.currentItem())
