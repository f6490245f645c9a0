"""Deadline engine: a hand-written list of four years, and properties."""

import json
from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.calendar import Decision, WorkCalendar, parse_hours
from app.models.enums import DayKind, TermUnit
from app.models.instants import OFFICE_TIME
from app.models.workdays import Term, office_minutes_between, promise, working_days_between
from tests.support.offices import WEEKDAY_HOURS

LATER = date(2027, 1, 1)
"""Day on which every swap below is known."""
HALF_FRIDAY = Decision(date(2026, 3, 13), DayKind.HALF, (), "QĐ 05/QĐ-UBND", date(2025, 1, 1))
SATURDAY_MORNING = {**WEEKDAY_HOURS, 5: parse_hours("07:30-11:30")}


OFF = """
2024: 01/01 08/02 09/02 12/02 13/02 14/02 18/04 29/04 30/04 01/05 02/09 03/09
2025: 01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 02/05 01/09 02/09
2026: 01/01 02/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09 24/11
2027: 01/01 04/02 05/02 08/02 09/02 10/02 16/04 30/04 03/05 02/09 03/09 24/11
2028: 03/01 24/01 25/01 26/01 27/01 28/01 04/04 01/05 02/05
"""
"""Days off on weekdays, written by hand from the yearly announcements."""
WORKED_SATURDAYS = {date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)}
OFF_DAYS = {
    date(int(line[:4]), int(day[3:]), int(day[:2])) for line in OFF.split("\n") if line for day in line[6:].split()
}
WORKING_DAYS = [
    day
    for day in (date(2024, 1, 1) + timedelta(days=n) for n in range(1640))
    if day in WORKED_SATURDAYS or (day.weekday() < 5 and day not in OFF_DAYS)
]
STARTS = [date(2024, 1, 1) + timedelta(days=n) for n in range(1461)]
CALENDAR = WorkCalendar(WEEKDAY_HOURS, (), LATER)


def counted_day(start: date) -> date:
    """Return the day on which a dossier of that morning counts as received."""
    return start if start in WORKING_DAYS else WORKING_DAYS[bisect_right(WORKING_DAYS, start)]


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), OFFICE_TIME)


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 7, 15, 16, 60])
def test_working_day_terms_match_the_reference_list(limit):
    rule = Term(Decimal(limit), TermUnit.WORKING_DAY)
    due = [promise(rule, at(start), CALENDAR).due_at for start in STARTS]
    expected = [WORKING_DAYS[bisect_right(WORKING_DAYS, counted_day(start)) + limit - 1] for start in STARTS]
    assert due == [at(day, 17) for day in expected]
    assert all(earlier <= later for earlier, later in pairwise(due))


@pytest.mark.parametrize("limit", [1, 10, 15, 30, 45])
def test_calendar_day_terms_match_the_reference_list(limit):
    rule = Term(Decimal(limit), TermUnit.DAY)
    due = [promise(rule, at(start), CALENDAR).due_at for start in STARTS]
    ends = [counted_day(start) + timedelta(days=limit) for start in STARTS]
    assert due == [at(counted_day(end), 17) for end in ends]


@pytest.mark.parametrize("limit", ["0.5", "2.5", "7.5"])
def test_half_days_end_at_the_end_of_the_morning(limit):
    rule = Term(Decimal(limit), TermUnit.WORKING_DAY)
    due = [promise(rule, at(start), CALENDAR).due_at for start in STARTS]
    days = [WORKING_DAYS[bisect_right(WORKING_DAYS, counted_day(start)) + int(Decimal(limit))] for start in STARTS]
    assert due == [datetime.combine(day, time(11, 30), OFFICE_TIME) for day in days]


def test_calendar_matches_the_reference_list():
    assert [day for day in STARTS if CALENDAR.is_working(day)] == [day for day in WORKING_DAYS if day <= STARTS[-1]]


instants = st.integers(0, 1461 * 24 * 3600 - 1).map(lambda s: at(STARTS[0], 0) + timedelta(seconds=s))
quarters = st.integers(1, 160).map(lambda n: Decimal(n) / 4)
day_limits = st.integers(1, 60).map(Decimal)
terms = (
    st.builds(Term, quarters, st.sampled_from([TermUnit.WORKING_DAY, TermUnit.HOUR]))
    | st.builds(Term, day_limits, st.just(TermUnit.DAY))
    | st.just(Term(None, TermUnit.SAME_DAY))
)
due_times = st.sampled_from([None, time(9), time(16, 30), time(20)])
offices = st.builds(
    lambda hours, due_time: WorkCalendar(hours, (HALF_FRIDAY,), LATER, due_time),
    st.sampled_from([WEEKDAY_HOURS, SATURDAY_MORNING]),
    due_times,
)


@given(terms, instants, offices)
def test_due_time_is_later_and_in_office_hours(rule, received, office):
    result = promise(rule, received, office)
    assert result.due_at > received
    assert result.counted_from >= received
    sessions = office.day(result.due_at.date()).sessions
    assert office.is_working(result.due_at.date())
    assert sessions[0].opens <= result.due_at.time() <= sessions[-1].closes


@given(terms, instants, st.integers(0, 14 * 24 * 60), due_times)
def test_later_receipt_is_never_due_earlier(rule, received, minutes, due_time):
    office = WorkCalendar(WEEKDAY_HOURS, (), LATER, due_time)
    first = promise(rule, received, office).due_at
    second = promise(rule, received + timedelta(minutes=minutes), office).due_at
    assert first.date() <= second.date()
    assert first <= second or rule.unit is TermUnit.SAME_DAY  # its due time may pass on the day of receipt


@given(quarters, quarters, st.sampled_from([TermUnit.WORKING_DAY, TermUnit.HOUR]), instants)
def test_longer_term_is_never_due_earlier(one, other, unit, received):
    shorter, longer = sorted([one, other])
    assert (
        promise(Term(shorter, unit), received, CALENDAR).due_at
        <= promise(Term(longer, unit), received, CALENDAR).due_at
    )


@given(st.integers(1, 60), instants, offices)
def test_working_days_between_receipt_and_due_day(limit, received, office):
    answer = promise(Term(Decimal(limit), TermUnit.WORKING_DAY), received, office)
    first, last = answer.counted_from.date(), answer.due_at.date()
    assert sum(first < day < last for day in WORKING_DAYS) == limit - 1
    assert working_days_between(first, last, office) == limit


@given(quarters, instants, offices)
def test_term_in_hours_uses_its_office_minutes(limit, received, office):
    answer = promise(Term(limit, TermUnit.HOUR), received, office)
    assert office_minutes_between(received, answer.due_at, office) == limit * 60


@given(terms, instants, offices)
def test_proof_is_short_plain_json(rule, received, office):
    steps = promise(rule, received, office).steps
    for step in steps:
        assert json.loads(json.dumps(dict(step.values))) == step.values
        assert all(value is None or isinstance(value, str | int) for value in step.values.values())
    assert len(steps) <= 40


@given(st.integers(0, 1460), st.integers(0, 60))
def test_working_days_between_is_signed(start, span):
    earlier = STARTS[start]
    later = earlier + timedelta(days=span)
    count = sum(earlier < day <= later for day in WORKING_DAYS)
    assert working_days_between(earlier, later, CALENDAR) == count
    assert working_days_between(later, earlier, CALENDAR) == -count
