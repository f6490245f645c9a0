"""Text of the numbered dossier forms, label by label.

Labels follow Thông tư 03/2025/TT-VPCP (Mẫu số 01 to 07) and, for offices with the older set, Thông tư 01/2018/TT-VPCP
(Mẫu số 01 to 06). Names and addresses of an office come from its settings.
"""

from datetime import date, datetime

from app.models.enums import Handling, ReturnBy, Verdict
from app.wording.numbers import day_in_words, instant_in_words, money

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TRAINING = "MẪU"
BLANK = "." * 28
BLANK_NUMBER = "." * 8
COUNTER_NAME = "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ"
STORED_CODE = "Mã lưu của cơ quan"

_TITLES = {
    "receipt": ("GIẤY TIẾP NHẬN HỒ SƠ", "VÀ HẸN TRẢ KẾT QUẢ"),
    "batch": ("GIẤY TIẾP NHẬN NHIỀU HỒ SƠ", "VÀ HẸN TRẢ KẾT QUẢ"),
    "supplement": ("PHIẾU YÊU CẦU BỔ SUNG,", "HOÀN THIỆN HỒ SƠ"),
    "supplement-receipt": ("GIẤY XÁC NHẬN", "ĐÃ NHẬN GIẤY TỜ BỔ SUNG"),
    "refusal": ("PHIẾU TỪ CHỐI TIẾP NHẬN", "GIẢI QUYẾT HỒ SƠ"),
    "apology": ("VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ", "GIA HẠN THỜI GIAN GIẢI QUYẾT"),
    "stop": ("THÔNG BÁO", "DỪNG GIẢI QUYẾT HỒ SƠ"),
    "control": ("PHIẾU KIỂM SOÁT QUÁ TRÌNH", "GIẢI QUYẾT HỒ SƠ"),
    "register": ("SỔ THEO DÕI", "HỒ SƠ"),
    "handover": ("PHIẾU BÀN GIAO", "HỒ SƠ"),
    "return": ("GIẤY BIÊN NHẬN", "TRẢ KẾT QUẢ"),
    "payment": ("THÔNG BÁO NỘP", "PHÍ, LỆ PHÍ"),
    "fee": ("BIÊN LAI THU", "PHÍ, LỆ PHÍ"),
    "fee-slip": ("PHIẾU THU", "PHÍ, LỆ PHÍ"),
    "cash": ("BẢNG KÊ THU", "PHÍ, LỆ PHÍ"),
}
_TITLES_2018 = {"apology": ("PHIẾU XIN LỖI VÀ HẸN LẠI", "NGÀY TRẢ KẾT QUẢ")}
_CIRCULARS = {"2025": "03/2025/TT-VPCP", "2018": "01/2018/TT-VPCP"}
_FORM_NUMBERS = {
    "2025": {
        "receipt": "01",
        "supplement": "02",
        "refusal": "03",
        "apology": "04",
        "stop": "05",
        "control": "06",
        "register": "07",
    },
    "2018": {
        "receipt": "01",
        "supplement": "02",
        "refusal": "03",
        "apology": "04",
        "control": "05",
        "register": "06",
    },
}

COPY_TO_KEEP = "Liên 1: Lưu"
COPY_TO_SUBMITTER = "Liên 2: Giao người nộp"

NUMBER = "Số"
CODE = "Mã hồ sơ"
_CODES = {"control": "Mã số hồ sơ", "refusal": "", "apology": ""}
CENTRE = "Trung tâm Phục vụ hành chính công/Bộ phận Tiếp nhận và Trả kết quả"
SUBMITTER = "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức"
ID_NUMBER = "Số định danh cá nhân/tổ chức"
ADDRESS = "Địa chỉ"
PHONE = "Số điện thoại"
EMAIL = "Email"
APPLICANT = "Chủ hồ sơ"
CO_APPLICANTS = "Cùng là chủ hồ sơ"
ADVICE = "Lưu ý"
PRINCIPAL = "Người ủy quyền"
AUTHORITY = "Giấy tờ ủy quyền"
PROCEDURE = "Nội dung yêu cầu giải quyết"
PAPERS = "Thành phần hồ sơ nộp gồm"
PAPER_COLUMNS = ("TT", "Thành phần hồ sơ", "Bản chính", "Bản chứng thực/sao", "Hình thức")
QUANTITY = "Số lượng hồ sơ"
TERM = "Thời gian giải quyết hồ sơ theo quy định là"
RECEIVED = "Thời gian nhận hồ sơ"
APPOINTMENT = "Thời gian trả kết quả giải quyết hồ sơ"
RETURN_BY = "Đăng ký nhận kết quả tại"
FEE = "Phí, lệ phí"
EXEMPT = "Miễn"
RELIEF = "Giảm"
PAGES = "Số trang"
COPIES = "Số bản"
NO_FEE = "Không thu"
NO_APPOINTMENT = "Chưa ấn định; cơ quan sẽ thông báo cho Ông (Bà)/Tổ chức khi xác định được thời gian trả kết quả"

SIGN_HINT = "(Ký và ghi rõ họ tên)"
SUBMITTER_SIGNS = "NGƯỜI NỘP HỒ SƠ"
CLERK_SIGNS = "NGƯỜI TIẾP NHẬN HỒ SƠ"
CLERK_DIGITAL = "(Chữ ký số của người tiếp nhận hồ sơ nếu là biểu mẫu điện tử)"

CONTROL_APPLICANT = "Kèm theo hồ sơ của"
CONTROL_PROCEDURE = "Nội dung giải quyết"
SETTLING_UNIT = "Cơ quan (bộ phận) giải quyết hồ sơ"
JOINT_UNIT = "Cơ quan phối hợp giải quyết hồ sơ"
CONTROL_RECEIVED = "Ngày nhận"
CONTROL_APPOINTMENT = "Hẹn trả kết quả vào"
LEG_COLUMNS = (
    "Tên đơn vị",
    "Thời gian giao nhận hồ sơ",
    "Kết quả giải quyết hồ sơ (trước hạn/đúng hạn/quá hạn)",
    "Ghi chú",
)
COUNTER = "Bộ phận TN&TKQ"
LEG_TIME = ("… giờ … phút", "ngày …/…/……")
GIVES = "Giao"
TAKES = "Nhận"
HANDS_OVER = "Người giao"
TAKES_OVER = "Người nhận"
CONTROL_NOTES = (
    "Ghi chú: (a) Bên nhận ghi «Kết quả giải quyết hồ sơ» khi nhận bàn giao; lần bàn giao cuối cùng là về Bộ phận "
    "Tiếp nhận và Trả kết quả.",
    "(b) Trên phiếu điện tử, hệ thống tự ghi lại dấu vết của từng lần giao nhận.",
)

_HANDLINGS = {Handling.SUBMIT: "Nộp", Handling.SHOW: "Xuất trình", Handling.LOOKUP: "Tra cứu CSDL"}
_RETURNS = {
    ReturnBy.COUNTER: "Bộ phận Tiếp nhận và Trả kết quả",
    ReturnBy.POST: "Địa chỉ của người nộp, qua dịch vụ bưu chính công ích",
    ReturnBy.ONLINE: "Cổng Dịch vụ công (bản điện tử)",
}
_VERDICTS = {Verdict.EARLY: "Trước hạn", Verdict.ON_TIME: "Đúng hạn", Verdict.LATE: "Quá hạn"}


def titles(form: str, form_set: str) -> tuple[str, str]:
    """Return the title of a form in its two lines."""
    overrides = _TITLES_2018 if form_set == "2018" else {}
    return overrides.get(form) or _TITLES[form]


def paper_name(form: str, form_set: str) -> str:
    """Return the title of a form in lower case, as in its QR code.

    Example: `Giấy biên nhận trả kết quả`.
    """
    return " ".join(titles(form, form_set)).capitalize()


def code_label(form: str) -> str:
    """Return the label of the dossier code under the title.

    It is empty for a form that has the code among its own lines.
    """
    return _CODES.get(form, CODE)


def form_label(form: str, form_set: str) -> str:
    """Return the form number: `Mẫu số 06 (Thông tư 03/2025/TT-VPCP)`.

    A form that only the newer circular has keeps its number there. A paper without a number has no label.
    """
    circular_set = form_set if form in _FORM_NUMBERS[form_set] else "2025"
    number = _FORM_NUMBERS[circular_set].get(form)
    return f"Mẫu số {number} (Thông tư {_CIRCULARS[circular_set]})" if number else ""


def copy_line(copy: str, reprint: int) -> str:
    """Return the line under the title: which copy, and which reprint."""
    reprint_text = f"In lại lần {reprint}" if reprint else ""
    text = " · ".join(part for part in (copy, reprint_text) if part)
    return f"({text})" if text else ""


def place_and_day(place: str, day: date) -> str:
    """Return the line under the national motto.

    Example: `Kiểm Thử, ngày 12 tháng 02 năm 2026`.
    """
    return f"{place}, {day_in_words(day)}"


def page_line(page: int, pages: int) -> str:
    """Return the footer of a page of a paper with several pages."""
    return f"Trang {page}/{pages}"


def appointment(due_at: datetime | None, note: str) -> str:
    """Return when the result is handed over, or why no time is promised."""
    return instant_in_words(due_at) if due_at else note or NO_APPOINTMENT


def quantity(sets: int) -> str:
    """Return the number of sets of the dossier: `01 (bộ)`."""
    return f"{sets:02d} (bộ)"


def register_line(volume: str, serial: str) -> str:
    """Return the register volume and number of the dossier.

    Missing values are dots to be filled in by hand.
    """
    return f"Vào Sổ theo dõi hồ sơ, Quyển số: {volume or '.' * 10}  Số thứ tự: {serial or '.' * 10}"


def fee(amount: int) -> str:
    """Return the fee as printed."""
    return money(amount) if amount else NO_FEE


def handling(code: str) -> str:
    """Return the treatment (hình thức) of one paper."""
    return _HANDLINGS[Handling(code)]


def return_by(code: str) -> str:
    """Return where the citizen wants the result."""
    return _RETURNS[ReturnBy(code)]


def verdict(code: str) -> str:
    """Return early, on time or late as entered by the receiving side.

    It is empty before that.
    """
    return _VERDICTS[Verdict(code)] if code else ""


def paper_counts(handled: str, originals: int, copies: int) -> str:
    """Return the counts of one paper on the narrow roll.

    Example: `Nộp: 1 bản chính, 2 bản sao`.
    """
    counts = [f"{number} {kind}" for number, kind in ((originals, "bản chính"), (copies, "bản sao")) if number]
    return f"{handled}: {', '.join(counts)}" if counts else handled
