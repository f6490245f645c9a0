"""Where SQLite and PostgreSQL say the same thing in different words."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from app.models.mapping import Base

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
DIALECTS = tuple(_INSERT)


def insert_into(dialect: str, table: type[Base]) -> Any:
    """An insert that can give way to a row already there (`on_conflict_do_update`)."""
    return _INSERT[dialect](table)
