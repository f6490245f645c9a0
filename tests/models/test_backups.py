"""Retention and interval of backups."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.backups import backup_due, removable_backups
from app.models.instants import OFFICE_TIME

NOW = datetime(2026, 11, 22, 16, 30, tzinfo=OFFICE_TIME)
STAMPS = st.lists(st.integers(-5000, 60 * 24 * 500).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=60)


def days_before(days: int, hour: int = 9) -> datetime:
    return NOW.replace(hour=hour, minute=0) - timedelta(days=days)


def test_last_backup_of_each_past_day_is_kept() -> None:
    today = [days_before(0, hour) for hour in (8, 9, 10)]
    yesterday = [days_before(1, hour) for hour in (8, 12, 17)]
    assert removable_backups([*today, *yesterday], NOW) == set(yesterday[:2])


def test_one_backup_per_month_is_kept_for_a_year() -> None:
    every_day = [days_before(days) for days in range(800)]
    retained = sorted(set(every_day) - removable_backups(every_day, NOW))
    assert retained[-30:] == sorted(every_day[:30])
    assert [(stamp.year, stamp.month, stamp.day) for stamp in retained[:-30]] == [
        (2025, 12, 31),
        *[(2026, month, day) for month, day in zip(range(1, 10), (31, 28, 31, 30, 31, 30, 31, 31, 30), strict=True)],
    ]


def test_single_old_backup_is_never_removable() -> None:
    assert removable_backups([days_before(4000)], NOW) == frozenset() == removable_backups([], NOW)


@given(STAMPS)
def test_newest_and_future_backups_are_never_removable(stamps: list[datetime]) -> None:
    removable = removable_backups(stamps, NOW)
    assert removable <= set(stamps)
    assert not stamps or max(stamps) not in removable
    assert all(stamp < NOW for stamp in removable)
    assert removable_backups(set(stamps) - removable, NOW) == frozenset(), "removal is idempotent"


def test_backup_is_due_after_an_hour_and_future_ones_are_ignored() -> None:
    assert backup_due([], NOW) and backup_due([NOW - timedelta(hours=1)], NOW)
    assert not backup_due([NOW - timedelta(minutes=59)], NOW)
    assert backup_due([NOW + timedelta(days=1)], NOW)
