"""Text about backups."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from app.models.instants import local


def place_troubles(places: Iterable[tuple[Path, str]]) -> str:
    """Return one sentence per folder whose backup copy failed.

    The text is empty if every folder has a copy.
    """
    return " ".join(f"Chưa chép được bản sao lưu vào {folder}: {reason}" for folder, reason in places if reason)


def content_sentence(dossiers: int, last_event_at: datetime | None) -> str:
    """Return what an undamaged backup contains."""
    until = "chưa có" if last_event_at is None else f"{local(last_event_at):%H:%M %d/%m/%Y}"
    return f"Bản sao lưu nguyên vẹn: {dossiers} hồ sơ, việc ghi cuối cùng {until}."


def restored_sentence(replaced: bool) -> str:
    """Return what a restore did; `replaced` if an older database is kept."""
    former = "Dữ liệu cũ được giữ lại bên cạnh; số" if replaced else "Số"
    return f"Đã phục hồi. {former} hồ sơ cấp tiếp sẽ nhảy một khoảng để không trùng."
