"""Text of Bảng kê thu phí, lệ phí: the cash sheet of a period."""

from datetime import date

from app.wording.numbers import day_in_words, money

TITLE = "BẢNG KÊ THU PHÍ, LỆ PHÍ"
NO_BOOK = "Không ghi quyển"
ROWS = "I. Các khoản đã thu"
OUTSTANDING_COLUMNS = ("TT", "Mã hồ sơ", "Chủ hồ sơ", "Nội dung thu", "Phải nộp", "Đã nộp", "Còn phải nộp")
TOTAL = "Tổng cộng"
NO_NUMBER = "Chưa ghi số biên lai"
VOID = "Hồ sơ đã hủy"
CASHIER = "Người thu"
_METHODS = {"cash": "Tiền mặt", "transfer": "Chuyển khoản", "qr": "Mã QR", "card": "Thẻ", "": "Chưa ghi"}


def method_name(method: str) -> str:
    """Return the name of a method of payment."""
    return _METHODS.get(method, method)


def days(first: date, last: date) -> str:
    """Return the line under the title: one day, or the first and last day."""
    if first == last:
        return f"({day_in_words(first).capitalize()})"
    return f"(Từ {day_in_words(first)} đến {day_in_words(last)})"


def days_line(first: date, last: date) -> str:
    """Return the line of the QR code with the days."""
    return f"Ngày thu: {first:%d/%m/%Y}" if first == last else f"Ngày thu: {first:%d/%m/%Y} - {last:%d/%m/%Y}"


def amount_line(payments: int, amount: int) -> str:
    """Return the line of the QR code with the amount."""
    return f"Số khoản: {payments}; tổng số tiền: {money(amount)}"


def book(name: str) -> str:
    """Return the name of a receipt book.

    Receipts may have a number without a book.
    """
    return f"Quyển {name}" if name else NO_BOOK


def period_name(first: date, last: date) -> str:
    """Return «trong ngày» or «trong kỳ»."""
    return "trong ngày" if first == last else "trong kỳ"
