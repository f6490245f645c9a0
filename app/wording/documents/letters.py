"""Text of Mẫu số 02 to 05: supplement, refusal, apology, stop.

Labels follow Thông tư 03/2025/TT-VPCP and 01/2018/TT-VPCP. Name and phone of the office come from its settings.
"""

from datetime import date, datetime

from app.wording.numbers import day_in_words, instant_in_words

SUPPLEMENT_OF = "Hồ sơ của"
SUPPLEMENT_ITEMS = "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau"
REASON = "Lý do"
INCOMPLETE = "Hồ sơ chưa đầy đủ, chưa đúng theo quy định của thủ tục hành chính nêu trên"
GUIDE_SIGNS = "NGƯỜI HƯỚNG DẪN"
GUIDE_DIGITAL = "(Chữ ký số của người hướng dẫn nếu là biểu mẫu điện tử)"

CODE_IF_ANY = "Mã hồ sơ (nếu có)"
REFUSAL_END = "Xin thông báo để Ông (Bà)/Tổ chức được biết và thực hiện."
_REFUSER = {"2025": "NGƯỜI TIẾP NHẬN HỒ SƠ", "2018": "NGƯỜI TỪ CHỐI"}
_REFUSER_DIGITAL = {
    "2025": "(Chữ ký số của người tiếp nhận hồ sơ nếu là biểu mẫu điện tử)",
    "2018": "(Chữ ký số của người từ chối nếu là biểu mẫu điện tử)",
}

ADDRESSEE = "Kính gửi"
CITIZEN = "Ông (Bà)/Tổ chức"
APOLOGY_DUE = "Thời gian hẹn trả kết quả giải quyết hồ sơ"
HEAD_SIGNS = "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"
HEAD_HINT = "(Ký, ghi rõ họ tên và đóng dấu)"
HEAD_DIGITAL = "(Chữ ký số nếu là biểu mẫu điện tử)"
RECIPIENTS = "Nơi nhận:"
RECIPIENT_LINES = ("- Như trên;", "- Bộ phận Tiếp nhận và Trả kết quả;", "- Lưu: VT, hồ sơ.")

STOP_APPLICANT = "Chủ hồ sơ"
STOP_REASON = "Lý do người nộp hồ sơ nêu"
NO_REASON = "Theo nguyện vọng của người nộp hồ sơ"
STOP_END = "Giấy tờ đã nộp được trả lại cho người nộp hồ sơ. Khi có nhu cầu giải quyết, đề nghị Ông (Bà)/Tổ chức nộp hồ sơ mới."


def with_full_stop(reason: str) -> str:
    """Return a typed reason as a sentence with its full stop."""
    text = reason.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def contact_sentence(guide: str, phone: str) -> str:
    """Return the contact for questions while a dossier is being completed."""
    return (
        f"Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà liên hệ với {guide}, số điện thoại {phone}, "
        "để được hướng dẫn."
    )


def refusal_opening(unit: str, appraised: bool) -> str:
    """Return the sentence before the reason of a refusal.

    The dossier was rejected at the counter, or refused after appraisal.
    """
    reviewed, refused = ("xem xét, thẩm định", "từ chối giải quyết") if appraised else ("xem xét", "không tiếp nhận")
    return f"Qua {reviewed}, {unit} thông báo {refused} hồ sơ này với lý do cụ thể như sau"


def refusal_signer(form_set: str) -> tuple[str, str]:
    """Return the signer of a refusal, and the note for an electronic form."""
    return _REFUSER[form_set], _REFUSER_DIGITAL[form_set]


def apology_opening(received: date, unit: str, procedure: str, applicant: str, number: str, code: str) -> str:
    """Return the subject of the letter: receipt day, applicant and code."""
    number_text = f", số định danh cá nhân/tổ chức {number}" if number else ""
    return (
        f"{day_in_words(received).capitalize()}, {unit} tiếp nhận hồ sơ đề nghị giải quyết thủ tục hành chính "
        f"«{procedure}» của {CITIZEN} {applicant}{number_text}, mã số hồ sơ: {code}."
    )


def apology_delay(unit: str) -> str:
    """Return the sentence about the delay.

    The letter is issued before the due date, so that the sentence is about the future.
    """
    return f"Đến nay hồ sơ đang được giải quyết; {unit} chưa thể trả kết quả đúng thời gian đã hẹn."


def apology_sentence(unit: str, form_set: str) -> str:
    """Return the apology with its request (2025) or new date (2018)."""
    request = (
        "hẹn lại ngày trả kết quả giải quyết hồ sơ"
        if form_set == "2018"
        else "đề nghị gia hạn thời gian giải quyết hồ sơ"
    )
    return f"{unit} xin lỗi {CITIZEN} về sự chậm trễ này và {request}."


def new_due_day(unit: str, day: date) -> str:
    """Return the new due day, without a time as on the form."""
    return f"{unit} sẽ trả kết quả giải quyết hồ sơ vào {day_in_words(day)}."


APOLOGY_END = f"Rất mong {CITIZEN} thông cảm."


def stop_opening(unit: str, withdrawn: bool) -> str:
    """Return the request: withdrawal before work began, or a stop."""
    request = "rút hồ sơ" if withdrawn else "dừng giải quyết hồ sơ"
    return f"{unit} nhận được đề nghị {request} của {CITIZEN} đối với hồ sơ sau"


def stop_sentence(unit: str, stopped: datetime) -> str:
    """Return when the work ends, and that nothing was decided yet.

    TT 03/2025/TT-VPCP Điều 7.
    """
    return (
        "Tại thời điểm nhận đề nghị, hồ sơ chưa có quyết định hoặc thông báo kết quả giải quyết. "
        f"{unit} thông báo dừng giải quyết hồ sơ nêu trên từ {instant_in_words(stopped)}."
    )
