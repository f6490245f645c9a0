"""Deadline engine: every rule by example."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from app.models.calendar import Decision, WorkCalendar, parse_hours
from app.models.enums import DayKind, TermUnit
from app.models.errors import Refusal
from app.models.instants import iso, office_instant
from app.models.workdays import Term, office_minutes_between, parse_limit, promise
from tests.support.offices import WEEKDAY_HOURS

SATURDAY_MORNING = {**WEEKDAY_HOURS, 5: parse_hours("07:30-11:30")}
LATER = date(2027, 1, 1)
"""Day on which every swap below is known."""


def calendar(*decisions, hours=WEEKDAY_HOURS, known_on=LATER, due_time=None):
    return WorkCalendar(hours, decisions, known_on, due_time)


def office_decision(day: str, kind: DayKind, spans: str = "") -> Decision:
    return Decision(date.fromisoformat(day), kind, parse_hours(spans), "QĐ 05/QĐ-UBND", date(2025, 1, 1))


def term(limit: str | None, unit: str, cutoff: time = time(15)) -> Term:
    return Term(None if limit is None else Decimal(limit), TermUnit(unit), cutoff)


def due_at(limit: str | None, unit: str, received: str, known: WorkCalendar | None = None) -> str | None:
    answer = promise(term(limit, unit), office_instant(received), known or calendar()).due_at
    return None if answer is None else f"{answer:%Y-%m-%dT%H:%M}"


def codes(limit, unit, received, known=None):
    return [step.code for step in promise(term(limit, unit), office_instant(received), known or calendar()).steps]


@pytest.mark.parametrize(
    ("typed", "limit"),
    [
        ("5", "5"),
        ("7.5", "7.5"),
        ("7,5", "7.5"),
        (5, "5"),
        (7.5, "7.5"),
        (10.0, "10"),
        (" 0,25 ", "0.25"),
        ("07", "7"),
        ("0", "0"),
        ("2,50", "2.5"),
        ("1000", "1000"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.75"), "0.75"),
    ],
)
def test_limit_accepts_point_or_comma(typed, limit):
    assert str(parse_limit(typed)) == limit


@pytest.mark.parametrize(
    "typed",
    ["", "năm", "-1", "5.1", "0,3", "1000,5", "1001", "99999", "1e2", "7,", ",5", "٥", True, 0.1, "5 ngày", "NaN"],
)
def test_invalid_limits_are_refused(typed):
    with pytest.raises(Refusal) as refused:
        parse_limit(typed)
    assert (refused.value.code, refused.value.field) == ("term_limit_invalid", "limit")


BEFORE_SWAP = calendar(known_on=date(2025, 12, 24))
AFTER_SWAP = calendar(known_on=date(2025, 12, 25))
AT_NINE = calendar(due_time=time(9))
HALF_FRIDAY = calendar(office_decision("2026-03-13", DayKind.HALF), due_time=time(16))
AFTERNOON_ONLY = calendar(office_decision("2026-03-13", DayKind.HALF, "13:30-17:00"), due_time=time(9))
ON_SATURDAYS = calendar(hours=SATURDAY_MORNING)


@pytest.mark.parametrize(
    ("limit", "received", "expected", "known"),
    [
        # S7, the swap of 02/01 and 10/01/2026
        ("7", "2025-12-24T09:30", "2026-01-05T17:00", BEFORE_SWAP),
        ("7", "2025-12-24T09:30", "2026-01-06T17:00", AFTER_SWAP),
        ("5", "2026-01-05T09:30", "2026-01-10T17:00", AFTER_SWAP),
        ("5", "2026-01-05T09:30", "2026-01-12T17:00", BEFORE_SWAP),
        # a printed receipt of Thanh Hóa, Friday + 5 = Friday
        ("5", "2023-10-27T09:32", "2023-11-03T09:00", AT_NINE),
        # Tết and a holiday in the middle of a week
        ("1", "2027-02-03T09:00", "2027-02-11T17:00", None),
        ("2", "2026-11-23T09:00", "2026-11-26T17:00", None),
        # the edges of a day
        ("1", "2026-03-09T05:00", "2026-03-10T17:00", None),
        ("1", "2026-03-09T12:15", "2026-03-10T17:00", None),
        ("1", "2026-03-09T15:30", "2026-03-10T17:00", None),
        ("1", "2026-03-09T16:59:59", "2026-03-10T17:00", None),
        ("1", "2026-03-09T17:00", "2026-03-11T17:00", None),
        ("1", "2026-03-09T23:59", "2026-03-11T17:00", None),
        ("1", "2026-03-14T09:00", "2026-03-17T17:00", None),
        # the hour of giving results
        ("3", "2026-03-09T10:00", "2026-03-12T09:00", AT_NINE),
        ("4", "2026-03-09T10:00", "2026-03-13T11:30", HALF_FRIDAY),
        ("4", "2026-03-09T10:00", "2026-03-13T17:00", AFTERNOON_ONLY),
        ("3", "2026-03-09T10:00", "2026-03-12T16:00", HALF_FRIDAY),
        # halves and quarters
        ("0.5", "2026-03-09T10:00", "2026-03-10T11:30", None),
        ("0.5", "2026-03-09T10:00", "2026-03-10T11:30", AT_NINE),
        ("0.25", "2026-03-09T10:00", "2026-03-10T09:30", None),
        ("0.75", "2026-03-09T10:00", "2026-03-10T15:15", None),
        ("7.5", "2026-03-09T10:00", "2026-03-19T11:30", None),
        ("0.5", "2026-03-13T18:00", "2026-03-17T11:30", None),
        ("3.5", "2026-03-09T10:00", "2026-03-13T09:30", HALF_FRIDAY),
        ("3.25", "2026-03-09T10:00", "2026-03-13T08:30", HALF_FRIDAY),
        ("3.75", "2026-03-09T10:00", "2026-03-13T10:30", HALF_FRIDAY),
        # a half day is a whole working day
        ("5", "2026-03-09T10:00", "2026-03-16T16:00", HALF_FRIDAY),
        # reception-only Saturdays
        ("1", "2026-03-14T08:00", "2026-03-16T17:00", ON_SATURDAYS),
        ("1", "2026-03-14T06:00", "2026-03-16T17:00", ON_SATURDAYS),
        ("1", "2026-03-14T11:30", "2026-03-17T17:00", ON_SATURDAYS),
        ("1", "2026-03-13T10:00", "2026-03-16T17:00", ON_SATURDAYS),
        ("0.5", "2026-03-14T08:00", "2026-03-16T11:30", ON_SATURDAYS),
    ],
)
def test_working_days(limit, received, expected, known):
    assert due_at(limit, "working_day", received, known) == expected


@pytest.mark.parametrize(
    ("limit", "received", "expected", "known"),
    [
        ("10", "2026-03-09T10:00", "2026-03-19T17:00", None),
        ("10", "2026-03-09T10:00", "2026-03-19T09:00", AT_NINE),
        ("5", "2026-03-09T10:00", "2026-03-16T17:00", None),
        ("10", "2026-04-21T10:00", "2026-05-04T17:00", None),
        ("5", "2026-01-05T10:00", "2026-01-10T17:00", AFTER_SWAP),
        ("5", "2026-03-13T18:00", "2026-03-23T17:00", None),
        ("2", "2026-03-14T08:00", "2026-03-16T17:00", ON_SATURDAYS),
        ("4", "2026-03-09T10:00", "2026-03-13T11:30", HALF_FRIDAY),
        ("5", "2026-03-09T10:00", "2026-03-16T17:00", ON_SATURDAYS),
        ("155", "2026-04-21T08:30", "2026-09-23T17:00", None),
    ],
)
def test_calendar_days(limit, received, expected, known):
    assert due_at(limit, "day", received, known) == expected


@pytest.mark.parametrize(
    ("limit", "received", "expected", "known"),
    [
        ("2", "2026-03-09T08:00", "2026-03-09T10:00", None),
        ("4", "2026-03-09T09:07", "2026-03-09T15:07", None),
        ("2", "2026-03-09T09:30", "2026-03-09T11:30", None),
        ("7.5", "2026-03-09T07:30", "2026-03-09T17:00", None),
        ("8", "2026-03-09T07:30", "2026-03-10T08:00", None),
        ("0.25", "2026-03-09T09:00:45", "2026-03-09T09:15", None),
        ("2", "2026-03-09T05:00", "2026-03-09T09:30", None),
        ("2", "2026-03-09T11:45", "2026-03-09T15:30", None),
        ("1", "2026-03-09T11:30", "2026-03-09T14:30", None),
        ("2", "2026-03-09T18:00", "2026-03-10T09:30", None),
        ("1", "2026-03-13T16:30", "2026-03-16T08:00", None),
        ("1", "2026-03-13T16:30", "2026-03-16T08:00", ON_SATURDAYS),
        ("1", "2026-03-14T08:00", "2026-03-16T08:30", ON_SATURDAYS),
        ("8", "2026-01-09T11:40", "2026-01-10T14:00", AFTER_SWAP),
        ("3", "2026-03-13T10:00", "2026-03-16T09:00", HALF_FRIDAY),
        ("2", "2026-03-09T08:00", "2026-03-09T10:00", AT_NINE),
    ],
)
def test_hours(limit, received, expected, known):
    assert due_at(limit, "hour", received, known) == expected


@pytest.mark.parametrize(
    ("limit", "unit"), [(None, "same_day"), ("5", "same_day"), ("0", "working_day"), ("0", "day"), ("0", "hour")]
)
@pytest.mark.parametrize(
    ("received", "expected", "known"),
    [
        ("2026-01-08T10:00", "2026-01-08T17:00", AFTER_SWAP),
        ("2026-01-08T15:00", "2026-01-08T17:00", AFTER_SWAP),
        ("2026-01-08T15:00:59", "2026-01-08T17:00", AFTER_SWAP),
        ("2026-01-08T15:01", "2026-01-09T17:00", AFTER_SWAP),
        ("2026-01-08T15:30", "2026-01-09T17:00", AFTER_SWAP),
        ("2026-01-09T15:30", "2026-01-10T17:00", AFTER_SWAP),
        ("2026-01-09T15:30", "2026-01-12T17:00", BEFORE_SWAP),
        ("2026-01-08T05:00", "2026-01-08T17:00", AFTER_SWAP),
        ("2026-01-08T19:00", "2026-01-09T17:00", AFTER_SWAP),
        ("2026-03-14T10:00", "2026-03-16T17:00", None),
        ("2026-03-14T08:00", "2026-03-16T17:00", ON_SATURDAYS),
        ("2026-03-09T08:00", "2026-03-09T09:00", AT_NINE),
        ("2026-03-09T09:00", "2026-03-09T17:00", AT_NINE),
        ("2026-03-09T15:30", "2026-03-10T09:00", AT_NINE),
        ("2026-03-13T10:00", "2026-03-13T11:30", HALF_FRIDAY),
        ("2026-03-13T14:00", "2026-03-16T16:00", HALF_FRIDAY),
    ],
)
def test_same_day(limit, unit, received, expected, known):
    assert due_at(limit, unit, received, known) == expected


def test_cutoff_of_a_procedure():
    until_ten = term(None, "same_day", cutoff=time(10))
    answer = promise(until_ten, office_instant("2026-03-09T10:01"), calendar())
    assert iso(answer.due_at) == "2026-03-10T17:00:00+07:00"


@pytest.mark.parametrize(
    ("limit", "unit"), [(None, "unknown"), ("5", "unknown"), ("0", "unknown"), (None, "working_day"), (None, "hour")]
)
def test_unknown_term_has_reception_but_no_date(limit, unit):
    answer = promise(term(limit, unit), office_instant("2026-03-09T18:00"), calendar())
    assert answer.due_at is None
    assert answer.out_of_hours
    assert [step.code for step in answer.steps] == ["term_unknown", "term_received_out_of_hours"]


@pytest.mark.parametrize(
    ("received", "out_of_hours", "counted_from"),
    [
        ("2026-03-09T05:00", False, "2026-03-09T05:00:00+07:00"),
        ("2026-03-09T12:00", False, "2026-03-09T12:00:00+07:00"),
        ("2026-03-09T17:00", True, "2026-03-10T07:30:00+07:00"),
        ("2026-03-13T17:30", True, "2026-03-16T07:30:00+07:00"),
        ("2026-03-14T10:00", False, "2026-03-14T10:00:00+07:00"),
        ("2026-03-14T11:30", True, "2026-03-16T07:30:00+07:00"),
        ("2026-03-15T10:00", True, "2026-03-16T07:30:00+07:00"),
        ("2026-04-30T10:00", True, "2026-05-04T07:30:00+07:00"),
    ],
)
def test_receipt_out_of_hours_counts_from_the_next_opening(received, out_of_hours, counted_from):
    answer = promise(term("3", "working_day"), office_instant(received), ON_SATURDAYS)
    assert answer.out_of_hours is out_of_hours
    assert iso(answer.counted_from) == counted_from


@pytest.mark.parametrize(
    ("received", "counted_from"),
    [("05:00", "07:30"), ("09:07", "09:07"), ("12:00", "13:30"), ("11:30", "13:30")],
)
def test_term_in_hours_begins_at_the_next_opening(received, counted_from):
    answer = promise(term("3", "hour"), office_instant(f"2026-03-09T{received}"), calendar())
    assert f"{answer.counted_from:%H:%M}" == counted_from
    assert not answer.out_of_hours


def test_proof_uses_office_time():
    answer = promise(term("1", "working_day"), datetime.fromisoformat("2026-03-09T02:00:00+00:00"), calendar())
    assert iso(answer.counted_from) == "2026-03-09T09:00:00+07:00"
    assert answer.due_at is not None
    assert answer.due_at.utcoffset() == timedelta(hours=7)


def test_naive_instant_raises_value_error():
    with pytest.raises(ValueError, match="naive"):
        promise(term("1", "working_day"), office_instant("2026-03-09T09:00").replace(tzinfo=None), calendar())


@pytest.mark.parametrize(
    ("limit", "unit"), [("2.5", "day"), ("0.1", "working_day"), ("-1", "hour"), ("1001", "working_day"), ("NaN", "day")]
)
def test_limit_that_the_unit_cannot_have_is_refused(limit, unit):
    with pytest.raises(Refusal) as refused:
        promise(term(limit, unit), office_instant("2026-03-09T09:00"), calendar())
    assert refused.value.code == "term_limit_invalid"


@pytest.mark.parametrize("received", ["1999-12-31T10:00", "2091-01-01T10:00", "9999-12-31T23:00"])
def test_year_without_holidays_is_refused(received):
    with pytest.raises(Refusal) as refused:
        promise(term("1", "working_day"), office_instant(received), calendar())
    assert refused.value.code == "calendar_year_unknown"


@pytest.mark.parametrize("unit", ["working_day", "day", "hour", "same_day"])
def test_office_that_never_opens_is_refused(unit):
    with pytest.raises(Refusal) as refused:
        promise(term("1", unit), office_instant("2026-03-09T09:00"), calendar(hours={5: parse_hours("07:30-11:30")}))
    assert refused.value.code == "calendar_never_open"


def test_proof_lists_counted_and_skipped_days():
    steps = promise(term("7", "working_day"), office_instant("2025-12-24T09:30"), AFTER_SWAP).steps
    assert " ".join(step.code.removeprefix("term_") for step in steps) == (
        "rule received day day skipped day day day skipped skipped skipped day day due calendar"
    )
    skipped = [dict(step.values) for step in steps if step.code == "term_skipped"]
    assert skipped[0] == {"first": "2025-12-27", "last": "2025-12-28", "reason": "weekend", "text": ""}
    assert skipped[1]["text"] == "Tết Dương lịch"
    assert skipped[2]["reason"] == "decision"
    assert "12729/VPCP-KGVX" in str(skipped[2]["text"])
    assert [step.values["number"] for step in steps if step.code == "term_day"] == [1, 2, 3, 4, 5, 6, 7]
    assert steps[-2].values == {"at": "2026-01-06T17:00+07:00"}
    assert steps[-1].values == {"known_on": "2025-12-25"}


def test_proof_of_a_moved_calendar_term():
    steps = promise(term("10", "day"), office_instant("2026-04-21T10:00"), calendar()).steps
    ends = [(s.values["first"], s.values["last"], s.values["text"]) for s in steps if s.code == "term_ends_off"]
    assert ends == [("2026-05-01", "2026-05-01", "Ngày Quốc tế Lao động"), ("2026-05-02", "2026-05-03", "")]
    assert [s.values["day"] for s in steps if s.code == "term_moved"] == ["2026-05-04"]


def test_long_proof_lists_interruptions_except_weekends():
    steps = promise(term("60", "working_day"), office_instant("2026-01-28T08:30"), calendar()).steps
    skipped = [(s.values["first"], s.values["last"]) for s in steps if s.code == "term_skipped"]
    assert skipped == [("2026-02-16", "2026-02-20"), ("2026-04-26", "2026-04-27"), ("2026-04-30", "2026-05-01")]
    runs = [(s.values["number"], s.values.get("until")) for s in steps if s.code in ("term_day", "term_days")]
    assert runs == [(1, 12), (13, 57), (58, 59), (60, None)]


def test_long_proof_in_hours_accumulates():
    steps = promise(term("200", "hour"), office_instant("2026-01-09T11:40"), AFTER_SWAP).steps
    minutes = [s.values["minutes"] for s in steps if s.code in ("term_hours", "term_hours_days")]
    assert minutes == [210, 660, 11910, 12000]


def test_proof_has_cutoff_and_reception_day():
    assert "term_after_cutoff" in codes(None, "same_day", "2026-03-09T15:01")
    assert "term_received_reception" in codes(None, "same_day", "2026-03-14T08:00", ON_SATURDAYS)
    assert "term_after_cutoff" not in codes(None, "same_day", "2026-03-14T08:00", ON_SATURDAYS)
    assert "term_clock_starts" in codes("2", "hour", "2026-03-14T08:00", ON_SATURDAYS)


@pytest.mark.parametrize(
    ("earlier", "later", "minutes"),
    [
        ("2026-03-09T10:00", "2026-03-09T14:00", 120),
        ("2026-03-09T14:00", "2026-03-09T10:00", -120),
        ("2026-03-09T12:00", "2026-03-09T13:00", 0),
        ("2026-03-13T16:00", "2026-03-16T08:00", 90),
        ("2026-03-09T18:00", "2026-03-10T18:00", 450),
    ],
)
def test_office_minutes_between_instants(earlier, later, minutes):
    assert office_minutes_between(office_instant(earlier), office_instant(later), ON_SATURDAYS) == minutes
