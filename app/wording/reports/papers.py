"""Text of reports that belongs to no single table."""

from datetime import date

COMPILER_SIGNS = "NGƯỜI LẬP BIỂU"
COMPILER_HINT = "(Ký, ghi rõ họ tên)"
HEAD_SIGNS = "THỦ TRƯỞNG ĐƠN VỊ"
HEAD_HINT = "(Ký, ghi rõ họ tên, đóng dấu)"
RECIPIENTS = "Nơi nhận:"
ON_FILE = "Lưu: VT."
NUMBER_HEAD = "TT"
REPORTING_UNIT = "Đơn vị báo cáo"
RECEIVING_UNIT = "Đơn vị nhận báo cáo"
EMPTY = "Kỳ này không có số liệu."
NOT_BALANCED = "Đẳng thức không khớp, xem lại trước khi gửi"


def period_line(first: date, last: date) -> str:
    """Return «Kỳ báo cáo: từ ngày 15/03/2026 đến ngày 14/06/2026»."""
    return f"Kỳ báo cáo: từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"


def unit_line(unit: str) -> str:
    """Return «Đơn vị tính: Số hồ sơ TTHC»."""
    return f"Đơn vị tính: {unit}" if unit else ""


def check_line(row: str, identity: str, expected: int, actual: int) -> str:
    """Return an identity that does not hold, with both values."""
    return f"{row}: {identity}, phải là {expected}, đang là {actual}"


def ratio_line(name: str, value: str, definition: str) -> str:
    """Return a ratio with its definition."""
    return f"{name}: {value}. {definition}"


def recipient_lines(parent: str) -> tuple[str, ...]:
    """Return the usual recipients: the parent and the office's own file."""
    return (*((f"{parent};",) if parent else ()), ON_FILE)
