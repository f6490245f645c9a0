"""Sentences of refusals about files of the receiver: answers and packages."""

from collections.abc import Mapping

SYNC_REFUSALS: Mapping[str, str] = {
    "bundle_not_zip": "Tệp này không phải tệp của nơi nhận (.mcack, .mcdown). Chọn đúng tệp.",
    "bundle_incomplete": "Tệp bị cụt, chưa chép hết. Chép lại hoặc tải lại tệp; chưa có gì thay đổi.",
    "bundle_layout": "Tệp đã bị nén hay đóng gói lại. Lấy nguyên tệp nơi nhận gửi; chưa có gì thay đổi.",
    "bundle_members": "Tệp thừa hoặc thiếu phần «{name}». Lấy lại tệp ở nơi nhận; chưa có gì thay đổi.",
    "bundle_damaged": "Tệp bị hỏng ở phần «{name}». Chép lại hoặc tải lại tệp; chưa có gì thay đổi.",
    "bundle_format": "Tệp này là loại «{found}», không phải «{expected}». Chọn đúng tệp.",
    "bundle_signature": "Chữ ký của tệp không đúng: tệp đã bị sửa. Lấy lại tệp ở nơi nhận; chưa có gì thay đổi.",
    "package_old": "Gói số {number} cũ hơn gói cùng loại đã dùng (số {last}). Không dùng gói cũ sau gói mới; lấy gói mới nhất.",
    "package_expired": "Gói số {number} đã hết hạn ngày {day}. Hỏi nơi nhận gói mới.",
    "package_other_office": "Gói số {number} gửi cho cơ quan {agency}, không phải cơ quan này ({own}). Không dùng được ở đây.",
    "package_text": "Nội dung của gói số {number} không đọc được. Báo nơi nhận gửi lại; chưa có gì thay đổi.",
    "package_unknown": "Không có gói số {number} của nơi nhận ở máy này.",
    "state_row": "Dòng {row} của danh sách trạng thái thiếu mã hồ sơ, trạng thái 1–10 hoặc thời điểm.",
}
