"""Table of one section of a report, whose figures open their dossiers."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from textwrap import wrap
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from app.services.reporting.export import UNLISTED, ReportColumn, ReportSection
from app.ui.kit.columns import Column, sorted_rows
from app.ui.kit.fonts import semibold
from app.ui.kit.tables import Index, RowsModel, RowsTable
from app.wording.reports.values import cell_text

_PIXELS = 8
_TITLE_WIDTH = 10
"""Characters of one line of a title."""
_PREFIX = "Số hồ sơ "
DOSSIER_CODE = "code"
"""Key of the column with the code of a dossier."""
_VALUE = "value"
"""Key of the column of figures in a table with one figure a line."""
_NUMBERS = ("count", "money", "decimal", "percent")


def column_titles(columns: Sequence[ReportColumn]) -> list[str]:
    """Return titles of one level; equal headings get their group."""
    counts = Counter(column.heading for column in columns)
    return [
        "\n".join(wrap(_title(column, counts), _TITLE_WIDTH)) if column.kind in _NUMBERS else _title(column, counts)
        for column in columns
    ]


def _title(column: ReportColumn, counts: Counter[str]) -> str:
    heading = column.heading.partition(" (")[0] if column.groups else column.heading
    if counts[column.heading] == 1 or not column.groups:
        return heading.partition(",")[0] if column.kind == "text" else heading
    group = column.groups[0].removeprefix(_PREFIX).capitalize()
    return f"{group}: {heading.lower()}"


def _opens(section: ReportSection, column: ReportColumn, row: Any) -> bool:
    """Return whether a figure lists its dossiers."""
    return column.listed or (column.key == _VALUE and row.get("key") in section.opened)


def _cell(column: ReportColumn, row: Any) -> str:
    return cell_text(row.get(column.key), column.kind)


class SectionModel(RowsModel):
    """Model of a section; its total stays the last row in every order."""

    def __init__(self) -> None:
        super().__init__(())
        self.section: ReportSection | None = None
        self.totals = 0

    def show_section(self, section: ReportSection, extra: Sequence[Any]) -> None:
        """Replace columns and rows; `extra` rows follow the total."""
        titles = column_titles(section.columns)
        columns = [
            Column(
                title,
                partial(_cell, column),
                0 if place == 0 else max(56, int(column.width * _PIXELS)),
                numeric=column.kind in _NUMBERS,
            )
            for place, (title, column) in enumerate(zip(titles, section.columns, strict=True))
        ]
        rows = [*section.rows, *([section.total] if section.total is not None and section.rows else []), *extra]
        self.section, self.columns = section, tuple(columns)
        self.totals = len(rows) - len(section.rows)
        self.order = None
        self.show_rows(rows)

    def _ordered(self) -> tuple[Any, ...]:
        if self.order is None:
            return self._source
        (place, descending), rows = self.order, len(self._source) - self.totals
        text = self.columns[place].text
        return (*sorted_rows(self._source[:rows], text, descending), *self._source[rows:])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.FontRole and index.row() >= len(self.rows) - self.totals:
            return semibold()
        return super().data(index, role)


class SectionTable(RowsTable):
    """Table of a section, in which the arrow keys move from figure to figure.

    Signals: `figure_opened(column, row)` on a click or Enter on a figure whose dossiers can be listed,
    `dossier_opened(code)` on the line of one dossier.
    """

    figure_opened = Signal(object, object)
    dossier_opened = Signal(str)

    def __init__(self, model: SectionModel, name: str) -> None:
        super().__init__(model, name)
        self.section_model = model
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.horizontalHeader().setFixedHeight(66)
        self.clicked.connect(self._open)

    def show_section(self, section: ReportSection, extra: Sequence[Any]) -> None:
        """Show another section."""
        self._title_widths = [0] * len(section.columns)
        self.section_model.show_section(section, extra)
        self.horizontalHeader().setSortIndicatorShown(False)
        self._choose_first_figure()

    def _choose_first_figure(self) -> None:
        section = self.section_model.section
        if section is None or not self.rows_model.rows:
            return
        first = self.rows_model.rows[0]
        listed = [place for place, column in enumerate(section.columns) if _opens(section, column, first)]
        self.setCurrentIndex(self.rows_model.index(0, listed[0] if listed else 0))

    def _open(self, index: Index) -> None:
        section = self.section_model.section
        if section is None or not index.isValid():
            return
        column, row = section.columns[index.column()], self.rows_model.rows[index.row()]
        if row.get(DOSSIER_CODE) and row in section.rows:
            self.dossier_opened.emit(str(row[DOSSIER_CODE]))
        elif row.get(column.key) and not row.get(UNLISTED) and _opens(section, column, row):
            self.figure_opened.emit(column, row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.type() == QEvent.Type.KeyPress:
            super().keyPressEvent(event)
