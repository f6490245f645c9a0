"""F11, the start of the day: what yesterday left over, what is due today and next."""

from PySide6.QtCore import Signal

from app.ui.kit.dates import shown_day, weekday
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Runner
from app.ui.kit.section import HeadedModel, HeadedTable, under_headings
from app.ui.kit.tables import Column, TableOrWords
from app.ui.kit.widgets import column, label
from app.usecases.dossiers.day_start import Matter, Morning, MorningLine, StartDay, start_day
from app.wording.day_start import matter_name

_CLEAR = (
    "Hôm qua không để lại việc gì, hôm nay và ngày làm việc tới chưa có hồ sơ nào đến hạn.\n"
    "Bấm F2 để tiếp nhận, F4 để xem mọi việc đang làm."
)
_HINT = "Enter: mở hồ sơ, mở danh sách giấy chưa in, trang Đồng bộ, hoặc sổ phản ánh"
_COLUMNS = (
    Column("Mã hồ sơ", lambda line: line.code, 184, whole=True),
    Column("Người nộp", lambda line: line.name, 192),
    Column("Thủ tục, giấy tờ", lambda line: line.about),
    Column("Đang ở", lambda line: line.holder, 176),
    Column("Cần làm", lambda line: line.words, 248),
)


class StartPage(Page):
    """The start of the day. Signals: `open_asked(code)`; `waiting_asked()` for papers not printed; `sync_asked()`;
    `citizens_asked()` for feedback to be answered."""

    open_asked = Signal(str)
    waiting_asked = Signal()
    sync_asked = Signal()
    citizens_asked = Signal()
    title = "Đầu ngày"
    cares = frozenset({Changed.DOSSIER, Changed.PRINT, Changed.SYNC})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.told = label(role="strong", wrap=True)
        self.model = HeadedModel(_COLUMNS)
        self.table = HeadedTable(self.model, "Việc đầu ngày")
        self.table.setObjectName("start.table")
        self.table.opened.connect(self._open)
        self.setLayout(column(self.told, TableOrWords(self.table, _CLEAR), label(_HINT, "caption")))

    def reload(self) -> None:
        """Reads what there is to do."""
        self.runner.ask(start_day, StartDay(), self._take, key="morning.page", what="Đang xem việc đầu ngày")

    def arrive(self) -> None:
        """The caret stands on the first line."""
        self.table.setFocus()

    def _take(self, morning: Morning) -> None:
        next_day = f"{weekday(morning.next_day)} {shown_day(morning.next_day)}"
        headings = [(matter.value, matter_name(matter, next_day)) for matter in Matter]
        standing = self.table.current
        self.table.show_rows(under_headings(morning.lines, headings, lambda line: line.matter))
        self.table.go_to(lambda line: line == standing)
        self.told.setText(_summary(morning))

    def _open(self, line: MorningLine) -> None:
        if line.matter == Matter.UNPRINTED:
            self.waiting_asked.emit()
        elif line.matter == Matter.UNSENT:
            self.sync_asked.emit()
        elif line.matter == Matter.FEEDBACK:
            self.citizens_asked.emit()
        else:
            self.open_asked.emit(line.code)


def _summary(morning: Morning) -> str:
    today = sum(line.matter == Matter.TODAY for line in morning.lines)
    next_ = sum(line.matter == Matter.NEXT_DAY for line in morning.lines)
    answers = sum(line.matter == Matter.FEEDBACK for line in morning.lines)
    told = f" · {answers} phản ánh phải trả lời" if answers else ""
    left = f"{morning.left_over} việc còn lại từ hôm trước" if morning.left_over else "Hôm trước không để lại việc gì"
    return f"{left} · {today} hồ sơ đến hạn hôm nay · {next_} đến hạn ngày làm việc tới{told}"
