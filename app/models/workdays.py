"""Deadline engine: due time of a dossier and its day-by-day proof.

Civil Code 2015, articles 147 and 148: the day of receipt is not counted; a term ending on a day off ends on the next
working day. Decree 23/2015 article 7 and the Law on civil status article 5.3: same day, after 15:00 the next working
day.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from typing import NamedTuple

from app.models.calendar import ONE_DAY, CalendarDay, DayReason, DayState, Session, WorkCalendar
from app.models.enums import TermUnit
from app.models.errors import Message, Refusal
from app.models.instants import OFFICE_TIME
from app.models.proof import ProofDay, calendar_run, proof_steps, reason_values, working_run

MAX_LIMIT = 1000
FIRST_YEAR, LAST_YEAR = 2000, 2090
"""Years in which a term can be counted; public holidays are unknown outside them."""

HALF = Decimal("0.5")
ORDINARY_DAY = CalendarDay(DayState.WORKING, (), DayReason.WEEK)


@dataclass(frozen=True)
class Term:
    """Thời hạn giải quyết: limit and unit.

    The limit is 0 to 1000 whole days, quarters of working days or quarters of hours. A limit of 0 is «ngay trong ngày».
    `cutoff` is the last minute of receipt for a result on the same day. `late_limit` is the limit against which
    lateness counts if it is not the promised one.
    """

    limit: Decimal | None
    unit: TermUnit
    cutoff: time = time(15, 0)
    late_limit: Decimal | None = None


@dataclass(frozen=True)
class Promise:
    """Promised due time with its proof.

    `due_at` is None if the term is unknown. `counted_from` is when the term begins. `out_of_hours` is whether the
    dossier arrived while the office was closed. Both instants are in office time.
    """

    due_at: datetime | None
    counted_from: datetime
    out_of_hours: bool
    steps: tuple[Message, ...]


def parse_limit(text: str | int | float | Decimal) -> Decimal:
    """Return a typed limit: `7.5`, `7,5` or `5`.

    Raises Refusal `term_limit_invalid` unless it is a number of quarters from 0 to 1000.
    """
    spelling = (format(text, "f") if isinstance(text, Decimal) else str(text)).strip()
    if re.fullmatch(r"[0-9]{1,4}([.,](0|25|5|75)0*)?", spelling) is None:
        raise Refusal("term_limit_invalid", "limit", limit=spelling)
    limit = Decimal(spelling.replace(",", "."))
    if limit > MAX_LIMIT:
        raise Refusal("term_limit_invalid", "limit", limit=spelling)
    return limit.quantize(Decimal(1)) if _is_whole(limit) else limit.normalize()


class _Deadline(NamedTuple):
    due_at: datetime | None
    counted_from: datetime
    steps: list[Message]


_Calculation = Callable[[datetime, WorkCalendar], _Deadline]


class _OfficeTimeSpan(NamedTuple):
    """Office time used on one day, in minutes of the day.

    `total` is the number of minutes used up to the end of this span.
    """

    day: date
    begin: int
    end: int
    total: int


def promise(term: Term, received_at: datetime, calendar: WorkCalendar) -> Promise:
    """Return the due time of a dossier with its proof, in office time.

    Raises Refusal `term_limit_invalid`, `calendar_never_open`, `calendar_year_unknown`, and ValueError for a naive
    instant.
    """
    received = _in_office_time(received_at)
    rule, calculate = _rule(term)
    counted_from, reception = _reception(received, calendar)
    deadline = calculate(counted_from, calendar)
    steps = [rule, reception, *deadline.steps]
    if deadline.due_at is not None:
        steps.append(Message("term_due", {"at": deadline.due_at.isoformat(timespec="minutes")}))
        steps.append(Message("term_calendar", {"known_on": calendar.known_on.isoformat()}))
    return Promise(deadline.due_at, deadline.counted_from, counted_from != received, tuple(steps))


def counted_from(received_at: datetime, calendar: WorkCalendar) -> datetime:
    """Return when something received at this instant counts as received."""
    return _reception(_in_office_time(received_at), calendar)[0]


def step_ends(
    steps: Sequence[tuple[Decimal, TermUnit]], counted_from: datetime, calendar: WorkCalendar
) -> tuple[datetime, ...]:
    """Return when each step of a process ends, one after the other.

    `steps` are limits in working days or hours. Parts of days add up: two steps of half a day end with one day.
    """
    ends: list[datetime] = []
    begin, days = counted_from, Decimal(0)
    for limit, unit in steps:
        if not limit:
            ends.append(ends[-1] if ends else begin)
            continue
        if unit is TermUnit.HOUR:
            begin, days = (ends[-1] if ends else begin), Decimal(0)
            deadline = _hours(limit, begin, calendar)
        else:
            begin = begin if days or not ends else ends[-1]
            days += limit
            deadline = _working_days(days, begin, calendar)
        ends.append(deadline.due_at or begin)
    return tuple(ends)


def working_days_between(earlier: date, later: date, calendar: WorkCalendar) -> int:
    """Return the working days after `earlier` up to and including `later`.

    The number is negative if `later` is before `earlier`.
    """
    if later < earlier:
        return -working_days_between(later, earlier, calendar)
    days = (later - earlier).days
    return sum(calendar.is_working(earlier + timedelta(days=n)) for n in range(1, days + 1))


def office_minutes_between(earlier: datetime, later: datetime, calendar: WorkCalendar) -> int:
    """Return the minutes of office hours between two aware instants.

    The number is negative if `later` is before `earlier`. Terms in hours use it.
    """
    if later < earlier:
        return -office_minutes_between(later, earlier, calendar)
    start, end = _in_office_time(earlier), _in_office_time(later)
    first, last = start.date(), end.date()
    total = 0
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        since = _minute_of_day(start.time()) if day == first else 0
        until = _minute_of_day(end.time()) if day == last else 24 * 60
        total += sum(max(0, min(closes, until) - opens) for opens, closes in _remaining_sessions(day, since, calendar))
    return total


def after_office_minutes(since: datetime, minutes: int, calendar: WorkCalendar) -> datetime:
    """Return the instant some minutes of office hours later, at least one."""
    last = list(_office_time(_in_office_time(since), minutes, calendar))[-1]
    return _office_instant(last.day, last.end)


def end_on_working_day(end: date, calendar: WorkCalendar) -> tuple[date, list[Message]]:
    """Return the due day of a term that ends on `end`, with its proof steps.

    A term that ends on a day off ends on the next working day (Civil Code 2015, article 148.5).
    """
    if calendar.is_working(end):
        return end, []
    due_day = calendar.next_working(end)
    steps = proof_steps(_between(end - ONE_DAY, due_day, calendar), calendar_run, skipped_code="term_ends_off")
    return due_day, [*steps, Message("term_moved", {"day": due_day.isoformat()})]


def results_at(day: date, calendar: WorkCalendar) -> datetime:
    """Return when results are handed out on a working day.

    This is the office's due time, or closing time if the due time is outside the opening hours.
    """
    sessions = calendar.day(day).sessions
    closes = sessions[-1].closes
    at = calendar.due_time or closes
    return datetime.combine(day, at if sessions[0].opens <= at <= closes else closes, OFFICE_TIME)


def _in_office_time(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("naive instant")
    office_time = instant.astimezone(OFFICE_TIME)
    if not FIRST_YEAR <= office_time.year <= LAST_YEAR:
        raise Refusal("calendar_year_unknown", "received_at", year=office_time.year)
    return office_time


def _reception(received: datetime, calendar: WorkCalendar) -> tuple[datetime, Message]:
    """Return when a dossier counts as received, and the proof step."""
    day = received.date()
    today = calendar.day(day)
    at = received.isoformat(timespec="minutes")
    if today.sessions and received.time() < today.sessions[-1].closes:
        code = "term_received_reception" if today.kind is DayState.RECEPTION else "term_received"
        return received, Message(code, {"at": at})
    opens = calendar.day(following := calendar.next_working(day)).sessions[0].opens
    counted_from = datetime.combine(following, opens, OFFICE_TIME)
    counts_at = counted_from.isoformat(timespec="minutes")
    return counted_from, Message(
        "term_received_out_of_hours", {"at": at, "counted_from": counts_at, **reason_values(today)}
    )


@lru_cache(maxsize=256)
def _rule(term: Term) -> tuple[Message, _Calculation]:
    """Return the proof step of a term and its calculation.

    Raises Refusal `term_limit_invalid` if limit and unit do not match.
    """
    limit = None if term.limit is None or term.unit is TermUnit.SAME_DAY else parse_limit(term.limit)
    if term.unit is TermUnit.SAME_DAY or (limit == 0 and term.unit is not TermUnit.UNKNOWN):
        return Message("term_rule_same_day", {"cutoff": f"{term.cutoff:%H:%M}"}), partial(_same_day, term.cutoff)
    if limit is None or term.unit is TermUnit.UNKNOWN:
        return Message("term_unknown", {"unit": term.unit.value}), _unknown
    if term.unit is TermUnit.DAY and not _is_whole(limit):
        raise Refusal("term_limit_invalid", "limit", limit=_decimal(limit))
    calculate = {TermUnit.WORKING_DAY: _working_days, TermUnit.DAY: _calendar_days, TermUnit.HOUR: _hours}[term.unit]
    return Message("term_rule", {"unit": term.unit.value, "limit": _decimal(limit)}), partial(calculate, limit)


def _unknown(counted_from: datetime, calendar: WorkCalendar) -> _Deadline:
    return _Deadline(None, counted_from, [])


def _same_day(cutoff: time, counted_from: datetime, calendar: WorkCalendar) -> _Deadline:
    day = counted_from.date()
    open_day = calendar.is_working(day)
    if open_day and counted_from.time().replace(second=0, microsecond=0) <= cutoff:
        due_at = results_at(day, calendar)
        if due_at <= counted_from:
            due_at = datetime.combine(day, calendar.day(day).sessions[-1].closes, OFFICE_TIME)
        return _Deadline(due_at, counted_from, [Message("term_same_day", {"day": day.isoformat()})])
    steps = [Message("term_after_cutoff", {"cutoff": f"{cutoff:%H:%M}"})] if open_day else []
    proof_days = list(_iterate_working_days(day, 1, calendar))
    return _Deadline(
        results_at(proof_days[-1].day, calendar), counted_from, [*steps, *proof_steps(proof_days, working_run)]
    )


def _working_days(limit: Decimal, counted_from: datetime, calendar: WorkCalendar) -> _Deadline:
    whole, part = divmod(limit, 1)
    proof_days = list(_iterate_working_days(counted_from.date(), int(whole) + bool(part), calendar))
    last = proof_days[-1].day
    if not part:
        return _Deadline(results_at(last, calendar), counted_from, proof_steps(proof_days, working_run))
    due_at = datetime.combine(last, _part_of_day(calendar.day(last).sessions, part), OFFICE_TIME)
    ends = Message("term_part_day", {"day": last.isoformat(), "part": _decimal(part), "ends": f"{due_at:%H:%M}"})
    return _Deadline(due_at, counted_from, [*proof_steps(proof_days[:-1], working_run), ends])


def _calendar_days(limit: Decimal, counted_from: datetime, calendar: WorkCalendar) -> _Deadline:
    start = counted_from.date()
    proof_days = [ProofDay(start + timedelta(days=n), ORDINARY_DAY, n) for n in range(1, int(limit) + 1)]
    steps = proof_steps(proof_days, calendar_run)
    due_day, moved = end_on_working_day(proof_days[-1].day, calendar)
    return _Deadline(results_at(due_day, calendar), counted_from, [*steps, *moved])


def _hours(limit: Decimal, counted_from: datetime, calendar: WorkCalendar) -> _Deadline:
    spans = list(_office_time(counted_from, int(limit * 60), calendar))
    begin, due_at = _office_instant(spans[0].day, spans[0].begin), _office_instant(spans[-1].day, spans[-1].end)
    proof_days: list[ProofDay] = []
    for number, span in enumerate(spans, 1):
        if proof_days:
            proof_days += _between(proof_days[-1].day, span.day, calendar)
        proof_days.append(ProofDay(span.day, calendar.day(span.day), number))

    def run(first: ProofDay, last: ProofDay) -> Message:
        return _hours_run(spans[first.number - 1], spans[last.number - 1])

    start = max(counted_from, begin)
    steps = [] if start == counted_from else [Message("term_clock_starts", {"at": begin.isoformat(timespec="minutes")})]
    return _Deadline(due_at, start, [*steps, *proof_steps(proof_days, run)])


def _iterate_working_days(start: date, count: int, calendar: WorkCalendar) -> Iterator[ProofDay]:
    """Yield the days after `start` up to the `count`-th working day."""
    for number in range(1, count + 1):
        following = calendar.next_working(start)
        yield from _between(start, following, calendar)
        yield ProofDay(following, calendar.day(following), number)
        start = following


def _between(after: date, before: date, calendar: WorkCalendar) -> Iterator[ProofDay]:
    """Yield the days strictly between two days as skipped days."""
    while (after := after + ONE_DAY) < before:
        yield ProofDay(after, calendar.day(after), 0)


def _office_time(since: datetime, minutes: int, calendar: WorkCalendar) -> Iterator[_OfficeTimeSpan]:
    """Yield the spans of `minutes` minutes of office hours, one per day.

    A span that ends at closing time stays on that day.
    """
    day, begin, total = since.date(), _minute_of_day(since.time()), 0
    while True:
        sessions = _remaining_sessions(day, begin, calendar)
        for opens, closes in sessions:
            remaining = minutes - total
            total += min(remaining, closes - opens)
            if remaining <= closes - opens:
                yield _OfficeTimeSpan(day, sessions[0][0], opens + remaining, total)
                return
        if sessions:
            yield _OfficeTimeSpan(day, sessions[0][0], sessions[-1][1], total)
        day, begin = calendar.next_working(day), 0


def _remaining_sessions(day: date, since: int, calendar: WorkCalendar) -> list[tuple[int, int]]:
    """Return the sessions of a working day from minute `since` on.

    The list is empty on a day that does not count.
    """
    if not calendar.is_working(day):
        return []
    sessions = ((_minute_of_day(s.opens), _minute_of_day(s.closes)) for s in calendar.day(day).sessions)
    return [(max(opens, since), closes) for opens, closes in sessions if closes > since]


def _part_of_day(sessions: Sequence[Session], part: Decimal) -> time:
    """Return when a quarter, half or three quarters of a working day end.

    Half a day is the end of the first session.
    """
    first, last = sessions[0], sessions[-1]
    if len(sessions) == 1:
        return _time_within(first, part)
    if part == HALF:
        return first.closes
    return _time_within(first if part < HALF else last, HALF)


def _time_within(session: Session, share: Decimal) -> time:
    opens, closes = _minute_of_day(session.opens), _minute_of_day(session.closes)
    hour, minute = divmod(opens + int((closes - opens) * share), 60)
    return time(hour, minute)


def _minute_of_day(at: time) -> int:
    return at.hour * 60 + at.minute


def _office_instant(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(*divmod(minute, 60)), OFFICE_TIME)


def _is_whole(limit: Decimal) -> bool:
    return limit == limit.to_integral_value()


def _decimal(limit: Decimal) -> str:
    return format(limit.normalize(), "f")


def _hours_run(first: _OfficeTimeSpan, last: _OfficeTimeSpan) -> Message:
    begin, end = _office_instant(first.day, first.begin), _office_instant(last.day, last.end)
    values = {"from": begin.isoformat(timespec="minutes"), "to": end.isoformat(timespec="minutes")}
    return Message("term_hours" if first is last else "term_hours_days", {**values, "minutes": last.total})
