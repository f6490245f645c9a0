"""Text of ratios and charts, each number with its definition."""

from collections.abc import Sequence
from datetime import date

SOURCES = (
    "Tiếp nhận gồm cả kỳ trước chuyển sang; đúng hạn gồm cả trước hạn, xét theo ngày. Số liệu như Biểu II.06a cùng kỳ."
)
AGES = "Hồ sơ đang giải quyết theo thời hạn (lúc lập biểu đồ)"
NO_OPEN = "Không còn hồ sơ đang giải quyết."
HEAT = "Hồ sơ tiếp nhận trong kỳ theo thứ và giờ"
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "C.nhật")
AGE_NAMES = (
    "Quá hạn trên 10 ngày",
    "Quá hạn 1–10 ngày",
    "Đến hạn hôm nay",
    "Còn 1–5 ngày",
    "Còn trên 5 ngày",
    "Chờ bổ sung, chờ nộp tiền",
    "Không có hạn",
)
"""Ages of open dossiers, in calendar days."""
_DEFINITIONS = {
    "settled": "Hồ sơ giải quyết đúng hạn ÷ hồ sơ đã giải quyết = {part} ÷ {whole}",
    "all_late": "Hồ sơ không quá hạn (trừ cả hồ sơ đang quá hạn) ÷ hồ sơ tiếp nhận = {part} ÷ {whole}",
    "received": "Hồ sơ giải quyết đúng hạn ÷ hồ sơ tiếp nhận (NĐ 61/2018/NĐ-CP, Điều 30.2.c) = {part} ÷ {whole}",
}


def chart_title(first: date, last: date) -> str:
    """Return «Kết quả giải quyết hồ sơ từ 15/12/2025 đến 14/03/2026»."""
    return f"Kết quả giải quyết hồ sơ từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}"


def ratio_value(part: int, whole: int) -> str:
    """Return a ratio cut off after two decimals: «98,45 %».

    It is not rounded, so that 99,999 % does not become 100 %. A ratio with an empty whole is «–».
    """
    if not whole:
        return "–"
    hundredths = part * 10_000 // whole
    return f"{hundredths // 100},{hundredths % 100:02d} %"


def ratio_definition(definition: str, part: int, whole: int) -> str:
    """Return the definition of a ratio with its counts."""
    counts = {name: f"{count:,}".replace(",", ".") for name, count in (("part", part), ("whole", whole))}
    return _DEFINITIONS[definition].format(**counts)


_COLUMNS = {
    "received": "tổng số tiếp nhận",
    "received_online": "tiếp nhận trực tuyến",
    "received_direct_post": "tiếp nhận trực tiếp, bưu chính",
    "carried_over": "từ kỳ trước",
    "resolved": "tổng số đã giải quyết",
    "resolved_early": "trước hạn",
    "resolved_on_time": "đúng hạn",
    "resolved_late": "giải quyết quá hạn",
    "pending": "tổng số đang giải quyết",
    "pending_in_time": "đang giải quyết trong hạn",
    "pending_late": "đang giải quyết quá hạn",
    "withdrawn": "xin rút, dừng",
    "returned_unresolved": "trả lại, không giải quyết",
    "dossiers": "số hồ sơ",
    "total": "số hồ sơ",
    "payments": "khoản đã thu",
    "amount": "số tiền",
    "unpaid": "chưa thu đủ",
    "owed": "còn phải thu",
    "unknown": "chưa rõ mức thu",
    "reliefs": "được miễn, giảm",
    "receipts": "biên lai",
    "rated": "lượt đánh giá",
    "count": "lượt tính chỉ số",
    "settled": "đã giải quyết",
    "not_content": "không hài lòng, có phản ánh, quá hạn",
    "feedback": "phản ánh, kiến nghị",
    "answered": "đã trả lời",
    "answered_in_time": "trả lời đúng hạn",
    "answered_late": "trả lời quá hạn",
    "late": "quá hạn",
    "apologised": "đã xin lỗi",
    "feedback_received": "phản ánh nhận trong kỳ",
    "feedback_rules": "phản ánh về quy định",
    "feedback_answered": "phản ánh đã trả lời",
    "feedback_pending": "phản ánh chưa trả lời",
}


def column_name(column: str) -> str:
    """Return the name of a column of Biểu II.06a in a sentence."""
    return _COLUMNS.get(column, column)


def mismatch_line(identity: str, column: str) -> str:
    """Return an identity of figures that does not hold, in words."""
    if identity.startswith("total ="):
        return f"cột {column_name(column)} của dòng tổng không bằng tổng các dòng"
    if identity == "a count is a whole number":
        return f"cột {column_name(column)} không phải số"
    if identity == "a count is not negative":
        return f"cột {column_name(column)} là số âm"
    whole, _, parts = identity.partition(" = ")
    return f"{column_name(whole)} = {' + '.join(map(column_name, parts.split(' + ')))}"


def counted_words(items: Sequence[str], codes: Sequence[str]) -> str:
    """Return how many things a list has, and of how many dossiers."""
    if not any(items):
        return f"{len(codes)} hồ sơ"
    dossiers, without = len({code for code in codes if code}), sum(not code for code in codes)
    rest = f", {without} lượt không gắn với hồ sơ" if without else ""
    return f"{len(codes)} lượt, thuộc {dossiers} hồ sơ{rest}"
