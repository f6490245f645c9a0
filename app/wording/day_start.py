"""Text of the day-start page: tasks left over from earlier days."""

from datetime import datetime

from app.models.instants import local

_TASKS = {
    "unprinted": "Giấy chuẩn bị từ hôm trước chưa in ra",
    "at_counter": "Đã tiếp nhận từ hôm trước, chưa chuyển cho ai",
    "tray": "Lần đếm khay trước: giấy và máy chưa khớp",
    "unsent": "Chưa gửi lên trên",
    "feedback": "Phản ánh, kiến nghị phải trả lời",
    "late": "Đã quá hạn",
    "unpaid": "Quá hạn nộp phí, lệ phí",
    "today": "Đến hạn hôm nay",
    "notice": "Thông báo của nơi nhận",
}


def task_name(task: str, next_day: str = "") -> str:
    """Return the heading of one kind of task.

    `next_day` is the displayed due day of tasks due on the next working day.
    """
    return _TASKS.get(task, f"Đến hạn {next_day}: không kịp thì xin lỗi, hẹn lại ngay hôm nay")


def copies_words(copies: int, since: datetime) -> str:
    """Return the number of unprinted copies: «2 bản, từ 09:12 10/03»."""
    return f"{copies} bản, từ {local(since):%H:%M %d/%m}"


def unsent_words(dossiers: int, since: datetime) -> tuple[str, str]:
    """Return the number of unsent dossiers, and the oldest day.

    Example: «12 hồ sơ chưa gửi» and «cũ nhất từ 10/03/2026».
    """
    return f"{dossiers} hồ sơ chưa gửi", f"cũ nhất từ {local(since):%d/%m/%Y}"


def tray_words(missing: bool) -> str:
    """Return whether the paper or the record of the program was missing."""
    return "thiếu giấy trong khay" if missing else "giấy trong khay, máy ghi nơi khác"


def apology_words(apologised: bool) -> str:
    """Return whether an apology is still possible.

    A dossier gets at most one apology.
    """
    return "đã xin lỗi một lần" if apologised else "xin lỗi được trong hôm nay"
