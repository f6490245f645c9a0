"""Text of the SMS to citizens; the sentences are rules of kind `notice`.

A message has the dossier code but no name or number of a person, because others may read the screen.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from app.models.enums import SmsSituation, SmsStatus
from app.wording.numbers import instant_in_figures

MAX_SMS_LENGTH = 160
_SITUATIONS: Mapping[str, str] = {
    SmsSituation.RECEIVED: "Đã tiếp nhận",
    SmsSituation.SUPPLEMENT: "Cần bổ sung",
    SmsSituation.PAYMENT: "Chờ nộp phí",
    SmsSituation.READY: "Có kết quả",
    SmsSituation.APOLOGY: "Xin lỗi, hẹn lại",
    SmsSituation.REFUSED: "Từ chối",
    SmsSituation.STOPPED: "Dừng giải quyết",
    SmsSituation.HOLIDAY: "Đổi lịch làm việc",
}
_STATUSES = {
    SmsStatus.WAITING: "chờ gửi",
    SmsStatus.SENT: "đã gửi",
    SmsStatus.FAILED: "không gửi được",
    SmsStatus.DROPPED: "thôi không gửi",
}
COLUMNS = ("Số điện thoại", "Nội dung", "Nội dung không dấu", "Mã hồ sơ", "Việc", "Lập lúc")


def sms_text(
    pattern: str, code: str, office: str, phone: str, due: datetime | None, before: datetime | None = None
) -> str:
    """Return the text of one SMS, at most `MAX_SMS_LENGTH` characters.

    `pattern` may have `{code}`, `{due}`, `{before}`. If it is too long, the phone number is dropped first, then the end
    of the office's name.
    """
    body = pattern.format(code=code, due=_instant(due), before=_instant(before))
    contact = f" ĐT {phone}" if phone else ""
    if len(office) + 2 + len(body) + len(contact) > MAX_SMS_LENGTH:
        contact = ""
    room = max(0, MAX_SMS_LENGTH - len(body) - 2)
    name = office if len(office) <= room else office[:room].rpartition(" ")[0]
    return f"{name}: {body}{contact}" if name else body[:MAX_SMS_LENGTH]


def _instant(at: datetime | None) -> str:
    return "ngày báo sau" if at is None else instant_in_figures(at)


def ascii_text(text: str) -> str:
    """Return the text without marks, in characters that every phone shows."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    text_without_marks = "".join(c for c in bare if not unicodedata.combining(c))
    return re.sub(r"""[^A-Za-z0-9 !"#%&'()*+,\-./:;<=>?]""", " ", text_without_marks)[:MAX_SMS_LENGTH]


def sms_situation_name(situation: str, names: Mapping[str, str]) -> str:
    """Return the name of a situation; `names` are those of rules."""
    return names.get(situation) or _SITUATIONS.get(situation, situation)


def sms_status_name(status: SmsStatus) -> str:
    """Return the name of a status."""
    return _STATUSES[status]


_WAYS = {"modem": "qua modem", "delivered": "qua modem, đã tới máy", "file": "qua tệp"}


def sms_outcome(status: SmsStatus, tries: int, when: str, way: str | None) -> str:
    """Return the outcome of an SMS: when and how it was sent.

    For a waiting message it is the problem of the last attempt.
    """
    text = sms_status_name(status).capitalize()
    if status == SmsStatus.SENT:
        return f"{text} {when} {_WAYS.get(way or '', '')}".strip()
    if status == SmsStatus.WAITING:
        if way == "unsure":
            return f"{text}; lần trước chưa rõ đã đi"
        if problem := _MODEM_PROBLEMS.get(way or ""):
            return f"{text}; lần trước: {problem[:1].lower()}{problem[1:].partition('.')[0]}"
        return f"{text}; số này bị từ chối {tries} lần" if tries else text
    return f"{text}, {tries} lần: gọi điện báo" if status == SmsStatus.FAILED else text


_WAIT = "Tin chưa gửi vẫn chờ"
_MODEM_PROBLEMS = {
    "port": "Không mở được cổng của modem. Kiểm tra dây cắm và tên cổng, rồi gửi lại.",
    "unplugged": "Modem đã bị rút ra. Tin chưa gửi vẫn chờ; cắm lại rồi gửi lại.",
    "silent": "Modem không trả lời. Tin chưa gửi vẫn chờ; tắt bật modem rồi gửi lại.",
    "no_text_mode": "Thiết bị ở cổng này không phải modem nhắn tin. Chọn cổng khác.",
    "modem_failed": f"Modem báo lỗi của chính nó. {_WAIT}; tắt bật modem rồi gửi lại.",
    "sim_missing": f"Modem chưa có SIM hoặc SIM hỏng. {_WAIT}; kiểm tra SIM rồi gửi lại.",
    "sim_locked": f"SIM đang đòi mã PIN hoặc PUK. {_WAIT}; lắp SIM vào điện thoại, tắt mã PIN rồi gửi lại.",
    "starting": f"Modem đang khởi động hoặc đang tìm mạng. {_WAIT}; đợi một phút rồi gửi lại.",
    "no_center": f"SIM chưa có số trung tâm tin nhắn. {_WAIT}; đặt số ấy bằng điện thoại rồi gửi lại.",
    "no_service": f"Modem không có sóng. {_WAIT}; đổi chỗ đặt modem hoặc gửi lại sau.",
    "congestion": f"Mạng đang bận. {_WAIT}; gửi lại sau.",
    "credit": f"Nhà mạng chưa cho SIM này gửi tin: hết tiền hoặc bị khóa chiều gửi. {_WAIT}; nạp tiền rồi gửi lại.",
}


def modem_problem(reason: str) -> str:
    """Return why no SMS can be sent now, and what to do."""
    return _MODEM_PROBLEMS[reason]
