"""What is printed on Bảng kê thu phí, lệ phí, the counter's money of a day or a period."""

from datetime import date

from app.wording.numbers import day_in_words, money, money_in_words

ROWS = "I. Các khoản đã thu"
COLUMNS = (
    "TT",
    "Quyển/số biên lai",
    "Thời gian thu",
    "Mã hồ sơ",
    "Người nộp tiền",
    "Nội dung thu",
    "Người thu",
    "Số tiền",
)
NOTHING = "Không thu khoản nào trong thời gian này."
SUMS = "II. Tổng hợp"
BY_BOOK = ("Theo quyển biên lai", "Từ số – đến số", "Số khoản", "Số tiền")
BY_PROCEDURE = ("Theo thủ tục hành chính", "Mã thủ tục", "Số khoản", "Số tiền")
BY_PERSON = ("Theo người thu", "", "Số khoản", "Số tiền")
OUTSTANDING_COLUMNS = ("TT", "Mã hồ sơ", "Chủ hồ sơ", "Nội dung thu", "Phải nộp", "Đã nộp", "Còn phải nộp")
TOTAL = "Tổng cộng"
NO_NUMBER = "Chưa ghi số biên lai"
VOID = "Hồ sơ đã hủy"
CASHIER = "Người thu"
CASHIER_SIGNS = "NGƯỜI THU TIỀN"
ACCOUNTANT_SIGNS = "KẾ TOÁN"


def days(first: date, last: date) -> str:
    """The line under the title: the day, or the first and the last."""
    if first == last:
        return f"({day_in_words(first).capitalize()})"
    return f"(Từ {day_in_words(first)} đến {day_in_words(last)})"


def days_line(first: date, last: date) -> str:
    """The line of the QR code that tells the days."""
    return f"Ngày thu: {first:%d/%m/%Y}" if first == last else f"Ngày thu: {first:%d/%m/%Y} - {last:%d/%m/%Y}"


def amount_line(payments: int, amount: int) -> str:
    """The line of the QR code that tells the money."""
    return f"Số khoản: {payments}; tổng số tiền: {money(amount)}"


def book(name: str) -> str:
    """A receipt book by its number; receipts may carry a number without one."""
    return f"Quyển {name}" if name else "Không ghi quyển"


def outstanding_title(first: date, last: date) -> str:
    """The heading above what was not paid."""
    told = "trong ngày" if first == last else "trong kỳ"
    return f"III. Hồ sơ tiếp nhận {told} chưa thu đủ"


def no_outstanding_text(unknown: int) -> str:
    """What stands in place of the table where nothing is owed, and under it where some fees are not known."""
    return f"Có {unknown:02d} hồ sơ chưa xác định mức thu." if unknown else "Không có hồ sơ nào chưa thu đủ."


def total(amount: int) -> str:
    """The last line: in figures and in words."""
    said = money_in_words(amount)
    return f"Tổng số tiền đã thu: {money(amount)}. Viết bằng chữ: {said[0].upper()}{said[1:]}."


def payments_summary(payments: int, amount: int) -> str:
    """What stands beside the QR code: how many payments, how much."""
    return f"Số khoản đã thu: {payments:02d} · Tổng số tiền: {money(amount)}"
