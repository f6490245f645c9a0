"""Read-only tables of frozen rows; the query determines order and limit."""

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
"""Number of rows that determine the column widths."""
_MIN_ROWS, _MIN_WIDTH = 4, 600
_PADDING, _DEFAULT_WIDTH = 24, 200
"""Padding of a cell, and preferred width of a column that takes the rest."""


@dataclass(frozen=True)
class Column:
    """One column: title, text of a row, and preferred width.

    The width is in pixels, 0 for the rest.

    A `numeric` column is right-aligned. A `never_cut` column, such as codes and dates, is never elided. Columns are
    dropped in narrow tables by ascending `drop_order`; 0 means never.
    """

    title: str
    text: Callable[[Any], str]
    width: int = 0
    numeric: bool = False
    never_cut: bool = False
    drop_order: int = 0


class RowsModel(QAbstractTableModel):
    """Table model of frozen rows."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: tuple[Any, ...] = ()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, also as its tool tip.

        The tool tip is needed because the text may be elided.
        """
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = column.text(self.rows[index.row()])
            return tooltip_text(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self.columns[section].numeric else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None


class RowsTable(QTableView):
    """Table of frozen rows.

    Signals: `opened(row)` on Enter or double click; `marked(row)` on Space.
    """

    opened = Signal(object)
    marked = Signal(object)

    def __init__(self, model: RowsModel, name: str) -> None:
        super().__init__()
        self.rows_model = model
        self._min_width = _MIN_WIDTH
        self._title_widths = [0] * len(model.columns)  # remembered, because Qt reports none for a hidden column
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
        """The current row, None in an empty table."""
        index = self.currentIndex()
        return self.rows_model.rows[index.row()] if index.isValid() else None

    def go_to_first(self) -> None:
        """Select the first row."""
        if self.rows_model.rows:
            self.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def minimumSizeHint(self) -> QSize:
        height = _MIN_ROWS * ROW_HEIGHT + self.horizontalHeader().sizeHint().height()
        return QSize(min(_MIN_WIDTH, self._min_width), height)

    def fit_columns(self) -> None:
        """Distribute the width among the columns by their content."""
        requests = [self._width_request(place, column) for place, column in enumerate(self.rows_model.columns)]
        required = sum(request.minimum for request in requests if not request.drop_order)
        self._min_width = required + self.verticalScrollBar().sizeHint().width()
        for place, width in enumerate(distribute_widths(requests, self.viewport().width())):
            self.setColumnHidden(place, not width)
            if width:
                self.setColumnWidth(place, width)

    def _width_request(self, place: int, column: Column) -> ColumnWidthRequest:
        rows = (row for row in self.rows_model.rows[:_SAMPLED_ROWS] if not isinstance(row, str))
        metrics = QFontMetrics(semibold())
        text_width = max((metrics.horizontalAdvance(column.text(row)) for row in rows), default=0)
        title = max(self._title_widths[place], self.horizontalHeader().sectionSizeHint(place))
        self._title_widths[place] = title
        return ColumnWidthRequest(
            preferred=column.width or _DEFAULT_WIDTH,
            content=max(title, text_width + _PADDING),
            title=title,
            never_cut=column.never_cut or column.numeric,
            takes_rest=not column.width,
            drop_order=column.drop_order,
        )

    def cut_text(self) -> str:
        """Return the elided or dropped texts of the current row in full."""
        index = self.currentIndex()
        if not index.isValid() or isinstance(self.current, str):
            return ""
        metrics, parts = QFontMetrics(semibold()), []
        for place, column in enumerate(self.rows_model.columns):
            text = column.text(self.current)
            if text and metrics.horizontalAdvance(text) + _PADDING > self.columnWidth(place):
                parts.append(f"{column.title}: {text}")
        return " · ".join(parts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit `opened` on Enter and `marked` on Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit(self.current)
        elif event.key() == Qt.Key.Key_Space and self.current is not None:
            self.marked.emit(self.current)
        else:
            super().keyPressEvent(event)


class TableOrHint(QWidget):
    """Table that is replaced by a hint while it is empty.

    A line below shows the elided texts of the current row in full.
    """

    def __init__(self, table: RowsTable, hint: str) -> None:
        super().__init__()
        self._table = table
        self.hint: QLabel = label(hint, "empty", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cut_label = label(role="caption", wrap=True)
        self.cut_label.hide()
        stack = QWidget()
        self._layers = QStackedLayout(stack)  # needs its parent first, or each layer would appear as a window
        self._layers.addWidget(table)
        self._layers.addWidget(self.hint)
        box = vertical(stack, self.cut_label, gap=GRID // 2)
        box.setStretch(0, 1)
        self.setLayout(box)
        table.model().modelReset.connect(self._show_table_or_hint)
        table.selectionModel().currentChanged.connect(self._show_cut_text)
        self._show_table_or_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_cut_text()

    def _show_table_or_hint(self) -> None:
        self._layers.setCurrentIndex(1 if self._table.model().rowCount() == 0 else 0)
        self._show_cut_text()

    def _show_cut_text(self) -> None:
        text = self._table.cut_text()
        self.cut_label.setText(text)
        self.cut_label.setVisible(bool(text))
