"""Dialog for preprinted receipts: print, list and discard."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLayout, QLineEdit, QWidget

from app.models.enums import PaperSize
from app.models.errors import Refusal
from app.models.instants import local_day
from app.services.dossier_lines import PreprintedLine
from app.services.numbering import DAYS_AHEAD
from app.ui.kit.columns import Column
from app.ui.kit.date_edit import DayEdit, NumberEdit
from app.ui.kit.dates import format_day, format_instant
from app.ui.kit.layouts import resize_on_screen
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID, set_style_property
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import Choice, FieldBox, add_key, button, column, label, row
from app.usecases.intake.preprinted import (
    MAX_PREPRINTED,
    DiscardPreprinted,
    ListPreprinted,
    PreprintedBatch,
    PrintPreprinted,
    discard_preprinted,
    list_preprinted,
    print_preprinted,
)
from app.wording.refusals import error_sentence

_INSTRUCTIONS = (
    "Dùng khi mất điện: ghi tay người nộp, giấy tờ, ngày và giờ lên biên nhận. Có điện lại, quét mã trên biên nhận để "
    "nhập hồ sơ dưới đúng số ấy."
)
_EMPTY = "Không có biên nhận in sẵn nào chưa dùng. Chọn số lượng và ngày ở trên rồi bấm In."
_DEFAULT_COUNT = 10
_COLUMNS = (
    Column("Mã in sẵn", lambda line: line.code),
    Column("Ngày trong mã", lambda line: format_day(line.day), 136, never_cut=True),
    Column("In lúc", lambda line: format_instant(line.printed_at), 160, never_cut=True),
)


class PreprintedDialog(QDialog):
    """Dialog of the unused preprinted receipts.

    Signal: `document_ready(name, prepared)` for sheets to preview and print.
    """

    document_ready = Signal(str, object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.setWindowTitle("Biên nhận in sẵn")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Biên nhận in sẵn chưa dùng")
        self.table.setObjectName("blanks.table")
        self.message = label(wrap=True)
        self.message.hide()
        self._count_label = label(role="strong")
        self.setLayout(
            column(
                label(_INSTRUCTIONS, wrap=True),
                self._print_line(),
                self._count_label,
                TableOrHint(self.table, _EMPTY),
                self.message,
                self._discard_line(),
                margin=2 * GRID,
            )
        )
        resize_on_screen(self, 760, 560)
        self.count.setFocus()
        self.reload()

    def _print_line(self) -> QLayout:
        today = local_day(self._runner.desk.now())
        self.count, self.day = NumberEdit(1, MAX_PREPRINTED), DayEdit()
        self.count.setValue(_DEFAULT_COUNT)
        self.count.setObjectName("blanks.count")
        self.day.setObjectName("blanks.day")
        self.day.show_day(today)
        self.day.set_day_range(today, today + timedelta(days=DAYS_AHEAD))
        self.paper = Choice([(size, size) for size in (PaperSize.A5, PaperSize.A4)], PaperSize.A5)
        self.print_button = add_key(button("Lấy số và in…", main=True), "Ctrl+P")
        self.print_button.setObjectName("blanks.print")
        self.print_button.clicked.connect(self._print)
        fields = (("Số lượng", self.count), ("Ngày trong mã", self.day), ("Khổ giấy", self.paper))
        line = row(*(FieldBox(title, field) for title, field in fields), gap=2 * GRID)
        line.addStretch(1)
        line.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _discard_line(self) -> QLayout:
        self.reason = QLineEdit()
        self.reason.setObjectName("blanks.reason")
        self.reason_box = FieldBox("Lý do hủy (giấy hỏng, rách, thất lạc…)", self.reason)
        self.discard_button = button("Hủy giấy đang chọn")
        self.discard_button.setObjectName("blanks.spoil")
        self.discard_button.setAutoDefault(False)
        self.discard_button.clicked.connect(self._discard)
        close_button = button("Đóng  Esc")
        close_button.clicked.connect(self.reject)
        line = row(self.reason_box, gap=GRID)
        line.setStretch(0, 1)
        for each in (self.discard_button, close_button):
            line.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def reload(self) -> None:
        """Read the unused receipts."""
        self._runner.read(
            list_preprinted,
            ListPreprinted(),
            self._show,
            key="blanks",
            activity="Đang đọc biên nhận in sẵn",
            loads=self.model,
        )

    def _show(self, lines: Sequence[PreprintedLine]) -> None:
        self.model.show_rows(lines)
        self.table.go_to_first()
        self._count_label.setText(
            f"Chưa dùng: {len(lines)} biên nhận (giữ Shift hoặc Ctrl để chọn nhiều)" if lines else ""
        )
        self.discard_button.setEnabled(bool(lines))

    def _print(self) -> None:
        self._busy(True)
        self._runner.write(
            print_preprinted,
            PrintPreprinted(self.count.value(), self.day.day, PaperSize(self.paper.value)),
            self._on_printed,
            on_error=self._refused,
            activity="Đang lấy số và dựng giấy",
        )

    def _on_printed(self, batch: PreprintedBatch) -> None:
        self._busy(False)
        codes = [line.code for line in batch.receipts]
        self._show_message("done", f"Đã lấy {len(codes)} số, từ {codes[0]} đến {codes[-1]}; mỗi số hai liên.")
        self.reload()
        self.document_ready.emit(f"bien-nhan-in-san-{batch.receipts[0].day:%Y%m%d}", batch)

    def _discard(self) -> None:
        self.reason_box.clear_error()
        rows = [self.model.rows[index.row()] for index in self.table.selectionModel().selectedRows()]
        codes = tuple(line.code for line in rows)
        if not codes:
            self._show_message("warning", "Chọn các biên nhận phải hủy trong danh sách, rồi bấm lại.")
            return
        self._busy(True)
        self._runner.write(
            discard_preprinted,
            DiscardPreprinted(codes, self.reason.text()),
            partial(self._on_discarded, len(codes)),
            on_error=self._refused,
            activity="Đang ghi hủy",
        )

    def _on_discarded(self, count: int, left: Sequence[PreprintedLine]) -> None:
        self._busy(False)
        self.reason.clear()
        self._show_message("done", f"Đã ghi hủy {count} biên nhận; số của chúng không cấp cho hồ sơ nào.")
        self._show(left)

    def _refused(self, error: Exception) -> bool:
        self._busy(False)
        if not isinstance(error, Refusal):
            return False
        if error.field == "note":
            self.reason_box.show_error(error_sentence(error))
        else:
            self._show_message("error", error_sentence(error))
        return True

    def _busy(self, on: bool) -> None:
        """Disable the buttons while a command runs."""
        self.print_button.setEnabled(not on)
        self.discard_button.setEnabled(not on and bool(self.model.rows))

    def _show_message(self, level: str, text: str) -> None:
        set_style_property(self.message, "role", level)
        self.message.setText(text)
        self.message.show()
