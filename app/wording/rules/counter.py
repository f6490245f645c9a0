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
    "term": "Thời hạn giải quyết",
    "supplement": "Bổ sung hồ sơ",
    "receiving_place": "Nơi nhận hồ sơ",
}
TEXT_KINDS = frozenset(
    ("notice", "satisfaction_question", "late_reason", "feedback_term", "report_period", "retention", "receiving_place")
)
"""Kinds whose value is a text or a number, the others are read part by part."""
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
    "retention": {"dossier": "Hồ sơ thủ tục hành chính"},
}
"""Words of the usual keys of each kind."""
OWN, PROGRAM = "", "program"
_SOURCES: Mapping[str, str] = {OWN: "Cơ quan ghi", PROGRAM: "Chương trình"}


def source_name(source: str) -> str:
    """Return the name of the source of a rule."""
    return _SOURCES.get(source, f"Gói {source}")


def subject(kind: str, key: str, value: Mapping[str, Any]) -> str:
    """Return what a rule is about: the usual name, its own name or its key."""
    return KEYS.get(kind, {}).get(key) or str(value.get("name") or key)


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
    if kind == "receiving_place" and value.get("address"):
        text = f"{text}, {value['address']}"
    return text if value.get("active", True) else f"{text} (không dùng nữa)"
