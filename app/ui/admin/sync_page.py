"""Sync page (F7): counts, rejected dossiers and export of the bundle."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.disk import save_file
from app.office.sync_export import export_bundle
from app.ui.admin.received_section import ReceivedSection
from app.ui.kit.columns import Column
from app.ui.kit.dates import format_instant
from app.ui.kit.file_dialogs import choose_save_file
from app.ui.kit.flow_layout import FlowWidget, expanding_spacer
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import button, column, label
from app.usecases.sync.export import ExportedBundle
from app.usecases.sync.status import SyncState, SyncStatus, sync_status

_EMPTY = "Không có hồ sơ nào bị nơi nhận trả lại. Hồ sơ bị trả lại sẽ hiện ở đây kèm lý do."
_KINDS = "Tệp đồng bộ (*.mcsync)"


class SyncPage(Page):
    """Page of the sync state.

    Signal: `open_requested(code)` for a rejected dossier.
    """

    open_requested = Signal(str)
    title = "Đồng bộ"
    reloads_on = frozenset({Changed.SYNC})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._numbers = {name: label("–", "title") for name in ("waiting", "sent", "confirmed")}
        self._last = label(role="caption")
        self.export = button("Xuất tệp đồng bộ…", main=True)
        self.export.setObjectName("sync.export")
        self.export.clicked.connect(self._export_bundle)
        self._model = RowsModel(
            (
                Column("Mã hồ sơ", lambda line: line.code, 200, never_cut=True),
                Column("Lý do trả lại", lambda line: line.reason),
            )
        )
        self.table = RowsTable(self._model, "Hồ sơ bị trả lại")
        self.table.opened.connect(lambda rejected: self.open_requested.emit(rejected.code))
        rejected = TableOrHint(self.table, _EMPTY)
        self.received = ReceivedSection(self)
        self.received.open_requested.connect(self.open_requested)
        caption = label("Hồ sơ bị trả lại", "strong")
        self.setLayout(column(self._card(), self.received, caption, rejected, gap=2 * GRID))

    def _card(self) -> QFrame:
        captions = {
            "waiting": "hồ sơ chờ xuất",
            "sent": "đã xuất, chờ nơi nhận trả lời",
            "confirmed": "nơi nhận đã xác nhận",
        }
        counters = [QWidget() for _name in captions]
        for counter, (name, caption) in zip(counters, captions.items(), strict=True):
            counter.setLayout(column(self._numbers[name], label(caption, "caption"), gap=2))
        line = FlowWidget(*counters, expanding_spacer(), self.export, gap=4 * GRID)
        frame = QFrame()
        frame.setObjectName("card")
        frame.setLayout(column(line, self._last, margin=2 * GRID))
        return frame

    def reload(self) -> None:
        """Read the sync state."""
        self.runner.read(sync_status, SyncStatus(), self._show, key="sync")
        self.received.load()

    def focus_start(self) -> None:
        """Focus the export button."""
        self.export.setFocus()

    def _show(self, state: SyncState) -> None:
        for name, number_label in self._numbers.items():
            number_label.setText(f"{getattr(state, name):,}".replace(",", "."))
        last = format_instant(state.last_confirmed_at)
        self._last.setText(f"Xác nhận gần nhất: {last}." if last else "Nơi nhận chưa xác nhận lần nào.")
        self._model.show_rows(state.rejected)
        self.table.go_to_first()

    def _export_bundle(self) -> None:
        self.export.setEnabled(False)
        self.runner.run_background(
            lambda _task: export_bundle(self.runner.desk),
            self._exported,
            on_error=self._export_failed,
            activity="Đang dựng tệp đồng bộ",
            can_stop=False,  # the file is stored before it is offered for saving
        )

    def _export_failed(self, _error: Exception) -> bool:
        self.export.setEnabled(True)
        return False

    def _exported(self, exported: ExportedBundle) -> None:
        self.export.setEnabled(True)
        self.runner.changed.emit(frozenset({Changed.SYNC}), None)
        self._choose_file(exported)

    def _choose_file(self, exported: ExportedBundle) -> None:
        file = choose_save_file(self, "Lưu tệp đồng bộ", exported.file_name, _KINDS)
        if file is None:
            text = f"Tệp số {exported.sequence} đã dựng nhưng chưa lưu ra ngoài."
            self.post_message(Level.WARNING, text, "Chọn nơi lưu", partial(self._choose_file, exported))
            return
        self.write(exported, file)

    def write(self, exported: ExportedBundle, file: Path) -> None:
        """Write the bundle to the chosen file."""
        text = f"Đã lưu tệp số {exported.sequence} với {exported.records} bản ghi vào {file.name}. Chép sang nơi nhận."
        if exported.more:
            text += " Còn bản ghi chờ gửi: xuất thêm tệp nữa."
        self.runner.run_background(
            lambda _ticket: save_file(file, exported.content),
            lambda _none: self.post_message(Level.DONE, text),
            activity="Đang lưu tệp",
            on_error=partial(self._write_failed, exported),
        )

    def _write_failed(self, exported: ExportedBundle, error: Exception) -> bool:
        if isinstance(error, OSError):
            text = "Không ghi được tệp vào nơi đã chọn. Xem lại ổ đĩa hoặc chọn nơi khác."
            self.post_message(Level.ERROR, text, "Chọn nơi khác", partial(self._choose_file, exported))
        return isinstance(error, OSError)
