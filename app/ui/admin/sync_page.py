"""Sync page (F7): counts, rejected dossiers and export of the bundle."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.enums import Right
from app.models.errors import Fault
from app.office.chosen_places import save_chosen_file
from app.office.exchange.sync_export import make_bundle, record_written
from app.services.sending.files import BuiltBundle
from app.ui.admin.national_dialog import NationalDialog
from app.ui.admin.received_file import SUFFIXES, ReceivedFile
from app.ui.admin.received_section import ReceivedSection
from app.ui.admin.sync_card import SyncCard
from app.ui.admin.sync_files_dialog import SyncFilesDialog
from app.ui.kit.columns import Column
from app.ui.kit.file_dialogs import choose_save_file
from app.ui.kit.flow_layout import FlowWidget, expanding_spacer
from app.ui.kit.layouts import PartSwitch
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import button, column, label, row
from app.usecases.sync.answer import ResendDossier, ResentDossier, resend_dossier
from app.usecases.sync.export import BuildBundle, ExportedBundle, NameNextFile, build_bundle, name_next_file
from app.usecases.sync.status import GetIdentity, SyncState, SyncStatus, get_identity, sync_status
from app.wording.received.sending import unsaved_files
from app.wording.refusals import error_sentence

_EMPTY = "Không có hồ sơ nào bị nơi nhận trả lại. Hồ sơ bị trả lại sẽ hiện ở đây kèm lý do."
_MIN_ROWS = 2
_KINDS = "Tệp đồng bộ (*.mcsync)"


class SyncPage(Page):
    """Page of the sync state.

    Signals: `correct_requested(code, reason)` to correct a rejected dossier, `send_requested()`.
    """

    correct_requested = Signal(str, str)
    send_requested = Signal()
    title = "Đồng bộ"
    reloads_on = frozenset({Changed.SYNC})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.card = SyncCard()
        self.export = self.card.export
        self.export.clicked.connect(self._export_bundle)
        self.card.send.clicked.connect(self.send_requested)
        self.card.files.clicked.connect(self._open_files)
        self.card.national.clicked.connect(self._open_national)
        self._model = RowsModel(
            (
                Column("Mã hồ sơ", lambda line: line.code, 200, never_cut=True),
                Column("Lý do trả lại", lambda line: line.reason),
            )
        )
        self.received = ReceivedSection(self)
        self.table = RowsTable(self._model, "Hồ sơ bị trả lại")
        self.table.min_rows = self.received.table.min_rows = _MIN_ROWS
        self.table.opened.connect(lambda rejected: self.open_requested.emit(rejected.code))
        self.correct, self.resend = button("Sửa và gửi lại"), button("Gửi lại, không sửa")
        self.correct.setObjectName("sync.correct")
        self.resend.setObjectName("sync.resend")
        self.correct.clicked.connect(self._correct)
        self.resend.clicked.connect(self._resend)
        rejected = TableOrHint(self.table, _EMPTY)
        self._rejected_actions = QWidget()
        self._rejected_actions.setLayout(row(self.correct, self.resend))
        caption = FlowWidget(label("Hồ sơ bị trả lại", "strong"), expanding_spacer(), self._rejected_actions)
        arrived, returned = QWidget(), QWidget()
        arrived.setLayout(column(self.received))
        returned.setLayout(column(caption, rejected))
        self.part_switch = PartSwitch(self, {"Gửi": (self.card,), "Từ nơi nhận": (arrived,), "Bị trả lại": (returned,)})
        self.received.filled.connect(partial(self.part_switch.offer, "Từ nơi nhận"))
        self.setLayout(column(self.part_switch, self.card, arrived, returned))

    def reload(self) -> None:
        """Read the sync state and the key of this machine."""
        self.runner.read(sync_status, SyncStatus(), self._show, key="sync", loads=self._model)
        self.runner.read(get_identity, GetIdentity(), self.card.show_identity, key="sync.identity")
        self.received.load()

    def focus_start(self) -> None:
        """Focus the button that sends."""
        self.card.send.setFocus()

    def open_handed(self, file: Path) -> bool:
        """Open an answer or a package of the receiver."""
        if file.suffix.lower() not in SUFFIXES:
            return False
        ReceivedFile(self).open(file)
        return True

    def _show(self, state: SyncState) -> None:
        may_send = Right.SEND_UP in self.runner.desk.facts.rights
        self.card.show_state(state)
        for part in (self.card.send, self.export, self.card.files):
            part.setEnabled(may_send)
        self.card.national.setEnabled(Right.EXPORT_PEOPLE in self.runner.desk.facts.rights)
        self._rejected_actions.setVisible(bool(state.rejected) and may_send)
        self._model.show_rows(state.rejected)
        self.table.go_to_first()

    def _open_national(self) -> None:
        dialog = NationalDialog(self.runner, self)
        dialog.saved.connect(partial(self.post_message, Level.DONE))
        dialog.open()

    def _correct(self) -> None:
        line = self.table.current
        if line is not None:
            self.correct_requested.emit(line.code, line.reason)

    def _resend(self) -> None:
        line = self.table.current
        if line is not None:
            self.runner.write(
                resend_dossier, ResendDossier(line.code), self._resent, changes=frozenset({Changed.SYNC}), source=self
            )

    def _resent(self, resent: ResentDossier) -> None:
        self.post_message(Level.DONE, f"Hồ sơ {resent.code} sẽ được gửi lại toàn bộ trong lần gửi tới.")
        self.reload()

    def _export_bundle(self) -> None:
        self.runner.read(name_next_file, NameNextFile(), self._choose_place, key="sync.name")

    def _choose_place(self, proposed: str) -> None:
        """Choose the place first, so that a cancelled export builds nothing."""
        file = choose_save_file(self, "Lưu tệp đồng bộ", proposed, _KINDS)
        if file is not None:
            self._export_into(file, None)

    def _open_files(self) -> None:
        dialog = SyncFilesDialog(self.runner, self)
        dialog.chosen.connect(self.save_again)
        dialog.open()

    def save_again(self, sequence: int) -> None:
        """Choose a place for a file that was built before, and save it."""
        self.runner.read(build_bundle, BuildBundle(sequence), self._choose_place_again, key="sync.again")

    def _choose_place_again(self, built: BuiltBundle) -> None:
        file = choose_save_file(self, "Lưu tệp đồng bộ", built.file_name, _KINDS)
        if file is not None:
            self._export_into(file, built.sequence)

    def _export_into(self, file: Path, again: int | None) -> None:
        self.export.setEnabled(False)
        self.runner.run_background(
            lambda _task: make_bundle(self.runner.desk, again),
            partial(self._exported, file),
            on_error=self._export_failed,
            activity="Đang dựng tệp đồng bộ",
            can_stop=False,  # the file is stored before it is written
        )

    def _export_failed(self, _error: Exception) -> bool:
        self.export.setEnabled(True)
        return False

    def _exported(self, file: Path, exported: ExportedBundle) -> None:
        self.export.setEnabled(True)
        self.runner.changed.emit(frozenset({Changed.SYNC}), None)
        self.write(exported, file)

    def write(self, exported: ExportedBundle, file: Path) -> None:
        """Write the bundle to the chosen file."""
        text = f"Đã lưu tệp số {exported.sequence} với {exported.records} bản ghi vào {file.name}. Chép sang nơi nhận."
        if exported.more:
            text += " Còn bản ghi chờ gửi: xuất thêm tệp nữa."
        if exported.unsaved:
            text += f" {unsaved_files(exported.unsaved)} Lưu ra ở «Tệp đã dựng…»."
        self.runner.run_background(
            lambda _ticket: self._save(exported, file),
            partial(self._saved, text),
            activity="Đang lưu tệp",
            on_error=partial(self._write_failed, exported.sequence),
        )

    def _save(self, exported: ExportedBundle, file: Path) -> None:
        save_chosen_file(file, exported.content)
        record_written(self.runner.desk, exported)

    def _saved(self, text: str, _none: None) -> None:
        self.post_message(Level.DONE, text)
        self.runner.changed.emit(frozenset({Changed.SYNC}), None)

    def _write_failed(self, sequence: int, error: Exception) -> bool:
        if isinstance(error, Fault):
            text = f"Tệp số {sequence} đã dựng. {error_sentence(error)}"
            self.post_message(Level.ERROR, text, "Chọn nơi khác", partial(self.save_again, sequence))
        return isinstance(error, Fault)
