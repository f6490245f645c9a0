"""F7, what goes up: how much waits, what was answered, and the next file to carry to the receiver."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.kit.dates import shown_instant
from app.ui.kit.file_dialogs import ask_file
from app.ui.kit.flow_layout import FlowBox, spring
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.style import GRID
from app.ui.kit.tables import Column, RowsModel, RowsTable, TableOrWords
from app.ui.kit.widgets import button, column, label
from app.usecases.sync.export import ExportBundle, Exported, SyncState, SyncStatus, export_bundle, sync_status

_EMPTY = "Không có hồ sơ nào bị nơi nhận trả lại. Hồ sơ bị trả lại sẽ hiện ở đây kèm lý do."
_KINDS = "Tệp đồng bộ (*.mcsync)"


class SyncPage(Page):
    """The sync page. Signal: `open_asked(code)` for a rejected dossier."""

    open_asked = Signal(str)
    title = "Đồng bộ"
    cares = frozenset({Changed.SYNC})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._numbers = {name: label("–", "title") for name in ("waiting", "sent", "confirmed")}
        self._last = label(role="caption")
        self.export = button("Xuất tệp đồng bộ…", main=True)
        self.export.setObjectName("sync.export")
        self.export.clicked.connect(self._ask_bundle)
        self._model = RowsModel(
            (Column("Mã hồ sơ", lambda r: r.code, 200, whole=True), Column("Lý do trả lại", lambda r: r.reason))
        )
        self.table = RowsTable(self._model, "Hồ sơ bị trả lại")
        self.table.opened.connect(lambda rejected: self.open_asked.emit(rejected.code))
        rejected = TableOrWords(self.table, _EMPTY)
        self.setLayout(column(self._card(), label("Hồ sơ bị trả lại", "strong"), rejected, gap=2 * GRID))

    def _card(self) -> QFrame:
        words = {
            "waiting": "hồ sơ chờ xuất",
            "sent": "đã xuất, chờ nơi nhận trả lời",
            "confirmed": "nơi nhận đã xác nhận",
        }
        told = [QWidget() for _name in words]
        for each, (name, word) in zip(told, words.items(), strict=True):
            each.setLayout(column(self._numbers[name], label(word, "caption"), gap=2))
        line = FlowBox(*told, spring(), self.export, gap=4 * GRID)
        frame = QFrame()
        frame.setObjectName("card")
        frame.setLayout(column(line, self._last, margin=2 * GRID))
        return frame

    def reload(self) -> None:
        """Reads how far the receiver has what we know."""
        self.runner.ask(sync_status, SyncStatus(), self._show, key="sync")

    def arrive(self) -> None:
        """The caret stands on the one act."""
        self.export.setFocus()

    def _show(self, state: SyncState) -> None:
        for name, shown in self._numbers.items():
            shown.setText(f"{getattr(state, name):,}".replace(",", "."))
        last = shown_instant(state.last_confirmed_at)
        self._last.setText(f"Xác nhận gần nhất: {last}." if last else "Nơi nhận chưa xác nhận lần nào.")
        self._model.show_rows(state.rejected)
        self.table.go_to_first()

    def _ask_bundle(self) -> None:
        self.export.setEnabled(False)
        self.runner.do(
            export_bundle,
            ExportBundle(),
            self._exported,
            changes=frozenset({Changed.SYNC}),
            otherwise=self._not_exported,
            what="Đang dựng tệp đồng bộ",
        )

    def _not_exported(self, _error: Exception) -> bool:
        self.export.setEnabled(True)
        return False

    def _exported(self, exported: Exported) -> None:
        self.export.setEnabled(True)
        self._place(exported)

    def _place(self, exported: Exported) -> None:
        file = ask_file(self, "Lưu tệp đồng bộ", exported.file_name, _KINDS)
        if file is None:
            text = f"Tệp số {exported.sequence} đã dựng nhưng chưa lưu ra ngoài."
            self.say(Level.LOOK, text, "Chọn nơi lưu", partial(self._place, exported))
            return
        self.write(exported, file)

    def write(self, exported: Exported, file: Path) -> None:
        """Writes the file where it is to be carried from."""
        text = f"Đã lưu tệp số {exported.sequence} với {exported.records} bản ghi vào {file.name}. Chép sang nơi nhận."
        self.runner.aside(
            lambda _ticket: file.write_bytes(exported.content),
            lambda _size: self.say(Level.DONE, text),
            what="Đang lưu tệp",
            otherwise=partial(self._not_written, exported),
        )

    def _not_written(self, exported: Exported, error: Exception) -> bool:
        if isinstance(error, OSError):
            text = "Không ghi được tệp vào nơi đã chọn. Xem lại ổ đĩa hoặc chọn nơi khác."
            self.say(Level.MEND, text, "Chọn nơi khác", partial(self._place, exported))
        return isinstance(error, OSError)
