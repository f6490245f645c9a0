"""Text of the help page and the shortcut card."""

SHORTCUTS = (
    ("F2", "Tiếp nhận hồ sơ. Enter hoặc Tab sang ô sau, Shift+Tab về ô trước"),
    ("F9", "Lưu và in: cấp mã, in 2 liên giấy tiếp nhận và phiếu kiểm soát"),
    ("F10, Ctrl+Q", "Mở hồ sơ vừa tiếp nhận; cho công dân quét mã QR nộp phí, khi cơ quan có tài khoản"),
    (
        "Ctrl+1 … 8",
        "Khi tiếp nhận: chọn thủ tục hay nhận nhất có số đó. Vừa trả kết quả: 1 … 3 ghi mức hài lòng, 4 từng chỉ số",
    ),
    ("Ctrl+F2, Ctrl+F9", "Nhận tiếp hồ sơ nữa của người vừa nộp; in một giấy chung cho các hồ sơ của người ấy"),
    ("Ctrl+N", "Bỏ phần đang nhập dở; lấy lại được bằng nút trên dải báo"),
    ("Ctrl+D", "Khi tiếp nhận: danh sách bản nháp, mở lại phần nhập dở"),
    ("Ctrl+T", "Khi tiếp nhận: từ chối người đang nhập, in phiếu từ chối có số, không lập hồ sơ"),
    ("F3", "Đưa con trỏ vào ô tra cứu"),
    ("Quét mã", "Mở hồ sơ, hoặc điền thẻ căn cước vào phiếu; không cần bấm phím nào trước"),
    ("F4", "Việc phải làm: theo việc, hoặc theo người giữ"),
    ("F11", "Đầu ngày: việc hôm trước để lại, việc đến hạn"),
    ("F5", "Báo cáo theo Biểu II.06a, biểu đồ"),
    ("F6", "Sổ theo dõi hồ sơ"),
    ("F7", "Đồng bộ"),
    ("F8", "Cơ quan, danh mục thủ tục, lịch làm việc, máy in, máy quét"),
    ("F12", "Người dân: số thứ tự, đánh giá, phản ánh"),
    ("Ctrl+P", "In lại giấy tiếp nhận của hồ sơ đang mở hoặc vừa nhận; phiếu từ chối vừa lập"),
    ("Ctrl+F", "Lọc danh sách"),
    ("1 … 9", "Trang hồ sơ: làm việc có số đó, 0 là thứ mười. Danh mục giấy tờ: đánh dấu giấy có số đó"),
    ("F1", "Trợ giúp về trang đang mở"),
    ("Ctrl+L", "Khóa màn hình khi rời quầy"),
    ("Esc", "Dừng việc đang chạy, đóng ô đang mở, hoặc về trang trước"),
)
"""Key and effect, in the order in which a clerk learns them."""

CARD_TITLE = "THẺ NHANH: CÁC PHÍM CỦA CHƯƠNG TRÌNH MỘT CỬA"
DAY_TITLE = "Một ngày ở quầy"
DAY_STEPS = (
    "Đầu ngày: F11, làm xong việc hôm trước để lại.",
    "Có người nộp: F2, Ctrl+1 hoặc gõ thủ tục, quét thẻ căn cước, F9.",
    "Chuyển: quét mã, phím 1. Nhiều hồ sơ: F4, phím cách đánh dấu.",
    "Không kịp hẹn: mở hồ sơ, «Xin lỗi, hẹn lại», nên làm trước ngày hẹn; từ ngày hẹn là xin lỗi muộn.",
    "Trả kết quả: quét mã trên giấy hẹn, phím 1.",
    "Cuối ngày: F4, «Đếm khay cuối ngày», quét hết khay, đóng chương trình.",
)
