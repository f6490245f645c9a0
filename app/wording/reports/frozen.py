"""Text of the differences between a frozen report and the figures now."""

from datetime import datetime

from app.models.instants import local

TITLE = "ĐỐI CHIẾU BÁO CÁO ĐÃ GIAO VỚI SỐ LIỆU HIỆN NAY"
REPORT, ROW, COLUMN, FROZEN, NOW = "Bản đã giao", "Dòng", "Cột", "Đã giao", "Nay"
SAME = "Số liệu nay vẫn như bản đã giao."
DIFFERENCES = "Chỗ khác"


def report_line(number: int, name: str, period: str, frozen_at: datetime) -> str:
    """Return the name of a frozen report with its period."""
    return f"Bản số {number}: {name}, {period}, giữ lúc {local(frozen_at):%H:%M %d/%m/%Y}"


def compared(now: datetime) -> str:
    """Return the line below the title."""
    return f"(Đối chiếu lúc {local(now):%H:%M} ngày {local(now):%d/%m/%Y})"
