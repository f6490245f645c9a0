"""Dialog of the hand-over lists of a period, to print again."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.models.enums import PaperForm
from app.ui.kit.columns import Column
from app.ui.kit.dates import format_instant
from app.ui.kit.layouts import resize_on_screen
from app.ui.kit.runner import Runner
from app.ui.printing.papers_of_period import PapersOfPeriodDialog, PapersTexts
from app.usecases.documents.handover_lists import ListHandoverLists, list_handover_lists

_TEXTS = PapersTexts(
    "Phiếu bàn giao nhiều hồ sơ",
    "In phiếu đang chọn",
    "Enter: xem phiếu · In lần nữa thì phiếu ghi «In lại»",
    "Những ngày này chưa chuyển nhiều hồ sơ một lúc lần nào.\n"
    "Phiếu của một hồ sơ in ở trang hồ sơ; đánh dấu nhiều hồ sơ ở F4 để chuyển một lúc.",
)
_COLUMNS = (
    Column("Bàn giao lúc", lambda line: format_instant(line.sent_at), 144, never_cut=True),
    Column("Bên nhận", lambda line: line.receiver),
    Column("Số hồ sơ", lambda line: str(line.dossiers), 80, numeric=True),
    Column("Người bàn giao", lambda line: line.actor, 192),
    Column("Mã phiếu", lambda line: line.code, 136, never_cut=True, drop_order=1),
)


class HandoverListsDialog(PapersOfPeriodDialog):
    """Hand-over lists of a period; the signals carry the code of a list."""

    def __init__(self, runner: Runner, first: date, last: date, parent: QWidget | None = None) -> None:
        super().__init__(runner, PaperForm.HANDOVER_LIST, _TEXTS, _COLUMNS, (first, last), parent)
        self.table.setObjectName("handovers.table")
        resize_on_screen(self, 960, 480)
        self.reload()

    def read_lines(self, first: date, last: date) -> None:
        self._runner.read(
            list_handover_lists,
            ListHandoverLists(first, last),
            self.show_lines,
            key="handovers",
            on_error=self.show_error,
            activity="Đang tìm phiếu bàn giao",
            loads=self.model,
        )
