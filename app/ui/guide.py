"""F1: what the page one came from is for and how one works on it; beside it the keys."""

from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.help_words import HELP, PageHelp
from app.ui.page import Page
from app.ui.runner import Runner
from app.ui.style import GRID
from app.ui.widgets import FieldBox, column, label, row

_KEYS = (
    ("F2", "Tiếp nhận hồ sơ. Enter hoặc Tab sang ô sau, Shift+Tab về ô trước"),
    ("F9", "Lưu và in: cấp mã, in 2 liên giấy tiếp nhận và phiếu kiểm soát"),
    ("F10", "Mở hồ sơ vừa tiếp nhận"),
    ("Ctrl+1 … 8", "Khi tiếp nhận: chọn thủ tục hay nhận nhất có số đó, từ ô nào cũng được"),
    ("Ctrl+F2, Ctrl+F9", "Nhận tiếp hồ sơ nữa của người vừa nộp; in một giấy chung cho các hồ sơ của người ấy"),
    ("Ctrl+N", "Bỏ phần đang nhập dở; lấy lại được bằng nút trên dải báo"),
    ("F3", "Đưa con trỏ vào ô tra cứu"),
    ("Quét mã", "Mở hồ sơ, hoặc điền thẻ căn cước vào phiếu; không cần bấm phím nào trước"),
    ("F4", "Việc phải làm: theo việc, hoặc theo người giữ"),
    ("F11", "Đầu ngày: việc hôm trước để lại, việc đến hạn"),
    ("F5", "Báo cáo theo Biểu II.06a, biểu đồ"),
    ("F6", "Sổ theo dõi hồ sơ"),
    ("F7", "Đồng bộ"),
    ("F8", "Cơ quan, danh mục thủ tục, lịch làm việc, máy in, máy quét"),
    ("F12", "Người dân: số thứ tự, đánh giá, phản ánh"),
    ("Ctrl+P", "In lại giấy tiếp nhận của hồ sơ đang mở hoặc vừa nhận"),
    ("Ctrl+F", "Lọc danh sách"),
    ("1 … 9", "Trang hồ sơ: làm việc có số đó, 0 là thứ mười. Danh mục giấy tờ: đánh dấu giấy có số đó"),
    ("Esc", "Dừng việc đang chạy, đóng ô đang mở, hoặc về trang trước"),
)
_FIRST = "intake"


class GuidePage(Page):
    """Help by page, and the keys."""

    title = "Trợ giúp"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.choice = QComboBox()
        self.choice.setObjectName("help.page")
        for name, help_ in HELP.items():
            self.choice.addItem(help_.name, name)
        self.choice.currentIndexChanged.connect(self._show)
        self._text = QVBoxLayout()
        self._text.setSpacing(GRID)
        about = QFrame()
        about.setObjectName("card")
        inner = column(FieldBox("Trợ giúp về trang", self.choice), self._text, margin=2 * GRID, gap=2 * GRID)
        inner.addStretch(1)
        about.setLayout(inner)
        line = row(about, _keys(), gap=2 * GRID)
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        held = QWidget()
        held.setObjectName("clear")
        held.setLayout(line)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(held)
        self.setLayout(column(scroll))
        self._show()

    def explain(self, page: str) -> None:
        """Tells of the page one came from; of intake where one came from none."""
        place = self.choice.findData(page if page in HELP else _FIRST)
        self.choice.setCurrentIndex(place)

    def arrive(self) -> None:
        """The caret stands on the choice of pages."""
        self.choice.setFocus()

    def _show(self) -> None:
        while (item := self._text.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        told: PageHelp = HELP[str(self.choice.currentData())]
        self._text.addWidget(label(told.purpose, "strong", wrap=True))
        for place, step in enumerate(told.steps, 1):
            self._text.addWidget(label(f"{place}.  {step}", wrap=True))


def _keys() -> QFrame:
    grid = QGridLayout()
    grid.setHorizontalSpacing(3 * GRID)
    grid.setVerticalSpacing(GRID)
    grid.setColumnStretch(1, 1)
    for place, (key, said) in enumerate(_KEYS):
        grid.addWidget(label(key, "strong"), place, 0)
        grid.addWidget(label(said, wrap=True), place, 1)
    frame = QFrame()
    frame.setObjectName("card")
    box = column(label("Các phím", "strong"), grid, margin=2 * GRID)
    box.addStretch(1)
    frame.setLayout(box)
    return frame
