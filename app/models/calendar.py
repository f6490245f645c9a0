"""Office calendar: working, reception-only and closed days.

The calendar is evaluated as the office knew it on a given day. Four layers apply, later ones over earlier ones: the
weekly hours; public holidays and make-up days of Viet Nam (Labour Code 2019, article 112, in resources/holidays.tsv);
dated national corrections that the table lacks; decisions of the office.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache, cached_property
from itertools import pairwise

from app.models.enums import DayKind
from app.models.errors import Refusal
from app.models.instants import OFFICE_TIME
from app.resource_files import RESOURCES

ONE_DAY = timedelta(days=1)
FRIDAY, SATURDAY = 4, 5
MAX_SEARCH_DAYS = 400
"""Maximum number of days searched for a working day. A longer gap means that the hours of the calendar are wrong."""


@dataclass(frozen=True, order=True)
class Session:
    """Buổi làm việc: opening hours on one day, `closes` not included."""

    opens: time
    closes: time

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


OfficeHours = Mapping[int, tuple[Session, ...]]
"""Sessions by weekday, Monday 0 to Sunday 6. A missing day is closed. Saturday and Sunday are reception only."""

_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-\u2013]\s*([0-9]{1,2}):([0-9]{2})")


def parse_hours(spans: str | Sequence[str]) -> tuple[Session, ...]:
    """Return the sessions of one day, in order.

    `spans` is `["07:30-11:30", "13:30-17:00"]` or the same in one text.

    Raises Refusal `hours_invalid` unless each span is two times of one day in order and the spans do not overlap.
    """
    if isinstance(spans, str):
        spans = [part for part in re.split(r"[,;]|\s+(?=[0-9]{1,2}:[0-9]{2}\s*[-\u2013])", spans) if part.strip()]
    sessions = tuple(sorted(_session(span) for span in spans))
    for earlier, later in pairwise(sessions):
        if later.opens < earlier.closes:
            raise Refusal("hours_invalid", "hours", text=f"{earlier}, {later}")
    return sessions


def _session(span: str) -> Session:
    match = _SPAN.fullmatch(span.strip())
    if match is None:
        raise Refusal("hours_invalid", "hours", text=span)
    hour, minute, until_hour, until_minute = map(int, match.groups())
    try:
        session = Session(time(hour, minute), time(until_hour, until_minute))
    except ValueError as error:
        raise Refusal("hours_invalid", "hours", text=span) from error
    if session.opens >= session.closes:
        raise Refusal("hours_invalid", "hours", text=span)
    return session


@dataclass(frozen=True)
class Decision:
    """Dated decision about one day.

    Empty `sessions` mean the usual hours of that kind. `decision` is its number or its text. It applies from
    `decided_on`. Among decisions about the same day the latest `decided_on` wins, then the later one in the list.
    """

    day: date
    kind: DayKind
    sessions: tuple[Session, ...]
    decision: str
    decided_on: date


_NEW_YEAR_2026 = "Công văn 12729/VPCP-KGVX ngày 25/12/2025"

NATIONAL_DECISIONS = (
    Decision(date(2026, 1, 2), DayKind.OFF, (), _NEW_YEAR_2026, date(2025, 12, 25)),
    Decision(date(2026, 1, 10), DayKind.WORK, (), _NEW_YEAR_2026, date(2025, 12, 25)),
)
"""Swaps of working days decided by the Prime Minister that the table of holidays lacks."""


class DayState(StrEnum):
    """Effect of a day on a deadline: counted or not counted.

    A reception day is not counted although dossiers are accepted.
    """

    WORKING = "working"
    OFF = "off"
    RECEPTION = "reception"


class DayReason(StrEnum):
    """Reason for the state of a day."""

    WEEK = "week"
    WEEKEND = "weekend"
    CLOSED = "closed"
    RECEPTION = "reception"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    DECISION = "decision"


@dataclass(frozen=True)
class CalendarDay:
    """Day of the calendar.

    `text` is the name of the holiday or the text of the decision. `special` is the kind of a day that differs from its
    weekday, None otherwise.
    """

    kind: DayState
    sessions: tuple[Session, ...]
    reason: DayReason
    text: str = ""
    special: DayKind | None = None


@cache
def public_holidays(year: int) -> tuple[Mapping[date, str], frozenset[date]]:
    """Return the holidays of a year by name, and its make-up days.

    Names are Vietnamese. Make-up days are weekend days worked in exchange for another day. Before 1976 and after 2099
    there are none.
    """
    lines = [line for line in _holiday_lines() if line.startswith(f"{year:04}-")]
    days = [(date.fromisoformat(day), kind, name) for day, kind, name in (line.split("\t") for line in lines)]
    names = {day: name for day, kind, name in days if kind == DayKind.OFF}
    return names, frozenset(day for day, kind, _name in days if kind == DayKind.WORK)


def _holiday_lines() -> Sequence[str]:
    """Return the lines of resources/holidays.tsv: day, `off` or `work`, name.

    The table comes from the `holidays` library, which takes 17 MB and a tenth of a second when it is imported.
    """
    text = (RESOURCES / "holidays.tsv").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


@dataclass(frozen=True)
class WorkCalendar:
    """Office calendar as known on `known_on`.

    `due_time` is the time at which results are handed out on a due day, None for closing time. Calculated days are
    cached, so that one calendar serves a whole list.
    """

    hours: OfficeHours
    decisions: Sequence[Decision]
    known_on: date
    due_time: time | None = None
    _days: dict[date, CalendarDay] = field(default_factory=dict, init=False, repr=False, compare=False)

    def day(self, day: date) -> CalendarDay:
        """Return the state and hours of a day."""
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = self._calculate_day(day)
        return known

    def is_working(self, day: date) -> bool:
        """Return whether the day counts in a term of working days."""
        return self.day(day).kind is DayState.WORKING

    def next_working(self, day: date) -> date:
        """Return the first working day after `day`.

        Raises Refusal `calendar_never_open` if there is none within 400 days.
        """
        for _ in range(MAX_SEARCH_DAYS):
            day += ONE_DAY
            if self.is_working(day):
                return day
        raise Refusal("calendar_never_open", "hours", day=day.isoformat(), searched=MAX_SEARCH_DAYS)

    def opening(self, day: date) -> datetime | None:
        """Return when the office opens on a day, None on a day off.

        Reception-only days are included.
        """
        sessions = self.day(day).sessions
        return datetime.combine(day, sessions[0].opens, OFFICE_TIME) if sessions else None

    def closing(self, day: date) -> datetime | None:
        """Return when the office closes on a day, None on a day off.

        Reception-only days are included.
        """
        sessions = self.day(day).sessions
        return datetime.combine(day, sessions[-1].closes, OFFICE_TIME) if sessions else None

    def special_days(self, year: int) -> list[tuple[date, CalendarDay]]:
        """Return the days of a year that differ from their weekday, in order.

        These are holidays, make-up days and days with a decision.
        """
        first = date(year, 1, 1)
        days = (first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1))
        return [(day, self.day(day)) for day in days if self.day(day).special is not None]

    @cached_property
    def _decision_by_day(self) -> dict[date, Decision]:
        known = [d for d in (*NATIONAL_DECISIONS, *self.decisions) if d.decided_on <= self.known_on]
        return {d.day: d for d in sorted(known, key=lambda d: d.decided_on)}

    @cached_property
    def _make_up_sessions(self) -> tuple[Session, ...]:
        """Friday's hours, or those of the last weekday that has any."""
        return next((self.hours[n] for n in range(FRIDAY, -1, -1) if self.hours.get(n)), ())

    def _calculate_day(self, day: date) -> CalendarDay:
        decision = self._decision_by_day.get(day)
        if decision is not None:
            return self._by_decision(decision)
        names, make_up_days = public_holidays(day.year)
        if day in names:
            return CalendarDay(DayState.OFF, (), DayReason.HOLIDAY, names[day], DayKind.OFF)
        if day in make_up_days and self._make_up_sessions:
            return CalendarDay(DayState.WORKING, self._make_up_sessions, DayReason.MAKE_UP, "", DayKind.WORK)
        return self._by_week(day.weekday())

    def _by_decision(self, decision: Decision) -> CalendarDay:
        sessions = decision.sessions or self._default_sessions(decision.kind, decision.day.weekday())
        state = DayState.RECEPTION if decision.kind is DayKind.RECEPTION else DayState.WORKING
        if decision.kind is DayKind.OFF or not sessions:
            sessions, state = (), DayState.OFF
        return CalendarDay(state, sessions, DayReason.DECISION, decision.decision, decision.kind)

    def _default_sessions(self, kind: DayKind, weekday: int) -> tuple[Session, ...]:
        """Return the hours of a decision without sessions."""
        own = self.hours.get(weekday) or self._make_up_sessions
        if kind is DayKind.HALF:
            return own[:1]
        return own if kind is DayKind.RECEPTION else self._make_up_sessions

    def _by_week(self, weekday: int) -> CalendarDay:
        sessions = self.hours.get(weekday, ())
        if weekday < SATURDAY:
            state, reason = (DayState.WORKING, DayReason.WEEK) if sessions else (DayState.OFF, DayReason.CLOSED)
        elif sessions:
            state, reason = DayState.RECEPTION, DayReason.RECEPTION
        else:
            state, reason = DayState.OFF, DayReason.WEEKEND
        return CalendarDay(state, sessions, reason)
