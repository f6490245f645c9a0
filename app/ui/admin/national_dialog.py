"""Dialog that exports the national form of a period."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.models.instants import local_day
from app.office.chosen_places import save_chosen_file
from app.office.desk import Desk
from app.office.national_form import export_national_form
from app.ui.kit.columns import Column
from app.ui.kit.date_edit import DayEdit
from app.ui.kit.file_dialogs import choose_save_file
from app.ui.kit.layouts import resize_on_screen
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import FieldBox, button, column, label, row
from app.usecases.sync.national import BuiltNationalForm

_HOW = (
    "Tệp theo mẫu của Cổng (DongBoHoSoMC, CapNhatTienDoHoSoMC), có họ tên, số giấy tờ: chỉ giao cho nơi nhận rồi xóa. "
    "Nhật ký truy cập ghi lại ai xuất."
)
_EMPTY = "Hồ sơ không xuất được (đã hủy, thiếu số giấy tờ) sẽ hiện ở đây kèm lý do, sau khi xuất."
_KINDS = "Tệp JSON (*.json)"


class NationalDialog(QDialog):
    """Dialog for the period and the refused dossiers.

    Signals: `saved(sentence)` after the file was written.
    """

    saved = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        today = local_day(runner.desk.now())
        self.setWindowTitle("Xuất mẫu quốc gia")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.first, self.last = DayEdit(), DayEdit()
        self.first.show_day(today.replace(day=1))
        self.last.show_day(today)
        self.first.setObjectName("national.from")
        self.last.setObjectName("national.to")
        self.model = RowsModel(
            (
                Column("Mã hồ sơ", lambda line: line.code, 200, never_cut=True),
                Column("Vì sao không xuất", lambda line: line.reason),
            )
        )
        self.table = RowsTable(self.model, "Hồ sơ không xuất được")
        self.export = button("Xuất tệp…", main=True)
        self.export.setObjectName("national.export")
        self.export.clicked.connect(self._export)
        close = button("Đóng  Esc")
        close.clicked.connect(self.reject)
        fields = row(FieldBox("Từ ngày", self.first), FieldBox("đến ngày", self.last), gap=2 * GRID)
        fields.addStretch(1)
        foot = row(gap=GRID)
        foot.addStretch(1)
        foot.addWidget(self.export)
        foot.addWidget(close)
        box = column(
            label(_HOW, "caption", wrap=True), fields, TableOrHint(self.table, _EMPTY), foot, gap=GRID, margin=2 * GRID
        )
        box.setStretch(2, 1)
        self.setLayout(box)
        resize_on_screen(self, 760, 420)

    def _export(self) -> None:
        """Choose the place first, so that a cancelled export is not recorded."""
        first, last = self.first.day, self.last.day
        file = choose_save_file(self, "Lưu mẫu quốc gia", f"mau-quoc-gia-{first:%Y%m%d}-{last:%Y%m%d}.json", _KINDS)
        if file is None:
            return
        self.export.setEnabled(False)
        self._runner.run_background(
            partial(_write, self._runner.desk, first, last, file),
            partial(self._built, file),
            on_error=self._failed,
            activity="Đang lập mẫu quốc gia",
            can_stop=False,  # the export is in the access log
        )

    def _failed(self, _error: Exception) -> bool:
        self.export.setEnabled(True)
        return False

    def _built(self, file: Path, form: BuiltNationalForm) -> None:
        self.export.setEnabled(True)
        self.model.show_rows(form.refused)
        self.table.go_to_first()
        self.saved.emit(
            f"Đã ghi {form.dossiers} hồ sơ, {form.progress} bước vào {file.name}. Giao cho nơi nhận rồi xóa tệp."
        )


def _write(desk: Desk, first: date, last: date, file: Path, _task: object) -> BuiltNationalForm:
    """Record the export and write its file, readable by its owner alone.

    Both happen in one work, so that a closed dialog leaves no recorded export without its file.
    """
    form = export_national_form(desk, first, last)
    save_chosen_file(file, form.content, private=True)
    return form
