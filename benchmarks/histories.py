"""Invented lives of dossiers: what happened to each and when, and the state that folding it gives.

Of a hundred, ninety-five go straight from intake to the result, three wind through a supplement, two end without a
result; the youngest are cut where the present is."""

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
    """When a dossier of a term and a day is due, in seconds (None where no term is known), with its proof as kept."""

    due_at: int | None
    proof: str


class WorkingDays:
    """The working days of the years an office looks back on, each with its midnight in seconds."""

    def __init__(self, calendar: WorkCalendar, first: date, now: datetime) -> None:
        days = (now.date() + _LOOK_AHEAD - first).days
        self.days = [day for day in (first + timedelta(n) for n in range(days)) if calendar.is_working(day)]
        self.midnights = [_seconds(day) for day in self.days]
        self.now = int(now.timestamp())
        self.past = bisect_right(self.midnights, self.now - 24 * _HOUR) - 1
        self._calendar = calendar
        self._due_dates: dict[tuple[Term, int], DueDate] = {}

    def due_date(self, term: Term, place: int) -> DueDate:
        """The promise to whoever came on that working day's morning."""
        known = self._due_dates.get((term, place))
        if known is None:
            given = promise(term, datetime.combine(self.days[place], time(9), OFFICE_TIME), self._calendar)
            proof = canonical_text([[said.code, dict(said.values)] for said in given.steps])
            known = DueDate(None if given.due_at is None else int(given.due_at.timestamp()), proof)
            self._due_dates[term, place] = known
        return known


@dataclass(frozen=True)
class HistoryEvent:
    """One event of a life; instants in seconds, `state` is the dossier's after it."""

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
    """The life of one dossier as it is invented, act by act."""

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
        """A moment of the working day so many after the last act's, never before the last act."""
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
        """One more act; its instants under the name `at` become the moment of the act."""
        moment, giver = self.moment_after(days), self.state["holder"]
        change = {name: moment if value == "now" else value for name, value in change.items()}
        if to is not None:
            change |= {"holder": to, "previous_holder": giver}
        winding = self.state["winding"] or action in PAUSE_OR_RECALL_ACTIONS
        self.state = {**self.state, **change, "status": status, "winding": winding}
        self.events.append(HistoryEvent(action, moment, status, giver, to or giver, verdict, note, change, self.state))

    def send(self, days: int) -> None:
        """Hand-over to a unit, taken over there the same day."""
        self.act(Action.SEND, Status.PROCESSING, days, self.rng.choice(_UNITS), leg_open=True)
        self.act(Action.RECEIVE, Status.PROCESSING, 0, verdict=Verdict.ON_TIME, leg_open=False)

    def finish(self, days: int) -> None:
        """The result, judged by the citizen's date."""
        to = None if self.state["holder"] == COUNTER else COUNTER
        self.act(Action.FINISH, Status.FINISHED, days, to, leg_open=False, closed_at="now", outcome=Status.FINISHED)

    def end(self, action: Action, outcome: Status, days: int) -> None:
        """An end without the result asked for."""
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
        """Result, or papers, in the citizen's hand."""
        self.act(Action.RETURN, Status.RETURNED, days, name, returned_at="now", received_by=name)

    def days_to_settle(self) -> int:
        """Working days until the result: mostly within the term, in five of a hundred past it."""
        due = self.state["due_at"]
        if due is None:
            return self.rng.randrange(1, 15)
        left = bisect_right(self.timeline.midnights, due) - 1 - self.place
        return left + self.rng.randrange(1, 6) if self.rng.random() < 0.05 else round(left * self.rng.random())


def _straight(life: DossierHistory, name: str) -> None:
    if life.rng.random() < 0.85:
        life.send(0)
    life.finish(life.days_to_settle())
    life.return_result(life.rng.randrange(5), name)


def _with_supplement(life: DossierHistory, name: str) -> None:
    life.send(0)
    life.act(
        Action.ASK_SUPPLEMENT,
        Status.SUPPLEMENT_ASKED,
        1,
        COUNTER,
        "Bổ sung giấy tờ còn thiếu",
        leg_open=False,
        paused_at="now",
    )
    place = min(life.place + life.rng.randrange(1, 10), len(life.timeline.days) - 1)
    due = life.timeline.due_date(life.term, place).due_at
    life.act(Action.SUPPLEMENT, Status.PROCESSING, place - life.place, paused_at=None, due_at=due, original_due_at=due)
    life.finish(life.days_to_settle())
    life.return_result(life.rng.randrange(5), name)


def _without_result(life: DossierHistory, name: str) -> None:
    if life.rng.random() < 0.5:
        life.end(Action.WITHDRAW, Status.WITHDRAWN, life.rng.randrange(3))
    else:
        life.send(0)
        life.end(Action.REFUSE, Status.REFUSED, life.days_to_settle())
    life.return_result(life.rng.randrange(5), name)


_KINDS: tuple[Callable[[DossierHistory, str], None], ...] = (_straight, _with_supplement, _without_result)
_SHARES = (95, 3, 2)


def invent(
    timeline: WorkingDays, term: Term, place: int, name: str, rng: Random
) -> tuple[DossierHistory, list[HistoryEvent]]:
    """A life begun on that working day, and what of it has happened by the present."""
    life = DossierHistory(timeline, term, place, rng)
    rng.choices(_KINDS, _SHARES)[0](life, name)
    return life, list(takewhile(lambda act: act.at <= timeline.now, life.events))


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time(), OFFICE_TIME).timestamp())
