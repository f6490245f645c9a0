"""How a date's reckoning is told: the days it went over, as steps which `app.wording.proof` says in Vietnamese.

A step holds codes and JSON scalars only, so that the journal keeps it and a paper can say it again years later.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from app.models.calendar import CalendarDay
from app.models.errors import Said

LONGEST_DAILY_PROOF = 15
"""Counted days a proof names one by one; a longer proof joins them and names only what interrupts them."""


class Passed(NamedTuple):
    """A day the reckoning went over; `number` counts the days that counted, 0 is a day skipped."""

    day: date
    what: CalendarDay
    number: int


Run = Callable[[Passed, Passed], Said]
"""Tells the days counted from the first to the last of a run."""


def told(passed: Iterable[Passed], run: Run, skipped: str = "term_skipped") -> list[Said]:
    """The days gone over, as steps. Short: every day, neighbours skipped for one reason together. Long: what counted
    as runs, and every interruption but the weekly one."""
    days = list(passed)
    long = sum(p.number > 0 for p in days) > LONGEST_DAILY_PROOF
    if long:
        days = [p for p in days if p.number or p.what.special is not None]
    steps = []
    for _, group in groupby(days, key=_long_key if long else _short_key):
        members = list(group)
        counted = members[0].number > 0
        steps.append(run(members[0], members[-1]) if counted else _skipped(skipped, members))
    return steps


def _short_key(passed: Passed) -> tuple[int, str, str]:
    return passed.number, passed.what.reason, passed.what.text


def _long_key(passed: Passed) -> tuple[bool, str]:
    return passed.number > 0, passed.what.reason


def _skipped(code: str, members: Sequence[Passed]) -> Said:
    texts = ", ".join(dict.fromkeys(p.what.text for p in members if p.what.text))
    values = {"first": members[0].day.isoformat(), "last": members[-1].day.isoformat()}
    return Said(code, {**values, "reason": members[0].what.reason.value, "text": texts})


def why(day: CalendarDay) -> dict[str, str]:
    """Why a day is what it is, as values of a step."""
    return {"reason": day.reason.value, "text": day.text}


def working_run(first: Passed, last: Passed) -> Said:
    """One working day counted, or a run of them."""
    if first is last:
        return Said("term_day", {"number": first.number, "day": first.day.isoformat(), **why(first.what)})
    return Said("term_days", {"number": first.number, "until": last.number, **_span(first.day, last.day)})


def calendar_run(first: Passed, last: Passed) -> Said:
    """One calendar day counted, or a run of them."""
    if first is last:
        return Said("term_calendar_day", {"number": first.number, "day": first.day.isoformat()})
    return Said("term_calendar_days", {"number": first.number, "until": last.number, **_span(first.day, last.day)})


def _span(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}
