"""Text of the remaining time, readable without colour."""

from datetime import date


def days_left(days: int, past: bool) -> str:
    """Return «còn 2 ngày làm việc» or «quá 1 ngày làm việc».

    On a day off right after the last day it is «quá hạn», because no working day was missed yet.
    """
    if past:
        return f"quá {-days} ngày làm việc" if days else "quá hạn"
    return f"còn {days} ngày làm việc"


def minutes_left(minutes: int) -> str:
    """Return the remaining office time of the last day.

    Examples: «còn 3 giờ 15 phút», «hết giờ hẹn hôm nay».
    """
    if minutes <= 0:
        return "hết giờ hẹn hôm nay"
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in ("còn", f"{hours} giờ" if hours else "", f"{rest} phút" if rest else "") if part)


def waiting_days(days: int) -> str:
    """Return «chờ 3 ngày làm việc» or «chờ từ hôm nay»."""
    return f"chờ {days} ngày làm việc" if days > 0 else "chờ từ hôm nay"


def unpaid_since(last_day: date) -> str:
    """Return «quá hạn nộp 12/03/2026»."""
    return f"quá hạn nộp {last_day:%d/%m/%Y}"
