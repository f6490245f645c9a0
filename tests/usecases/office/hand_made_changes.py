"""Changes made by hand in the database of an office, with its key.

The program is not used. What its integrity check does not cover is listed here and named in SECURITY.md.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from random import Random
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from app.storage.database import connect_driver
from tests.support.offices import Desk

NOT_COVERED: Mapping[tuple[str, str], str] = {
    ("draft", ""): "half-filled forms",
    ("ticket", ""): "queue tickets",
    ("ticket_act", ""): "queue tickets",
    ("user_account", "failed"): "the count of wrong passwords of an account",
    ("user_account", "owed"): "the count of wrong passwords of an account",
    ("user_account", "tried_at"): "the count of wrong passwords of an account",
    ("bundle", "tries"): "the attempts to send a sync file",
    ("bundle", "last_trouble"): "the attempts to send a sync file",
    ("alembic_version", ""): "the number of the schema",
}
"""Tables (with an empty column) and columns that the check does not cover, with their words in SECURITY.md."""
_SEARCH_INDEX = "dossier_search"
"""The full-text index; the check only compares which dossiers it has."""
WHOLE_ROW = ""


class Change(NamedTuple):
    """One changed value of a row, or a removed row (`WHOLE_ROW`)."""

    table: str
    column: str
    rowid: int
    value: Any = None


_REFERENCES = frozenset((("ticket", WHOLE_ROW), ("ticket", "id"), ("ticket_act", "ticket_id")))
"""Parts of rows that are not covered, but whose change breaks a reference."""


def is_covered(table: str, column: str) -> bool:
    """Return whether the check has to name a change.

    A ticket whose acts refer to nothing is named too.
    """
    if (table, column) in _REFERENCES:
        return True
    named = {(table, ""), (table, column)} & NOT_COVERED.keys()
    return not named and not table.startswith(_SEARCH_INDEX)


def tables_of(desk: Desk) -> list[str]:
    """Return the names of all tables but those of SQLite and of the index."""
    names = desk.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in names if not name.startswith(("sqlite_", _SEARCH_INDEX))]


def every_change(desk: Desk) -> Iterator[Change]:
    """Yield a change of each column, and a removal, for a row of each table."""
    for table in tables_of(desk):
        with closing(connect_driver(desk.file, None)) as connection:
            cursor = connection.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid LIMIT 1")
            names, row = [column[0] for column in cursor.description[1:]], cursor.fetchone()
        if row is not None:
            yield Change(table, WHOLE_ROW, row[0])
            yield from (
                Change(table, name, row[0], _other_value(value)) for name, value in zip(names, row[1:], strict=True)
            )


def random_change(desk: Desk, rng: Random) -> Change:
    """Return a change of a random row of a random table."""
    filled = [table for table in tables_of(desk) if desk.rows(f"SELECT 1 FROM {table} LIMIT 1")]
    table = rng.choice(filled)
    with closing(connect_driver(desk.file, None)) as connection:
        rows = connection.execute(f"SELECT rowid, * FROM {table}")
        names = [column[0] for column in rows.description[1:]]
        row = rng.choice(rows.fetchall())
    place = rng.randrange(-1, len(names))
    return (
        Change(table, WHOLE_ROW, row[0])
        if place < 0
        else Change(table, names[place], row[0], _other_value(row[place + 1]))
    )


def apply_change(desk: Desk, change: Change) -> bool:
    """Make a change; return False if the database refuses it.

    A value may be unique.
    """
    with closing(connect_driver(desk.file, None)) as connection:
        drop_guards(connection)
        try:
            if change.column == WHOLE_ROW:
                connection.execute(f"DELETE FROM {change.table} WHERE rowid = ?", (change.rowid,))
            else:
                statement = f'UPDATE {change.table} SET "{change.column}" = ? WHERE rowid = ?'
                connection.execute(statement, (change.value, change.rowid))
        except dbapi2.IntegrityError:
            return False
    return True


def change_by_hand(desk: Desk, statement: str) -> None:
    """Run statements without the program and without triggers."""
    with closing(connect_driver(desk.file, None)) as connection:
        drop_guards(connection)
        for part in statement.split("; "):
            assert connection.execute(part).rowcount, part


def drop_guards(connection: dbapi2.Connection) -> None:
    """Remove the triggers and foreign keys that keep rows unchanged."""
    connection.execute("PRAGMA foreign_keys=OFF")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE name LIKE '%never%'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")


def _other_value(value: Any) -> Any:
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, bytes):
        return value + b"0"
    return "x" if value is None else value + "x"
