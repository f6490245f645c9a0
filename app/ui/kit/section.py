"""Tables of rows under headings: a heading goes across the table and the keyboard passes over it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.ui.kit.fonts import semibold
from app.ui.kit.tables import Index, RowsModel, RowsTable
from app.ui.kit.widgets import tooltip_text


class GroupedModel(RowsModel):
    """Rows of which some are headings: plain texts."""

    def heading(self, place: int) -> str:
        """The heading that stands in a row, empty for any other."""
        return self.rows[place] if isinstance(self.rows[place], str) else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings in bold across the table."""
        if not self.heading(index.row()):
            return super().data(index, role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) and index.column() == 0:
            return (
                tooltip_text(self.heading(index.row()))
                if role == Qt.ItemDataRole.ToolTipRole
                else self.heading(index.row())
            )
        return semibold() if role == Qt.ItemDataRole.FontRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading is passed over by the keyboard."""
        return Qt.ItemFlag.NoItemFlags if self.heading(index.row()) else super().flags(index)


class GroupedTable(RowsTable):
    """A table with headings in it. Signal: `typed(text)` when one types on it, to filter."""

    typed = Signal(str)

    def __init__(self, model: GroupedModel, name: str) -> None:
        super().__init__(model, name)
        self.grouped_model = model

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Puts rows in and draws headings across the table."""
        self.clearSpans()
        self.grouped_model.show_rows(rows)
        for place in range(len(rows)):
            if self.grouped_model.heading(place):
                self.setSpan(place, 0, 1, len(self.grouped_model.columns))

    def select_first(self, wanted: Callable[[Any], bool]) -> None:
        """Stands on the first row that is wanted, else on the first that is no heading."""
        places = [place for place in range(len(self.grouped_model.rows)) if not self.grouped_model.heading(place)]
        found = [place for place in places if wanted(self.grouped_model.rows[place])] or places[:1]
        if found:
            self.setCurrentIndex(self.grouped_model.index(found[0], min(1, len(self.grouped_model.columns) - 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and digits go to the filter."""
        if event.text().isalnum() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


def group_rows(rows: Sequence[Any], headings: Sequence[tuple[str, str]], group_of: Callable[[Any], str]) -> list[Any]:
    """Rows under the heading of their group with how many there are; empty groups are left out. `headings` pairs
    groups and words in order, `group_of` tells a row's group."""
    made: list[Any] = []
    for group, words in headings:
        found = [row for row in rows if group_of(row) == group]
        if found:
            made += [f"{words} ({len(found)})", *found]
    return made
