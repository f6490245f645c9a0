"""Which backups an office keeps: all of today, the last of each day for a month, the last of each month for a year."""

from collections.abc import Collection
from datetime import datetime, timedelta

from app.models.instants import local, local_day

BACKUP_INTERVAL = timedelta(hours=1)
"""How often an office in use backs itself up."""
_DAYS, _MONTHS = 30, 12


def backup_due(stamps: Collection[datetime], now: datetime) -> bool:
    """Whether an hour has gone by since the newest; one from a clock that was ahead does not count."""
    return not any(now - BACKUP_INTERVAL < stamp <= now for stamp in stamps)


def removable_backups(stamps: Collection[datetime], now: datetime) -> frozenset[datetime]:
    """Those that may go. The newest never does, nor one that seems to be of a day still to come: then the clock is
    wrong, and no reason to delete anything."""
    kept = {max(stamps)} if stamps else set()
    for spans, length in ((_days, _DAYS), (_months, _MONTHS)):
        newest: dict[int, datetime] = {}
        for stamp in stamps:
            age = spans(now) - spans(stamp)
            if age <= 0:
                kept |= {stamp} if spans is _days else set()
            elif age < length:
                newest[age] = max(stamp, newest.get(age, stamp))
        kept |= set(newest.values())
    return frozenset(stamps) - kept


def _days(instant: datetime) -> int:
    return local_day(instant).toordinal()


def _months(instant: datetime) -> int:
    wall = local(instant)
    return wall.year * 12 + wall.month
