"""Days, hours and money as an official Vietnamese paper writes them."""

from datetime import date, datetime

from app.models.values import local


def money(dong: int) -> str:
    """An amount of đồng with dots between thousands: `8.000 đ`."""
    return f"{dong:,}".replace(",", ".") + " đ"


def day_in_words(day: date) -> str:
    """`ngày 05 tháng 02 năm 2026`. Days below ten and the months of January and February take a leading zero
    (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def instant_in_words(instant: datetime) -> str:
    """`09 giờ 30 phút, ngày 12 tháng 02 năm 2026`, on the office's wall clock."""
    wall = local(instant)
    return f"{wall.hour:02d} giờ {wall.minute:02d} phút, {day_in_words(wall.date())}"
