"""Text about backups."""

from collections.abc import Iterable
from pathlib import Path


def place_troubles(places: Iterable[tuple[Path, str]]) -> str:
    """Return one sentence per folder whose backup copy failed.

    The text is empty if every folder has a copy.
    """
    return " ".join(f"Chưa chép được bản sao lưu vào {folder}: {reason}" for folder, reason in places if reason)
