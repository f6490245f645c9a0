"""Read-only tables of frozen rows; the query determines order and limit."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    SIGNAL,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QStackedLayout, QTableView, QWidget

from app.ui.kit.column_widths import ColumnWidthRequest, distribute_widths
from app.ui.kit.columns import Column, sorted_rows
from app.ui.kit.fonts import semibold
from app.ui.kit.list_export import ListView, copy_text, export_list, is_on_page, print_list, row_text
from app.ui.kit.row_menu import MenuEntry, RowMenu
from app.ui.kit.style import GRID, LOW_WINDOW, ROW_HEIGHT
from app.ui.kit.table_memory import remember_widths, remembered_widths
from app.ui.kit.widgets import column as vertical
from app.ui.kit.widgets import label, tooltip_text

Index = QModelIndex | QPersistentModelIndex
_SAMPLED_ROWS = 200
"""Number of rows that determine the column widths."""
_MIN_ROWS, _LOW_MIN_ROWS, _MIN_WIDTH = 4, 2, 600
_CONTROL = Qt.KeyboardModifier.ControlModifier
_LOADING = "Đang đọc danh sách…"
_NOT_READ = "Chưa đọc được danh sách. Xem lời nhắn phía trên, rồi mở lại trang này."
_PADDING, _DEFAULT_WIDTH = 24, 200
"""Padding of a cell, and preferred width of a column that takes the rest."""


class RowsModel(QAbstractTableModel):
    """Table model of frozen rows.

    `order` is the column and direction chosen by the user; None keeps the order of the query.

    Signal: `loading_changed()` when a query for the rows begins or ends.
    """

    loading_changed = Signal()

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: tuple[Any, ...] = ()
        self.order: tuple[int, bool] | None = None
        self._source: tuple[Any, ...] = ()
        self._queries = 0
        self.failed = False

    @property
    def loading(self) -> bool:
        """Whether a query for the rows is running."""
        return self._queries > 0

    def begin_loading(self) -> None:
        self._queries += 1
        self.loading_changed.emit()

    def end_loading(self, failed: bool) -> None:
        self._queries -= 1
        self.failed = failed
        self.loading_changed.emit()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace all rows; the user's order stays."""
        self.beginResetModel()
        self._source = tuple(rows)
        self.rows = self._ordered()
        self.endResetModel()

    def set_order(self, order: tuple[int, bool] | None) -> None:
        """Sort the rows by (column, descending), or as the query does."""
        self.order = order
        self.show_rows(self._source)

    def _ordered(self) -> tuple[Any, ...]:
        if self.order is None:
            return self._source
        place, descending = self.order
        return tuple(sorted_rows(self._source, self.columns[place].text, descending))

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

    A click on a title sorts; widths set by the user are remembered on this machine. The Menu key or a right click opens
    the row menu.

    Signals: `opened(row)` on Enter or double click; `marked(row)` on Space.
    """

    opened = Signal(object)
    marked = Signal(object)

    min_rows = _MIN_ROWS

    def __init__(self, model: RowsModel, name: str) -> None:
        super().__init__()
        self.rows_model = model
        self._min_width = _MIN_WIDTH
        self._title_widths = [0] * len(model.columns)  # remembered, because Qt reports none for a hidden column
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(32)
        header.setSectionsClickable(True)
        header.sectionPressed.disconnect()  # Qt would select the whole column, which is every row
        header.sectionClicked.connect(self.sort_by)
        header.viewport().installEventFilter(self)
        self.row_entries: Callable[[Any], Sequence[MenuEntry]] = lambda _row: ()
        self.list_note: Callable[[], str] = lambda: ""
        self._applied: list[int] = []
        self._widths: dict[str, int] = {}
        self._fitting = self._remembered = False
        model.modelReset.connect(self.fit_columns)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows_model.rows[index.row()]))

    @property
    def current(self) -> Any:
        """The current row, None in an empty table."""
        index = self.currentIndex()
        return self.rows_model.rows[index.row()] if index.isValid() else None

    @property
    def selected(self) -> list[Any]:
        """The selected rows, in the order of the table."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row for row in (self.rows_model.rows[place] for place in places) if not isinstance(row, str)]

    def mark_selected(self) -> None:
        """Emit `marked` for each selected row."""
        for row in self.selected or ([] if self.current is None else [self.current]):
            self.marked.emit(row)

    def print_list(self) -> None:
        """Print the rows in view."""
        print_list(self, self.list_view)

    @property
    def opens_rows(self) -> bool:
        """True if Enter opens a row here."""
        return self.receivers(SIGNAL("opened(PyObject)")) > 0

    def sort_by(self, place: int) -> None:
        """Sort by a column; again reverses, a third time restores."""
        current = self.current
        order = self.rows_model.order
        if order is None or order[0] != place:
            chosen: tuple[int, bool] | None = (place, False)
        else:
            chosen = None if order[1] else (place, True)
        header = self.horizontalHeader()
        header.setSortIndicatorShown(chosen is not None)
        if chosen is not None:
            down = Qt.SortOrder.DescendingOrder if chosen[1] else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(place, down)
        self.reorder(chosen)
        if current in self.rows_model.rows:
            self.selectRow(self.rows_model.rows.index(current))

    def reorder(self, order: tuple[int, bool] | None) -> None:
        """Apply an order to the rows."""
        self.rows_model.set_order(order)

    def copy_rows(self) -> None:
        """Copy the selected rows, with a tab between cells."""
        copy_text("\n".join(row_text(self.rows_model.columns, row) for row in self.selected))

    def export_list(self) -> None:
        """Write the rows in view to an Excel or PDF file."""
        export_list(self, self.list_view)

    @property
    def list_view(self) -> ListView:
        """The rows in view, in their order."""
        return ListView(self.accessibleName(), self.rows_model.columns, self.rows_model.rows, self.list_note())

    def _menu(self) -> RowMenu:
        row, columns = self.current, self.rows_model.columns
        entries: list[MenuEntry | None] = []
        if row is not None and not isinstance(row, str):
            if self.opens_rows:
                entries.append(MenuEntry("Mở", "Return", lambda: self.opened.emit(row)))
            if code := getattr(row, "code", ""):
                entries.append(MenuEntry("Chép mã", "Ctrl+C", lambda: copy_text(str(code))))
            if self.receivers(SIGNAL("marked(PyObject)")) > 0:
                entries.append(MenuEntry("Đánh dấu các dòng đang chọn", "Space", self.mark_selected))
            entries += [*self.row_entries(row), MenuEntry("Chép dòng", "Ctrl+Shift+C", self.copy_rows), None]
        orders = [MenuEntry(column.title, "", partial(self.sort_by, n)) for n, column in enumerate(columns)]
        entries.append(MenuEntry("Sắp theo", "", choices=tuple(entry for entry in orders if entry.text)))
        entries.append(MenuEntry("Độ rộng cột như ban đầu", "", self.reset_widths))
        if self.rows_model.rows and is_on_page(self):
            entries += [None, MenuEntry("Xuất danh sách…", "Ctrl+E", self.export_list)]
            entries.append(MenuEntry("In danh sách", "Ctrl+Shift+P", self.print_list))
        return RowMenu(self, entries)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the row menu; the current row is the one clicked."""
        below = self.visualRect(self.currentIndex()).bottomLeft() + QPoint(GRID, 0)
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self._menu().popup(self.viewport().mapToGlobal(below) if by_key else event.globalPos())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._remembered:
            self._remembered = True
            self._widths = remembered_widths(self)
            if self._widths:
                self.fit_columns()

    def reset_widths(self) -> None:
        """Forget the widths that the user set."""
        self._widths = {}
        remember_widths(self, {})
        self.fit_columns()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember the widths that the user dragged.

        The signal `sectionResized` is not used, because it is also emitted for every width that the table sets.
        """
        if event.type() == QEvent.Type.MouseButtonRelease and watched is self.horizontalHeader().viewport():
            self._remember_dragged_widths()
        return super().eventFilter(watched, event)

    def _remember_dragged_widths(self) -> None:
        columns = self.rows_model.columns
        dragged = {
            columns[place].title: self.columnWidth(place)
            for place, width in enumerate(self._applied)
            if width and self.columnWidth(place) != width
        }
        if dragged:
            self._widths |= dragged
            remember_widths(self, self._widths)

    def go_to_first(self) -> None:
        """Select the first row."""
        if self.rows_model.rows:
            self.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def minimumSizeHint(self) -> QSize:
        rows = _LOW_MIN_ROWS if self.window().height() < LOW_WINDOW else self.min_rows
        height = rows * ROW_HEIGHT + self.horizontalHeader().sizeHint().height()
        return QSize(min(_MIN_WIDTH, self._min_width), height)

    def fit_columns(self) -> None:
        """Distribute the width among the columns by their content.

        Setting a width may resize the viewport, which calls this again; the nested call is ignored.
        """
        if self._fitting:
            return
        self._fitting = True
        try:
            self._apply_widths()
        finally:
            self._fitting = False

    def _apply_widths(self) -> None:
        requests = [self._width_request(place, column) for place, column in enumerate(self.rows_model.columns)]
        required = sum(request.minimum for request in requests if not request.drop_order)
        self._min_width = required + self.verticalScrollBar().sizeHint().width()
        self._applied = distribute_widths(requests, self.viewport().width())
        for place, width in enumerate(self._applied):
            self.setColumnHidden(place, not width)
            if width:
                self.setColumnWidth(place, width)

    def _width_request(self, place: int, column: Column) -> ColumnWidthRequest:
        rows = (row for row in self.rows_model.rows[:_SAMPLED_ROWS] if not isinstance(row, str))
        metrics = QFontMetrics(semibold())
        text_width = max((metrics.horizontalAdvance(column.text(row)) for row in rows), default=0)
        title = max(self._title_widths[place], self.horizontalHeader().sectionSizeHint(place))
        self._title_widths[place] = title
        if (chosen := self._widths.get(column.title)) is not None:
            return ColumnWidthRequest(chosen, chosen, min(title, chosen), drop_order=column.drop_order)
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
        """Emit `opened` on Enter and `marked` on Space; copy and export."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.current is not None:
            copy_text(str(getattr(self.current, "code", "") or row_text(self.rows_model.columns, self.current)))
            return
        if event.key() == Qt.Key.Key_C and event.modifiers() == _CONTROL | Qt.KeyboardModifier.ShiftModifier:
            self.copy_rows()
            return
        if event.key() == Qt.Key.Key_E and event.modifiers() == _CONTROL:
            self.export_list()
            return
        if event.key() == Qt.Key.Key_P and event.modifiers() == _CONTROL | Qt.KeyboardModifier.ShiftModifier:
            self.print_list()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit(self.current)
        elif event.key() == Qt.Key.Key_Space and not event.modifiers() & _CONTROL and self.current is not None:
            self.mark_selected()
        else:
            super().keyPressEvent(event)


class TableOrHint(QWidget):
    """Table that is replaced by a hint while it is empty.

    While its rows are read, or after that failed, it shows that in place of the hint. A line below shows the elided
    texts of the current row in full, unless `cut_line` is false.
    """

    def __init__(self, table: RowsTable, hint: str, cut_line: bool = True) -> None:
        super().__init__()
        self._table, self._cut_line = table, cut_line
        self.hint: QLabel = label(hint, "empty", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cut_label = label(role="caption", wrap=True)
        self.cut_label.hide()
        stack = QWidget()
        self._layers = QStackedLayout(stack)  # needs its parent first, or each layer would appear as a window
        self._layers.addWidget(table)
        self._layers.addWidget(self.hint)
        self.state = label(role="empty", wrap=True)
        self.state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layers.addWidget(self.state)
        box = vertical(stack, self.cut_label, gap=GRID // 2)
        box.setStretch(0, 1)
        self.setLayout(box)
        table.model().modelReset.connect(self._show_table_or_hint)
        table.rows_model.loading_changed.connect(self._show_table_or_hint)
        table.selectionModel().currentChanged.connect(self._show_cut_text)
        self._show_table_or_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_cut_text()

    def _show_table_or_hint(self) -> None:
        model = self._table.rows_model
        self.state.setText(_LOADING if model.loading else _NOT_READ)
        empty_layer = 2 if model.loading or model.failed else 1
        self._layers.setCurrentIndex(0 if model.rows else empty_layer)
        self._show_cut_text()

    def _show_cut_text(self) -> None:
        text = self._table.cut_text() if self._cut_line else ""
        self.cut_label.setText(text)
        self.cut_label.setVisible(bool(text))
