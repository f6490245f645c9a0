"""Text of the unnumbered forms: hand-over, receipts, register."""

from datetime import date

from app.models.enums import ReturnBy, Status
from app.wording.numbers import day_in_words, money_in_words
from app.wording.status import status_name

REGISTER_TITLE = "SỔ THEO DÕI HỒ SƠ"
REGISTER_COLUMNS = (
    "STT",
    "Mã hồ sơ",
    "Tên thủ tục hành chính",
    "Tên tổ chức, cá nhân",
    "Địa chỉ/Số điện thoại",
    "Cơ quan chủ trì giải quyết",
    "Nhận hồ sơ",
    "Hẹn trả kết quả",
    "Trả kết quả",
    "Phương thức nhận kết quả",
    "Ký nhận",
)
_WAYS = {ReturnBy.COUNTER: "Trực tiếp", ReturnBy.POST: "Bưu chính", ReturnBy.ONLINE: "Trực tuyến"}


def result_name(outcome: str | None) -> str:
    """Return the outcome of a dossier on a hand-over list."""
    if outcome is None:
        return "Đang giải quyết"
    return "Có kết quả giải quyết" if outcome == Status.FINISHED else status_name(Status(outcome))


def returned_item(outcome: str | None) -> str:
    """Return what the citizen receives at the end."""
    if outcome == Status.REFUSED:
        return "Thông báo từ chối giải quyết hồ sơ"
    if outcome in (None, Status.FINISHED):
        return "Kết quả giải quyết thủ tục hành chính"
    return f"Giấy tờ đã nộp ({status_name(Status(outcome)).lower()})"


def count_line(dossiers: int) -> str:
    """Return the line of a list's QR code that replaces the dossier code."""
    return f"Số hồ sơ: {dossiers}"


def in_words(amount: int) -> str:
    """Return the amount in words, with a capital."""
    words = money_in_words(amount)
    return words[0].upper() + words[1:]


def register_period(first: date, last: date) -> str:
    """Return the days of a printed register."""
    return f"(Từ {day_in_words(first)} đến {day_in_words(last)})"


def return_method(return_by: str) -> str:
    """Return the phương thức nhận kết quả of the register."""
    return _WAYS[ReturnBy(return_by)]


def register_days(first: date, last: date) -> str:
    """Return the line of a register's QR code with its days."""
    return f"Từ ngày đến ngày: {first:%d/%m/%Y} - {last:%d/%m/%Y}"
