"""Plausibility check of the machine's clock.

A wrong date in a dossier code cannot be corrected later. Numbering therefore stops on doubt until two people have
confirmed the date (SCENARIOS S11). Weekends and Tết cause no doubt because only recorded times are compared.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from app.models.errors import Message, Refusal
from app.models.instants import local, local_day

MAX_IDLE_TIME = timedelta(days=35)
"""Longest plausible closure of an office; after a longer gap the clock has more likely jumped."""
MAX_BACK_STEP = timedelta(minutes=2)
"""Largest backward step of the clock that is accepted as a network time correction.

Entries made meanwhile get the time of the last entry, so that the register never runs backward.
"""
MAX_DRIFT = timedelta(minutes=10)
"""Largest accepted difference between wall clock and uptime while the program is open."""


class ClockFacts(NamedTuple):
    """Facts that the clock is checked against.

    `now` is the time shown, `newest_event` the newest time in the journal, `last_used` the last use of the program,
    `built_on` its build day, and `drift` the difference between wall clock and uptime since the program was opened.
    `working_days` are those since the day of the last use, up to today. `strange_offset` is the machine's offset from
    UTC if it is not that of Vietnam and was not confirmed here.
    """

    now: datetime
    newest_event: datetime | None
    last_used: datetime | None
    built_on: date
    drift: timedelta = timedelta(0)
    working_days: int = 0
    strange_offset: timedelta | None = None


ONE_PERSON_DOUBTS = frozenset(("clock_offset", "clock_leap"))
"""Doubts that the signed-in user answers alone; all others need two people."""
_MAX_WORKING_DAYS = 1
"""Working days since the last use that need no question; an office is used on each of them."""


def monotonic_time(now: datetime, newest_event: datetime | None) -> datetime:
    """Return the time for a new entry, never before the last entry.

    A clock that was set back by at most `MAX_BACK_STEP` yields the time of the last entry.
    """
    if newest_event is None or not now < newest_event <= now + MAX_BACK_STEP:
        return now
    return newest_event


def refuse_founding_before(built_on: date, now: datetime) -> None:
    """Refuse to found a real office on a day before this release.

    Such an office would ask two people to confirm the right day.

    Raises Refusal `guide_clock`.
    """
    if local_day(now) < built_on:
        raise Refusal("guide_clock", None, now=f"{local(now):%d/%m/%Y %H:%M}")


def clock_problem(facts: ClockFacts) -> Message | None:
    """Return why the clock is implausible, or None."""
    shown = f"{local(facts.now):%d/%m/%Y %H:%M}"
    if local_day(facts.now) < facts.built_on:
        return Message("clock_before_program", {"now": shown})
    if facts.newest_event is not None and facts.newest_event - facts.now > MAX_BACK_STEP:
        return Message("clock_behind_journal", {"now": shown, "newest": f"{local(facts.newest_event):%d/%m/%Y %H:%M}"})
    if facts.last_used is not None and facts.now - facts.last_used > MAX_IDLE_TIME:
        return Message("clock_far_ahead", {"now": shown, "last": f"{local(facts.last_used):%d/%m/%Y}"})
    if abs(facts.drift) > MAX_DRIFT:
        return Message("clock_jumped", {"now": shown, "minutes": int(abs(facts.drift).total_seconds() // 60)})
    return _question(facts, shown)


def _question(facts: ClockFacts, shown: str) -> Message | None:
    """Return the doubt that one person answers, or None."""
    day = local_day(facts.now).isoformat()
    if facts.strange_offset is not None:
        return Message("clock_offset", {"now": shown, "day": day, "offset": offset_text(facts.strange_offset)})
    if facts.last_used is not None and facts.working_days > _MAX_WORKING_DAYS:
        last = local_day(facts.last_used).isoformat()
        return Message("clock_leap", {"now": shown, "day": day, "last": last, "days": facts.working_days})
    return None


def offset_text(offset: timedelta) -> str:
    """Return an offset from UTC as `+07:00`."""
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
