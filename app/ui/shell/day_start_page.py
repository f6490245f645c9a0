"""Day start page (F11): backlog and dossiers due today and next."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from app.ui.kit.columns import Column
from app.ui.kit.dates import format_day, weekday
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Runner
from app.ui.kit.section import GroupedModel, GroupedTable, group_rows
from app.ui.kit.style import GRID, LOW_WINDOW
from app.ui.kit.tables import TableOrHint
from app.ui.kit.widgets import column, label
from app.ui.shell.closing_card import ClosingCard
from app.usecases.dossiers.day_start import DayStart, DayStartLine, GetDayStart, TaskKind, get_day_start
from app.wording.day_start import task_name

_ALL_CLEAR = (
    "Hôm qua không để lại việc gì, hôm nay và ngày làm việc tới chưa có hồ sơ nào đến hạn.\n"
    "Bấm F2 để tiếp nhận, F4 để xem mọi việc đang làm."
)
_HINT = "Enter: mở hồ sơ, mở danh sách giấy chưa in, trang Đồng bộ, hoặc sổ phản ánh"
_COLUMNS = (
    Column("Mã hồ sơ", lambda line: line.code, 184, never_cut=True),
    Column("Người nộp", lambda line: line.name, 192),
    Column("Thủ tục, giấy tờ", lambda line: line.about),
    Column("Đang ở", lambda line: line.holder, 176, drop_order=1),
    Column("Cần làm", lambda line: line.words, 248),
)


class DayStartPage(Page):
    """Tasks of the day, grouped by kind.

    Signals: `print_queue_requested()` for unprinted papers; `citizens_requested()` for feedback to answer.
    """

    print_queue_requested = Signal()
    citizens_requested = Signal()
    title = "Đầu ngày"
    reloads_on = frozenset({Changed.DOSSIER, Changed.PRINT, Changed.SYNC})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.summary = label(role="strong", wrap=True)
        self.model = GroupedModel(_COLUMNS)
        self.table = GroupedTable(self.model, "Việc đầu ngày")
        self.table.setObjectName("start.table")
        self.table.opened.connect(self._open)
        self.closing = ClosingCard(self)
        self.closing.prints_requested.connect(self.print_queue_requested)
        area = TableOrHint(self.table, _ALL_CLEAR)
        self._hint = label(_HINT, "caption")
        box = column(self.summary, area, self._hint, self.closing, gap=GRID // 2)
        box.setStretch(1, 1)
        self.setLayout(box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.setVisible(self.window().height() >= LOW_WINDOW)

    def reload(self) -> None:
        """Read the tasks and the state of the day's end."""
        self.closing.reload()
        self.runner.read(
            get_day_start,
            GetDayStart(),
            self._on_loaded,
            key="morning.page",
            activity="Đang xem việc đầu ngày",
            loads=self.model,
        )

    def back(self) -> bool:
        """Handle Esc: take the first press of the closing back."""
        return self.closing.back()

    def focus_start(self) -> None:
        self.table.setFocus()

    def _on_loaded(self, day_start: DayStart) -> None:
        next_day = f"{weekday(day_start.next_day)} {format_day(day_start.next_day)}"
        headings = [(kind.value, task_name(kind, next_day)) for kind in TaskKind]
        current = self.table.current
        self.table.show_rows(group_rows(day_start.lines, headings, lambda line: line.kind))
        self.table.select_first(lambda line: line == current)
        self.summary.setText(_summary(day_start))

    def _open(self, line: DayStartLine) -> None:
        if line.kind == TaskKind.UNPRINTED:
            self.print_queue_requested.emit()
        elif line.kind in (TaskKind.UNSENT, TaskKind.NOTICE):
            self.page_requested.emit("sync")
        elif line.kind == TaskKind.FEEDBACK:
            self.citizens_requested.emit()
        else:
            self.open_requested.emit(line.code)


def _summary(day_start: DayStart) -> str:
    today = sum(line.kind == TaskKind.TODAY for line in day_start.lines)
    next_day = sum(line.kind == TaskKind.NEXT_DAY for line in day_start.lines)
    answers = sum(line.kind == TaskKind.FEEDBACK for line in day_start.lines)
    feedback = f" · {answers} phản ánh phải trả lời" if answers else ""
    backlog = (
        f"{day_start.backlog_count} việc còn lại từ hôm trước"
        if day_start.backlog_count
        else "Hôm trước không để lại việc gì"
    )
    late = f" · {day_start.late_count} hồ sơ quá hạn" if day_start.late_count else ""
    return f"{backlog}{late} · {today} hồ sơ đến hạn hôm nay · {next_day} đến hạn ngày làm việc tới{feedback}"
