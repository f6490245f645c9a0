"""Tables of frozen rows: read only, 28 px a row, moved through by keyboard. Order and limit come from the question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QStackedLayout, QTableView, QWidget

from app.ui.kit.column_widths import ColumnWidthRequest, distribute_widths
from app.ui.kit.fonts import semibold
from app.ui.kit.style import GRID, ROW_HEIGHT
from app.ui.kit.widgets import column as vertical
from app.ui.kit.widgets import label, tooltip_text

Index = QModelIndex | QPersistentModelIndex
_SAMPLED_ROWS = 200
"""Rows whose words the columns are fitted to."""
_MIN_ROWS, _MIN_WIDTH = 4, 600
_PADDING, _DEFAULT_WIDTH = 24, 200
"""Room beside the words of a cell; the usual width of a column that takes what is left."""


@dataclass(frozen=True)
class Column:
    """One column: its heading, how a row is said in it, its usual width in pixels (0 takes what is left), whether it
    holds figures, which stand to the right, whether it is read `whole` or not at all, as codes and dates are, and its
    turn to be left out where there is little room (`drop_order`, 0 for never)."""

    title: str
    text: Callable[[Any], str]
    width: int = 0
    numeric: bool = False
    never_cut: bool = False
    drop_order: int = 0


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
            said = column.text(self.rows[index.row()])
            return tooltip_text(said) if role == Qt.ItemDataRole.ToolTipRole else said
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings of the columns."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self.columns[section].numeric else Qt.AlignmentFlag.AlignLeft
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
        self._min_width, self._title_widths = (
            _MIN_WIDTH,
            [0] * len(model.columns),
        )  # one that is left out tells no width
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
        model.modelReset.connect(self.fit_columns)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths are shared out anew."""
        super().resizeEvent(event)
        self.fit_columns()

    def minimumSizeHint(self) -> QSize:
        """A few rows, and columns that say something."""
        tall = _MIN_ROWS * ROW_HEIGHT + self.horizontalHeader().sizeHint().height()
        return QSize(min(_MIN_WIDTH, self._min_width), tall)

    def fit_columns(self) -> None:
        """Shares the width among the columns by what stands in them."""
        wishes = [self._width_request(place, column) for place, column in enumerate(self.rows_model.columns)]
        self._min_width = (
            sum(wish.minimum for wish in wishes if not wish.drop_order) + self.verticalScrollBar().sizeHint().width()
        )
        for place, width in enumerate(distribute_widths(wishes, self.viewport().width())):
            self.setColumnHidden(place, not width)
            if width:
                self.setColumnWidth(place, width)

    def _width_request(self, place: int, column: Column) -> ColumnWidthRequest:
        rows = (row for row in self.rows_model.rows[:_SAMPLED_ROWS] if not isinstance(row, str))
        letters = QFontMetrics(semibold())
        said = max((letters.horizontalAdvance(column.text(row)) for row in rows), default=0)
        titled = self._title_widths[place] = max(
            self._title_widths[place], self.horizontalHeader().sectionSizeHint(place)
        )
        whole = column.never_cut or column.numeric
        content = max(titled, said + _PADDING)
        return ColumnWidthRequest(
            column.width or _DEFAULT_WIDTH, content, titled, whole, not column.width, column.drop_order
        )

    def cut_text(self) -> str:
        """What of the row one stands on is cut or left out, whole; empty where all of it is seen."""
        index = self.currentIndex()
        if not index.isValid() or isinstance(self.current, str):
            return ""
        letters, told = QFontMetrics(semibold()), []
        for place, column in enumerate(self.rows_model.columns):
            text = column.text(self.current)
            if text and letters.horizontalAdvance(text) + _PADDING > self.columnWidth(place):
                told.append(f"{column.title}: {text}")
        return " · ".join(told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space marks."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit(self.current)
        elif event.key() == Qt.Key.Key_Space and self.current is not None:
            self.marked.emit(self.current)
        else:
            super().keyPressEvent(event)


class TableOrHint(QWidget):
    """A table, and in its place, while it is empty, words that say what would be there and how to begin. Under it
    stands, whole, what of the row one stands on is cut."""

    def __init__(self, table: RowsTable, words: str) -> None:
        super().__init__()
        self._table = table
        self.hint: QLabel = label(words, "empty", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cut_label = label(role="caption", wrap=True)
        self.cut_label.hide()
        place = QWidget()
        self._layers = QStackedLayout(place)  # has its parent first, else each layer would flash up as a window
        self._layers.addWidget(table)
        self._layers.addWidget(self.hint)
        box = vertical(place, self.cut_label, gap=GRID // 2)
        box.setStretch(0, 1)
        self.setLayout(box)
        table.model().modelReset.connect(self._show_table_or_hint)
        table.selectionModel().currentChanged.connect(self._show_cut_text)
        self._show_table_or_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths cut elsewhere."""
        super().resizeEvent(event)
        self._show_cut_text()

    def _show_table_or_hint(self) -> None:
        self._layers.setCurrentIndex(1 if self._table.model().rowCount() == 0 else 0)
        self._show_cut_text()

    def _show_cut_text(self) -> None:
        said = self._table.cut_text()
        self.cut_label.setText(said)
        self.cut_label.setVisible(bool(said))
