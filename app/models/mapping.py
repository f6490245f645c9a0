"""How the office's facts are kept in columns, the same on SQLite and PostgreSQL: instants as whole seconds of UTC,
days as the number YYYYMMDD, codes by value, small structures as JSON text.

What is read goes through one plain function a value, past the two calls that `process_result_value` costs: fifty lines
of a list are five hundred values, and neither engine does anything of its own to a whole number or a text."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, Integer, MetaData, String, Text
from sqlalchemy.types import TypeDecorator

RowId = BigInteger().with_variant(Integer, "sqlite")
"""A row's own number: 64 bits everywhere, SQLite's rowid on SQLite."""


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as whole seconds since 1970 UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Seconds of an aware instant; a naive one is a bug and raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive instant")
        return int(value.timestamp())

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], datetime | None]:
        """The instant in UTC."""
        return _instant


class Day(TypeDecorator[date]):
    """A day of the office's calendar, kept as YYYYMMDD, so that the database reads well and compares by number."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        """20260212 for 12/02/2026."""
        return None if value is None else value.year * 10000 + value.month * 100 + value.day

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], date | None]:
        """The day again."""
        return _day


class Json(TypeDecorator[Any]):
    """A small structure of plain values as JSON text, keys in order, so that equal structures are equal texts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Canonical text."""
        return None if value is None else canonical_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The structure again."""
        return None if value is None else json.loads(value)


class Code(TypeDecorator[str]):
    """One code of a closed list, kept by its value."""

    impl = String(24)
    cache_ok = True

    def __init__(self, codes: type[StrEnum]) -> None:
        super().__init__()
        self.codes = codes
        self._members: dict[str | None, StrEnum | None] = {None: None, **{code.value: code for code in codes}}

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The value, checked against the list."""
        return None if value is None else str(self.codes(value))

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any]:
        """The member of the list; a text that is none raises KeyError."""
        return self._members.__getitem__


def _instant(value: int | None) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(value, UTC)


@lru_cache(maxsize=8192)
def _day(value: int | None) -> date | None:
    return None if value is None else date(value // 10000, value // 100 % 100, value % 100)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_text(value: Any) -> str:
    """JSON with sorted keys and no blanks: one text for one structure."""
    return _CANONICAL.encode(value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""Every table of an office."""

required = partial(Column, nullable=False)
"""A column that every row fills; a plain `Column` may be unknown."""
