"""Time left, in words a worklist can be read by without colour."""


def days_left(days: int | None) -> str:
    """«còn 2 ngày», «hôm nay», «quá 1 ngày», in working days; nothing where no date is set."""
    if days is None:
        return ""
    if days == 0:
        return "hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá {-days} ngày"
