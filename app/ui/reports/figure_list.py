"""List of the dossiers behind one figure of a report."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit.columns import Column
from app.ui.kit.dates import format_instant
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import button, column, label, row
from app.wording.figures import counted_words
from app.wording.status import status_name


def _status(line: Any) -> str:
    name = status_name(line.status) if line.status else ""
    return name + (" · quá hạn" if line.late else "")


_COLUMNS = (
    Column("Mã hồ sơ", lambda line: line.code, 184, never_cut=True),
    Column("Chủ hồ sơ", lambda line: line.name, 192),
    Column("Thủ tục, phản ánh", lambda line: line.item or line.procedure),
    Column("Tiếp nhận", lambda line: format_instant(line.received_at), 144, never_cut=True, drop_order=1),
    Column("Hẹn trả", lambda line: format_instant(line.due_at) or "chưa hẹn", 144, never_cut=True),
    Column("Trạng thái", _status, 200),
)
MOST, ALL = 1000, 1_000_000
"""Lines that a figure opens with; lines that are read to export or print the list."""


class _WholeTable(RowsTable):
    """A table that reads the rest of its rows before it writes them.

    Signal: `rest_needed(step)`; `step` exports or prints once all rows are shown.
    """

    rest_needed = Signal(object)

    def export_list(self) -> None:
        """Write all rows to a file."""
        self._with_all_rows(super().export_list)

    def print_list(self) -> None:
        """Print all rows."""
        self._with_all_rows(super().print_list)

    def _with_all_rows(self, step: Callable[[], None]) -> None:
        if len(self.rows_model.rows) == MOST:
            self.rest_needed.emit(step)
        else:
            step()


class FigureList(QWidget):
    """The dossiers of one figure, newest first.

    Signals: `open_requested(code)`, `rest_needed(step after it)`, `closed()`.
    """

    open_requested = Signal(str)
    rest_needed = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = label(role="strong")
        self.back_button = button("Về báo cáo (Esc)")
        self.model = RowsModel(_COLUMNS)
        self.table = _WholeTable(self.model, "Hồ sơ của số liệu")
        self.table.setObjectName("reports.dossiers")
        self.export_button = button("Xuất danh sách…")
        head = row(self.title, self.export_button, self.back_button)
        head.setStretch(0, 1)
        self.setLayout(column(head, TableOrHint(self.table, "Không có hồ sơ nào.")))
        self.table.opened.connect(self._open)
        self.back_button.clicked.connect(self.closed)
        self.export_button.clicked.connect(self.table.export_list)
        self.table.rest_needed.connect(self.rest_needed)

    def _open(self, line: Any) -> None:
        """Open the dossier of a line; a feedback may have none."""
        if line.code:
            self.open_requested.emit(line.code)

    def show_lines(self, title: str, lines: Sequence[Any]) -> None:
        """Show the dossiers of a figure."""
        more = f" (mới nhất trong số đó: {MOST}; xuất, in thì có đủ)" if len(lines) == MOST else ""
        count = counted_words([line.item for line in lines], [line.code for line in lines])
        self.title.setText(f"{title}: {count}{more}")
        self.model.show_rows(lines)
        self.table.go_to_first()
        self.table.setFocus()
