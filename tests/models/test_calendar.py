"""Office calendar: hours, holidays, swaps, decisions known on a day."""

from datetime import date, time

import pytest
from holidays.countries.vietnam import VN

from app.models.calendar import (
    NATIONAL_DECISIONS,
    CalendarDay,
    DayReason,
    DayState,
    Decision,
    Session,
    WorkCalendar,
    parse_hours,
    public_holidays,
)
from app.models.enums import DayKind
from app.models.errors import Refusal
from app.models.instants import office_instant
from tests.models.holiday_table import FIRST_YEAR, LAST_YEAR, TABLE, table_text
from tests.support.offices import WEEKDAY_HOURS

MORNING = Session(time(7, 30), time(11, 30))
AFTERNOON = Session(time(13, 30), time(17))
SATURDAY_HOURS = {**WEEKDAY_HOURS, 5: (MORNING,)}
KNOWN = date(2026, 3, 1)


def calendar(*decisions: Decision, hours=WEEKDAY_HOURS, known_on: date = KNOWN, due_time: time | None = None):
    return WorkCalendar(hours, decisions, known_on, due_time)


def office_decision(
    day: str, kind: DayKind, spans: str = "", on: str = "2026-02-01", text: str = "QĐ 05/QĐ-UBND"
) -> Decision:
    return Decision(date.fromisoformat(day), kind, parse_hours(spans), text, date.fromisoformat(on))


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        (["07:30-11:30", "13:30-17:00"], (MORNING, AFTERNOON)),
        (["13:30-17:00", "07:30-11:30"], (MORNING, AFTERNOON)),
        (["7:30 - 11:30"], (MORNING,)),
        (["07:30\u201311:30"], (MORNING,)),
        ("07:30-11:30 13:30-17:00", (MORNING, AFTERNOON)),
        ("7:30 - 11:30; 13:30 - 17:00", (MORNING, AFTERNOON)),
        ("07:30-11:30,13:30-17:00", (MORNING, AFTERNOON)),
        ("", ()),
        ([], ()),
        (["07:30-11:30", "11:30-13:00"], (MORNING, Session(time(11, 30), time(13)))),
    ],
)
def test_hours_accept_the_spellings_of_offices(spans, expected):
    assert parse_hours(spans) == expected


@pytest.mark.parametrize(
    "spans",
    [
        ["sáng"],
        ["07:30"],
        ["11:30-07:30"],
        ["07:30-07:30"],
        ["25:00-26:00"],
        ["07:60-11:00"],
        ["07:30-24:00"],
        [""],
        ["07:30-11:30", "11:00-17:00"],
        "07:30-11:30 chiều",
    ],
)
def test_invalid_hours_are_refused(spans):
    with pytest.raises(Refusal) as refused:
        parse_hours(spans)
    assert refused.value.code == "hours_invalid"
    assert refused.value.values["text"] is not None


def test_session_round_trip():
    assert parse_hours([str(MORNING)]) == (MORNING,)


def test_weekdays_weekend_and_reception_saturday():
    week = calendar(hours=SATURDAY_HOURS)
    monday, saturday, sunday = date(2026, 3, 9), date(2026, 3, 14), date(2026, 3, 15)
    assert week.day(monday) == CalendarDay(DayState.WORKING, (MORNING, AFTERNOON), DayReason.WEEK)
    assert week.day(saturday) == CalendarDay(DayState.RECEPTION, (MORNING,), DayReason.RECEPTION)
    assert week.day(sunday) == CalendarDay(DayState.OFF, (), DayReason.WEEKEND)


def test_weekday_without_hours_is_closed():
    short = {day: hours for day, hours in WEEKDAY_HOURS.items() if day != 2}
    assert calendar(hours=short).day(date(2026, 3, 11)) == CalendarDay(DayState.OFF, (), DayReason.CLOSED)


@pytest.mark.parametrize("day", ["2027-02-04", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10"])
def test_tet_2027_is_off(day):
    off = calendar().day(date.fromisoformat(day))
    assert (off.kind, off.reason, off.special) == (DayState.OFF, DayReason.HOLIDAY, DayKind.OFF)
    assert "Tết" in off.text


def test_tet_2027_ends_on_the_tenth():
    assert calendar().is_working(date(2027, 2, 3))
    assert calendar().next_working(date(2027, 2, 3)) == date(2027, 2, 11)


@pytest.mark.parametrize(("year", "off"), [(2025, False), (2026, True), (2027, True), (2028, True)])
def test_culture_day_is_a_holiday_from_2026(year, off):
    assert (date(year, 11, 24) in public_holidays(year)[0]) is off


def test_table_of_holidays_is_that_of_the_library():
    assert TABLE.read_text(encoding="utf-8") == table_text(), "run: python -m tests.models.holiday_table"


def test_holidays_of_each_year_are_those_of_the_library():
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        days = VN(years=year, language="vi")
        names, make_up_days = public_holidays(year)
        assert names == dict(days.items())
        assert make_up_days == {day for day in days.weekend_workdays if day.year == year}
    assert public_holidays(2026)[0][date(2026, 9, 2)] == "Quốc khánh"


@pytest.mark.parametrize("year", [1, 1975, 2100, 9999])
def test_year_outside_the_table_has_no_holidays(year):
    assert public_holidays(year) == ({}, frozenset())


def test_holiday_on_a_reception_saturday_is_off():
    assert calendar(hours=SATURDAY_HOURS).day(date(2027, 2, 6)).kind is DayState.OFF


def test_make_up_saturday_has_the_hours_of_friday():
    hours = {**SATURDAY_HOURS, 4: parse_hours("07:00-11:00 13:00-16:30")}
    worked = calendar(hours=hours).day(date(2026, 8, 22))
    assert worked == CalendarDay(DayState.WORKING, hours[4], DayReason.MAKE_UP, "", DayKind.WORK)
    assert not calendar(hours=hours).is_working(date(2026, 8, 31))


def test_make_up_days_belong_to_their_own_year():
    assert public_holidays(2014)[1] == {date(2014, 4, 26), date(2014, 9, 6), date(2014, 12, 27)}
    assert public_holidays(2015)[1] == {date(2015, 2, 14), date(2015, 4, 25)}


def test_make_up_day_uses_thursday_if_friday_is_closed():
    hours = {day: WEEKDAY_HOURS[day] for day in (0, 1)} | {3: (MORNING,)}
    assert calendar(hours=hours).day(date(2026, 8, 22)).sessions == (MORNING,)


@pytest.mark.parametrize(
    ("known_on", "second", "tenth"),
    [("2025-12-24", DayState.WORKING, DayState.OFF), ("2025-12-25", DayState.OFF, DayState.WORKING)],
)
def test_new_year_swap_of_2026_applies_from_its_decision_day(known_on, second, tenth):
    known = calendar(known_on=date.fromisoformat(known_on))
    assert known.day(date(2026, 1, 2)).kind is second
    assert known.day(date(2026, 1, 10)).kind is tenth


def test_swap_has_the_number_of_its_dispatch():
    assert "12729/VPCP-KGVX" in calendar().day(date(2026, 1, 2)).text
    assert calendar().day(date(2026, 1, 10)).sessions == (MORNING, AFTERNOON)
    assert {d.decided_on for d in NATIONAL_DECISIONS} == {date(2025, 12, 25)}


SATURDAY, MONDAY = "2026-03-14", "2026-03-16"


@pytest.mark.parametrize(
    ("decision", "hours", "kind", "sessions"),
    [
        (office_decision(MONDAY, DayKind.OFF), WEEKDAY_HOURS, DayState.OFF, ()),
        (office_decision(MONDAY, DayKind.OFF, "07:30-11:30"), WEEKDAY_HOURS, DayState.OFF, ()),
        (office_decision(SATURDAY, DayKind.WORK), WEEKDAY_HOURS, DayState.WORKING, (MORNING, AFTERNOON)),
        (office_decision(SATURDAY, DayKind.WORK), SATURDAY_HOURS, DayState.WORKING, (MORNING, AFTERNOON)),
        (office_decision(SATURDAY, DayKind.WORK, "07:30-11:30"), WEEKDAY_HOURS, DayState.WORKING, (MORNING,)),
        (office_decision(SATURDAY, DayKind.RECEPTION, "13:30-17:00"), WEEKDAY_HOURS, DayState.RECEPTION, (AFTERNOON,)),
        (office_decision(SATURDAY, DayKind.RECEPTION), SATURDAY_HOURS, DayState.RECEPTION, (MORNING,)),
        (office_decision(SATURDAY, DayKind.RECEPTION), WEEKDAY_HOURS, DayState.RECEPTION, (MORNING, AFTERNOON)),
        (office_decision(MONDAY, DayKind.RECEPTION), WEEKDAY_HOURS, DayState.RECEPTION, (MORNING, AFTERNOON)),
        (office_decision(MONDAY, DayKind.HALF), WEEKDAY_HOURS, DayState.WORKING, (MORNING,)),
        (office_decision(MONDAY, DayKind.HALF, "13:30-17:00"), WEEKDAY_HOURS, DayState.WORKING, (AFTERNOON,)),
        (office_decision(SATURDAY, DayKind.HALF), WEEKDAY_HOURS, DayState.WORKING, (MORNING,)),
        (office_decision(MONDAY, DayKind.WORK), {}, DayState.OFF, ()),
    ],
)
def test_decision_sets_the_state_of_its_day(decision, hours, kind, sessions):
    day = calendar(decision, hours=hours).day(decision.day)
    assert (day.kind, day.sessions, day.reason, day.special) == (kind, sessions, DayReason.DECISION, decision.kind)
    assert day.text == decision.decision


def test_later_decision_wins():
    off = office_decision(MONDAY, DayKind.OFF, on="2026-02-02")
    half = office_decision(MONDAY, DayKind.HALF, on="2026-02-01")
    assert calendar(off, half).day(off.day).special is DayKind.OFF
    same_day = office_decision(MONDAY, DayKind.HALF, on="2026-02-02")
    assert calendar(off, same_day).day(off.day).special is DayKind.HALF


def test_decision_applies_from_its_decision_day():
    off = office_decision(MONDAY, DayKind.OFF, on="2026-02-02")
    assert calendar(off, known_on=date(2026, 2, 1)).is_working(off.day)
    assert not calendar(off, known_on=date(2026, 2, 2)).is_working(off.day)


def test_decision_overrides_holidays_and_national_swaps():
    culture = office_decision("2026-11-24", DayKind.WORK)
    swap = office_decision("2026-01-02", DayKind.WORK, on="2025-12-26")
    known = calendar(culture, swap)
    assert known.is_working(culture.day)
    assert known.is_working(swap.day)


def test_opening_and_closing_times():
    known = calendar(office_decision(MONDAY, DayKind.HALF), hours=SATURDAY_HOURS)
    assert known.opening(date(2026, 3, 14)) == office_instant("2026-03-14T07:30")
    assert known.closing(date(2026, 3, 16)) == office_instant("2026-03-16T11:30")
    assert known.closing(date(2026, 3, 17)) == office_instant("2026-03-17T17:00")
    assert known.opening(date(2026, 3, 15)) is None
    assert known.closing(date(2026, 3, 15)) is None


@pytest.mark.parametrize("hours", [{}, {5: (MORNING,), 6: (MORNING,)}])
def test_office_that_never_opens_is_refused(hours):
    with pytest.raises(Refusal) as refused:
        calendar(hours=hours).next_working(date(2026, 3, 1))
    assert refused.value.code == "calendar_never_open"


def test_special_days_differ_from_their_weekday():
    off = office_decision(MONDAY, DayKind.OFF)
    special = dict(calendar(off, hours=SATURDAY_HOURS).special_days(2026))
    assert {date(2026, 1, 2), date(2026, 1, 10), date(2026, 3, 16), date(2026, 8, 22), date(2026, 11, 24)} <= set(
        special
    )
    assert date(2026, 3, 14) not in special
    assert len(special) == 18
    assert list(special) == sorted(special)
