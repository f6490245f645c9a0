"""Column types that store the same values on SQLite and PostgreSQL.

Instants are whole seconds of UTC, days the number YYYYMMDD, codes their value, small structures JSON text.

Most types read and write values through one plain function (`result_processor`, `bind_processor`), because
`process_result_value` and `process_bind_param` add two calls per value: fifty rows of a list are 500 values, and a
thousand rows of a register 60,000. Neither engine converts integers or texts itself.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, Integer, MetaData, String, Text
from sqlalchemy.types import TypeDecorator

from app.models.values.canonical import CanonicalText, canonical_encoder

RowId = BigInteger().with_variant(Integer, "sqlite")
"""Row id: 64 bits everywhere, the rowid on SQLite."""


class Instant(TypeDecorator[datetime]):
    """Aware instant, stored as whole seconds since 1970 UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Return the seconds of an aware instant.

        Raises ValueError for a naive instant.
        """
        return _seconds(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:
        """Return the function that writes an instant."""
        return _seconds

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], datetime | None]:
        """Return the function that reads an instant in UTC."""
        return _instant


class Day(TypeDecorator[date]):
    """Day of the office calendar, stored as the number YYYYMMDD."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        """Return the stored number: 20260212 for 12/02/2026."""
        return _day_number(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[date | None], int | None]:
        """Return the function that writes a day."""
        return _day_number

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], date | None]:
        """Return the function that reads a day."""
        return _day


class Json(TypeDecorator[Any]):
    """Small structure of plain values, stored as canonical JSON text.

    Keys are sorted, so that equal structures have equal texts.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Return the canonical text."""
        return _stored_text(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:
        """Return the function that writes a structure."""
        return _stored_text

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Return the structure."""
        return None if value is None else json.loads(value)


class Code(TypeDecorator[str]):
    """Code of a closed list, stored by its value."""

    impl = String(24)
    cache_ok = True

    def __init__(self, codes: type[StrEnum]) -> None:
        super().__init__()
        self.codes = codes
        self._members: dict[str | None, StrEnum | None] = {None: None, **{code.value: code for code in codes}}
        self._values = {code.value: code.value for code in codes}

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the value.

        Raises ValueError for a value outside the list.
        """
        return self._value(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:
        """Return the function that writes a member of the list or its value."""
        return self._value

    def _value(self, value: str | None) -> str | None:
        return None if value is None else self._values.get(value) or str(self.codes(value))

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any]:
        """Return the function that reads a member of the list.

        It raises KeyError for a text outside the list.
        """
        return self._members.__getitem__


class OpenCode(Code):
    """Code of a list that data may extend."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any]:
        """Return the function that reads a value, in the list or not."""
        return lambda value: None if value is None else self.codes(value)


def _seconds(value: datetime | None) -> int | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("naive instant")
    return int(value.timestamp())


def _day_number(value: date | None) -> int | None:
    return None if value is None else value.year * 10000 + value.month * 100 + value.day


def _stored_text(value: Any) -> str | None:
    return value if value is None or value.__class__ is CanonicalText else canonical_text(value)


def _instant(value: int | None) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(value, UTC)


@lru_cache(maxsize=8192)
def _day(value: int | None) -> date | None:
    return None if value is None else date(value // 10000, value // 100 % 100, value % 100)


_canonical = canonical_encoder()


def canonical_text(value: Any) -> str:
    """Return JSON with sorted keys and no blanks."""
    return _canonical(value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""Schema of an office's database."""

required = partial(Column, nullable=False)
"""Column that may not be null; a plain `Column` may be."""
