"""What Mẫu số 02 to 05 tell the citizen: something is missing, the dossier is not taken, it will be late, it stops.

Labels follow Thông tư 03/2025/TT-VPCP and 01/2018/TT-VPCP; the office's name and telephone come from its own settings."""

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
    """What a clerk wrote, as a sentence that ends."""
    text = reason.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def contact_sentence(guide: str, phone: str) -> str:
    """Whom to ask while a dossier is being completed."""
    return (
        f"Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà liên hệ với {guide}, số điện thoại {phone}, "
        "để được hướng dẫn."
    )


def refusal_opening(unit: str, appraised: bool) -> str:
    """The sentence that the reason follows: not taken in at the counter, or refused once it was looked into."""
    seen, refused = ("xem xét, thẩm định", "từ chối giải quyết") if appraised else ("xem xét", "không tiếp nhận")
    return f"Qua {seen}, {unit} thông báo {refused} hồ sơ này với lý do cụ thể như sau"


def refusal_signer(form_set: str) -> tuple[str, str]:
    """Who signs a refusal at the right, and the note for an electronic form."""
    return _REFUSER[form_set], _REFUSER_DIGITAL[form_set]


def apology_opening(received: date, unit: str, procedure: str, whose: str, number: str, code: str) -> str:
    """What the letter is about: when the office took in whose dossier, and its code."""
    known = f", số định danh cá nhân/tổ chức {number}" if number else ""
    return (
        f"{day_in_words(received).capitalize()}, {unit} tiếp nhận hồ sơ đề nghị giải quyết thủ tục hành chính "
        f"«{procedure}» của {CITIZEN} {whose}{known}, mã số hồ sơ: {code}."
    )


def apology_delay(unit: str) -> str:
    """What goes wrong. The letter leaves before the date, so that it speaks of what is to come."""
    return f"Đến nay hồ sơ đang được giải quyết; {unit} chưa thể trả kết quả đúng thời gian đã hẹn."


def apology_sentence(unit: str, form_set: str) -> str:
    """The apology itself, and what is asked (2025) or appointed anew (2018)."""
    asked = (
        "hẹn lại ngày trả kết quả giải quyết hồ sơ"
        if form_set == "2018"
        else "đề nghị gia hạn thời gian giải quyết hồ sơ"
    )
    return f"{unit} xin lỗi {CITIZEN} về sự chậm trễ này và {asked}."


def new_due_day(unit: str, day: date) -> str:
    """The day promised now, without an hour, as the form has it."""
    return f"{unit} sẽ trả kết quả giải quyết hồ sơ vào {day_in_words(day)}."


APOLOGY_END = f"Rất mong {CITIZEN} thông cảm."


def stop_opening(unit: str, withdrawn: bool) -> str:
    """Who asked for what: the dossier back before work began, or an end of the work."""
    wished = "rút hồ sơ" if withdrawn else "dừng giải quyết hồ sơ"
    return f"{unit} nhận được đề nghị {wished} của {CITIZEN} đối với hồ sơ sau"


def stop_sentence(unit: str, stopped: datetime) -> str:
    """From when the work ends, and that nothing was decided yet (TT 03/2025/TT-VPCP Điều 7)."""
    return (
        "Tại thời điểm nhận đề nghị, hồ sơ chưa có quyết định hoặc thông báo kết quả giải quyết. "
        f"{unit} thông báo dừng giải quyết hồ sơ nêu trên từ {instant_in_words(stopped)}."
    )
