"""First page: new office, demonstration, restore, or an existing folder."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.office.guide.guide import Guide
from app.ui.guide.page import GuideView, note, stacked
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import Choice, column, label

WAYS = (
    ("new", "Lập cơ quan mới"),
    ("demo", "Xem thử"),
    ("restore", "Phục hồi từ bản sao lưu"),
    ("open", "Mở thư mục có sẵn"),
)
_ABOUT = {
    "new": "Lập cơ quan mới: khoảng mười phút, mỗi trang một câu hỏi. Chưa có gì được lập trước trang cuối; đóng giữa "
    "chừng thì lần sau làm tiếp.",
    "demo": "Xem thử: một cơ quan tập huấn với người và hồ sơ bịa, ở thư mục riêng. Thử gì cũng không hỏng gì.",
    "restore": "Phục hồi từ bản sao lưu: máy cũ hỏng hoặc đổi máy, có tệp .mcbackup và trang khóa phục hồi.",
    "open": "Mở thư mục có sẵn: dữ liệu của cơ quan đã ở trên máy này, trong một thư mục khác.",
}


class StartPage(GuideView):
    """The four ways to begin.

    Signals: `way_chosen(way)` for a way other than a new office.
    """

    way_chosen = Signal(str)
    title = "Bắt đầu"
    question = "Máy này chưa có dữ liệu của cơ quan. Muốn làm gì?"

    def __init__(self, guide: Guide, runner: Runner) -> None:
        super().__init__(guide, runner)
        self.way = Choice(WAYS, "restore" if guide.warning else "new")
        self.way.setObjectName("guide.way")
        self.way.setAccessibleName(self.question)
        self.warning = label(guide.warning, "warning", wrap=True)
        self.warning.setVisible(bool(guide.warning))
        lines: list[QWidget] = [note(text) for text in _ABOUT.values()]
        keys = note("Chọn bằng phím mũi tên hoặc phím 1 đến 4, rồi Enter.")
        self.setLayout(stacked((self.warning, self.way, keys, column(*lines, gap=GRID))))
        self.set_fields(self.way)

    def submit(self) -> bool:
        if self.way.value == "new":
            return True
        self.way_chosen.emit(self.way.value)
        return False
