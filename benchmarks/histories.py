"""Invented histories of dossiers: events with instants and states.

Of a hundred, ninety-five go straight to the result, three have a supplement, two end without a result.
The histories of the latest dossiers end at the present.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from random import Random
from typing import Any

from app.models.calendar import WorkCalendar
from app.models.enums import Action, Status, Verdict
from app.models.instants import OFFICE_TIME
from app.models.lifecycle import COUNTER, PAUSE_OR_RECALL_ACTIONS
from app.models.mapping import canonical_text
from app.models.workdays import Term, promise

_UNITS = ("Tư pháp – Hộ tịch", "Địa chính – Xây dựng", "Văn hóa – Xã hội", "Kế toán – Ngân sách")
_HOUR = 3600
_LOOK_AHEAD = timedelta(days=400)


@dataclass(frozen=True)
class DueDate:
    """Due date in seconds (None without a term), and its proof as stored."""

    due_at: int | None
    proof: str


class WorkingDays:
    """Working days of the generated years, with their midnights in seconds."""

    def __init__(self, calendar: WorkCalendar, first: date, now: datetime) -> None:
        days = (now.date() + _LOOK_AHEAD - first).days
        self.days = [day for day in (first + timedelta(n) for n in range(days)) if calendar.is_working(day)]
        self.midnights = [_seconds(day) for day in self.days]
        self.now = int(now.timestamp())
        self.past = bisect_right(self.midnights, self.now - 24 * _HOUR) - 1
        self._calendar = calendar
        self._due_dates: dict[tuple[Term, int], DueDate] = {}

    def due_date(self, term: Term, place: int) -> DueDate:
        """Return the due date of a receipt on the morning of a working day."""
        known = self._due_dates.get((term, place))
        if known is None:
            promised = promise(term, datetime.combine(self.days[place], time(9), OFFICE_TIME), self._calendar)
            proof = canonical_text([[step.code, dict(step.values)] for step in promised.steps])
            known = DueDate(None if promised.due_at is None else int(promised.due_at.timestamp()), proof)
            self._due_dates[term, place] = known
        return known


@dataclass(frozen=True)
class HistoryEvent:
    """One event of a history; instants are in seconds, `state` is after it."""

    action: Action
    at: int
    status: Status
    giver: str | None
    holder: str
    verdict: Verdict | None
    note: str | None
    change: Mapping[str, Any]
    state: Mapping[str, Any]


class DossierHistory:
    """Invented history of one dossier, built event by event."""

    def __init__(self, timeline: WorkingDays, term: Term, place: int, rng: Random) -> None:
        self.timeline, self.term, self.place, self.rng = timeline, term, place, rng
        self.received_at = timeline.midnights[place] + rng.randrange(7 * _HOUR + 1800, 15 * _HOUR)
        self.due_date = timeline.due_date(term, place)
        due = self.due_date.due_at
        self.state: dict[str, Any] = {
            "status": Status.RECEIVED,
            "holder": COUNTER,
            "previous_holder": None,
            "leg_open": False,
            "due_at": due,
            "original_due_at": due,
            "closed_at": None,
            "outcome": None,
            "returned_at": None,
            "received_by": None,
            "paused_at": None,
            "winding": False,
        }
        self.events = [
            HistoryEvent(Action.INTAKE, self.received_at, Status.RECEIVED, None, COUNTER, None, None, {}, self.state)
        ]

    def moment_after(self, days: int) -> int:
        """Return an instant `days` working days later, after the last event."""
        self.place = min(self.place + days, len(self.timeline.days) - 1)
        moment = self.timeline.midnights[self.place] + self.rng.randrange(8 * _HOUR, 17 * _HOUR)
        return max(moment, self.events[-1].at + 60)

    def act(
        self,
        action: Action,
        status: Status,
        days: int,
        to: str | None = None,
        note: str | None = None,
        verdict: Verdict | None = None,
        **change: Any,
    ) -> None:
        """Add an event; the value "now" in `change` becomes its instant."""
        moment, giver = self.moment_after(days), self.state["holder"]
        change = {name: moment if value == "now" else value for name, value in change.items()}
        if to is not None:
            change |= {"holder": to, "previous_holder": giver}
        has_paused = self.state["winding"] or action in PAUSE_OR_RECALL_ACTIONS
        self.state = {**self.state, **change, "status": status, "winding": has_paused}
        self.events.append(HistoryEvent(action, moment, status, giver, to or giver, verdict, note, change, self.state))

    def send(self, days: int) -> None:
        """Add a hand-over to a unit and its receipt on the same day."""
        self.act(Action.SEND, Status.PROCESSING, days, self.rng.choice(_UNITS), leg_open=True)
        self.act(Action.RECEIVE, Status.PROCESSING, 0, verdict=Verdict.ON_TIME, leg_open=False)

    def finish(self, days: int) -> None:
        """Add the result."""
        to = None if self.state["holder"] == COUNTER else COUNTER
        self.act(Action.FINISH, Status.FINISHED, days, to, leg_open=False, closed_at="now", outcome=Status.FINISHED)

    def end(self, action: Action, outcome: Status, days: int) -> None:
        """Add an end without a result."""
        to = None if self.state["holder"] == COUNTER else COUNTER
        self.act(
            action,
            outcome,
            days,
            to,
            "Theo đơn của người nộp hoặc không đủ điều kiện",
            leg_open=False,
            closed_at="now",
            outcome=outcome,
            paused_at=None,
        )

    def return_result(self, days: int, name: str) -> None:
        """Add the return of the result or the papers to the citizen."""
        self.act(Action.RETURN, Status.RETURNED, days, name, returned_at="now", received_by=name)

    def days_to_settle(self) -> int:
        """Return the working days until the result; five percent are late."""
        due = self.state["due_at"]
        if due is None:
            return self.rng.randrange(1, 15)
        left = bisect_right(self.timeline.midnights, due) - 1 - self.place
        return left + self.rng.randrange(1, 6) if self.rng.random() < 0.05 else round(left * self.rng.random())


def _straight(history: DossierHistory, name: str) -> None:
    if history.rng.random() < 0.85:
        history.send(0)
    history.finish(history.days_to_settle())
    history.return_result(history.rng.randrange(5), name)


def _with_supplement(history: DossierHistory, name: str) -> None:
    history.send(0)
    history.act(
        Action.ASK_SUPPLEMENT,
        Status.SUPPLEMENT_ASKED,
        1,
        COUNTER,
        "Bổ sung giấy tờ còn thiếu",
        leg_open=False,
        paused_at="now",
    )
    place = min(history.place + history.rng.randrange(1, 10), len(history.timeline.days) - 1)
    due = history.timeline.due_date(history.term, place).due_at
    history.act(
        Action.SUPPLEMENT, Status.PROCESSING, place - history.place, paused_at=None, due_at=due, original_due_at=due
    )
    history.finish(history.days_to_settle())
    history.return_result(history.rng.randrange(5), name)


def _without_result(history: DossierHistory, name: str) -> None:
    if history.rng.random() < 0.5:
        history.end(Action.WITHDRAW, Status.WITHDRAWN, history.rng.randrange(3))
    else:
        history.send(0)
        history.end(Action.REFUSE, Status.REFUSED, history.days_to_settle())
    history.return_result(history.rng.randrange(5), name)


_KINDS: tuple[Callable[[DossierHistory, str], None], ...] = (_straight, _with_supplement, _without_result)
_SHARES = (95, 3, 2)


def invent_history(
    timeline: WorkingDays, term: Term, place: int, name: str, rng: Random
) -> tuple[DossierHistory, list[HistoryEvent]]:
    """Return a history from a working day on, and its events up to now."""
    history = DossierHistory(timeline, term, place, rng)
    rng.choices(_KINDS, _SHARES)[0](history, name)
    return history, list(takewhile(lambda event: event.at <= timeline.now, history.events))


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time(), OFFICE_TIME).timestamp())
