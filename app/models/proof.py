"""Steps of a deadline calculation, worded by `app.wording.proof`.

A step has only codes and JSON scalars, so that the journal stores it and a paper can show it years later.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from app.models.calendar import CalendarDay
from app.models.errors import Message

LONGEST_DAILY_PROOF = 15
"""Maximum number of counted days that a proof lists one by one; a longer proof joins them into runs."""


class ProofDay(NamedTuple):
    """Day of the calculation.

    `number` counts the counted days; 0 is a skipped day.
    """

    day: date
    calendar_day: CalendarDay
    number: int


DescribeRun = Callable[[ProofDay, ProofDay], Message]
"""Returns the step for the days from the first to the last of a run."""


def proof_steps(
    proof_days: Iterable[ProofDay], describe_run: DescribeRun, skipped_code: str = "term_skipped"
) -> list[Message]:
    """Return the days of a calculation as steps.

    A short proof has every counted day, and joins adjacent days skipped for one reason. A long proof joins counted days
    into runs and has every interruption except weekends.
    """
    days = list(proof_days)
    long = sum(p.number > 0 for p in days) > LONGEST_DAILY_PROOF
    if long:
        days = [p for p in days if p.number or p.calendar_day.special is not None]
    steps = []
    for _, group in groupby(days, key=_long_key if long else _short_key):
        members = list(group)
        counted = members[0].number > 0
        steps.append(describe_run(members[0], members[-1]) if counted else _skipped(skipped_code, members))
    return steps


def _short_key(proof_days: ProofDay) -> tuple[int, str, str]:
    return proof_days.number, proof_days.calendar_day.reason, proof_days.calendar_day.text


def _long_key(proof_days: ProofDay) -> tuple[bool, str]:
    return proof_days.number > 0, proof_days.calendar_day.reason


def _skipped(code: str, members: Sequence[ProofDay]) -> Message:
    texts = ", ".join(dict.fromkeys(p.calendar_day.text for p in members if p.calendar_day.text))
    values = {"first": members[0].day.isoformat(), "last": members[-1].day.isoformat()}
    return Message(code, {**values, "reason": members[0].calendar_day.reason.value, "text": texts})


def reason_values(day: CalendarDay) -> dict[str, str]:
    """Return the reason for the state of a day as step values."""
    return {"reason": day.reason.value, "text": day.text}


def working_run(first: ProofDay, last: ProofDay) -> Message:
    """Return the step of one counted working day, or of a run."""
    if first is last:
        return Message(
            "term_day", {"number": first.number, "day": first.day.isoformat(), **reason_values(first.calendar_day)}
        )
    return Message("term_days", {"number": first.number, "until": last.number, **_span(first.day, last.day)})


def calendar_run(first: ProofDay, last: ProofDay) -> Message:
    """Return the step of one counted calendar day, or of a run."""
    if first is last:
        return Message("term_calendar_day", {"number": first.number, "day": first.day.isoformat()})
    return Message("term_calendar_days", {"number": first.number, "until": last.number, **_span(first.day, last.day)})


def _span(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}
