"""Database limits: statements or rows of a use case through Core."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, event

from benchmarks.offices import Desk

_OTHER_DESK = 99
"""Desk number of the events that the limit writes."""


@dataclass(frozen=True)
class Statement:
    """One executed statement with one set of values or several."""

    clause: Any
    values: Any


@contextmanager
def record_statements(engine: Engine) -> Iterator[list[Statement]]:
    """Record all statements of the engine during the block."""
    statements: list[Statement] = []

    def record(connection: Connection, clause: Any, several: Any, one: Any, options: Any) -> None:
        statements.append(Statement(clause, list(several) or dict(one)))

    event.listen(engine, "before_execute", record)
    try:
        yield statements
    finally:
        event.remove(engine, "before_execute", record)


def replay(desk: Desk, statements: Sequence[Statement]) -> None:
    """Execute the same queries and fetch the rows without further use."""
    with desk.database.read_engine.connect() as connection:
        for statement in statements:
            connection.execute(statement.clause, statement.values).fetchall()


class RowReplay:
    """Rows of an intake, to be written again under other numbers.

    They are written in one durable transaction.
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        changes = [statement for statement in statements if statement.clause.is_dml]
        self._counters = [_rename_counter(statement) for statement in changes if _table(statement) == "counter"]
        rows = {name: [s for s in changes if _table(s) == name] for name in ("dossier", "party", "dossier_paper")}
        self._dossier = _plain_insert(rows["dossier"][0], _renumber)
        self._lines = [
            _plain_insert(statement, dict) for name in ("party", "dossier_paper") for statement in rows[name]
        ]
        self._events = [
            _plain_insert(statement, _event_of_other_desk) for statement in changes if _table(statement) == "event"
        ]
        self._outbox = [_plain_insert(statement, dict) for statement in changes if _table(statement) == "outbox"]
        self._heads = [_move_to_other_desk(statement) for statement in changes if _table(statement) == "chain_head"]
        written = len(self._counters) + 1 + len(self._lines) + len(self._events) + len(self._outbox) + len(self._heads)
        if written != len(changes):
            raise AssertionError(f"an intake writes rows that its limit does not: {[_table(s) for s in changes]}")

    def write(self, desk: Desk) -> None:
        """Write the rows."""
        with desk.database.write_engine.connect() as connection:
            for counter in self._counters:
                connection.execute(counter.clause, counter.values).scalar_one()
            inserted_key = connection.execute(self._dossier.clause, self._dossier.values[0]).inserted_primary_key
            dossier = inserted_key[0] if inserted_key else None
            for lines in self._lines:
                connection.execute(lines.clause, [{**row, "dossier_id": dossier} for row in lines.values])
            for event_, record in zip(self._events, self._outbox, strict=True):
                inserted = connection.execute(event_.clause, {**event_.values[0], "dossier_id": dossier})
                event_id = inserted.inserted_primary_key[0] if inserted.inserted_primary_key else None
                connection.execute(record.clause, {**record.values[0], "event_id": event_id})
            for head in self._heads:
                connection.execute(head.clause, head.values)
            connection.commit()


def _table(statement: Statement) -> str:
    return str(statement.clause.table.name)


def _plain_insert(statement: Statement, changed: Any) -> Statement:
    """Return a plain insert of the rows, each made unique by `changed`."""
    rows = statement.values if isinstance(statement.values, list) else [statement.values]
    return Statement(statement.clause.table.insert(), [changed(row) for row in rows])


def _rename_counter(statement: Statement) -> Statement:
    return Statement(statement.clause, {"of": f"limit:{statement.values['of']}"})


def _move_to_other_desk(statement: Statement) -> Statement:
    return Statement(statement.clause, {**statement.values, "workstation": _OTHER_DESK})


def _renumber(row: dict[str, Any]) -> dict[str, Any]:
    code, comparable, key = (row[name] for name in ("code", "code_comparable", "key"))
    return {**row, "code": f"{code}L", "code_comparable": f"{comparable}L", "key": f"L{key[1:]}"}


def _event_of_other_desk(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "uuid": str(uuid4()), "workstation": _OTHER_DESK}
