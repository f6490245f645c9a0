"""Editable table of a few rows, such as papers or steps of a procedure."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.ui.kit.style import GRID, ROW_HEIGHT
from app.ui.kit.widgets import button, column, label, password_field, row, tooltip_text


@dataclass(frozen=True)
class CellColumn:
    """One column: title, width (0 for the rest), and choices.

    `choices` are the permitted (value, word) pairs of its cells. The texts of a `secret` column are never shown.
    """

    title: str
    width: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    secret: bool = False


_DOTS = 8
"""Most dots of a secret text."""


class _SecretDelegate(QStyledItemDelegate):
    """Shows dots in place of the text, also while it is typed."""

    def displayText(self, value: object, locale: QLocale | QLocale.Language) -> str:
        return "●" * min(len(str(value)), _DOTS)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        field = password_field()
        field.setParent(parent)
        field.setFrame(False)
        return field


class RowEditorTable(QTableWidget):
    """The table; Enter or a character edits a cell.

    Space selects the next choice.

    Signals: `altered()`.
    """

    altered = Signal()

    def __init__(self, columns: Sequence[CellColumn], name: str) -> None:
        super().__init__(0, len(columns))
        self._columns = tuple(columns)
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels([cell_column.title for cell_column in columns])
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, cell_column in enumerate(columns):
            mode = QHeaderView.ResizeMode.Fixed if cell_column.width else QHeaderView.ResizeMode.Stretch
            self.horizontalHeader().setSectionResizeMode(place, mode)
            if cell_column.width:
                self.setColumnWidth(place, cell_column.width)
            if cell_column.secret:
                self.setItemDelegateForColumn(place, _SecretDelegate(self))
        self.itemChanged.connect(lambda item: item.setToolTip(tooltip_text(self._tool_tip(item))))
        self.itemChanged.connect(lambda _item: self.altered.emit())
        self.cellDoubleClicked.connect(lambda _row, _column: self._next_choice())

    def showEvent(self, event: QShowEvent) -> None:
        """Widen columns to their titles in the font of this system."""
        super().showEvent(event)
        for place, cell_column in enumerate(self._columns):
            if cell_column.width:
                title = self.horizontalHeader().sectionSizeHint(place)
                self.setColumnWidth(place, max(cell_column.width, title))

    def lines(self) -> list[tuple[str, ...]]:
        """Return the rows of cells, as values for columns with choices."""
        return [
            tuple(self._value(line, place) for place in range(len(self._columns))) for line in range(self.rowCount())
        ]

    def show_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Replace all rows without emitting signals."""
        self.blockSignals(True)
        self.setRowCount(0)
        for line in lines:
            self.add_line(line)
        self.blockSignals(False)

    def add_line(self, cells: Sequence[str]) -> None:
        """Append a row."""
        line = self.rowCount()
        self.insertRow(line)
        for place, (cell_column, text) in enumerate(zip(self._columns, cells, strict=True)):
            item = QTableWidgetItem(dict(cell_column.choices).get(text, text))
            item.setData(Qt.ItemDataRole.UserRole, text)
            item.setToolTip("" if cell_column.secret else item.text())
            if cell_column.choices:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.setItem(line, place, item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit a cell, select its next choice or remove the row.

        The keys are Enter, Space and Delete.
        """
        has_choices = bool(self.currentItem()) and bool(self._columns[self.currentColumn()].choices)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() and not has_choices:
            self.editItem(self.currentItem())
        elif has_choices and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._next_choice()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_line()
        else:
            super().keyPressEvent(event)

    def remove_line(self) -> None:
        """Remove the current row."""
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
        next_value, next_word = choices[(values.index(value) + 1) % len(values) if value in values else 0]
        item.setData(Qt.ItemDataRole.UserRole, next_value)
        item.setText(next_word)

    def _tool_tip(self, item: QTableWidgetItem) -> str:
        return "" if self._columns[item.column()].secret else item.text()

    def _value(self, line: int, place: int) -> str:
        item = self.item(line, place)
        if item is None:
            return ""
        if self._columns[place].choices:
            return str(item.data(Qt.ItemDataRole.UserRole))
        return item.text() if self._columns[place].secret else item.text().strip()


class RowEditor(QWidget):
    """Captioned table with buttons that add and remove rows.

    Signals: `altered()`.
    """

    altered = Signal()

    def __init__(self, caption: str, columns: Sequence[CellColumn], empty_row: Sequence[str], add: str) -> None:
        super().__init__()
        self.table = RowEditorTable(columns, caption)
        self._empty_row = tuple(empty_row)
        self._column = next(place for place, cell_column in enumerate(columns) if not cell_column.width)
        self.add, self.remove = button(add), button("Bỏ dòng")
        for small_button in (self.add, self.remove):
            small_button.setProperty("small", True)
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
