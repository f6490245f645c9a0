"""Text of the receipt for supplementary papers."""

from datetime import date

from app.wording.numbers import day_in_words

RECEIVED_FROM = "Đã nhận giấy tờ bổ sung của Ông (Bà)/Tổ chức"
APPLICANT = "Hồ sơ của"
ANSWERS = "Theo yêu cầu"
ITEMS = "Giấy tờ bổ sung đã nhận gồm"
ALL_ASKED = "Toàn bộ giấy tờ theo phiếu yêu cầu"
RECEIVED_AT = "Thời gian nhận giấy tờ bổ sung"
PROMISED = "Thời gian trả kết quả đã hẹn trước đây"
DUE = "Thời gian trả kết quả giải quyết hồ sơ"
WHY = "Lý do"
GIVER_SIGNS = "NGƯỜI NỘP GIẤY TỜ"
_REASONS = {
    "restart": "Hồ sơ đã đủ giấy tờ; thời hạn giải quyết ({term}) được tính lại từ đầu kể từ khi nhận đủ hồ sơ.",
    "pause": "Thời gian chờ bổ sung không tính vào thời hạn giải quyết; ngày hẹn trả được lùi tương ứng.",
    "none": "Việc bổ sung giấy tờ không làm thay đổi thời gian hẹn trả kết quả.",
}


def request_of(day: date) -> str:
    """Return the request that the papers answer."""
    return f"Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ {day_in_words(day)}"


def due_date_reason(clock: str, term: str, moved: bool) -> str:
    """Return why the result is due when it is.

    An unchanged date has the reason `none`.
    """
    return _REASONS.get(clock if moved else "none", "").format(term=term)
