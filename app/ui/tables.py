"""Tables of frozen rows: read only, 28 px a row, moved through by keyboard. Order and limit come from the question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QStackedLayout, QTableView, QWidget

from app.ui.style import ROW_HEIGHT
from app.ui.widgets import label

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """One column: its heading, how a row is said in it, its width in pixels (0 takes what is left), and whether it
    holds figures, which stand to the right."""

    title: str
    say: Callable[[Any], str]
    width: int = 0
    figures: bool = False


class RowsModel(QAbstractTableModel):
    """Frozen rows behind a table."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: tuple[Any, ...] = ()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Puts other rows in the place of those before."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; its whole text is the tool tip too, since a long name is cut."""
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.say(self.rows[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings of the columns."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self.columns[section].figures else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None


class RowsTable(QTableView):
    """A table of frozen rows.

    Signals: `opened(row)` on Enter or double click; `marked(row)` on Space."""

    opened = Signal(object)
    marked = Signal(object)

    def __init__(self, model: RowsModel, name: str) -> None:
        super().__init__()
        self.rows_model = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(32)
        for place, column in enumerate(model.columns):
            mode = QHeaderView.ResizeMode.Interactive if column.width else QHeaderView.ResizeMode.Stretch
            self.horizontalHeader().setSectionResizeMode(place, mode)
            if column.width:
                self.setColumnWidth(place, column.width)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows_model.rows[index.row()]))

    @property
    def current(self) -> Any:
        """The row the keyboard stands on, None in an empty table."""
        index = self.currentIndex()
        return self.rows_model.rows[index.row()] if index.isValid() else None

    def go_to_first(self) -> None:
        """Stands on the first row."""
        if self.rows_model.rows:
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space marks."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit(self.current)
        elif event.key() == Qt.Key.Key_Space and self.current is not None:
            self.marked.emit(self.current)
        else:
            super().keyPressEvent(event)


class TableOrWords(QWidget):
    """A table, and in its place, while it is empty, words that say what would be there and how to begin."""

    def __init__(self, table: QTableView, words: str) -> None:
        super().__init__()
        self.words: QLabel = label(words, "caption", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layers = QStackedLayout(self)  # has its parent first, else each layer would flash up as a window
        self._layers.addWidget(table)
        self._layers.addWidget(self.words)
        table.model().modelReset.connect(self._turn)
        self._turn()

    def _turn(self) -> None:
        table = self._layers.widget(0)
        empty = isinstance(table, QTableView) and table.model().rowCount() == 0
        self._layers.setCurrentIndex(1 if empty else 0)
