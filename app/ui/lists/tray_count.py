"""Tray count at the end of the day: scanned papers against the register."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit

from app.ui.kit.columns import Column
from app.ui.kit.dates import format_instant
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import button, column, label, row
from app.usecases.dossiers.bulk import CountTray, TrayCount, TrayLine, count_tray, save_tray_count
from app.usecases.dossiers.scans import ReadScan, ScanResult, read_scan_text
from app.wording.status import status_name

_EMPTY = (
    "Quét lần lượt mã trên từng hồ sơ giấy trong khay. Hồ sơ máy ghi đang ở quầy mà chưa quét sẽ hiện ở đây,\n"
    "cùng với hồ sơ có trong khay mà máy ghi ở nơi khác."
)
_ALL_MATCH = "Khay và máy khớp nhau: không thiếu, không thừa, không quá hạn."


@dataclass(frozen=True)
class CountFinding:
    """Result of the count for one paper or dossier.

    `line` is the dossier. An unknown code and an unused preprinted paper have only the scanned `text`.
    """

    result: str
    line: TrayLine | None
    text: str = ""


_COLUMNS = (
    Column("Kết quả đếm", lambda finding: finding.result, 216),
    Column("Mã hồ sơ", lambda finding: finding.line.code if finding.line else finding.text, 184, never_cut=True),
    Column("Chủ hồ sơ", lambda finding: finding.line.name if finding.line else ""),
    Column("Máy ghi đang ở", lambda finding: finding.line.holder if finding.line else "", 208),
    Column("Trạng thái", lambda finding: status_name(finding.line.status) if finding.line else "", 176, drop_order=1),
    Column("Hẹn trả", lambda finding: format_instant(finding.line.due_at) if finding.line else "", 144, never_cut=True),
)


class CountPage(Page):
    """Page of the tray count."""

    title = "Đếm khay cuối ngày"
    reloads_on = frozenset({Changed.DOSSIER})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.scans: dict[str, None] = {}
        self.typed = QLineEdit()
        self.typed.setObjectName("count.typed")
        self.typed.setPlaceholderText("Mã không quét được: gõ rồi Enter")
        self.typed.returnPressed.connect(self._submit_typed_code)
        self._summary = label(role="strong", wrap=True)
        self._last_scan = label(role="caption")
        restart_button = button("Đếm lại từ đầu")
        restart_button.clicked.connect(self.restart_count)
        self.finish_button = button("Kết thúc đếm", main=True)
        self.finish_button.setObjectName("count.keep")
        self.finish_button.clicked.connect(self.save_count)
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Kết quả đếm khay")
        self.table.setObjectName("count.table")
        self.table.opened.connect(self._open)
        self._table_area = TableOrHint(self.table, _EMPTY)
        self.typed.setAccessibleName("Gõ mã không quét được")
        self.typed.setMaximumWidth(280)
        controls = row(self.typed, restart_button, self.finish_button)
        controls.setStretch(0, 1)
        summary = column(self._summary, self._last_scan, gap=2)
        self.setLayout(column(summary, controls, self._table_area))

    def reload(self) -> None:
        """Compare the scans so far with the register."""
        query = CountTray(tuple(self.scans))
        self.runner.read(count_tray, query, self._show, key="tray", activity="Đang đếm", loads=self.model)

    def focus_start(self) -> None:
        """Focus the field for unreadable codes, because scans need no focus."""
        self.typed.setFocus()

    def restart_count(self) -> None:
        """Discard the scans."""
        self.scans.clear()
        self._last_scan.setText("")
        self.reload()
        self.typed.setFocus()

    def add_scan(self, scanned: ScanResult) -> None:
        """Add a scan; a repeated scan counts once."""
        if scanned.kind == "citizen_card":
            self.post_message(Level.WARNING, "Đây là thẻ căn cước, không phải hồ sơ. Quét mã trên giấy của hồ sơ.")
            return
        line = scanned.line
        code = line.code if line else scanned.text.strip()
        again = " (đã quét trước đó)" if code in self.scans else ""
        self.scans[code] = None
        self._last_scan.setText(
            f"Vừa đọc: {code[:64]}{f' · {line.name}' if line else ' · không phải mã của cơ quan'}{again}"
        )
        self.reload()

    def save_count(self) -> None:
        """Save the differences, so that the start page shows them the next day."""
        self.finish_button.setEnabled(False)
        command = CountTray(tuple(self.scans))
        self.runner.write(
            save_tray_count, command, self._on_saved, on_error=self._save_failed, activity="Đang ghi kết quả đếm"
        )

    def _on_saved(self, count: TrayCount) -> None:
        self.finish_button.setEnabled(True)
        differences = len(count.missing) + len(count.extra)
        note = (
            f"{differences} hồ sơ chưa khớp sẽ được nhắc ở trang Đầu ngày." if differences else "Giấy và máy khớp nhau."
        )
        self.post_message(Level.DONE, f"Đã ghi kết quả đếm khay. {note}")

    def _save_failed(self, _error: Exception) -> bool:
        self.finish_button.setEnabled(True)
        return False

    def _submit_typed_code(self) -> None:
        text = self.typed.text().strip()
        self.typed.clear()
        if text:
            self.runner.read(read_scan_text, ReadScan(text), self.add_scan, activity="Đang đọc mã")

    def _show(self, count: TrayCount) -> None:
        differences = len(count.missing) + len(count.extra) + len(count.strangers) + len(count.blanks)
        late = f", {len(count.late)} quá hạn" if count.late else ""
        self._summary.setText(f"Đã quét {len(self.scans)} hồ sơ: {count.agreed} khớp, {differences} chưa khớp{late}")
        self._table_area.hint.setText(_ALL_MATCH if self.scans else _EMPTY)
        self.model.show_rows(tuple(_findings(count)))
        self.table.go_to_first()

    def _open(self, finding: CountFinding) -> None:
        if finding.line is not None:
            self.open_requested.emit(finding.line.code)


def _findings(count: TrayCount) -> Iterator[CountFinding]:
    yield from (CountFinding("Thừa: máy ghi ở nơi khác", line) for line in count.extra)
    yield from (CountFinding("Giấy in sẵn chưa nhập", None, text) for text in count.blanks)
    yield from (CountFinding("Mã lạ", None, text) for text in count.strangers)
    yield from (CountFinding("Quá hạn, đang ở khay", line) for line in count.late)
    yield from (CountFinding("Thiếu: chưa thấy giấy", line) for line in count.missing)
