"""Words of the import of a register: columns, reasons of refused rows."""

from app.models.errors import Refusal
from app.wording.refusals import error_sentence

_COLUMNS = {
    "code": "Mã hồ sơ riêng",
    "number": "Số thứ tự",
    "person": "Họ tên và địa chỉ",
    "contact": "Địa chỉ và điện thoại",
    "applicant": "Chủ hồ sơ",
    "submitter": "Người nộp",
    "id_number": "Số giấy tờ",
    "birth": "Ngày sinh",
    "gender": "Giới tính",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
    "address": "Địa chỉ",
    "procedure_code": "Mã thủ tục",
    "procedure": "Thủ tục",
    "field": "Lĩnh vực",
    "received": "Ngày nhận",
    "due": "Ngày hẹn trả",
    "finished": "Ngày có kết quả",
    "returned": "Ngày trả",
    "receiver": "Người nhận kết quả",
    "channel": "Hình thức nộp",
    "return_by": "Hình thức trả",
    "quantity": "Số lượng",
    "fee": "Phí, lệ phí",
    "status": "Tình trạng",
    "holder": "Người giải quyết",
    "note": "Ghi chú",
}


def column_label(column: str | None) -> str:
    """Return the name of a column of the register; «Không dùng» for none."""
    return "Không dùng" if column is None else _COLUMNS.get(column, column)


def column_choices() -> tuple[tuple[str, str], ...]:
    """Return the columns to choose from, «Không dùng» first."""
    return (("", column_label(None)), *_COLUMNS.items())


def refusal_reason(refusal: Refusal) -> str:
    """Return why a row is refused, with the column's name in words."""
    values = {
        key: column_label(str(value)) if key in ("column", "first", "second") else value
        for key, value in refusal.values.items()
    }
    return error_sentence(Refusal(refusal.code, refusal.field, **values))
