"""Words of the preview of a catalogue import."""

from datetime import date

TITLE = "DANH MỤC THỦ TỤC: MỚI, THAY ĐỔI, BÃI BỎ"
CHANGES, REFUSED = "Thay đổi", "Dòng bị bỏ"
NEW, CHANGED, REPEALED, UNCHANGED = "Thủ tục mới", "Thủ tục thay đổi", "Thủ tục bãi bỏ, thay thế", "Giữ nguyên"
CODE, NAME, KIND, VALID_FROM = "Mã", "Thủ tục", "Loại", "Từ ngày"
COLUMN, BEFORE, AFTER, ROW, REASON = "Mục", "Đang có", "Trong bảng", "Dòng", "Lý do"
KINDS = {"new": "Mới", "changed": "Thay đổi", "repealed": "Bãi bỏ"}
_COLUMNS = {
    "name": "Tên",
    "field": "Lĩnh vực",
    "limit": "Thời hạn",
    "unit": "Đơn vị thời hạn",
    "fee_vnd": "Phí, lệ phí",
    "papers": "Thành phần hồ sơ",
    "valid_from": "Hiệu lực từ",
    "province_limit": "Thời hạn của tỉnh",
    "supplement_clock": "Khi bổ sung",
    "supplement_days": "Ngày chờ bổ sung",
    "same_day_cutoff": "Giờ chốt trong ngày",
    "boundary_free": "Không theo địa giới",
    "steps": "Các bước",
    "channel_limits": "Thời hạn theo kênh",
    "fee_rule": "Cách tính phí",
    "withdrawn": "Bãi bỏ",
    "superseded_by": "Thay bằng",
    "channel_fees": "Phí theo kênh",
    "route": "Nơi giải quyết",
    "advice": "Lời dặn",
}


def column_name(column: str) -> str:
    """Return the name of a column of the catalogue."""
    return _COLUMNS.get(column, column)


def subtitle(decision: str, day: date) -> str:
    """Return the line below the title."""
    basis = f"Theo Quyết định số {decision}, " if decision else ""
    return f"({basis}hiệu lực từ ngày {day:%d/%m/%Y})"
