"""Days, times and amounts as official Vietnamese papers write them."""

from datetime import date, datetime

from app.models.instants import local


def money(dong: int) -> str:
    """Return an amount in đồng with dots between thousands: `8.000 đ`."""
    return f"{dong:,}".replace(",", ".") + " đ"


def day_in_words(day: date) -> str:
    """Return a day: `ngày 05 tháng 02 năm 2026`.

    Days below ten and the months of January and February have a leading zero (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục
    II.4).
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def instant_in_words(instant: datetime) -> str:
    """Return an instant in office time, in words.

    Example: `09 giờ 30 phút, ngày 12 tháng 02 năm 2026`.
    """
    office_time = local(instant)
    return f"{office_time.hour:02d} giờ {office_time.minute:02d} phút, {day_in_words(office_time.date())}"


def instant_in_figures(instant: datetime) -> str:
    """Return an instant in office time: `09:30 12/02/2026`.

    Narrow columns use this form.
    """
    return f"{local(instant):%H:%M %d/%m/%Y}"


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, ""))
MAX_AMOUNT_IN_WORDS = 10**12
"""Largest amount written out; no fee of an office is near it."""


def money_in_words(dong: int) -> str:
    """Return an amount in words: `một trăm linh năm nghìn đồng`.

    Raises ValueError for an amount below 0 or above 10^12.
    """
    if not 0 <= dong <= MAX_AMOUNT_IN_WORDS:
        raise ValueError("the amount must be from 0 to 10^12 đồng")
    return f"{_number_in_words(dong)} đồng"


def _number_in_words(number: int) -> str:
    """Return a number in words.

    Each group of three digits but the first is read with its hundreds: «một nghìn không trăm linh năm».
    """
    words: list[str] = []
    for scale, name in _SCALES:
        group, number = divmod(number, scale)
        if group >= 1000:
            words += [_number_in_words(group), name]
        elif group:
            words += [*_three_digits(group, bool(words)), name]
    return " ".join(word for word in words if word) or _DIGITS[0]


def _three_digits(group: int, after_another: bool) -> list[str]:
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or after_another else []
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        words.append("mười")
    elif units and words:
        words.append("linh")
    return words + ([_unit(units, tens)] if units else [])


def _unit(units: int, tens: int) -> str:
    """Return the last digit, which changes after a ten.

    Examples: «mười lăm», «hai mươi mốt», «ba mươi tư».
    """
    if units == 5 and tens:
        return "lăm"
    if tens > 1 and units in (1, 4):
        return {1: "mốt", 4: "tư"}[units]
    return _DIGITS[units]
