"""Dialog of the reports that were handed over, with their differences."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox

from app.office.chosen_places import save_chosen_file
from app.services.reporting.frozen import FrozenDifference
from app.ui.kit.columns import Column
from app.ui.kit.dates import format_day, format_instant
from app.ui.kit.file_dialogs import choose_save_file
from app.ui.kit.layouts import resize_on_screen
from app.ui.kit.page import Page
from app.ui.kit.runner import Level
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import button, column, label
from app.usecases.reporting.frozen import (
    FrozenChangesFile,
    FrozenFile,
    FrozenLine,
    ListFrozen,
    ShowFrozen,
    frozen_changes_file,
    frozen_file,
    list_frozen_reports,
)
from app.wording.figures import column_name

_EMPTY = "Chưa giữ bản báo cáo nào. Lập báo cáo, xem lại, rồi chọn «Giữ bản đã giao»."
_SAME = "Số liệu nay vẫn như bản đã giao."
_EXPORTS = "Bảng Excel (*.xlsx);;Văn bản Word (*.docx);;Tệp PDF để in (*.pdf)"
_COLUMNS = (
    Column("Bản số", lambda line: str(line.id), 64, numeric=True),
    Column("Báo cáo", lambda line: line.name, 120),
    Column("Kỳ", lambda line: f"{format_day(line.period.from_)} – {format_day(line.period.to)}", 200, never_cut=True),
    Column("Giữ lúc", lambda line: format_instant(line.frozen_at), 144, never_cut=True),
    Column("Người giữ", lambda line: line.actor),
    Column("Chỗ khác", lambda line: str(len(line.differences)), 80, numeric=True),
)
_DIFFERENCES = (
    Column("Dòng", lambda each: each.row),
    Column("Cột", lambda each: column_name(each.column), 240),
    Column("Đã giao", lambda each: _value(each.frozen), 120, numeric=True),
    Column("Nay", lambda each: _value(each.now), 120, numeric=True),
)


def _value(value: object) -> str:
    return "–" if value is None else str(value)


class FrozenDialog(QDialog):
    """Lists the frozen reports, newest last; below, what has changed since."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self._runner = page, page.runner
        self.setWindowTitle("Các bản báo cáo đã giữ")
        self.setObjectName("reports.frozen")
        resize_on_screen(self, 900, 560)
        self.lines = RowsTable(RowsModel(_COLUMNS), "Các bản đã giữ")
        self.lines.setObjectName("reports.frozenList")
        self.differences = RowsTable(RowsModel(_DIFFERENCES), "Chỗ khác với bản đã giao")
        self._changes = TableOrHint(self.differences, "")
        self.save = button("&Lưu tệp của bản này…")
        self.export = button("&Xuất chỗ khác…")
        self.export.setObjectName("reports.frozenExport")
        buttons = QDialogButtonBox()
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.export, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton("Đóng  Esc", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        heading = label("Khác với bản đã giao, từng chỗ:", "strong")
        self.setLayout(column(TableOrHint(self.lines, _EMPTY), heading, self._changes, buttons, margin=16))
        self.save.clicked.connect(self._choose_file)
        self.export.clicked.connect(self._choose_export)
        self.lines.selectionModel().currentRowChanged.connect(self._show_differences)
        self._runner.read(
            list_frozen_reports,
            ListFrozen(),
            self._show,
            key="frozen",
            activity="Đang so các bản đã giữ",
            loads=self.lines.rows_model,
        )

    def _show(self, lines: Sequence[FrozenLine]) -> None:
        self.lines.rows_model.show_rows(lines)
        self.lines.go_to_first()
        self._show_differences()

    def _show_differences(self) -> None:
        line = self.lines.current
        shown: tuple[FrozenDifference, ...] = () if line is None else line.differences
        self.save.setEnabled(line is not None)
        self.export.setEnabled(line is not None)
        self._changes.hint.setText(_SAME if line is not None else "")
        self.differences.rows_model.show_rows(shown)

    def _choose_file(self) -> None:
        line = self.lines.current
        if line is None:
            return
        file = choose_save_file(self, "Lưu bản đã giữ", line.file, f"Tệp đã giao (*{Path(line.file).suffix})")
        if file is not None:
            self._runner.read(frozen_file, ShowFrozen(line.id), lambda frozen: self.write(file, frozen))

    def _choose_export(self) -> None:
        line = self.lines.current
        if line is None:
            return
        file = choose_save_file(self, "Xuất chỗ khác với bản đã giao", f"doi-chieu-ban-{line.id}.xlsx", _EXPORTS)
        if file is not None:
            self.write_changes(file, line.id)

    def write_changes(self, file: Path, number: int) -> None:
        """Write the differences of one report by the ending of the file."""
        self._runner.read(
            frozen_changes_file,
            FrozenChangesFile(file.suffix.lower(), number),
            lambda content: self._save(file, content, f"Đã ghi chỗ khác với bản số {number} vào {file.name}."),
        )

    def write(self, file: Path, frozen: FrozenFile) -> None:
        """Write the file as it was handed over."""
        self._save(file, frozen.content, f"Đã ghi lại bản số {frozen.id} vào {file.name}.")

    def _save(self, file: Path, content: bytes, done: str) -> None:
        self._runner.run_background(
            lambda _ticket: save_chosen_file(file, content),
            lambda _none: self._page.post_message(Level.DONE, done),
            activity="Đang ghi tệp",
        )
