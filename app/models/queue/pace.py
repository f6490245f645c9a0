"""Pace of the queue: how long a number waits, from the day's own calls."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import NamedTuple

from app.models.enums import TicketAction

PAUSE_SECONDS = 30 * 60
"""A longer handling is a pause. A desk without an act for so long is away."""
_SHORTEST_SECONDS = 20
"""A shorter handling is a number without an answer."""
_LEAST_HANDLINGS, _MOST_HANDLINGS = 3, 10


class DeskAct(NamedTuple):
    """An act of a desk on a number; `taken_at` is when the number was taken."""

    action: TicketAction
    at: datetime
    desk: int
    number: int
    taken_at: datetime


@dataclass(frozen=True)
class Pace:
    """Median seconds that a citizen is served, and the desks that serve."""

    seconds: float
    desks: int

    def minutes(self, before: int) -> int:
        """Return the minutes until the call of a number.

        `before` others precede it. The desks are busy now, so each of the numbers before, and one that is being served,
        takes its time.
        """
        return ceil((before + 1) * self.seconds / self.desks / 60)


class _Ended(NamedTuple):
    at: datetime
    seconds: float


def pace_of_day(acts: Sequence[DeskAct], now: datetime) -> Pace | None:
    """Return the pace of a day, from its acts in order.

    A handling lasts from a call to the next act of the desk. It counts if it ended by a hold or a transfer, or if the
    next number was waiting when it began; else the desk may have been idle. The last ten count. None before three of
    them, and while no desk serves.
    """
    by_desk: dict[int, list[DeskAct]] = defaultdict(list)
    for act in acts:
        by_desk[act.desk].append(act)
    ended = sorted(each for desk_acts in by_desk.values() for each in _handlings(desk_acts))[-_MOST_HANDLINGS:]
    desks = sum(0 <= (now - desk_acts[-1].at).total_seconds() <= PAUSE_SECONDS for desk_acts in by_desk.values())
    if len(ended) < _LEAST_HANDLINGS or not desks:
        return None
    from statistics import median  # the largest module of a start, so it waits for the first pace

    return Pace(median(each.seconds for each in ended), desks)


def _handlings(acts: Sequence[DeskAct]) -> list[_Ended]:
    """Return the handlings of one desk that count."""
    ended = []
    current: DeskAct | None = None
    for act in acts:
        if current is not None and _is_again(act, current):
            continue
        if current is not None and _counts(current, act):
            seconds = (act.at - current.at).total_seconds()
            if _SHORTEST_SECONDS <= seconds <= PAUSE_SECONDS:
                ended.append(_Ended(act.at, seconds))
        current = act if act.action in (TicketAction.CALL, TicketAction.RECALL) else None
    return ended


def _is_again(act: DeskAct, current: DeskAct) -> bool:
    return act.action is TicketAction.RECALL and act.number == current.number


def _counts(current: DeskAct, act: DeskAct) -> bool:
    if act.action in (TicketAction.HOLD, TicketAction.TRANSFER):
        return act.number == current.number
    return act.action is not TicketAction.NO_SHOW and act.taken_at <= current.at
