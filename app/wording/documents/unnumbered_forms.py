"""Text of the unnumbered forms: hand-over, receipts, register."""

from datetime import date, datetime

from app.models.enums import ReturnBy, Status
from app.wording.numbers import day_in_words, instant_in_figures, money, money_in_words
from app.wording.status import status_name

HANDOVER_FROM = "Bên giao"
HANDOVER_TO = "Bên nhận"
HANDOVER_AT = "Thời gian bàn giao"
HANDOVER_CODE = "Mã hồ sơ"
HANDOVER_PROCEDURE = "Nội dung giải quyết thủ tục hành chính"
HANDOVER_RESULT = "Kết quả"
HANDOVER_APPLICANT = "Họ tên chủ hồ sơ"
ADDRESS = "Địa chỉ"
FEE = "Phí, lệ phí"
POST = "Đăng ký trả kết quả qua bưu điện"
HANDOVER_COPIES = "Phiếu lập thành 02 bản, mỗi bên giữ 01 bản."
HANDOVER_COLUMNS = (
    "TT",
    HANDOVER_CODE,
    HANDOVER_PROCEDURE,
    HANDOVER_RESULT,
    HANDOVER_APPLICANT,
    ADDRESS,
    "Phí, lệ phí (X là có)",
    "Trả kết quả qua bưu điện (X là có)",
)
MARKED = "X"
GIVER_SIGNS = "NGƯỜI GIAO"
TAKER_SIGNS = "NGƯỜI NHẬN"

PROCEDURE = "Tên thủ tục hành chính"
APPLICANT = "Chủ hồ sơ"
RESULT_GIVER = "Người trả kết quả"
RESULT_TAKER = "Người nhận kết quả"
PHONE = "Điện thoại"
AUTHORITY = "Giấy tờ ủy quyền (nếu nhận thay)"
RESULTS = "Thành phần trả"
RESULT_COLUMNS = ("Loại kết quả", "Số", "Trích yếu")
RETURNED_AT = "Ngày trả kết quả"
WAY = "Hình thức trả"
AT_COUNTER = "Tại Bộ phận Tiếp nhận và Trả kết quả"
BY_POST = "Qua dịch vụ bưu chính công ích"
PARCEL = "Số hiệu bưu gửi"
RESULT_GIVER_SIGNS = "NGƯỜI TRẢ KẾT QUẢ"
RESULT_TAKER_SIGNS = "NGƯỜI NHẬN KẾT QUẢ"
BY_POST_SIGNS = "NHÂN VIÊN BƯU CHÍNH"

NOTICE_TO = "Kính gửi Ông (Bà)/Tổ chức"
AMOUNT_ASKED = "Số tiền phải nộp"
ASKED_FOR = "Khoản phải nộp, lý do"
PAY_UNTIL = "Nộp chậm nhất"
NO_LAST_DAY = "chưa ấn định ngày"
PAY_WHERE = "Nộp tại Bộ phận Tiếp nhận và Trả kết quả; khi nộp mang theo thông báo này."
NOTICE_SIGNS = "NGƯỜI THÔNG BÁO"

TAX_CODE = "Mã số thuế của tổ chức thu"
METHOD = "Hình thức thanh toán"
RELIEF = "Miễn, giảm"
E_RECEIPT = "Biên lai điện tử"
NO_E_RECEIPT = "chưa lập"
NO_RECEIPT = "Phiếu này ghi nhận số tiền đã thu, không phải là biên lai. Biên lai điện tử do cơ quan thu lập và gửi cho người nộp."
TRANSFER = "Chuyển khoản phần còn phải nộp: mở ứng dụng ngân hàng và quét mã VietQR này."

BOOK = "Quyển số"
NUMBER = "Số biên lai"
PAYER = "Người nộp tiền"
PAID_FOR = "Nội dung thu"
TO_PAY = "Số tiền phải nộp"
UNKNOWN = "chưa xác định"
PAID_NOW = "Số tiền thu lần này"
IN_WORDS = "Viết bằng chữ"
PAID_SO_FAR = "Tổng số tiền đã nộp"
STILL_TO_PAY = "Còn phải nộp"
PAID_IN_FULL = "Đã nộp đủ"
PAID_AT = "Thời gian thu"
PAYER_SIGNS = "NGƯỜI NỘP TIỀN"
CASHIER_SIGNS = "NGƯỜI THU TIỀN"

BLANK_APPLICANT = "Chủ hồ sơ (nếu là người khác)"
BLANK_ID_NUMBER = "Số định danh"
BLANK_RECEIVED = "Tiếp nhận lúc ……… giờ ……… phút, ngày ……… tháng ……… năm …………"
BLANK_APPOINTMENT = "Hẹn trả lúc ……… giờ ……… phút, ngày ……… tháng ……… năm …………"
BLANK_RETURN_BY = "Nhận kết quả:   ☐ tại quầy     ☐ qua bưu chính     ☐ trực tuyến"
BLANK_NOTE = "Giấy in sẵn dùng khi mất điện. Khi có điện, nhập hồ sơ vào máy bằng cách quét mã trên liên 1."

REGISTER_COLUMNS = (
    "STT",
    "Mã hồ sơ",
    "Tên thủ tục hành chính",
    "Tên tổ chức, cá nhân",
    "Địa chỉ/Số điện thoại",
    "Cơ quan chủ trì giải quyết",
    "Nhận hồ sơ",
    "Hẹn trả kết quả",
    "Trả kết quả",
    "Phương thức nhận kết quả",
    "Ký nhận",
)
REGISTER_GROUP = "Nhận và trả kết quả"
NO_DOSSIERS = "Không tiếp nhận hồ sơ nào trong thời gian này."
_WAYS = {ReturnBy.COUNTER: "Trực tiếp", ReturnBy.POST: "Bưu chính", ReturnBy.ONLINE: "Trực tuyến"}


def yes_no(yes: bool) -> str:
    """Return «Có» or «Không»."""
    return "Có" if yes else "Không"


def result_name(outcome: str | None) -> str:
    """Return the outcome of a dossier on a hand-over list."""
    if outcome is None:
        return "Đang giải quyết"
    return "Có kết quả giải quyết" if outcome == Status.FINISHED else status_name(Status(outcome))


def returned_item(outcome: str | None) -> str:
    """Return what the citizen receives at the end."""
    if outcome == Status.REFUSED:
        return "Thông báo từ chối giải quyết hồ sơ"
    if outcome in (None, Status.FINISHED):
        return "Kết quả giải quyết thủ tục hành chính"
    return f"Giấy tờ đã nộp ({status_name(Status(outcome)).lower()})"


def count_line(dossiers: int) -> str:
    """Return the line of a list's QR code that replaces the dossier code."""
    return f"Số hồ sơ: {dossiers}"


def list_total(dossiers: int) -> str:
    """Return the last line of a list.

    Example: `Tổng số: 12 hồ sơ.`
    """
    return f"Tổng số: {dossiers} hồ sơ."


def in_words(amount: int) -> str:
    """Return the amount in words, with a capital."""
    words = money_in_words(amount)
    return words[0].upper() + words[1:]


def still_to_pay(due: int | None, paid: int) -> str:
    """Return the remaining fee, or that the fee is unknown."""
    if due is None:
        return UNKNOWN
    return money(due - paid) if paid < due else PAID_IN_FULL


def term_pauses(phone: str) -> str:
    """Return the effect of the request on the term, and whom to ask."""
    contact = f" Có vướng mắc, liên hệ số điện thoại {phone}." if phone else ""
    return (
        f"Thời gian chờ nộp tiền không tính vào thời hạn giải quyết; hồ sơ được giải quyết tiếp sau khi nộp.{contact}"
    )


def register_period(first: date, last: date) -> str:
    """Return the days of a printed register."""
    return f"(Từ {day_in_words(first)} đến {day_in_words(last)})"


def register_block(field: str, volume: str, dossiers: int) -> str:
    """Return the line above the table of one field."""
    return f"Lĩnh vực: {field} · Quyển số: {volume} · {dossiers} hồ sơ"


def in_figures(instant: str | None) -> tuple[str, ...]:
    """Return time and day for a narrow column, empty without an instant."""
    return tuple(instant_in_figures(datetime.fromisoformat(instant)).split()) if instant else ("",)


def return_method(return_by: str) -> str:
    """Return the phương thức nhận kết quả of the register."""
    return _WAYS[ReturnBy(return_by)]


def register_days(first: date, last: date) -> str:
    """Return the line of a register's QR code with its days."""
    return f"Từ ngày đến ngày: {first:%d/%m/%Y} - {last:%d/%m/%Y}"
