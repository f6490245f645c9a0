"""Dialog of refusals at the counter: preview and reprint slips."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.models.enums import PaperForm
from app.models.instants import local_day
from app.ui.kit.columns import Column
from app.ui.kit.dates import format_instant
from app.ui.kit.layouts import resize_on_screen
from app.ui.kit.runner import Runner
from app.ui.printing.papers_of_period import PapersOfPeriodDialog, PapersTexts
from app.usecases.documents.refusal_slips import ListCounterRefusals, list_counter_refusals

_TEXTS = PapersTexts(
    "Phiếu từ chối tại quầy",
    "In lại phiếu đang chọn",
    "Enter: xem phiếu đang chọn",
    "Những ngày này không từ chối ai tại quầy.\n"
    "Từ chối: ở trang Tiếp nhận (F2), nhập thủ tục và người nộp rồi bấm Ctrl+T.",
)
_COLUMNS = (
    Column("Số phiếu", lambda line: line.number, 136, never_cut=True),
    Column("Lúc", lambda line: format_instant(line.refused_at), 136, never_cut=True),
    Column("Người nộp", lambda line: line.name, 168),
    Column("Thủ tục", lambda line: line.procedure, 200),
    Column("Lý do", lambda line: line.reason),
    Column("Người lập", lambda line: line.actor, 136, drop_order=1),
)


class CounterRefusalsDialog(PapersOfPeriodDialog):
    """Refusal slips of a period; the dialog opens with the present month."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        today = local_day(runner.desk.now())
        super().__init__(runner, PaperForm.REFUSAL, _TEXTS, _COLUMNS, (today.replace(day=1), today), parent)
        self.table.setObjectName("slips.table")
        resize_on_screen(self, 1120, 520)
        self.reload()

    def read_lines(self, first: date, last: date) -> None:
        self._runner.read(
            list_counter_refusals,
            ListCounterRefusals(first, last),
            self.show_lines,
            key="slips",
            on_error=self.show_error,
            activity="Đang đọc sổ từ chối",
            loads=self.model,
        )
