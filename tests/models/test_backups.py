"""Which backups are kept: today's, a month of days, a year of months, and always the newest."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.backups import backup_due, removable_backups
from app.models.instants import OFFICE_TIME

NOW = datetime(2026, 11, 22, 16, 30, tzinfo=OFFICE_TIME)
STAMPS = st.lists(st.integers(-5000, 60 * 24 * 500).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=60)


def days_before(days: int, hour: int = 9) -> datetime:
    return NOW.replace(hour=hour, minute=0) - timedelta(days=days)


def test_past_days_keep_their_last_backup() -> None:
    today = [days_before(0, hour) for hour in (8, 9, 10)]
    yesterday = [days_before(1, hour) for hour in (8, 12, 17)]
    assert removable_backups([*today, *yesterday], NOW) == set(yesterday[:2])


def test_after_a_month_the_last_of_each_month_and_after_a_year_nothing() -> None:
    every_day = [days_before(days) for days in range(800)]
    kept = sorted(set(every_day) - removable_backups(every_day, NOW))
    assert kept[-30:] == sorted(every_day[:30])
    assert [(stamp.year, stamp.month, stamp.day) for stamp in kept[:-30]] == [
        (2025, 12, 31),
        *[(2026, month, day) for month, day in zip(range(1, 10), (31, 28, 31, 30, 31, 30, 31, 31, 30), strict=True)],
    ]


def test_one_old_backup_is_never_removed() -> None:
    assert removable_backups([days_before(4000)], NOW) == frozenset() == removable_backups([], NOW)


@given(STAMPS)
def test_newest_and_future_backups_are_kept(stamps: list[datetime]) -> None:
    gone = removable_backups(stamps, NOW)
    assert gone <= set(stamps)
    assert not stamps or max(stamps) not in gone
    assert all(stamp < NOW for stamp in gone)
    assert removable_backups(set(stamps) - gone, NOW) == frozenset(), "twice removes no more than once"


def test_a_backup_is_due_after_an_hour_and_one_of_tomorrow_does_not_count() -> None:
    assert backup_due([], NOW) and backup_due([NOW - timedelta(hours=1)], NOW)
    assert not backup_due([NOW - timedelta(minutes=59)], NOW)
    assert backup_due([NOW + timedelta(days=1)], NOW)
