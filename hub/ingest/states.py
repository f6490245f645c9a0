"""States of dossiers, from the payloads of their records.

Records of schema 2 have the whole state. For schema 1 it is derived from the fields of DongBoHoSoMC and
CapNhatTienDoHoSoMC, where the end of a dossier is its date and not always its kind.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, NamedTuple

_VIET_NAM = timezone(timedelta(hours=7))
_OFFSET = "+07:00"
WAITING = frozenset(("supplement_asked", "payment_due"))
OUTCOMES = frozenset(("finished", "refused", "stopped", "withdrawn", "closed", "void"))
STATUSES = frozenset(("received", "processing", "returned")) | WAITING | OUTCOMES

_is_instant = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([+-][0-9]{2}:[0-9]{2}|Z)"
).fullmatch
_BY_NUMBER = {
    **{"1": "received", "2": "received", "3": "processing", "4": "processing", "5": "supplement_asked"},
    **{"6": "payment_due", "7": "withdrawn", "8": "stopped", "9": "finished", "10": "returned"},
}
_BY_ACTION = {
    **{"send": "processing", "receive": "processing", "take-back": "processing", "supplement": "processing"},
    **{"ask-supplement": "supplement_asked", "ask-payment": "payment_due", "finish": "finished", "return": "returned"},
    **{"refuse": "refused", "stop": "stopped", "withdraw": "withdrawn", "close": "closed", "void": "void"},
}


class State(NamedTuple):
    """State of a dossier after a record; instants are ISO 8601 at +07:00.

    `outcome` is the way it ended, None while it is open. Lateness is by day against `original_due_at`.
    """

    status: str
    outcome: str | None
    received_at: str
    original_due_at: str | None
    due_at: str | None
    closed_at: str | None
    returned_at: str | None

    @property
    def due_day(self) -> str | None:
        """Day of the original due date."""
        return None if self.original_due_at is None else self.original_due_at[:10]

    @property
    def closed_day(self) -> str | None:
        """Day on which it ended."""
        return None if self.closed_at is None else self.closed_at[:10]


class InvalidState(Exception):
    """A record's payload gives no state."""


@lru_cache(maxsize=10_000)
def at_viet_nam(text: str) -> str:
    """Return an instant at +07:00.

    Raises InvalidState if the calendar has no such day.
    """
    if _is_instant(text) is None:
        raise InvalidState
    try:
        instant = datetime.fromisoformat(text)
        return text if text.endswith(_OFFSET) else instant.astimezone(_VIET_NAM).isoformat()
    except (ValueError, OverflowError) as error:
        raise InvalidState from error


def is_storable(text: str) -> bool:
    """Return whether a text is an instant within the calendar."""
    try:
        at_viet_nam(text)
    except InvalidState:
        return False
    return True


def stated(payload: Mapping[str, Any]) -> State | None:
    """Return the `state` of a payload of schema 2, or None without one.

    Raises InvalidState.
    """
    state = payload.get("state")
    if state is None:
        return None
    if not isinstance(state, dict):
        raise InvalidState
    status, outcome, received, *others = map(state.get, State._fields)
    if type(status) is not str or status not in STATUSES or received is None:
        raise InvalidState
    if outcome is not None and (type(outcome) is not str or outcome not in OUTCOMES):
        raise InvalidState
    try:
        return State(status, outcome, *map(_instant, (received, *others)))  # type: ignore[arg-type]  # it is not None
    except TypeError as error:  # a list or an object
        raise InvalidState from error


def derived(payload: Mapping[str, Any], occurred_at: str, before: State | None, kind: str) -> State:
    """Return the state of a payload of schema 1.

    `before` is the dossier's state before it. Raises InvalidState without a usable date.
    """
    status = "void" if kind == "void" else _status(payload, before)
    return (
        _dossier_state(payload, status, occurred_at)
        if before is None
        else _next_state(payload, status, occurred_at, before)
    )


def _status(payload: Mapping[str, Any], before: State | None) -> str:
    number = payload.get("TrangThaiHoSo", payload.get("TrangThai"))
    by_number = _BY_NUMBER.get(str(number), before.status if before else "received")
    return _BY_ACTION.get(str(payload.get("action")), by_number)


def _dossier_state(payload: Mapping[str, Any], status: str, occurred_at: str) -> State:
    due, closed = _stamp(payload.get("NgayHenTra")), _stamp(payload.get("NgayKetThucXuLy"))
    returned = _stamp(payload.get("NgayTra"))
    received = _stamp(payload.get("NgayTiepNhan")) or at_viet_nam(occurred_at)
    outcome = _outcome(status)
    ended = closed or returned or at_viet_nam(occurred_at)
    return State(status, outcome, received, due, due, ended if outcome else None, returned)


def _next_state(payload: Mapping[str, Any], status: str, occurred_at: str, before: State) -> State:
    at = _stamp(payload.get("ThoiDiemXuLy")) or _stamp(payload.get("NgayKetThucXuLy")) or at_viet_nam(occurred_at)
    due = _stamp(payload.get("NgayKetThucTheoQuyDinh")) or _stamp(payload.get("NgayHenTra")) or before.due_at
    outcome = before.outcome if status == "returned" and before.outcome else _outcome(status)
    ended = before.closed_at if before.outcome and outcome else at
    original = before.original_due_at or due
    if payload.get("action") == "supplement":
        original = due
    returned = at if status == "returned" else before.returned_at
    return State(status, outcome, before.received_at, original, due, ended if outcome else None, returned)


def _outcome(status: str) -> str | None:
    if status == "returned":
        return "finished"
    return status if status in OUTCOMES else None


@lru_cache(maxsize=10_000)
def _instant(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise InvalidState
    return at_viet_nam(value)


def _stamp(value: object) -> str | None:
    """Return a date of the national APIs, `yyyyMMddHHmmss`, as an instant."""
    if not isinstance(value, str) or not value:
        return None
    try:
        day = datetime.strptime(value, "%Y%m%d%H%M%S")  # noqa: DTZ007  # the offset follows
    except ValueError as error:
        raise InvalidState from error
    return f"{day.isoformat()}{_OFFSET}"
