"""Dialog that lists the sync files of this machine and saves one again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.kit.columns import Column
from app.ui.kit.layouts import resize_on_screen
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import button, column, label, row
from app.usecases.sync.export import KeptFileRow, ListKeptFiles, list_kept_files

_HOW = "Tệp lưu lại giống hệt tệp đã dựng; nơi nhận nhận hai lần cũng chỉ tính một lần."
_EMPTY = "Máy này chưa dựng tệp đồng bộ nào."
_STATES = {"waiting": "chưa gửi", "sent": "đã gửi, chờ trả lời", "confirmed": "nơi nhận đã xác nhận"}


class SyncFilesDialog(QDialog):
    """Dialog of the files whose content is stored, newest first.

    Signal: `chosen(sequence)` for the file to save.
    """

    chosen = Signal(int)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Tệp đã dựng")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = RowsModel(
            (
                Column("Tệp số", lambda line: str(line.sequence), 100, never_cut=True),
                Column("Bản ghi", lambda line: str(line.records), 100),
                Column("Trạng thái", lambda line: _STATES[line.state]),
            )
        )
        self.table = RowsTable(self.model, "Tệp đã dựng")
        self.table.opened.connect(self._choose)
        self.save = button("Lưu lại…", main=True)
        self.save.setObjectName("sync.files.save")
        self.save.clicked.connect(lambda: self._choose(self.table.current))
        close = button("Đóng  Esc")
        close.clicked.connect(self.reject)
        foot = row(gap=GRID)
        foot.addStretch(1)
        foot.addWidget(self.save)
        foot.addWidget(close)
        hint = TableOrHint(self.table, _EMPTY)
        box = column(label(_HOW, "caption", wrap=True), hint, foot, gap=GRID, margin=2 * GRID)
        box.setStretch(1, 1)
        self.setLayout(box)
        resize_on_screen(self, 620, 400)
        runner.read(list_kept_files, ListKeptFiles(), self._show, key="sync.files", loads=self.model)

    def _show(self, rows: tuple[KeptFileRow, ...]) -> None:
        self.model.show_rows(rows)
        self.save.setEnabled(bool(rows))
        self.table.go_to_first()

    def _choose(self, line: KeptFileRow | None) -> None:
        if line is not None:
            self.accept()
            self.chosen.emit(line.sequence)
