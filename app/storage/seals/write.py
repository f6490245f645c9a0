"""Seal the rows that a transaction has written.

Temporary triggers of the program's own connection note the written rows; `seal_changes` seals them before the commit.
Statements of another program on the same file fire no such trigger, so its changes stay without a seal.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection

from app.storage.seals.tables import SEALED_TABLES, SealedTable, head_hash, row_digest, seal_hash

_WATCHED = "sealed_tables_watched"
_BY_NAME = {table.name: table for table in SEALED_TABLES}
_CHANGED_ROWS = "CREATE TEMP TABLE IF NOT EXISTS changed_row (table_name TEXT, row_key)"
_CHANGED_TABLES = "SELECT table_name FROM changed_row GROUP BY table_name ORDER BY min(rowid)"
_IS_NEW_OFFICE = (
    "SELECT 1 FROM changed_row WHERE table_name = 'setting' AND row_key = 'digest_key'"
    " AND NOT EXISTS (SELECT 1 FROM seal)"
)
"""A new office also has rows that the migrations have written."""
_TAIL = "SELECT id, hash FROM seal ORDER BY id DESC LIMIT 1"
_LABEL = "SELECT row_label FROM seal WHERE table_name = ? AND row_key = ? ORDER BY id DESC LIMIT 1"
_NEW_SEAL = "INSERT INTO seal (id, table_name, row_key, row_label, row_digest, hash) VALUES (?, ?, ?, ?, ?, ?)"
_NEW_HEAD = (
    "INSERT INTO seal_head (id, sequence, hash) VALUES (1, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash"
)
_BATCH = 2000
_Seal = tuple[int, str, str, str | None, str | None]


def watch_sealed_tables(connection: Connection) -> None:
    """Create the temporary triggers of a connection, once.

    Call it before the transaction begins, because a rollback would remove them.
    """
    if connection.dialect.name != "sqlite" or _WATCHED in connection.info:
        return
    cursor = connection.connection.cursor()
    cursor.execute(_CHANGED_ROWS)
    sealed: dict[str, list[str]] = {}
    for table in SEALED_TABLES:
        cursor.execute(f"PRAGMA table_info({table.name})")
        columns = [row[1] for row in cursor.fetchall()]
        sealed[table.name] = [column for column in columns if column not in table.unsealed]
        for trigger in _triggers(table, sealed[table.name]) if columns else ():
            cursor.execute(trigger)
    cursor.close()
    connection.info[_WATCHED] = sealed


def _triggers(table: SealedTable, columns: Iterable[str]) -> Iterator[str]:
    sealed = ", ".join(f'"{column}"' for column in columns)
    for name, event, rows in (
        ("new", "INSERT", ("new",)),
        ("changed", f"UPDATE OF {sealed}", ("old", "new")),
        ("gone", "DELETE", ("old",)),
    ):
        notes = " ".join(f"INSERT INTO changed_row VALUES ('{table.name}', {row}.{table.key});" for row in rows)  # noqa: S608
        yield (
            f"CREATE TEMP TRIGGER IF NOT EXISTS seal_{table.name}_{name} AFTER {event} ON main.{table.name}"
            f" BEGIN {notes} END"
        )


def seal_changes(connection: Connection) -> None:
    """Seal the rows that this transaction has written; the caller commits."""
    if connection.dialect.name != "sqlite":
        return
    names = connection.exec_driver_sql(_CHANGED_TABLES).scalars().all()
    if names:
        if connection.exec_driver_sql(_IS_NEW_OFFICE).scalar():
            seal_tables(connection)
        else:
            tables = [_BY_NAME[name] for name in names]
            _append(connection, ((table, *row) for table in tables for row in _changed(connection, table)))
        connection.exec_driver_sql("DELETE FROM changed_row")


def _changed(connection: Connection, table: SealedTable) -> Iterator[tuple[Any, dict[str, Any] | None]]:
    """Yield the key of each changed row with the row, None for a removed one."""
    columns = connection.info[_WATCHED][table.name]
    names = ", ".join(f't."{column}"' for column in columns)
    keys = "SELECT row_key, min(rowid) AS place FROM changed_row WHERE table_name = ? GROUP BY row_key"
    rows = connection.exec_driver_sql(
        f"SELECT c.row_key, {names} FROM ({keys}) c"  # noqa: S608
        f" LEFT JOIN {table.name} t ON t.{table.key} = c.row_key ORDER BY c.place",
        (table.name,),
    )
    for key, *values in rows.all():
        row = dict(zip(columns, values, strict=True))
        yield key, None if row[table.key] is None else row


def seal_tables(connection: Connection, names: Iterable[str] = tuple(_BY_NAME)) -> None:
    """Seal every row of some tables as it is now; the caller commits.

    For migrations: one that changes values or fills a new column of a sealed table calls it for that table. Tables that
    a later migration creates are left out.
    """
    existing = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    for table in (_BY_NAME[name] for name in names if name in existing):
        rows = connection.exec_driver_sql(f"SELECT * FROM {table.name} ORDER BY {table.key}").mappings()  # noqa: S608
        while batch := rows.fetchmany(_BATCH):
            _append(connection, ((table, row[table.key], dict(row)) for row in batch))


def seal_new_tables(connection: Connection) -> None:
    """Seal the rows of tables that an upgrade has created.

    An office being created has no seals yet; its first commit seals its rows.
    """
    sealed = set(connection.exec_driver_sql("SELECT DISTINCT table_name FROM seal").scalars())
    if sealed:
        seal_tables(connection, [name for name in _BY_NAME if name not in sealed])


def _append(connection: Connection, rows: Iterable[tuple[SealedTable, Any, dict[str, Any] | None]]) -> None:
    """Append one seal for each row; None is a removed row."""
    digest_key = _digest_key(connection)
    sequence, previous = connection.exec_driver_sql(_TAIL).first() or (0, "")
    values = []
    for table, key, row in rows:
        sequence += 1
        label = _last_label(connection, table, key) if row is None else row[table.label]
        digest = None if row is None else row_digest(digest_key, table, row)
        seal: _Seal = (sequence, table.name, str(key), None if label is None else str(label), digest)
        previous = seal_hash(digest_key, previous, seal)
        values.append((*seal, previous))
    if values:
        connection.exec_driver_sql(_NEW_SEAL, values)
        connection.exec_driver_sql(_NEW_HEAD, (sequence, head_hash(digest_key, sequence, previous)))


def _last_label(connection: Connection, table: SealedTable, key: Any) -> str | None:
    return connection.exec_driver_sql(_LABEL, (table.name, str(key))).scalar()


def _digest_key(connection: Connection) -> bytes:
    value = connection.exec_driver_sql("SELECT value FROM setting WHERE name = 'digest_key'").scalar()
    return b"" if value is None else bytes.fromhex(json.loads(value))
