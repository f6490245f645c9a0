"""The stored result of the last tray count."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from app.storage import office_settings
from app.storage.uow import Reading, Writing

_SETTING = "tray_count"


class StoredCount(NamedTuple):
    """Result of a count: dossiers missing from the tray, and extra ones."""

    counted_at: datetime
    missing: Sequence[str]
    extra: Sequence[str]


def last_count(work: Reading) -> StoredCount | None:
    """Return the last stored count; None before the first."""
    row: Mapping[str, list[str]] | None = office_settings.setting(work, _SETTING)
    if row is None:
        return None
    return StoredCount(datetime.fromisoformat(str(row["counted_at"])), row["missing"], row["extra"])


def store_count(work: Writing, counted_at: datetime, missing: Sequence[str], extra: Sequence[str]) -> None:
    """Store the differences of a count. The caller commits."""
    row = {"counted_at": counted_at.isoformat(), "missing": list(missing), "extra": list(extra)}
    office_settings.save_settings(work, {_SETTING: row})
