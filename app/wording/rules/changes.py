"""Values of a rule in words, as a law package shows them side by side."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.models.enums import Channel
from app.wording.numbers import money
from app.wording.rules.counter import TEXT_KINDS, value_text
from app.wording.status import channel_name, day_kind_name

_CAPTIONS: Mapping[str, str] = {
    "template": "mẫu mã",
    "percent": "giảm",
    "amount": "giảm",
    "procedures": "thủ tục",
    "fields": "lĩnh vực",
    "channels": "kênh",
    "groups": "nhóm",
    "level": "tài khoản định danh mức",
    "min_age": "từ tuổi",
    "max_age": "đến tuổi",
    "valid_from": "từ ngày",
    "valid_to": "hết ngày",
    "based_on": "theo bộ mẫu",
    "replaces": "thay bộ mẫu",
    "series": "ký hiệu số",
    "counter_name": "tên bộ phận",
    "like": "theo mẫu",
    "title": "tên giấy",
    "number": "cách ghi số",
    "footer": "chân trang",
    "code_label": "nhãn mã",
    "papers": "khổ giấy",
    "landscape": "giấy ngang",
    "copies": "liên",
    "subtitle": "dòng dưới tên",
    "beside": "dòng bên mã",
    "blocks": "nội dung",
    "names": "từ dùng",
    "added": "thêm vào mẫu",
    "places": "nơi tiếp nhận",
    "limit": "thời hạn",
    "unit": "đơn vị",
    "office_limit": "thời hạn cơ quan rút",
    "promise": "hẹn theo",
    "late": "tính trễ theo",
    "advice": "lời dặn công dân",
    "rounds": "số lần bổ sung",
    "days": "số ngày chờ bổ sung",
    "clock": "thời hạn khi bổ sung",
    "after": "hết hạn bổ sung",
    "late_answer": "nhận bổ sung muộn",
    "address": "địa chỉ",
    "active": "còn dùng",
    "kind": "loại ngày",
    "hours": "giờ",
    "source": "nguồn",
    "certainty": "mức chắc chắn",
    "note": "ghi chú",
}
_CERTAINTIES: Mapping[str, str] = {"P": "văn bản", "S": "nguồn thứ cấp", "C": "đếm được", "?": "chưa rõ"}
_LIMITS: Mapping[str, str] = {"law": "luật", "office": "cơ quan", "promised": "ngày hẹn"}
_UNITS: Mapping[str, str] = {"working_day": "ngày làm việc", "day": "ngày", "hour": "giờ làm việc"}
_CLOCKS: Mapping[str, str] = {"restart": "tính lại", "pause": "tạm dừng", "none": "chạy tiếp"}
_AFTER: Mapping[str, str] = {"close": "trả hồ sơ", "stop": "dừng giải quyết", "wait": "chờ tiếp"}
_RECEIPTS: Mapping[str, str] = {"paper": "biên lai giấy", "electronic": "biên lai điện tử"}
_LONGEST = 400


def rule_words(kind: str, value: Mapping[str, Any]) -> str:
    """Return the value of a rule in one line, without its name."""
    if kind == "fee_receipt":
        return _RECEIPTS.get(str(value.get("form")), str(value.get("form")))
    dated = {name: value[name] for name in ("valid_from", "valid_to") if name in value}
    if kind in TEXT_KINDS:
        return _joined((value_text(kind, value), *_answers(value), *map(_part, dated.items())))
    parts = [_part(item) for item in value.items() if item[0] != "name"]
    return _joined(parts)


_SCOPE = ("procedures", "fields", "channels", "level", "min_age", "max_age")


def relief_scope(value: Mapping[str, Any]) -> str:
    """Return the conditions of a relief in one line, empty for none."""
    return _joined(_part((name, value[name])) for name in _SCOPE if name in value)


def _answers(value: Mapping[str, Any]) -> tuple[str, ...]:
    answers = value.get("answers", {})
    return tuple(f"{points} điểm: {answers[points]}" for points in sorted(answers, reverse=True))


def _part(item: tuple[str, Any]) -> str:
    name, value = item
    if value is None:  # a package may write null for a field without a value, such as no last day
        return ""
    return f"{_CAPTIONS.get(name, name)}: {_VALUES.get(name, _plain)(value)}"


def _joined(parts: Any) -> str:
    return "; ".join(part for part in parts if part)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        text = ", ".join(value)
    elif isinstance(value, Mapping) and all(isinstance(each, str) for each in value.values()):
        text = ", ".join(f"{name} {each}" for name, each in value.items())
    else:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}"


def _channels(values: list[str]) -> str:
    return ", ".join(channel_name(Channel(value)).lower() for value in values)


def _named(names: Mapping[str, str], value: Any) -> str:
    return names.get(str(value), str(value))


def _count(values: Any) -> str:
    return f"{len(values)} phần"


_VALUES: Mapping[str, Callable[[Any], str]] = {
    "percent": lambda value: f"{value}%",
    "amount": money,
    "channels": _channels,
    "valid_from": _day,
    "valid_to": _day,
    "certainty": lambda value: _named(_CERTAINTIES, value),
    "kind": day_kind_name,
    "promise": lambda value: _named(_LIMITS, value),
    "late": lambda value: _named(_LIMITS, value),
    "unit": lambda value: _named(_UNITS, value),
    "clock": lambda value: _named(_CLOCKS, value),
    "after": lambda value: _named(_AFTER, value),
    "added": _count,
    "copies": _count,
    "beside": _count,
    "blocks": _count,
    "names": _count,
}
