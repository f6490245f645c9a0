"""Text of the closing of the day, on screen and on its sheet."""

from datetime import datetime

from app.models.instants import local

TITLE = "PHIẾU CHỐT NGÀY TẠI QUẦY"
RECIPIENTS = ("Lưu: Bộ phận Một cửa.",)
TASK_HEADING, STATE_HEADING, DETAIL_HEADING = "Việc cuối ngày", "Tình trạng", "Chi tiết"
NOT_COUNTED = "hôm nay chưa đếm khay"
_TASKS = {
    "prints": "In giấy",
    "tray": "Đếm khay",
    "drafts": "Phần nhập dở",
    "backup": "Sao lưu",
    "sending": "Gửi lên trên",
}


def task_name(task: str) -> str:
    """Return the name of a task of the day's end."""
    return _TASKS.get(task, task)


def state_word(settled: bool) -> str:
    """Return «xong» or «còn lại»."""
    return "xong" if settled else "còn lại"


def prints_words(copies: int) -> str:
    """Return the number of copies that were not printed."""
    return f"còn {copies} bản chưa in" if copies else "đã in hết"


def tray_words(counted_at: datetime, differences: int) -> str:
    """Return the time and the result of the tray count."""
    result = f"{differences} hồ sơ chưa khớp" if differences else "giấy và máy khớp nhau"
    return f"đếm lúc {local(counted_at):%H:%M}, {result}"


def drafts_words(drafts: int) -> str:
    """Return the number of half-filled forms."""
    return f"còn {drafts} hồ sơ nhập dở" if drafts else "không có hồ sơ nhập dở"


def backup_words(backup_at: datetime | None) -> str:
    """Return the time of the last backup."""
    return "chưa sao lưu được" if backup_at is None else f"sao lưu lúc {local(backup_at):%H:%M %d/%m/%Y}"


def sending_words(dossiers: int) -> str:
    """Return the number of dossiers that wait to be sent."""
    return f"{dossiers} hồ sơ chờ gửi" if dossiers else "đã gửi hết"


def subtitle(closed_at: datetime, actor: str, workstation: int) -> str:
    """Return desk, time and person of a closing."""
    return (
        f"Quầy {workstation}, chốt lúc {local(closed_at):%H:%M} ngày {local(closed_at):%d/%m/%Y}, người chốt: {actor}"
    )
