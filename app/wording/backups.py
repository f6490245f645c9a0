"""Sentences about backups."""

from collections.abc import Iterable
from pathlib import Path


def place_troubles(places: Iterable[tuple[Path, str]]) -> str:
    """Return one sentence for each place that has no copy, with its reason; an empty text if every place has one."""
    return " ".join(f"Chưa chép được bản sao lưu vào {folder}: {reason}" for folder, reason in places if reason)
