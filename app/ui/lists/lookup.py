"""Look-up page (F3): dossiers by code, name, ID number or phone."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal

from app.services.dossier_lines import DossierLine
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Runner
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import column, label
from app.ui.lists.columns import LINE_COLUMNS
from app.usecases.dossiers.queries import SearchDossiers, search_dossiers

_PAUSE_MS = 200
_BEGIN = (
    "Gõ vào ô phía trên: mã hồ sơ, tên (có dấu hay không), số định danh, số điện thoại.\n"
    "Hoặc quét mã vạch trên giấy tiếp nhận, không cần bấm phím nào trước."
)


class LookupPage(Page):
    """Page of the look-up results, newest first.

    Signal: `open_requested(code)`.
    """

    open_requested = Signal(str)
    title = "Tra cứu"
    reloads_on = frozenset({Changed.DOSSIER})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._words = ""
        self._open_only = False
        self.model = RowsModel(LINE_COLUMNS)
        self.table = RowsTable(self.model, "Hồ sơ tìm thấy")
        self.table.setObjectName("lookup.table")
        self._table_area = TableOrHint(self.table, _BEGIN)
        self._count = label(role="caption")
        self.setLayout(column(self._count, self._table_area))
        self._pause_timer = QTimer(self)
        self._pause_timer.setSingleShot(True)
        self._pause_timer.setInterval(_PAUSE_MS)
        self._pause_timer.timeout.connect(self.reload)
        self.table.opened.connect(lambda line: self.open_requested.emit(line.code))

    def search(self, words: str, immediately: bool) -> None:
        """Search after a pause in typing, or at once.

        `immediately` is set by Enter, which also opens a single match.
        """
        self._words = words
        self._open_only = immediately
        if immediately:
            self._pause_timer.stop()
            self.reload()
        else:
            self._pause_timer.start()

    def clear(self) -> None:
        """Clear the results, for example after a scan of an unknown code."""
        self._words = ""
        self._pause_timer.stop()
        self.runner.cancel("lookup")
        self._show(())

    def reload(self) -> None:
        """Repeat the search."""
        if self._words:
            self.runner.read(search_dossiers, SearchDossiers(self._words), self._show, key="lookup")
        else:
            self._show(())

    def focus_start(self) -> None:
        """Focus the results, if there are any."""
        if self.model.rows:
            self.table.setFocus()

    def _show(self, lines: Sequence[DossierLine]) -> None:
        self.model.show_rows(lines)
        no_match = f"Không có hồ sơ nào với «{self._words}». Thử ít chữ hơn, hoặc số điện thoại."
        self._table_area.hint.setText(no_match if self._words else _BEGIN)
        limit_note = " mới nhất; gõ thêm để thu hẹp" if len(lines) >= 50 else ""
        self._count.setText(f"{len(lines)} hồ sơ{limit_note} · Enter: mở" if lines else "")
        self.table.go_to_first()
        if self._open_only and self._words:
            self._open_only = False
            self._open_single_match(lines)

    def _open_single_match(self, lines: Sequence[DossierLine]) -> None:
        if len(lines) == 1:
            self.open_requested.emit(lines[0].code)
        elif lines:
            self.table.setFocus()
