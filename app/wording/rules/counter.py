"""Names of the rules of the counter, their keys and their values."""

from collections.abc import Mapping
from typing import Any

KINDS: Mapping[str, str] = {
    "notice": "Tin nhắn báo công dân",
    "satisfaction_question": "Câu hỏi đánh giá",
    "late_reason": "Lý do trễ hạn",
    "feedback_term": "Hạn trả lời phản ánh",
    "report_period": "Kỳ báo cáo",
    "retention": "Thời hạn lưu giữ",
}
STATES: Mapping[str, str] = {"in_force": "Đang dùng", "coming": "Sắp dùng", "past": "Đã hết"}
KEYS: Mapping[str, Mapping[str, str]] = {
    "notice": {
        "received.due": "Đã tiếp nhận, có ngày hẹn",
        "received.no_due": "Đã tiếp nhận, chưa hẹn ngày",
        "supplement": "Cần bổ sung giấy tờ",
        "payment": "Chờ nộp phí, lệ phí",
        "ready.counter": "Có kết quả, nhận tại quầy",
        "ready.post": "Có kết quả, gửi bưu chính",
        "ready.online": "Có kết quả, trả trực tuyến",
        "apology": "Xin lỗi, hẹn lại",
        "refused": "Từ chối giải quyết",
        "stopped": "Dừng giải quyết",
        "holiday": "Đổi lịch làm việc",
    },
    "satisfaction_question": {str(index): f"Chỉ số {index}" for index in range(1, 10)},
    "feedback_term": {
        "any": "Mọi phản ánh",
        "conduct": "Hành vi của công chức",
        "rule": "Quy định hành chính",
        "other": "Việc khác",
    },
    "report_period": {"start": "Ngày đầu kỳ tháng, quý"},
    "retention": {"dossier": "Hồ sơ thủ tục hành chính", "": "Giấy tờ, dữ liệu khác"},
}
"""Words of the keys of each kind; a kind that is missing, and the empty key, have free keys."""
TEXT_CAPTIONS: Mapping[str, str] = {
    "notice": "Nội dung tin (dùng được {code}, {due}, {before})",
    "satisfaction_question": "Câu hỏi",
    "late_reason": "Lý do",
    "retention": "Giấy tờ, dữ liệu",
}
NUMBER_CAPTIONS: Mapping[str, str] = {
    "feedback_term": "Số ngày làm việc",
    "report_period": "Ngày đầu kỳ (1 đến 28)",
    "retention": "Số năm lưu (trống: vĩnh viễn)",
}
ANSWERS_CAPTION = "Các câu trả lời 2, 1, 0 điểm, cách nhau bằng dấu ;"


def key_name(kind: str, key: str) -> str:
    """Return the name of a rule's key."""
    return KEYS.get(kind, {}).get(key, key)


def value_text(kind: str, value: Mapping[str, Any]) -> str:
    """Return a rule's value in one line."""
    text = str(value.get("text") or value.get("name") or "")
    if "working_days" in value:
        text = f"{value['working_days']} ngày làm việc"
    elif "days" in value:
        text = f"{value['days']} ngày"
    elif "day" in value:
        text = f"Từ ngày {value['day']} hằng tháng"
    elif kind == "retention":
        years = value.get("years")
        text = f"{text}: {'vĩnh viễn' if years is None else f'{years} năm'}"
    return text if value.get("active", True) else f"{text} (không dùng nữa)"
