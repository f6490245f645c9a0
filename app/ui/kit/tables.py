"""Tables of frozen rows: read only, 28 px a row, moved through by keyboard. Order and limit come from the question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QStackedLayout, QTableView, QWidget

from app.ui.kit.column_widths import Wish, fit
from app.ui.kit.fonts import semibold
from app.ui.kit.style import GRID, ROW_HEIGHT
from app.ui.kit.widgets import column as under
from app.ui.kit.widgets import label, tip

Index = QModelIndex | QPersistentModelIndex
_LOOKED_AT = 200
"""Rows whose words the columns are fitted to."""
_LEAST_ROWS, _LEAST_WIDTH = 4, 600
_AROUND, _LEFT = 24, 200
"""Room beside the words of a cell; the usual width of a column that takes what is left."""


@dataclass(frozen=True)
class Column:
    """One column: its heading, how a row is said in it, its usual width in pixels (0 takes what is left), whether it
    holds figures, which stand to the right, whether it is read `whole` or not at all, as codes and dates are, and its
    turn to be left out where there is little room (`spare`, 0 for never)."""

    title: str
    say: Callable[[Any], str]
    width: int = 0
    figures: bool = False
    whole: bool = False
    spare: int = 0


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
            said = column.say(self.rows[index.row()])
            return tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
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
        self._least, self._titles = _LEAST_WIDTH, [0] * len(model.columns)  # one that is left out tells no width
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
        tall = _LEAST_ROWS * ROW_HEIGHT + self.horizontalHeader().sizeHint().height()
        return QSize(min(_LEAST_WIDTH, self._least), tall)

    def fit_columns(self) -> None:
        """Shares the width among the columns by what stands in them."""
        wishes = [self._wish(place, column) for place, column in enumerate(self.rows_model.columns)]
        self._least = sum(wish.least for wish in wishes if not wish.spare) + self.verticalScrollBar().sizeHint().width()
        for place, width in enumerate(fit(wishes, self.viewport().width())):
            self.setColumnHidden(place, not width)
            if width:
                self.setColumnWidth(place, width)

    def _wish(self, place: int, column: Column) -> Wish:
        rows = (row for row in self.rows_model.rows[:_LOOKED_AT] if not isinstance(row, str))
        letters = QFontMetrics(semibold())
        said = max((letters.horizontalAdvance(column.say(row)) for row in rows), default=0)
        titled = self._titles[place] = max(self._titles[place], self.horizontalHeader().sectionSizeHint(place))
        whole = column.whole or column.figures
        content = max(titled, said + _AROUND)
        return Wish(column.width or _LEFT, content, titled, whole, not column.width, column.spare)

    def cut_words(self) -> str:
        """What of the row one stands on is cut or left out, whole; empty where all of it is seen."""
        index = self.currentIndex()
        if not index.isValid() or isinstance(self.current, str):
            return ""
        letters, told = QFontMetrics(semibold()), []
        for place, column in enumerate(self.rows_model.columns):
            text = column.say(self.current)
            if text and letters.horizontalAdvance(text) + _AROUND > self.columnWidth(place):
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


class TableOrWords(QWidget):
    """A table, and in its place, while it is empty, words that say what would be there and how to begin. Under it
    stands, whole, what of the row one stands on is cut."""

    def __init__(self, table: RowsTable, words: str) -> None:
        super().__init__()
        self._table = table
        self.words: QLabel = label(words, "empty", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cut = label(role="caption", wrap=True)
        self.cut.hide()
        place = QWidget()
        self._layers = QStackedLayout(place)  # has its parent first, else each layer would flash up as a window
        self._layers.addWidget(table)
        self._layers.addWidget(self.words)
        box = under(place, self.cut, gap=GRID // 2)
        box.setStretch(0, 1)
        self.setLayout(box)
        table.model().modelReset.connect(self._turn)
        table.selectionModel().currentChanged.connect(self._tell)
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths cut elsewhere."""
        super().resizeEvent(event)
        self._tell()

    def _turn(self) -> None:
        self._layers.setCurrentIndex(1 if self._table.model().rowCount() == 0 else 0)
        self._tell()

    def _tell(self) -> None:
        said = self._table.cut_words()
        self.cut.setText(said)
        self.cut.setVisible(bool(said))
