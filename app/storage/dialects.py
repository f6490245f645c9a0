"""Where SQLite and PostgreSQL say the same thing in different words."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite


def insert_into(dialect: str, table: Table) -> Any:
    """An insert that can give way to a row already there (`on_conflict_do_update`)."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # a tenth of a second that no desk on SQLite waits for

    return postgresql.insert(table)
