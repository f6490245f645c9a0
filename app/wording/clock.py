"""Sentences about the machine's clock: questions, and who answered them."""

from collections.abc import Mapping
from datetime import date

from app.models.errors import Scalar
from app.wording.proof import WEEKDAYS


def day_with_weekday(iso: Scalar) -> str:
    """Return a day as «thứ Tư, 11/02/2026»."""
    day = date.fromisoformat(str(iso))
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


def leap_question(values: Mapping[str, Scalar]) -> str:
    """Return the question after a leap over working days."""
    return (
        f"Lần dùng trước là {day_with_weekday(values['last'])}; máy đang chỉ {day_with_weekday(values['day'])}. "
        "Hôm nay có đúng là ngày ấy không?"
    )


def offset_question(values: Mapping[str, Scalar]) -> str:
    """Return the question about an offset from UTC that is not Vietnam's."""
    return (
        f"Máy đặt múi giờ {values['offset']}, không phải +07:00 của Việt Nam, nên theo giờ Việt Nam bây giờ là "
        f"{str(values['now'])[-5:]} {day_with_weekday(values['day'])}. Có đúng không?"
    )


def confirmed_line(people: int) -> str:
    """Return who has confirmed the day."""
    if people > 1:
        return "Hai người đã xác nhận ngày hôm nay; hồ sơ nhận trong ngày được đánh dấu."
    return "Đã xác nhận ngày hôm nay."
