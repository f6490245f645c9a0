"""The office's own rows: settings of the database, calendar decisions, and the counters numbers come from."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, select

from app.models.office import CalendarDecision, Counter, Setting
from app.storage.dialects import insert_into
from app.storage.rows import CalendarDecisionRow
from app.storage.uow import Reading, Writing

_SETTING = select(Setting.c.value).where(Setting.c.name == bindparam("of"))
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
    given = insert_into(dialect, Counter).values(name=bindparam("of"), value=1)
    return given.on_conflict_do_update(index_elements=[Counter.c.name], set_={"value": Counter.c.value + 1}).returning(
        Counter.c.value
    )


def next_number(work: Writing, name: str) -> int:
    """The next number under a name, from 1; given for good only if this unit of work commits."""
    return int(work.write(_next_number(work.dialect), {"of": name}).scalar_one())


def counters(work: Reading) -> dict[str, int]:
    """Every counter and the last number it gave."""
    return {row.name: row.value for row in work.rows(select(Counter.c.name, Counter.c.value))}


def setting(work: Reading, name: str) -> Any:
    """One setting of the database, or None."""
    return work.value(_SETTING, {"of": name})


def settings(work: Reading) -> dict[str, Any]:
    """All settings of the database."""
    return {row.name: row.value for row in work.rows(_SETTINGS)}


def save_settings(work: Writing, values: Mapping[str, Any]) -> None:
    """Set several settings, new or not."""
    for name, value in values.items():
        statement = insert_into(work.dialect, Setting).values(name=name, value=value)
        work.write(statement.on_conflict_do_update(index_elements=[Setting.c.name], set_={"value": value}))


def calendar_decisions(work: Reading) -> Sequence[CalendarDecisionRow]:
    """Every dated decision in the order it was entered: day, kind (None takes earlier ones back), hours, decision,
    decided_on."""
    return work.typed_rows(CalendarDecisionRow._make, _DECISIONS)


def add_decisions(work: Writing, decisions: Sequence[Mapping[str, Any]], decided_on: date) -> None:
    """Enter decisions (day, kind, hours, decision), known from `decided_on`."""
    if decisions:
        work.write(insert(CalendarDecision), [{**row, "decided_on": decided_on} for row in decisions])


def raise_counter(work: Writing, name: str, value: int) -> None:
    """Let a counter stand at least here; it never goes back."""
    given = insert_into(work.dialect, Counter).values(name=name, value=value)
    work.write(
        given.on_conflict_do_update(
            index_elements=[Counter.c.name], set_={"value": value}, where=Counter.c.value < value
        )
    )
