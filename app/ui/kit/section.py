"""Table of rows grouped under headings that span it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.ui.kit.fonts import semibold
from app.ui.kit.tables import Index, RowsModel, RowsTable
from app.ui.kit.widgets import tooltip_text


class GroupedModel(RowsModel):
    """Rows of which those of type str are headings."""

    def heading(self, place: int) -> str:
        """Return the heading of a row, empty for another row."""
        return self.rows[place] if isinstance(self.rows[place], str) else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        heading = self.heading(index.row())
        if not heading:
            return super().data(index, role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) and index.column() == 0:
            return tooltip_text(heading) if role == Qt.ItemDataRole.ToolTipRole else heading
        return semibold() if role == Qt.ItemDataRole.FontRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return no flags for a heading, so that the keyboard skips it."""
        return Qt.ItemFlag.NoItemFlags if self.heading(index.row()) else super().flags(index)


class GroupedTable(RowsTable):
    """Table with headings.

    Signals: `typed(text)` for a character typed on the table, to filter it.
    """

    typed = Signal(str)

    def __init__(self, model: GroupedModel, name: str) -> None:
        super().__init__(model, name)
        self.grouped_model = model

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace all rows and span the headings."""
        self.clearSpans()
        self.grouped_model.show_rows(rows)
        self._span_headings()

    def _span_headings(self) -> None:
        for place in range(len(self.grouped_model.rows)):
            if self.grouped_model.heading(place):
                self.setSpan(place, 0, 1, len(self.grouped_model.columns))

    def reorder(self, order: tuple[int, bool] | None) -> None:
        """Apply an order within each heading."""
        self.clearSpans()
        super().reorder(order)
        self._span_headings()

    def select_first(self, matches: Callable[[Any], bool]) -> None:
        """Select the first row for which `matches` is true, else the first row."""
        places = [place for place in range(len(self.grouped_model.rows)) if not self.grouped_model.heading(place)]
        selected = [place for place in places if matches(self.grouped_model.rows[place])] or places[:1]
        if selected:
            self.setCurrentIndex(self.grouped_model.index(selected[0], min(1, len(self.grouped_model.columns) - 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit `typed` for letters and digits."""
        if event.text().isalnum() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


def group_rows(rows: Sequence[Any], headings: Sequence[tuple[str, str]], group_of: Callable[[Any], str]) -> list[Any]:
    """Return the rows of each non-empty group under a heading.

    The heading shows the number of rows.

    `headings` are (group, title) pairs in order; `group_of` returns the group of a row.
    """
    result: list[Any] = []
    for group, title in headings:
        members = [row for row in rows if group_of(row) == group]
        if members:
            result += [f"{title} ({len(members)})", *members]
    return result
