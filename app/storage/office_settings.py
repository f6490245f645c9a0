"""Statements on settings, calendar decisions and counters."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, select

from app.models.office import CalendarDecision, Counter, Setting
from app.storage.dialects import insert_into, insert_or_replace
from app.storage.rows import CalendarDecisionRow
from app.storage.uow import Reading, Writing

SIGNING_KEY, ARCHIVE_KEY = "signing_key", "kept_copy_key"
"""The settings with the keys that sign papers and files, and seal archive codes."""
_SETTING = select(Setting.c.value).where(Setting.c.name == bindparam("of"))
_MANY = 500
_SETTINGS = select(Setting.c.name, Setting.c.value)
_DECISIONS = select(
    CalendarDecision.c.day,
    CalendarDecision.c.kind,
    CalendarDecision.c.hours,
    CalendarDecision.c.decision,
    CalendarDecision.c.decided_on,
).order_by(CalendarDecision.c.id)


@cache
def _next_number(dialect: str) -> Any:
    statement = insert_into(dialect, Counter).values(name=bindparam("of"), value=1)
    return statement.on_conflict_do_update(
        index_elements=[Counter.c.name], set_={"value": Counter.c.value + 1}
    ).returning(Counter.c.value)


def next_number(work: Writing, name: str) -> int:
    """Increment a counter and return its value; the first is 1.

    The number is used only if this unit of work commits.
    """
    return int(work.write(_next_number(work.dialect), {"of": name}).scalar_one())


def counters(work: Reading) -> dict[str, int]:
    """Return the last number of every counter."""
    return {row.name: row.value for row in work.rows(select(Counter.c.name, Counter.c.value))}


def counters_named(work: Reading, names: Sequence[str]) -> dict[str, int]:
    """Return the last number of the counters with these names."""
    values: dict[str, int] = {}
    for first in range(0, len(names), _MANY):
        some = Counter.c.name.in_(names[first : first + _MANY])
        values |= {row.name: row.value for row in work.rows(select(Counter.c.name, Counter.c.value).where(some))}
    return values


def setting(work: Reading, name: str) -> Any:
    """Return a setting, or None."""
    return work.value(_SETTING, {"of": name})


def current_epoch(work: Reading) -> str:
    """Return the sync epoch, which is new after each restore."""
    return str(setting(work, "epoch"))


def settings(work: Reading) -> dict[str, Any]:
    """Return all settings."""
    return {row.name: row.value for row in work.rows(_SETTINGS)}


def save_settings(work: Writing, values: Mapping[str, Any]) -> None:
    """Insert or update settings."""
    for name, value in values.items():
        work.write(insert_or_replace(work.dialect, Setting), {"name": name, "value": value})


def calendar_decisions(work: Reading) -> Sequence[CalendarDecisionRow]:
    """Return the calendar decisions in the order of entry."""
    return work.typed_rows(CalendarDecisionRow._make, _DECISIONS)


def add_decisions(work: Writing, decisions: Sequence[Mapping[str, Any]], decided_on: date) -> None:
    """Insert decisions (day, kind, hours, decision).

    They are known from `decided_on` unless they have their own.
    """
    if decisions:
        work.write(insert(CalendarDecision), [{"decided_on": decided_on, **row} for row in decisions])


def raise_counter(work: Writing, name: str, value: int) -> None:
    """Raise a counter to at least `value`; it never decreases."""
    raise_counters(work, {name: value})


def raise_counters(work: Writing, values: Mapping[str, int]) -> None:
    """Raise counters to at least their values; they never decrease."""
    if values:
        work.write(_raise_counter(work.dialect), [{"name": name, "value": value} for name, value in values.items()])


@cache
def _raise_counter(dialect: str) -> Any:
    statement = insert_into(dialect, Counter)
    higher = statement.excluded.value
    return statement.on_conflict_do_update(
        index_elements=[Counter.c.name], set_={"value": higher}, where=Counter.c.value < higher
    )
