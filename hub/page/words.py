"""Vietnamese words of the pages."""

from collections.abc import Mapping
from datetime import date, datetime

from hub.page.site import VIET_NAM

STATUS: Mapping[str, str] = {
    "received": "Đã tiếp nhận",
    "processing": "Đang xử lý",
    "supplement_asked": "Chờ bổ sung",
    "payment_due": "Chờ nộp phí",
    "finished": "Đã xong, chờ trả",
    "returned": "Đã trả kết quả",
    "refused": "Từ chối",
    "stopped": "Dừng",
    "withdrawn": "Rút",
    "closed": "Đóng, hết hạn bổ sung",
    "void": "Đã hủy",
}
RECORD_TYPE: Mapping[str, str] = {
    "dossier": "hồ sơ",
    "progress": "tiến độ",
    "void": "hủy",
    "kept": "lưu tại cơ quan",
}
ROLE: Mapping[str, str] = {"reader": "Người xem", "registrar": "Người ghi danh", "administrator": "Quản trị"}
ACT: Mapping[str, str] = {
    "init": "lập nơi nhận",
    "enrol": "ghi danh",
    "block": "khóa nơi gửi",
    "settle": "quyết định nhánh tách",
    "publish": "phát hành gói",
    "users add": "thêm tài khoản",
    "users reset": "đặt lại tài khoản",
    "users disable": "ngừng tài khoản",
}
PACKAGE_KIND: Mapping[str, str] = {
    "catalogue": "Danh mục thủ tục",
    "calendar": "Lịch làm việc",
    "law": "Gói pháp luật",
    "notice": "Thông báo",
    "states": "Trạng thái trên Cổng",
}
COLUMNS: Mapping[str, str] = {
    "received": "Tiếp nhận",
    "received_online": "Trực tuyến",
    "received_direct_post": "Trực tiếp, bưu chính",
    "carried_over": "Kỳ trước chuyển",
    "resolved": "Đã giải quyết",
    "resolved_early": "Trước hạn",
    "resolved_on_time": "Đúng hạn",
    "resolved_late": "Quá hạn",
    "pending": "Đang giải quyết",
    "pending_in_time": "Trong hạn",
    "pending_late": "Đang quá hạn",
    "withdrawn": "Dừng, rút",
    "returned_unresolved": "Trả lại, từ chối",
}
SILENT_AFTER, ALARM_AFTER = 3, 7
"""Days without a file until an office is marked."""


_DAY_LENGTH = len("YYYY-MM-DD")


def moment(value: datetime | None) -> str:
    """Return an instant as `09:12 11/03/2026`, or a dash."""
    return "–" if value is None else f"{value.astimezone(VIET_NAM):%H:%M %d/%m/%Y}"


def moment_text(text: str | None) -> str:
    """Return a day or an instant of a manifest as the pages show it."""
    if not text:
        return "–"
    return day(date.fromisoformat(text)) if len(text) == _DAY_LENGTH else moment(datetime.fromisoformat(text))


def day(value: date | None) -> str:
    """Return a day as `11/03/2026`, or a dash."""
    return "–" if value is None else f"{value:%d/%m/%Y}"


def count(value: int) -> str:
    """Return a number with dots: `1.480`."""
    return f"{value:,}".replace(",", ".")


def silence(last: datetime | None, now: datetime) -> tuple[str, str]:
    """Return how long an office has sent nothing, and the level.

    The level is `done`, `look` or `mend`.
    """
    if last is None:
        return "chưa gửi lần nào", "mend"
    days, hours = (now - last).days, int((now - last).total_seconds() // 3600)
    if days:
        level = "mend" if days >= ALARM_AFTER else "look" if days >= SILENT_AFTER else "done"
        return f"{days} ngày chưa có tệp", level
    return f"{hours} giờ trước" if hours > 0 else "trong giờ qua", "done"
