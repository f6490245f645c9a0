"""Whether the machine's clock can be believed enough to put today's date into a number.

A wrong date in a code can never be taken back, so numbering stops on doubt until two people have said which day it is
(SCENARIOS S11). Weekends and Tết are no doubt: only the recorded hours are compared."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.models.errors import Message
from app.models.instants import local, local_day

MAX_IDLE_TIME = timedelta(days=35)
"""No office stays shut longer; after that the clock has more likely jumped."""
MAX_BACK_STEP = timedelta(minutes=2)
"""How far the clock may be set back without a word: a network clock corrected, not a wrong date. What is entered
meanwhile bears the hour of the last entry, so that the register never runs backward."""
MAX_DRIFT = timedelta(minutes=10)
"""How far the wall clock may leave the machine's own running time while the program is open."""


@dataclass(frozen=True)
class ClockFacts:
    """What the clock is judged by: the hour it shows, the newest hour in the journal, when the program was last used
    and built, and how far the wall clock has left the running time since the program was opened."""

    now: datetime
    newest_event: datetime | None
    last_used: datetime | None
    built_on: date
    drift: timedelta = timedelta(0)


def monotonic_time(now: datetime, newest_event: datetime | None) -> datetime:
    """The hour to enter an act under: the last entry's where the clock was just set back a little, else the clock's."""
    if newest_event is None or not now < newest_event <= now + MAX_BACK_STEP:
        return now
    return newest_event


def clock_problem(facts: ClockFacts) -> Message | None:
    """Why the clock cannot be believed, or None."""
    shown = f"{local(facts.now):%d/%m/%Y %H:%M}"
    if local_day(facts.now) < facts.built_on:
        return Message("clock_before_program", {"now": shown})
    if facts.newest_event is not None and facts.newest_event - facts.now > MAX_BACK_STEP:
        return Message("clock_behind_journal", {"now": shown, "newest": f"{local(facts.newest_event):%d/%m/%Y %H:%M}"})
    if facts.last_used is not None and facts.now - facts.last_used > MAX_IDLE_TIME:
        return Message("clock_far_ahead", {"now": shown, "last": f"{local(facts.last_used):%d/%m/%Y}"})
    if abs(facts.drift) > MAX_DRIFT:
        return Message("clock_jumped", {"now": shown, "minutes": int(abs(facts.drift).total_seconds() // 60)})
    return None
