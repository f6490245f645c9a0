"""Days, hours and money as an official Vietnamese paper writes them."""

from datetime import date, datetime

from app.models.instants import local


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


def instant_in_figures(instant: datetime) -> str:
    """`09:30 12/02/2026`, on the office's wall clock, for the narrow columns of a list."""
    return f"{local(instant):%H:%M %d/%m/%Y}"


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, ""))
MAX_AMOUNT_IN_WORDS = 10**12
"""The largest amount that is written out: no fee of an office comes near it."""


def money_in_words(dong: int) -> str:
    """An amount as a receipt writes it out: `một trăm linh năm nghìn đồng`.

    Raises ValueError for an amount below 0 or above 10^12: no payment is.
    """
    if not 0 <= dong <= MAX_AMOUNT_IN_WORDS:
        raise ValueError("an amount from 0 to 10^12 đồng is written out")
    return f"{_number_in_words(dong)} đồng"


def _number_in_words(number: int) -> str:
    """Groups of three digits, each but the first read with its hundreds: «một nghìn không trăm linh năm»."""
    said: list[str] = []
    for scale, name in _SCALES:
        group, number = divmod(number, scale)
        if group >= 1000:
            said += [_number_in_words(group), name]
        elif group:
            said += [*_three_digits(group, bool(said)), name]
    return " ".join(word for word in said if word) or _DIGITS[0]


def _three_digits(group: int, after_another: bool) -> list[str]:
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    said = [_DIGITS[hundreds], "trăm"] if hundreds or after_another else []
    if tens > 1:
        said += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        said.append("mười")
    elif units and said:
        said.append("linh")
    return said + ([_unit(units, tens)] if units else [])


def _unit(units: int, tens: int) -> str:
    """«mười lăm», «hai mươi mốt», «ba mươi tư»: the last digit sounds otherwise after a ten."""
    if units == 5 and tens:
        return "lăm"
    if tens > 1 and units in (1, 4):
        return {1: "mốt", 4: "tư"}[units]
    return _DIGITS[units]
