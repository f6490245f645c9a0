"""Random pauses of terms, against a plain count of days."""

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from app.models.calendar import Decision, WorkCalendar, parse_hours
from app.models.enums import DayKind, TermUnit
from app.models.instants import OFFICE_TIME
from app.models.workdays import Term, promise
from app.services.intake.repromise import Pause, TermHistory, extend_due_date, unmoved_end

KNOWN = date(2025, 1, 1)
HOURS = dict.fromkeys(range(5), parse_hours(["07:30-11:30", "13:30-17:00"]))


def random_calendar(rng: random.Random, year: int) -> WorkCalendar:
    """Return a calendar with a few decisions of the office."""
    days = (date(year, 1, 1) + timedelta(days=rng.randrange(400)) for _ in range(rng.randrange(12)))
    kinds = (DayKind.OFF, DayKind.WORK, DayKind.HALF)
    return WorkCalendar(HOURS, [Decision(day, rng.choice(kinds), (), "Thử", KNOWN) for day in days], KNOWN)


def counted_day(term: Term, first: date, pauses: list[Pause], calendar: WorkCalendar) -> date:
    """Return the due day: one day at a time, off days off at the end."""
    day, left = first, int(term.limit or 0)
    working = term.unit is TermUnit.WORKING_DAY
    for begun, ended in pauses:
        paused = (begun.date() + timedelta(days=n) for n in range(1, (ended.date() - begun.date()).days + 1))
        left += sum(calendar.is_working(each) or not working for each in paused)
    while left or not calendar.is_working(day):
        day += timedelta(days=1)
        left -= left > 0 and (calendar.is_working(day) or not working)
    return day


@pytest.mark.parametrize("year", range(2026, 2036))
def test_paused_term_ends_on_the_counted_day(year: int) -> None:
    rng = random.Random(year)
    for _ in range(40):
        calendar = random_calendar(rng, year)
        start = datetime.combine(date(year, 1, 1) + timedelta(days=rng.randrange(330)), time(9), OFFICE_TIME)
        term = Term(Decimal(rng.randrange(1, 60)), rng.choice((TermUnit.DAY, TermUnit.WORKING_DAY)))
        promised = promise(term, start, calendar)
        due_at, pauses, ended = promised.due_at, list[Pause](), start
        for _ in range(rng.randrange(1, 4)):
            begun = ended + timedelta(hours=rng.randrange(1, 200))
            ended = begun + timedelta(hours=rng.randrange(400))
            unmoved = unmoved_end(due_at, term, TermHistory(start, tuple(pauses)), calendar)
            due_at = extend_due_date(due_at, Pause(begun, ended), unmoved, term.unit, calendar)
            pauses.append(Pause(begun, ended))
        assert due_at is not None
        assert due_at.date() == counted_day(term, promised.counted_from.date(), pauses, calendar)
