"""Text about users: rights, access log, roles."""

from collections.abc import Mapping

from app.models.enums import AccessKind, Right, Role
from app.wording.status import role_name

_RIGHT: Mapping[Right, str] = {
    Right.ASK_STATUS: "quét mã, hỏi tình trạng hồ sơ",
    Right.ASK_OFFICE: "xem thủ tục, lịch, cách tính ngày hẹn, tình trạng dữ liệu",
    Right.READ_LISTS: "tra cứu, xem danh sách và sổ",
    Right.OPEN_SHEET: "mở hồ sơ có đủ họ tên và số",
    Right.FIND_PEOPLE: "tìm người đã từng đến",
    Right.READ_FIGURES: "xem báo cáo và tình trạng gửi",
    Right.SERVE_CITIZEN: "phát số thứ tự, ghi đánh giá",
    Right.TAKE_IN: "tiếp nhận, từ chối tại quầy",
    Right.MOVE: "chuyển, nhận, thu hồi hồ sơ",
    Right.ASK_SUPPLEMENT: "yêu cầu bổ sung",
    Right.SUPPLEMENT: "nhận bổ sung",
    Right.REFUSE: "từ chối giải quyết",
    Right.STOP: "dừng, rút, đóng hồ sơ",
    Right.APOLOGISE: "xin lỗi và hẹn lại",
    Right.FINISH: "ghi có kết quả",
    Right.RETURN: "trả kết quả",
    Right.AMEND: "đính chính",
    Right.PAY: "thu phí, lệ phí",
    Right.VOID: "hủy hồ sơ nhận nhầm (hai người)",
    Right.UNDO: "hoàn tác việc vừa ghi (và quyền của việc ấy)",
    Right.PRINT: "in giấy tờ",
    Right.SEND_UP: "lập tệp gửi đi",
    Right.BACK_UP: "sao lưu",
    Right.RESTORE: "phục hồi (hai người)",
    Right.CONFIRM_CLOCK: "xác nhận ngày của máy (hai người)",
    Right.VOUCH: "làm người thứ hai",
    Right.EDIT_OFFICE: "sửa danh mục và lịch",
    Right.SEE_USERS: "xem danh sách người dùng",
    Right.EDIT_USERS: "thêm, ngừng, đặt lại người dùng",
    Right.READ_TRAIL: "xem nhật ký truy cập",
    Right.FEEDBACK: "ghi và trả lời phản ánh, kiến nghị",
    Right.EDIT_KEYS: "đổi khóa dữ liệu, lập khóa phục hồi",
    Right.EXPORT_PEOPLE: "xuất mẫu quốc gia có họ tên, số giấy tờ",
    Right.EDIT_REPORTS: "viết lời báo cáo, danh sách nguyên nhân, chỉ tiêu",
}
_ACCESSED: Mapping[AccessKind, str] = {
    AccessKind.SIGNED_IN: "đăng nhập",
    AccessKind.WRONG_SECRET: "sai mật khẩu",
    AccessKind.SECRET_SET: "đặt mật khẩu",
    AccessKind.PEOPLE_CHANGED: "sửa người dùng",
    AccessKind.SHEET_OPENED: "mở hồ sơ",
    AccessKind.RECOVERED: "đặt lại bằng khóa",
    AccessKind.RESTORED: "phục hồi dữ liệu",
    AccessKind.DAY_CONFIRMED: "xác nhận ngày",
    AccessKind.NUMBERS_REPAIRED: "sửa bộ đếm số",
    AccessKind.REBUILD_OPENED: "mở dựng lại sổ",
    AccessKind.KEYS_VOUCHED: "đổi khóa dữ liệu",
    AccessKind.OFFICE_FILE_CHANGED: "tệp cơ quan đã sửa",
    AccessKind.PEOPLE_EXPORTED: "xuất mẫu quốc gia",
    AccessKind.RECEIVER_JOINED: "nhận thẻ nơi nhận",
    AccessKind.OFFICE_SEALED: "nhận cơ quan cũ",
    AccessKind.KEYS_REPAIRED: "sửa lại tệp khóa",
    AccessKind.LAW_ISSUER_CONFIRMED: "tin nơi ban hành",
    AccessKind.LAW_APPLIED: "áp dụng gói luật",
    AccessKind.LAW_REVERTED: "bỏ gói luật",
}
_PLACE = {"window": "cửa sổ", "command": "lệnh"}


def right_name(right: Right) -> str:
    """Return the name of a right, such as «trả kết quả»."""
    return _RIGHT[Right(right)]


def accessed_name(kind: AccessKind) -> str:
    """Return the name of an access log entry, such as «mở hồ sơ»."""
    return _ACCESSED[AccessKind(kind)]


def place_name(place: str) -> str:
    """Return where an access came from: the window or a command."""
    return _PLACE.get(place, place)


def roles_text(roles: str) -> str:
    """Return the names of roles, from codes separated by commas."""
    return ", ".join(role_name(Role(role)).lower() for role in roles.split(",") if role)


def wait_text(seconds: int) -> str:
    """Return a waiting time: «15 giây», «2 phút», «1 phút 30 giây»."""
    minutes, rest = divmod(seconds, 60)
    parts = [f"{minutes} phút"] if minutes else []
    return " ".join([*parts, f"{rest} giây"] if rest or not minutes else parts)
