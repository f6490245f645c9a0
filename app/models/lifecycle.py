"""State machine of a dossier (docs/states.md).

`apply` is the only place where a state changes. The journal stores the transitions and the dossier's row caches the
state. `check` replays the transitions and compares. `app.models.transitions` decides the transitions of a request.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from app.models.enums import Action, Status, Verdict
from app.models.errors import Refusal
from app.models.instants import local_day

COUNTER = "Bộ phận Một cửa"
"""Holder of a dossier that is at the one-stop counter."""


_ACTIONS_IN_PROGRESS = frozenset(
    (
        Action.SEND,
        Action.ASK_SUPPLEMENT,
        Action.ASK_PAYMENT,
        Action.REFUSE,
        Action.STOP,
        Action.APOLOGISE,
        Action.FINISH,
        Action.AMEND,
        Action.PAY,
        Action.REFUND,
        Action.UNDO,
    )
)
_ALWAYS = frozenset((Action.REFUND, Action.UNDO))
_RETURN_ONLY = _ALWAYS | {Action.RETURN}
ALLOWED_ACTIONS: Mapping[Status, frozenset[Action]] = MappingProxyType(
    {
        Status.RECEIVED: _ACTIONS_IN_PROGRESS | {Action.WITHDRAW, Action.VOID},
        Status.PROCESSING: _ACTIONS_IN_PROGRESS | {Action.RECEIVE, Action.TAKE_BACK},
        Status.SUPPLEMENT_ASKED: frozenset(
            (Action.SUPPLEMENT, Action.STOP, Action.WITHDRAW, Action.CLOSE, Action.AMEND)
        )
        | _ALWAYS,
        Status.PAYMENT_DUE: frozenset((Action.PAY, Action.STOP, Action.WITHDRAW, Action.AMEND)) | _ALWAYS,
        Status.FINISHED: frozenset((Action.RETURN, Action.TAKE_BACK, Action.AMEND, Action.PAY)) | _ALWAYS,
        Status.RETURNED: frozenset((Action.AMEND,)) | _ALWAYS,
        Status.REFUSED: _RETURN_ONLY,
        Status.STOPPED: _RETURN_ONLY,
        Status.WITHDRAWN: _RETURN_ONLY,
        Status.CLOSED: _RETURN_ONLY,
        Status.VOID: frozenset(),
    }
)
_NATIONAL_STATUS = {
    Status.RECEIVED: 2,
    Status.PROCESSING: 4,
    Status.SUPPLEMENT_ASKED: 5,
    Status.PAYMENT_DUE: 6,
    Status.FINISHED: 9,
    Status.RETURNED: 10,
    Status.REFUSED: 9,
    Status.STOPPED: 8,
    Status.WITHDRAWN: 7,
    Status.CLOSED: 8,
    Status.VOID: None,
}
_STATUSES_WITHOUT_RESULT = frozenset((Status.STOPPED, Status.WITHDRAWN, Status.CLOSED))
LEG_CLOSING_ACTIONS = frozenset((Action.RECEIVE, Action.SEND, Action.FINISH, Action.REFUSE))
"""Actions that close an open leg: the receipt itself, and later actions of a receiver who skipped it."""
UNRESOLVED_STATUSES = _STATUSES_WITHOUT_RESULT | {Status.REFUSED}
"""Final statuses without a result that the citizen would pay for."""
PAUSED_STATUSES = frozenset((Status.SUPPLEMENT_ASKED, Status.PAYMENT_DUE))
PAUSE_OR_RECALL_ACTIONS = frozenset(
    (Action.ASK_SUPPLEMENT, Action.ASK_PAYMENT, Action.TAKE_BACK, Action.VOID, Action.UNDO)
)
"""Actions after which the row alone no longer shows the past of a dossier."""


@dataclass(frozen=True)
class State:
    """Current state of a dossier.

    Instants are aware. `outcome` is how the dossier ended and stays after the result was returned. `previous_holder` is
    the holder after an open leg is recalled, None while the dossier has not been processed.
    """

    status: Status
    received_at: datetime
    holder: str = COUNTER
    previous_holder: str | None = None
    leg_open: bool = False
    due_at: datetime | None = None
    original_due_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: Status | None = None
    returned_at: datetime | None = None
    received_by: str | None = None
    fee: int | None = None
    paid: int = 0
    fee_receipt: str | None = None
    apologised: bool = False
    paused_at: datetime | None = None
    winding: bool = False


@dataclass(frozen=True)
class Transition:
    """Change of a dossier: an event of the journal before it is numbered.

    `change` has the changed fields of the state, so that replaying transitions rebuilds the state.
    """

    action: Action
    at: datetime
    status: Status
    holder_from: str | None
    holder_to: str | None
    verdict: Verdict | None = None
    note: str | None = None
    change: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)


def national_status(status: Status, outcome: Status | None) -> int | None:
    """Return the TrangThaiHoSo (1–10) of the national portal.

    Papers handed back after a withdrawal do not count as a result.
    """
    if status == Status.RETURNED and outcome in _STATUSES_WITHOUT_RESULT:
        return _NATIONAL_STATUS[outcome]
    return _NATIONAL_STATUS[status]


def allowed_actions(state: State) -> tuple[Action, ...]:
    """Return the actions that the state allows, in the order of `Action`.

    Whether the last event can be undone depends on the event (`app.services.acts.undo`).
    """
    return tuple(action for action in Action if action in ALLOWED_ACTIONS[state.status] and _is_possible(state, action))


def is_late(state: State, today: date) -> bool:
    """Return whether the original due date has been missed.

    The comparison is by date, never by time. A dossier without a date, paused, withdrawn or returned unresolved is not
    late (Biểu II.06a, columns 9 and 12).
    """
    due = None if state.original_due_at is None else local_day(state.original_due_at)
    closed = None if state.closed_at is None else local_day(state.closed_at)
    return is_day_missed(state.status, state.outcome, due, closed, today)


def is_day_missed(status: Status, outcome: Status | None, due: date | None, closed: date | None, today: date) -> bool:
    """Return `is_late` from days alone, as list rows have them.

    `due` is the original due date, `closed` the day of the end.
    """
    if due is None or (closed or today) <= due:
        return False
    return status not in PAUSED_STATUSES and status != Status.VOID and outcome in (None, Status.FINISHED)


def verdict(at: datetime, due_at: datetime | None) -> Verdict:
    """Return whether an end at `at` is early, on time or late.

    Without a due time it is on time.
    """
    if due_at is None or local_day(at) == local_day(due_at):
        return Verdict.ON_TIME
    return Verdict.EARLY if local_day(at) < local_day(due_at) else Verdict.LATE


def check_action_allowed(status: Status, action: Action) -> None:
    """Check that the status allows the action.

    Raises Refusal `act_not_allowed`.
    """
    if action not in ALLOWED_ACTIONS[status]:
        raise Refusal("act_not_allowed", "action", action=action.value, status=status.value)


def apply(state: State, transition: Transition) -> State:
    """Return the state after a transition.

    Raises TypeError for a changed field that a state does not have.
    """
    fields = vars(state)
    changes = {"winding": state.winding or transition.action in PAUSE_OR_RECALL_ACTIONS, **transition.change}
    if not changes.keys() <= fields.keys():
        raise TypeError(f"no fields of a state: {sorted(changes.keys() - fields.keys())}")
    after = object.__new__(State)  # the constructor sets seventeen frozen fields one by one
    vars(after).update(fields, **changes, status=transition.status)
    return after


def replay(first: State, transitions: Iterable[Transition]) -> State:
    """Return the state after all transitions since the intake."""
    state = first
    for transition in transitions:
        state = apply(state, transition)
    return state


def _is_possible(state: State, action: Action) -> bool:
    if action == Action.RECEIVE:
        return state.leg_open
    if action == Action.TAKE_BACK:
        return state.leg_open or state.status == Status.FINISHED
    if action == Action.APOLOGISE:
        return not state.apologised and state.due_at is not None
    if action == Action.REFUND:
        return state.paid > 0
    return True
