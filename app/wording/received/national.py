"""Reasons why a dossier is not in the national form."""

from collections.abc import Sequence

_FIELDS = {
    "ChuHoSo": "họ tên chủ hồ sơ",
    "SoGiayToChuHoSo": "số giấy tờ của chủ hồ sơ",
    "TenLinhVuc": "lĩnh vực",
    "TenTTHC": "tên thủ tục",
    "TrangThaiHoSo": "trạng thái",
}


def void_reason() -> str:
    """Return the reason of a void dossier."""
    return "Hồ sơ đã hủy vì nhận nhầm, không có trạng thái trên Cổng. Nếu Cổng đã có mã này, báo nơi nhận gỡ bỏ."


def missing_fields_reason(fields: Sequence[str]) -> str:
    """Return the reason of a dossier without a mandatory field."""
    words = ", ".join(_FIELDS.get(name, name) for name in fields)
    return f"Còn thiếu {words}. Đính chính hồ sơ rồi xuất lại; không ghi số tạm."
