"""Time left, in words a worklist can be read by without colour."""


def days_left(days: int, past: bool) -> str:
    """«còn 2 ngày làm việc», «quá 1 ngày làm việc»; «quá hạn» on a day off right after the last day, before which no
    working day was missed."""
    if past:
        return f"quá {-days} ngày làm việc" if days else "quá hạn"
    return f"còn {days} ngày làm việc"


def minutes_left(minutes: int) -> str:
    """What is left of the last day in office hours: «còn 3 giờ 15 phút», «hết giờ hẹn hôm nay»."""
    if minutes <= 0:
        return "hết giờ hẹn hôm nay"
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in ("còn", f"{hours} giờ" if hours else "", f"{rest} phút" if rest else "") if part)
