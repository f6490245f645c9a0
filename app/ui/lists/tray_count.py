"""The tray counted at the end of the day: each paper is scanned, and what the program says of it stands beside."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.ui.kit.dates import format_instant
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.tables import Column, RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import button, column, label, row
from app.usecases.dossiers.bulk import CountTray, TrayCount, TrayLine, count_tray, save_tray_count
from app.usecases.dossiers.queries import ReadScan, ScanResult, read_scan_text
from app.wording.status import status_name

_EMPTY = (
    "Quét lần lượt mã trên từng hồ sơ giấy trong khay. Hồ sơ máy ghi đang ở quầy mà chưa quét sẽ hiện ở đây,\n"
    "cùng với hồ sơ có trong khay mà máy ghi ở nơi khác."
)
_ALL_MATCH = "Khay và máy khớp nhau: không thiếu, không thừa, không quá hạn."


@dataclass(frozen=True)
class CountFinding:
    """One line of the count: what is the matter, and the dossier; a stranger has only what was read."""

    result: str
    line: TrayLine | None
    text: str = ""


_COLUMNS = (
    Column("Kết quả đếm", lambda found: found.result, 216),
    Column("Mã hồ sơ", lambda found: found.line.code if found.line else found.text, 184, never_cut=True),
    Column("Chủ hồ sơ", lambda found: found.line.name if found.line else ""),
    Column("Máy ghi đang ở", lambda found: found.line.holder if found.line else "", 208),
    Column("Trạng thái", lambda found: status_name(found.line.status) if found.line else "", 176, drop_order=1),
    Column("Hẹn trả", lambda found: format_instant(found.line.due_at) if found.line else "", 144, never_cut=True),
)


class CountPage(Page):
    """The count of the tray. Signal: `open_requested(code)`."""

    open_requested = Signal(str)
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
        anew = button("Đếm lại từ đầu")
        anew.clicked.connect(self.restart_count)
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
        ways = row(self.typed, anew, self.finish_button)
        ways.setStretch(0, 1)
        said = column(self._summary, self._last_scan, gap=2)
        self.setLayout(column(said, ways, self._table_area))

    def reload(self) -> None:
        """Counts anew what was scanned so far."""
        self.runner.read(count_tray, CountTray(tuple(self.scans)), self._show, key="tray", activity="Đang đếm")

    def focus_start(self) -> None:
        """The caret waits for a code that cannot be scanned; a scan needs no caret."""
        self.typed.setFocus()

    def restart_count(self) -> None:
        """Forgets what was scanned."""
        self.scans.clear()
        self._last_scan.setText("")
        self.reload()
        self.typed.setFocus()

    def add_scan(self, scanned: ScanResult) -> None:
        """Adds what a scan meant; the same paper twice is one."""
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
        """Keeps what does not agree, for the next morning."""
        self.finish_button.setEnabled(False)
        command = CountTray(tuple(self.scans))
        self.runner.write(
            save_tray_count, command, self._on_saved, on_error=self._save_failed, activity="Đang ghi kết quả đếm"
        )

    def _on_saved(self, count: TrayCount) -> None:
        self.finish_button.setEnabled(True)
        wrong = len(count.missing) + len(count.extra)
        left = f"{wrong} hồ sơ chưa khớp sẽ được nhắc ở trang Đầu ngày." if wrong else "Giấy và máy khớp nhau."
        self.post_message(Level.DONE, f"Đã ghi kết quả đếm khay. {left}")

    def _save_failed(self, _error: Exception) -> bool:
        self.finish_button.setEnabled(True)
        return False

    def _submit_typed_code(self) -> None:
        text = self.typed.text().strip()
        self.typed.clear()
        if text:
            self.runner.read(read_scan_text, ReadScan(text), self.add_scan, activity="Đang đọc mã")

    def _show(self, count: TrayCount) -> None:
        wrong = len(count.missing) + len(count.extra) + len(count.strangers) + len(count.blanks)
        late = f", {len(count.late)} quá hạn" if count.late else ""
        self._summary.setText(f"Đã quét {len(self.scans)} hồ sơ: {count.agreed} khớp, {wrong} chưa khớp{late}")
        self._table_area.hint.setText(_ALL_MATCH if self.scans else _EMPTY)
        self.model.show_rows(tuple(_findings(count)))
        self.table.go_to_first()

    def _open(self, found: CountFinding) -> None:
        if found.line is not None:
            self.open_requested.emit(found.line.code)


def _findings(count: TrayCount) -> Iterator[CountFinding]:
    yield from (CountFinding("Thừa: máy ghi ở nơi khác", line) for line in count.extra)
    yield from (CountFinding("Giấy in sẵn chưa nhập", None, text) for text in count.blanks)
    yield from (CountFinding("Mã lạ", None, text) for text in count.strangers)
    yield from (CountFinding("Quá hạn, đang ở khay", line) for line in count.late)
    yield from (CountFinding("Thiếu: chưa thấy giấy", line) for line in count.missing)
