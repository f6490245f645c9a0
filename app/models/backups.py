"""Retention rule for the backups of an office.

All backups of today are kept, the last one of each day for 30 days, and the last one of each month for 12 months.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from app.models.instants import local, local_day

BACKUP_INTERVAL = timedelta(hours=1)
"""Interval between automatic backups while the office is in use."""
_DAYS, _MONTHS = 30, 12


def backup_due(stamps: Collection[datetime], now: datetime) -> bool:
    """Return whether the newest backup is at least one hour old.

    Backups with a timestamp after `now` are ignored because the clock was ahead when they were written.
    """
    return not any(now - BACKUP_INTERVAL < stamp <= now for stamp in stamps)


def removable_backups(stamps: Collection[datetime], now: datetime) -> frozenset[datetime]:
    """Return the backups that may be deleted.

    The newest backup is never removable. Backups dated after today are never removable either, because they show that
    the clock is wrong.
    """
    retained = {max(stamps)} if stamps else set()
    for spans, length in ((_days, _DAYS), (_months, _MONTHS)):
        newest: dict[int, datetime] = {}
        for stamp in stamps:
            age = spans(now) - spans(stamp)
            if age <= 0:
                retained |= {stamp} if spans is _days else set()
            elif age < length:
                newest[age] = max(stamp, newest.get(age, stamp))
        retained |= set(newest.values())
    return frozenset(stamps) - retained


def _days(instant: datetime) -> int:
    return local_day(instant).toordinal()


def _months(instant: datetime) -> int:
    local_time = local(instant)
    return local_time.year * 12 + local_time.month
