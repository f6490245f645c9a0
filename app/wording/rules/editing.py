"""Fields in which the rules of each kind are edited (F8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.models.enums import Action, Channel
from app.wording.status import action_name, channel_name


class FieldKind(StrEnum):
    """How a part of a rule is typed."""

    TEXT = "text"
    NUMBER = "number"
    LIMIT = "limit"
    DAY = "day"
    CHOICE = "choice"
    SEVERAL = "several"
    LIST = "list"
    CODES = "codes"
    ANSWERS = "answers"


@dataclass(frozen=True)
class FieldWords:
    """A part of a rule: its name in the value, caption, kind and choices.

    `none` is shown while nothing is entered. `error` is what to do about a wrong entry.
    """

    name: str
    caption: str
    kind: FieldKind = FieldKind.TEXT
    options: tuple[tuple[Any, str], ...] = ()
    none: str = ""
    wide: bool = False
    error: str = ""

    @property
    def mistake(self) -> str:
        """What to do about a wrong entry."""
        return self.error or _ERRORS.get(self.kind, _ERRORS[FieldKind.TEXT])


_ERRORS: Mapping[FieldKind, str] = {
    FieldKind.TEXT: "Ghi mục này, một dòng không quá 300 chữ.",
    FieldKind.NUMBER: "Ghi một số nguyên trong khoảng cho phép.",
    FieldKind.LIMIT: "Ghi một số lớn hơn 0 hợp với đơn vị, như 3 hoặc 0,5.",
    FieldKind.DAY: "Ghi ngày như 20/03/2027, từ ngày bắt đầu trở đi.",
    FieldKind.CHOICE: "Chọn lại mục này.",
    FieldKind.SEVERAL: "Chọn lại mục này.",
    FieldKind.LIST: "Ghi các mục cách nhau bằng dấu ;",
    FieldKind.CODES: "Ghi mã thủ tục như 2.000815, cách nhau bằng dấu ;",
    FieldKind.ANSWERS: "Ghi nhiều nhất ba câu trả lời, cách nhau bằng dấu ;",
}
_USUAL = ("", "theo danh mục")
_UNITS = (("working_day", "ngày làm việc"), ("day", "ngày"), ("hour", "giờ làm việc"))
_ACTIONS = tuple((action.value, action_name(action)) for action in Action if action != Action.RESTATE)
_CHANNELS = tuple((channel.value, channel_name(channel)) for channel in Channel)
_PROCEDURES = FieldWords("procedures", "Chỉ các thủ tục", FieldKind.CODES, none="mọi thủ tục")
_FIELDS = FieldWords("fields", "Chỉ các lĩnh vực", FieldKind.LIST, none="mọi lĩnh vực")
_WHERE = (
    _PROCEDURES,
    _FIELDS,
    FieldWords("channels", "Chỉ các kênh", FieldKind.SEVERAL, _CHANNELS, "mọi kênh"),
    FieldWords("places", "Chỉ các nơi nhận", FieldKind.SEVERAL, (), "mọi nơi nhận"),
)
_ADVICE = FieldWords("advice", "Nói với công dân", wide=True)
LAST_DAY = FieldWords("valid_to", "Đến hết ngày", FieldKind.DAY, none="không hạn")
FIELDS: Mapping[str, tuple[FieldWords, ...]] = {
    "notice": (
        FieldWords(
            "text",
            "Nội dung tin (dùng được {code}, {due}, {before})",
            wide=True,
            error="Ghi nội dung tin; trong ngoặc nhọn chỉ dùng {code}, {due}, {before}.",
        ),
        FieldWords("name", "Tên tình huống (khi thêm mới)", error="Ghi tên tình huống mới bằng chữ."),
        FieldWords("actions", "Báo khi làm việc", FieldKind.SEVERAL, _ACTIONS, "như sẵn có"),
    ),
    "satisfaction_question": (
        FieldWords("text", "Câu hỏi", wide=True),
        FieldWords("answers", "Các câu trả lời 2, 1, 0 điểm, cách nhau bằng dấu ;", FieldKind.ANSWERS, wide=True),
    ),
    "late_reason": (FieldWords("name", "Lý do", wide=True),),
    "feedback_term": (
        FieldWords("working_days", "Số ngày làm việc", FieldKind.NUMBER),
        FieldWords(
            "days", "hoặc số ngày lịch", FieldKind.NUMBER, error="Ghi một trong hai: ngày làm việc, hoặc ngày lịch."
        ),
    ),
    "report_period": (FieldWords("day", "Ngày đầu kỳ (1 đến 28)", FieldKind.NUMBER),),
    "retention": (
        FieldWords("name", "Giấy tờ, dữ liệu"),
        FieldWords("years", "Số năm lưu", FieldKind.NUMBER, none="vĩnh viễn"),
        FieldWords("from", "Tính từ", FieldKind.CHOICE, (("closed", "ngày xong"), ("returned", "ngày trả kết quả"))),
        _PROCEDURES,
        _FIELDS,
    ),
    "term": (
        FieldWords(
            "limit", "Thời hạn", FieldKind.LIMIT, none="theo danh mục", error="Ghi cả số và đơn vị, hoặc bỏ cả hai."
        ),
        FieldWords("unit", "Đơn vị", FieldKind.CHOICE, (_USUAL, *_UNITS), error="Chọn đơn vị của thời hạn."),
        FieldWords("office_limit", "Cơ quan rút còn", FieldKind.LIMIT, none="không rút"),
        FieldWords("promise", "Hẹn theo", FieldKind.CHOICE, (("", "hạn ngắn hơn"), ("law", "hạn theo luật"))),
        FieldWords(
            "late",
            "Tính trễ theo",
            FieldKind.CHOICE,
            (("", "ngày hẹn"), ("law", "hạn theo luật"), ("office", "hạn cơ quan")),
        ),
        *_WHERE,
        _ADVICE,
    ),
    "supplement": (
        FieldWords("rounds", "Số lần yêu cầu", FieldKind.NUMBER, none="không hạn"),
        FieldWords("days", "Số ngày chờ", FieldKind.NUMBER, none="theo danh mục"),
        FieldWords("unit", "Đơn vị", FieldKind.CHOICE, (("", "ngày làm việc"), ("day", "ngày"))),
        FieldWords(
            "clock",
            "Thời hạn giải quyết",
            FieldKind.CHOICE,
            (_USUAL, ("restart", "tính lại"), ("pause", "tạm dừng"), ("none", "chạy tiếp")),
        ),
        FieldWords(
            "after",
            "Hết ngày chờ",
            FieldKind.CHOICE,
            (("", "như chung"), ("close", "trả hồ sơ"), ("stop", "dừng giải quyết"), ("wait", "chờ tiếp")),
        ),
        FieldWords(
            "late_answer",
            "Nộp bổ sung muộn",
            FieldKind.CHOICE,
            (("", "như chung"), (True, "vẫn nhận"), (False, "không nhận")),
        ),
        *_WHERE,
        _ADVICE,
    ),
    "receiving_place": (
        FieldWords("name", "Tên nơi nhận"),
        FieldWords("address", "Địa chỉ", wide=True),
    ),
}
"""The fields of each kind, in order."""
CAN_END: frozenset[str] = frozenset(("notice", "late_reason", "satisfaction_question", "receiving_place"))
"""Kinds whose rules may be switched off."""
FREE_KEYS: Mapping[str, str] = {
    "notice": "Tình huống mới",
    "late_reason": "Lý do mới",
    "retention": "Giấy tờ, dữ liệu khác",
    "term": "Quy định mới",
    "supplement": "Quy định mới",
    "receiving_place": "Nơi nhận mới",
}
"""Kinds that take new keys, and the word for a new one."""
