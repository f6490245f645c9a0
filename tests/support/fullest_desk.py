"""Answers with the longest names, titles and places."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from tests.support.recording_desk import usual_answers

NAME = "Nguyễn Phước Bảo Quỳnh Hương Thục Trinh Công Tằng Tôn Nữ"
PROCEDURE = (
    "Xác nhận, thay đổi, cập nhật thông tin về tình trạng hôn nhân, hộ tịch của công dân Việt Nam cư trú ở nước ngoài "
    "trong thời gian chờ đăng ký kết hôn, nhận cha, mẹ, con hoặc giám hộ có yếu tố nước ngoài tại xã biên giới"
)
HOLDER = "Phòng Văn hóa – Xã hội và Giáo dục nghề nghiệp (Nguyễn Thị Thùy Dương)"
PLACE = "Số nhà 128B, ngõ 45, Tổ dân phố Tân Thành Đông, Thôn Đoài Thượng, xã Kiểm Thử, tỉnh Thử Nghiệm"
_LONG = {
    **dict.fromkeys(("name", "actor"), NAME),
    **dict.fromkeys(("procedure", "about", "reason"), PROCEDURE),
    **dict.fromkeys(("holder", "to"), HOLDER),
    **dict.fromkeys(("address", "content", "note", "decision"), PLACE),
    "field": "Phòng, chống tham nhũng, khiếu nại, tố cáo",
}


def with_long_texts(answer: Any) -> Any:
    """Return the answer with long texts in every known field."""
    if hasattr(answer, "_asdict"):
        return answer._replace(**{name: _lengthened(name, value) for name, value in answer._asdict().items()})
    if isinstance(answer, tuple):
        return tuple(map(with_long_texts, answer))
    if isinstance(answer, dict):
        return {key: _lengthened(key, value) for key, value in answer.items()}
    if not is_dataclass(answer) or isinstance(answer, type):
        return answer
    return replace(answer, **{item.name: _lengthened(item.name, getattr(answer, item.name)) for item in fields(answer)})


def _lengthened(name: str, value: Any) -> Any:
    return _LONG[name] if name in _LONG and type(value) is str and value else with_long_texts(value)


def long_text_answers() -> dict[str, Any]:
    """Return the usual answers with long texts, by the name of the query type."""
    return {name: _long_answer(answer) for name, answer in usual_answers().items()}


def _long_answer(answer: Any) -> Any:
    return (lambda query: with_long_texts(answer(query))) if callable(answer) else with_long_texts(answer)
