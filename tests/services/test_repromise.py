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
    """Return the due day: one day at a time, off days off at the end.

    A pause that begins on it ends on a day with office hours left.
    """
    left, working = int(term.limit or 0), term.unit is TermUnit.WORKING_DAY
    due_day = day_after(first, left, working, calendar)
    for begun, ended in pauses:
        last = ended.date()
        moves_itself = not working and not calendar.is_working(last)
        while begun.date() == due_day and not moves_itself and closed(last, ended, calendar):
            last += timedelta(days=1)
        paused = (begun.date() + timedelta(days=n) for n in range(1, (last - begun.date()).days + 1))
        left += sum(calendar.is_working(each) or not working for each in paused)
        due_day = day_after(first, left, working, calendar)
    return due_day


def day_after(day: date, left: int, working: bool, calendar: WorkCalendar) -> date:
    """Return the working day on which a number of days has passed."""
    while left or not calendar.is_working(day):
        day += timedelta(days=1)
        left -= left > 0 and (calendar.is_working(day) or not working)
    return day


def closed(day: date, ended: datetime, calendar: WorkCalendar) -> bool:
    """Return whether a day is off or its hours are over at this instant."""
    if not calendar.is_working(day):
        return True
    return day == ended.date() and ended.time() >= calendar.day(day).sessions[-1].closes


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


@pytest.mark.parametrize("unit", [TermUnit.WORKING_DAY, TermUnit.DAY, TermUnit.SAME_DAY])
@pytest.mark.parametrize("end", ["13T18:30", "14T20:00", "15T09:00", "16T09:00"])
def test_pause_from_the_due_day_to_a_closed_hour_ends_on_the_next_working_day(unit: TermUnit, end: str) -> None:
    calendar = WorkCalendar(HOURS, [], KNOWN)
    due_at, begun = datetime(2026, 3, 13, 17, tzinfo=OFFICE_TIME), datetime(2026, 3, 13, 10, tzinfo=OFFICE_TIME)
    pause = Pause(begun, datetime.fromisoformat(f"2026-03-{end}:00").replace(tzinfo=OFFICE_TIME))
    extended = extend_due_date(due_at, pause, due_at.date(), unit, calendar)
    assert extended == datetime(2026, 3, 16, 17, tzinfo=OFFICE_TIME)
