"""The deadline engine: when a dossier is due, and the day-by-day proof of it.

Civil Code 2015, articles 147 and 148 (the day of receipt is not counted; a term ending on a day off ends on the next
working day); decree 23/2015 article 7 and the Law on civil status article 5.3 (same day, after 15:00 the next working
day).
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
"""Years in which a term can be counted: outside them the public holidays are not known."""

HALF = Decimal("0.5")
ORDINARY_DAY = CalendarDay(DayState.WORKING, (), DayReason.WEEK)


@dataclass(frozen=True)
class Term:
    """Thời hạn giải quyết: a limit of whole days, quarters of working days or quarters of hours, 0 to 1000, and its
    unit. `cutoff` is the last minute of receipt for a same-day result; a limit of 0 is «ngay trong ngày»."""

    limit: Decimal | None
    unit: TermUnit
    cutoff: time = time(15, 0)


@dataclass(frozen=True)
class Promise:
    """The date promised. `due_at` is None where no term is known; `counted_from` is the moment the term begins;
    `out_of_hours` warns that the dossier came in when the office was closed. Both instants are office time."""

    due_at: datetime | None
    counted_from: datetime
    out_of_hours: bool
    steps: tuple[Message, ...]


def parse_limit(text: str | int | float | Decimal) -> Decimal:
    """A limit as typed, `7.5`, `7,5` or `5`; refuses `term_limit_invalid` but for quarters from 0 to 1000."""
    spelled = (format(text, "f") if isinstance(text, Decimal) else str(text)).strip()
    if re.fullmatch(r"[0-9]{1,4}([.,](0|25|5|75)0*)?", spelled) is None:
        raise Refusal("term_limit_invalid", "limit", limit=spelled)
    limit = Decimal(spelled.replace(",", "."))
    if limit > MAX_LIMIT:
        raise Refusal("term_limit_invalid", "limit", limit=spelled)
    return limit.quantize(Decimal(1)) if _is_whole(limit) else limit.normalize()


class _Deadline(NamedTuple):
    due_at: datetime | None
    counted_from: datetime
    steps: list[Message]


_Calculation = Callable[[datetime, WorkCalendar], _Deadline]


class _OfficeTimeSpan(NamedTuple):
    """Office hours used on a day, from and to a minute of it; `total` minutes used up to its end."""

    day: date
    begin: int
    end: int
    total: int


def promise(term: Term, received_at: datetime, calendar: WorkCalendar) -> Promise:
    """When a dossier received at an aware instant is due, in office time, with the proof.

    Refuses `term_limit_invalid` (a limit the unit cannot have), `calendar_never_open`, `calendar_year_unknown`.
    Raises ValueError for a naive instant.
    """
    received = _wall_clock(received_at)
    rule, reckon = _rule(term)
    counted_from, reception = _reception(received, calendar)
    reckoned = reckon(counted_from, calendar)
    steps = [rule, reception, *reckoned.steps]
    if reckoned.due_at is not None:
        steps.append(Message("term_due", {"at": reckoned.due_at.isoformat(timespec="minutes")}))
        steps.append(Message("term_calendar", {"known_on": calendar.known_on.isoformat()}))
    return Promise(reckoned.due_at, reckoned.counted_from, counted_from != received, tuple(steps))


def working_days_between(earlier: date, later: date, calendar: WorkCalendar) -> int:
    """Working days after the first day up to and including the second; negative when the second lies before."""
    if later < earlier:
        return -working_days_between(later, earlier, calendar)
    days = (later - earlier).days
    return sum(calendar.is_working(earlier + timedelta(days=n)) for n in range(1, days + 1))


def office_minutes_between(earlier: datetime, later: datetime, calendar: WorkCalendar) -> int:
    """Minutes of office hours between two aware instants, negative when the second lies before; for terms in hours."""
    if later < earlier:
        return -office_minutes_between(later, earlier, calendar)
    start, end = _wall_clock(earlier), _wall_clock(later)
    first, last = start.date(), end.date()
    total = 0
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        since = _minute_of_day(start.time()) if day == first else 0
        until = _minute_of_day(end.time()) if day == last else 24 * 60
        total += sum(max(0, min(closes, until) - opens) for opens, closes in _remaining_sessions(day, since, calendar))
    return total


def _wall_clock(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("naive instant")
    local = instant.astimezone(OFFICE_TIME)
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise Refusal("calendar_year_unknown", "received_at", year=local.year)
    return local


def _reception(received: datetime, calendar: WorkCalendar) -> tuple[datetime, Message]:
    """The moment a dossier counts as received, and how it is told."""
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
    """How a term is counted, told and ready to reckon; refuses `term_limit_invalid` where limit and unit disagree."""
    limit = None if term.limit is None or term.unit is TermUnit.SAME_DAY else parse_limit(term.limit)
    if term.unit is TermUnit.SAME_DAY or (limit == 0 and term.unit is not TermUnit.UNKNOWN):
        return Message("term_rule_same_day", {"cutoff": f"{term.cutoff:%H:%M}"}), partial(_same_day, term.cutoff)
    if limit is None or term.unit is TermUnit.UNKNOWN:
        return Message("term_unknown", {"unit": term.unit.value}), _unknown
    if term.unit is TermUnit.DAY and not _is_whole(limit):
        raise Refusal("term_limit_invalid", "limit", limit=_decimal(limit))
    reckon = {TermUnit.WORKING_DAY: _working_days, TermUnit.DAY: _calendar_days, TermUnit.HOUR: _hours}[term.unit]
    return Message("term_rule", {"unit": term.unit.value, "limit": _decimal(limit)}), partial(reckon, limit)


def _unknown(counted_from: datetime, calendar: WorkCalendar) -> _Deadline:
    return _Deadline(None, counted_from, [])


def _same_day(cutoff: time, counted_from: datetime, calendar: WorkCalendar) -> _Deadline:
    day = counted_from.date()
    open_day = calendar.is_working(day)
    if open_day and counted_from.time().replace(second=0, microsecond=0) <= cutoff:
        due_at = _due_at(day, calendar)
        if due_at <= counted_from:
            due_at = datetime.combine(day, calendar.day(day).sessions[-1].closes, OFFICE_TIME)
        return _Deadline(due_at, counted_from, [Message("term_same_day", {"day": day.isoformat()})])
    steps = [Message("term_after_cutoff", {"cutoff": f"{cutoff:%H:%M}"})] if open_day else []
    proof_days = list(_iterate_working_days(day, 1, calendar))
    return _Deadline(
        _due_at(proof_days[-1].day, calendar), counted_from, [*steps, *proof_steps(proof_days, working_run)]
    )


def _working_days(limit: Decimal, counted_from: datetime, calendar: WorkCalendar) -> _Deadline:
    whole, part = divmod(limit, 1)
    proof_days = list(_iterate_working_days(counted_from.date(), int(whole) + bool(part), calendar))
    last = proof_days[-1].day
    if not part:
        return _Deadline(_due_at(last, calendar), counted_from, proof_steps(proof_days, working_run))
    due_at = datetime.combine(last, _part_of_day(calendar.day(last).sessions, part), OFFICE_TIME)
    ends = Message("term_part_day", {"day": last.isoformat(), "part": _decimal(part), "ends": f"{due_at:%H:%M}"})
    return _Deadline(due_at, counted_from, [*proof_steps(proof_days[:-1], working_run), ends])


def _calendar_days(limit: Decimal, counted_from: datetime, calendar: WorkCalendar) -> _Deadline:
    start = counted_from.date()
    proof_days = [ProofDay(start + timedelta(days=n), ORDINARY_DAY, n) for n in range(1, int(limit) + 1)]
    steps = proof_steps(proof_days, calendar_run)
    due_day = proof_days[-1].day
    if not calendar.is_working(due_day):
        due_day = calendar.next_working(end := due_day)
        steps += proof_steps(_between(end - ONE_DAY, due_day, calendar), calendar_run, skipped_code="term_ends_off")
        steps.append(Message("term_moved", {"day": due_day.isoformat()}))
    return _Deadline(_due_at(due_day, calendar), counted_from, steps)


def _hours(limit: Decimal, counted_from: datetime, calendar: WorkCalendar) -> _Deadline:
    worked = list(_office_time(counted_from, int(limit * 60), calendar))
    begin, due_at = _office_instant(worked[0].day, worked[0].begin), _office_instant(worked[-1].day, worked[-1].end)
    proof_days: list[ProofDay] = []
    for number, stretch in enumerate(worked, 1):
        if proof_days:
            proof_days += _between(proof_days[-1].day, stretch.day, calendar)
        proof_days.append(ProofDay(stretch.day, calendar.day(stretch.day), number))

    def run(first: ProofDay, last: ProofDay) -> Message:
        return _hours_run(worked[first.number - 1], worked[last.number - 1])

    start = max(counted_from, begin)
    steps = [] if start == counted_from else [Message("term_clock_starts", {"at": begin.isoformat(timespec="minutes")})]
    return _Deadline(due_at, start, [*steps, *proof_steps(proof_days, run)])


def _iterate_working_days(start: date, count: int, calendar: WorkCalendar) -> Iterator[ProofDay]:
    """The days after `start` up to the `count`-th working one."""
    for number in range(1, count + 1):
        following = calendar.next_working(start)
        yield from _between(start, following, calendar)
        yield ProofDay(following, calendar.day(following), number)
        start = following


def _between(after: date, before: date, calendar: WorkCalendar) -> Iterator[ProofDay]:
    """The days strictly between two days, as skipped."""
    while (after := after + ONE_DAY) < before:
        yield ProofDay(after, calendar.day(after), 0)


def _office_time(since: datetime, minutes: int, calendar: WorkCalendar) -> Iterator[_OfficeTimeSpan]:
    """Where the given minutes of office hours are spent, a row a day; ending at closing stays on that day."""
    day, begin, total = since.date(), _minute_of_day(since.time()), 0
    while True:
        stretches = _remaining_sessions(day, begin, calendar)
        for opens, closes in stretches:
            left = minutes - total
            total += min(left, closes - opens)
            if left <= closes - opens:
                yield _OfficeTimeSpan(day, stretches[0][0], opens + left, total)
                return
        if stretches:
            yield _OfficeTimeSpan(day, stretches[0][0], stretches[-1][1], total)
        day, begin = calendar.next_working(day), 0


def _remaining_sessions(day: date, since: int, calendar: WorkCalendar) -> list[tuple[int, int]]:
    """What is left of a working day's sessions from a minute of the day on; nothing where the day does not count."""
    if not calendar.is_working(day):
        return []
    sessions = ((_minute_of_day(s.opens), _minute_of_day(s.closes)) for s in calendar.day(day).sessions)
    return [(max(opens, since), closes) for opens, closes in sessions if closes > since]


def _part_of_day(sessions: Sequence[Session], part: Decimal) -> time:
    """When a quarter, half or three quarters of a working day end: half is the end of the first session."""
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


def _due_at(day: date, calendar: WorkCalendar) -> datetime:
    """When results are given on a working day: the office's hour, or closing where that hour lies outside the day."""
    sessions = calendar.day(day).sessions
    closes = sessions[-1].closes
    at = calendar.due_time or closes
    return datetime.combine(day, at if sessions[0].opens <= at <= closes else closes, OFFICE_TIME)


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
