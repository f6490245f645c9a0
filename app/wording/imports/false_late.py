"""Words of the answer to a list of late dossiers: table, reasons, letter."""

from collections.abc import Mapping
from datetime import date, datetime

from app.models.instants import local

TITLE = "GIẢI TRÌNH DANH SÁCH HỒ SƠ BỊ BÁO QUÁ HẠN"
TAB = "Giải trình"
CODE, OWN_CODE, PROCEDURE = "Mã trong danh sách", "Mã tại đơn vị", "Thủ tục"
DUE_THERE, DUE_HERE = "Hạn theo danh sách", "Hẹn trả tại đơn vị"
AT, ENTERED_AT = "Việc tại đơn vị lúc", "Nhập vào máy lúc"
VERDICT_HEAD, COUNT_HEAD, REASON = "Kết luận", "Số hồ sơ", "Giải trình"
VERDICTS = {
    "late": "Quá hạn thật",
    "lag": "Đồng bộ chậm",
    "status_missing": "Thiếu trạng thái",
    "unknown": "Không có tại đơn vị",
}
_REASONS = {
    "unknown": "Không có mã này trong sổ của đơn vị. Đề nghị kiểm tra lại mã, nơi tiếp nhận.",
    "late_done": "Có kết quả lúc {at}, sau hạn {due}.",
    "late_open": "Chưa có kết quả, đã quá hạn {due}.",
    "done": "Đã có kết quả tại đơn vị lúc {at}, trước hạn hoặc đúng hạn {due}; hệ thống chưa nhận được.",
    "due_differs": "Đã có kết quả lúc {at}, trong hạn đã hẹn với công dân ({due}). Hạn ghi trong danh sách ({there}) không phải hạn ấy.",
    "due_changed": "Hạn đã tính lại (bổ sung hồ sơ lúc {at}): hẹn trả mới {due}, đã xong đúng hạn. Danh sách còn ghi {there}.",
    "ended_stopped": "Đã dừng giải quyết theo đề nghị của công dân lúc {at}.",
    "ended_withdrawn": "Công dân đã xin rút hồ sơ lúc {at}.",
    "ended_refused": "Đã trả lại hồ sơ, có thông báo từ chối, lúc {at}.",
    "ended_closed": "Đã đóng hồ sơ vì công dân không bổ sung, lúc {at}.",
    "ended_void": "Đã hủy trong ngày vì nhập nhầm, lúc {at}.",
    "waits_supplement_asked": "Đang chờ công dân bổ sung từ {at}, thời hạn tạm dừng.",
    "waits_payment_due": "Đang chờ công dân nộp phí, lệ phí từ {at}, thời hạn tạm dừng.",
    "not_due": "Đang giải quyết, chưa đến hạn {due}.",
    "no_due": "Đang giải quyết, thủ tục không có hạn trả.",
}


def reason(code: str, at: datetime | None, due: datetime | None, there: date | None) -> str:
    """Return the explanation of a line."""
    return _REASONS[code].format(
        at=_instant(at), due=_instant(due), there="–" if there is None else f"{there:%d/%m/%Y}"
    )


def _instant(instant: datetime | None) -> str:
    return "–" if instant is None else f"{local(instant):%H:%M ngày %d/%m/%Y}"


def subtitle(name: str, day: date) -> str:
    """Return the line below the title."""
    return f"(Theo danh sách «{name}», đối chiếu với nhật ký xử lý đến ngày {day:%d/%m/%Y})"


NUMBER = "……/UBND"
"""Number of the letter, which the office's clerk fills in."""


def letter(parent: str, office: str, name: str, numbers: Mapping[str, int]) -> tuple[str, ...]:
    """Return the paragraphs of the letter above the table."""
    rows = sum(numbers.values())
    return (
        f"Kính gửi: {parent}.",
        f"{office} đã đối chiếu từng dòng của danh sách «{name}» ({rows} hồ sơ) với nhật ký xử lý của đơn vị. Nhật ký ghi "
        "giờ của từng việc, giờ nhập vào máy, và không sửa được về sau.",
        f"Kết quả: {numbers['late']} hồ sơ quá hạn thật; {numbers['lag']} hồ sơ đã có kết quả đúng hạn nhưng hệ thống chưa "
        f"nhận được; {numbers['status_missing']} hồ sơ có trạng thái (chờ bổ sung, xin rút, dừng, hạn tính lại) mà hệ "
        f"thống chưa thể hiện; {numbers['unknown']} hồ sơ không có tại đơn vị.",
        f"Đề nghị cập nhật lại {numbers['lag'] + numbers['status_missing']} hồ sơ theo bảng dưới đây và không tính là quá "
        "hạn. Với hồ sơ quá hạn thật, đơn vị đã và sẽ thực hiện xin lỗi theo quy định.",
    )


def recipients(parent: str) -> tuple[str, ...]:
    """Return the lines of «Nơi nhận»."""
    return ("Như trên;" if parent else "Cơ quan lập danh sách;", "Lưu: VT.")
