"""Text of Mẫu số 01/TH-BLĐT, the table of electronic fee receipts."""

from app.wording.numbers import money

TITLE = "BẢNG TỔNG HỢP DỮ LIỆU BIÊN LAI ĐIỆN TỬ THU PHÍ, LỆ PHÍ"
FORM = "Mẫu số 01/TH-BLĐT (Thông tư 91/2026/TT-BTC)"
TAB = "01_TH-BLĐT"
COLUMNS = (
    ("form", "Ký hiệu mẫu biên lai"),
    ("symbol", "Ký hiệu biên lai"),
    ("number", "Số biên lai"),
    ("issued_on", "Ngày, tháng, năm lập"),
    ("name", "Tên khoản thu phí, lệ phí"),
    ("amount", "Số tiền"),
    ("rate", "Tỷ giá"),
    ("status", "Trạng thái"),
    ("adjusted_period", "Kỳ điều chỉnh dữ liệu"),
    ("related", "Thông tin biên lai liên quan"),
    ("explanation", "Giải trình"),
    ("remark", "Ghi chú"),
)
NEW = "Mới"
TOTAL = "Cộng"
EMPTY = "Không có biên lai điện tử nào trong thời gian này."


def tax_line(office: str, tax_code: str) -> str:
    """Return the collecting body with its tax code."""
    return f"Tổ chức thu: {office} · Mã số thuế: {tax_code or '…'}"


def remark(code: str, refunded: int) -> str:
    """Return the dossier of a receipt, and what was refunded of it."""
    return f"Hồ sơ {code}" + (f"; đã hoàn {money(refunded)}" if refunded else "")
