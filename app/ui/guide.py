"""F1, the keys: what each does, on one page."""

from PySide6.QtWidgets import QFrame, QGridLayout

from app.ui.page import Page
from app.ui.runner import Runner
from app.ui.style import GRID
from app.ui.widgets import column, label

_KEYS = (
    ("F2", "Tiếp nhận hồ sơ. Enter hoặc Tab sang ô sau, Shift+Tab về ô trước"),
    ("F9", "Lưu và in: cấp mã, in 2 liên giấy tiếp nhận và phiếu kiểm soát"),
    ("F10", "Mở hồ sơ vừa tiếp nhận"),
    ("Ctrl+1 … 8", "Khi tiếp nhận: chọn thủ tục hay nhận nhất có số đó, từ ô nào cũng được"),
    ("Ctrl+F2, Ctrl+F9", "Nhận tiếp hồ sơ nữa của người vừa nộp; in một giấy chung cho các hồ sơ của người ấy"),
    ("Ctrl+N", "Bỏ phần đang nhập dở; lấy lại được bằng nút trên dải báo"),
    ("F3", "Đưa con trỏ vào ô tra cứu"),
    ("Quét mã", "Mở hồ sơ, hoặc điền thẻ căn cước vào phiếu; không cần bấm phím nào trước"),
    ("F4", "Việc phải làm. Enter mở, Phím cách đánh dấu, gõ chữ để lọc. Ở đây cũng đếm khay cuối ngày"),
    ("F11", "Đầu ngày: việc hôm trước để lại, hồ sơ đến hạn hôm nay và ngày làm việc tới"),
    ("F5", "Báo cáo theo Biểu II.06a"),
    ("F6", "Sổ theo dõi hồ sơ"),
    ("F7", "Đồng bộ"),
    ("F8", "Cơ quan, lịch làm việc, máy in, thử máy quét"),
    ("Ctrl+P", "In lại giấy tiếp nhận của hồ sơ đang mở hoặc vừa nhận"),
    ("Ctrl+F", "Lọc danh sách"),
    (
        "1 … 9",
        "Trên trang hồ sơ: làm việc có số đó, 0 là việc thứ mười. Trong danh mục giấy tờ: đánh dấu giấy có số đó",
    ),
    ("Esc", "Dừng việc đang chạy, đóng ô đang mở, hoặc về trang trước"),
)


class GuidePage(Page):
    """The keys."""

    title = "Trợ giúp: các phím"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        for place, (key, said) in enumerate(_KEYS):
            grid.addWidget(label(key, "strong"), place, 0)
            grid.addWidget(label(said, wrap=True), place, 1)
        frame = QFrame()
        frame.setObjectName("card")
        frame.setLayout(column(grid, margin=2 * GRID))
        box = column(frame)
        box.addStretch(1)
        self.setLayout(box)
