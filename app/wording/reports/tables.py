"""Titles, headings and definitions of the managerial reports."""

from collections.abc import Mapping
from datetime import datetime

HEADINGS: Mapping[str, str] = {
    "code": "Mã hồ sơ",
    "applicant": "Chủ hồ sơ",
    "procedure": "Mã thủ tục",
    "name": "Thủ tục hành chính",
    "field": "Lĩnh vực",
    "holder": "Người, bộ phận giải quyết",
    "received_day": "Ngày nhận",
    "due_day": "Hẹn trả",
    "closed_day": "Ngày xong",
    "days_late": "Trễ (ngày làm việc)",
    "days_left": "Còn (ngày làm việc)",
    "apology": "Xin lỗi",
    "reason": "Nguyên nhân quá hạn",
    "late": "Tổng số quá hạn",
    "resolved_late": "Đã giải quyết quá hạn",
    "pending_late": "Đang giải quyết quá hạn",
    "apologised": "Đã có văn bản xin lỗi",
    "share": "Tỷ lệ",
    "received": "Tiếp nhận (cả kỳ trước)",
    "new": "Mới nhận",
    "resolved": "Đã giải quyết",
    "resolved_early": "Trước hạn",
    "resolved_on_time": "Đúng hạn",
    "pending": "Đang giải quyết",
    "on_time_share": "Tỷ lệ đúng hạn",
    "rated": "Lượt đánh giá",
    "score": "Điểm 1+2+3+4+7",
    "due_this_week": "Đến hạn trong tuần",
    "working": "Đang xử lý",
    "now_late": "Nay quá hạn",
    "due_today": "Đến hạn hôm nay",
    "waiting_papers": "Chờ bổ sung",
    "waiting_payment": "Chờ nộp tiền",
    "to_return": "Chờ trả kết quả",
    "dossiers": "Số hồ sơ",
    "limit_days": "Thời hạn (ngày làm việc)",
    "median_days": "Trung vị thực tế",
    "p90_days": "Bách phân vị 90 thực tế",
    "used_share": "Trung vị so với thời hạn",
    "proposed_days": "Đề xuất còn",
    "saved_days": "Cắt giảm (ngày)",
    "saved_share": "Tỷ lệ cắt giảm",
    "group": "Tháng",
    "received_online": "Trực tuyến",
    "same_day": "Xong trong ngày",
    "digitised": "Có thành phần điện tử",
    "postal": "Qua bưu chính",
    "paid": "Có thu tiền",
    "paid_online": "Thanh toán không tiền mặt",
    "in_force": "Đang có hiệu lực",
    "published": "Đang công khai",
    "changed": "Sửa đổi trong kỳ",
    "superseded": "Thay thế, bãi bỏ trong kỳ",
    "with_dossiers": "Có hồ sơ trong kỳ",
    "without_dossiers": "Không có hồ sơ",
    "kind": "Loại việc",
    "quantity": "Số lượng (bản, việc)",
    "pages": "Số trang",
    "without_pages": "Hồ sơ chưa ghi số trang",
    "copies": "Bản sao (bản)",
    "signatures": "Chữ ký (việc)",
    "contracts": "Hợp đồng (việc)",
    "other": "Việc khác",
    "nearly_late": "Sắp quá hạn",
    "fee": "Lệ phí đã thu",
    "average": "Điểm bình quân",
}
DEFINITIONS: Mapping[str, str] = {
    "days_late": "số ngày làm việc từ sau ngày hẹn trả ban đầu đến ngày xong, hoặc đến cuối kỳ (hôm nay, nếu sớm hơn).",
    "on_time_share": "(trước hạn + đúng hạn) ÷ đã giải quyết, cắt ở hai chữ số, không làm tròn lên.",
    "share": "số hồ sơ của nguyên nhân ÷ tổng số hồ sơ quá hạn, cắt ở hai chữ số, không làm tròn lên.",
    "median_days": "giữa dãy số ngày làm việc từ ngày nhận đến ngày xong; không tính hồ sơ có bổ sung hoặc thu hồi kết quả.",
    "p90_days": "số ngày làm việc mà chín phần mười hồ sơ đã xong.",
    "used_share": "trung vị ÷ thời hạn, cắt ở hai chữ số.",
    "saved_share": "số ngày cắt giảm ÷ thời hạn hiện nay, cắt ở hai chữ số.",
    "digitised": "hồ sơ nộp trực tuyến, hoặc có giấy tờ được tra cứu trong cơ sở dữ liệu thay cho bản giấy.",
    "postal": "hồ sơ nộp hoặc đăng ký nhận kết quả qua dịch vụ bưu chính.",
    "same_day": "hồ sơ có kết quả ngay trong ngày tiếp nhận.",
    "paid_online": "hồ sơ đã nộp tiền bằng chuyển khoản, mã QR hoặc thẻ.",
    "quantity": "tổng số lượng ghi trên hồ sơ đã giải quyết trong kỳ.",
    "pages": "số trang của bản chính × số lượng, cộng mọi hồ sơ có ghi số trang.",
}
PAYMENTS, AMOUNT, RECEIPTS = "Số khoản", "Số tiền", "Số biên lai"
FEEDBACK_COLUMNS: Mapping[str, str] = {
    "feedback": "Số phản ánh, kiến nghị",
    "answered": "Đã trả lời",
    "pending": "Chưa trả lời",
    "late": "Quá hạn",
}
NO_DOSSIER = "Không gắn với hồ sơ"
NO_REASON = "Chưa ghi nguyên nhân"
TOTAL = "Tổng số"
PREVIOUS, LAST_YEAR, THIS_PERIOD = "Kỳ trước", "Cùng kỳ năm trước", "Kỳ này"
PERIOD = "Kỳ báo cáo"
COMPARISON = "So với kỳ trước và cùng kỳ năm trước"
RESOLVED, OPEN = "Đã xong", "Đang giải quyết"
APOLOGISED, NOT_APOLOGISED = "Đã xin lỗi", "Chưa"
TITLES: Mapping[str, str] = {
    "overdue": "HỒ SƠ QUÁ HẠN VÀ SẮP QUÁ HẠN",
    "reasons": "NGUYÊN NHÂN HỒ SƠ QUÁ HẠN",
    "07b": (
        "NGUYÊN NHÂN QUÁ HẠN ĐỐI VỚI CÁC TRƯỜNG HỢP TỒN ĐỌNG TRONG GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH "
        "TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI QUYẾT"
    ),
    "officers": "KẾT QUẢ GIẢI QUYẾT HỒ SƠ THEO NGƯỜI, BỘ PHẬN",
    "weekly": "BÁO CÁO GIAO BAN TUẦN VỀ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
    "trim": "RÀ SOÁT THỜI GIAN GIẢI QUYẾT THỰC TẾ SO VỚI THỜI HẠN",
    "shares": "TỶ LỆ HỒ SƠ TRỰC TUYẾN, XONG TRONG NGÀY, ĐIỆN TỬ, BƯU CHÍNH, THANH TOÁN KHÔNG TIỀN MẶT",
    "procedures": "DANH MỤC THỦ TỤC HÀNH CHÍNH VÀ VIỆC CÔNG KHAI",
    "certified": "KẾT QUẢ CHỨNG THỰC CỦA ỦY BAN NHÂN DÂN CẤP XÃ",
}
FORMS: Mapping[str, str] = {"07b": "Biểu số II.07b/VPCP/KSTT", "certified": "Số liệu cho Biểu số 17a/BTP/CN/TP"}
NEARLY_LATE = "Sắp quá hạn: đến hạn trong ba ngày tới"
WAITING = "Việc đang ở đâu, chờ ai (lúc lập báo cáo)"
BY_HOLDER = "Kết quả trong kỳ theo người, bộ phận"
PROPOSALS = "Đề xuất cắt giảm thời hạn giải quyết"
UNUSED = "Thủ tục không phát sinh hồ sơ trong kỳ"
BY_PROCEDURE, BY_GROUP = "Theo thủ tục", "Theo nhóm"
PROPOSAL_RULE = (
    "Đề xuất khi có từ 5 hồ sơ và chín phần mười hồ sơ xong sớm hơn thời hạn ít nhất một ngày làm việc; "
    "thời hạn đề xuất là bách phân vị 90. Cơ quan xem xét trước khi trình."
)
NO_PROPOSALS = "Chưa đủ căn cứ để đề xuất cắt giảm thủ tục nào trong kỳ."
ALL_USED = "Mọi thủ tục đều phát sinh hồ sơ trong kỳ."
COPIES, SIGNATURES, CONTRACTS, OTHER_CERTIFIED = (
    "Chứng thực bản sao từ bản chính (bản)",
    "Chứng thực chữ ký trong giấy tờ, văn bản, chữ ký người dịch (việc)",
    "Chứng thực hợp đồng, giao dịch, di chúc, văn bản về di sản (việc)",
    "Việc khác trong lĩnh vực chứng thực",
)
SHARE_NAMES: Mapping[str, str] = {
    "received_online": "Tỷ lệ hồ sơ trực tuyến",
    "same_day": "Tỷ lệ hồ sơ xong trong ngày",
    "digitised": "Tỷ lệ hồ sơ có thành phần điện tử",
    "postal": "Tỷ lệ hồ sơ qua bưu chính",
    "paid_online": "Tỷ lệ thanh toán không tiền mặt",
}


def known_until(instant: datetime) -> str:
    """Return the note of a report of a past instant."""
    return f"Số liệu tính theo những việc đã nhập vào phần mềm đến {instant:%H giờ %M ngày %d/%m/%Y}."


def escalation_title(days: int) -> str:
    """Return the heading of the list for the head of office."""
    return f"Trình thủ trưởng: hồ sơ đang giải quyết trễ quá {days} ngày làm việc"


def share_definition(part_name: str, part: int, whole_name: str, whole: int) -> str:
    """Return the definition of a share with its counts."""
    return f"{part_name} ÷ {whole_name.lower()} = {part} ÷ {whole}"


def without_pages(dossiers: int) -> str:
    """Return the note on dossiers without a number of pages."""
    return (
        f"{dossiers} hồ sơ chưa ghi số trang nên cột số trang chưa gồm các hồ sơ này. "
        "Ghi số trang khi tiếp nhận, hoặc sửa hồ sơ (mục số trang)."
    )
