"""Differences between a frozen report and the same report now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.models.enums import FigureGroup
from app.models.instants import iso
from app.services.reporting.query import ReportQuery
from app.storage.rows import FrozenReportRow

_NAMES = ("procedure", "holder", "code", "month", "channel", "field", "name")
"""Keys that identify a row, in the order of preference."""
_NOT_COMPARED = frozenset(("period", "checks", "previous", "last_year", "warnings", "definitions"))


@dataclass(frozen=True)
class FrozenDifference:
    """One figure that differs: the frozen value and the present one.

    `row` is the name of the row, `table` the key of its table. A row that is missing on one side has None there.
    """

    table: str
    row: str
    column: str
    frozen: Any
    now: Any


def options_of(query: ReportQuery) -> dict[str, Any]:
    """Return the options of a query as the database stores them."""
    return {
        "variant": query.variant,
        "group": None if query.group is None else query.group.value,
        "compare": query.compare,
        "fields": list(query.fields),
        "cashier": query.cashier,
        "days": query.days,
        "as_of": iso(query.as_of),
    }


def query_of(row: FrozenReportRow) -> ReportQuery:
    """Return the query that makes the same report now."""
    options = row.options
    return ReportQuery(
        name=row.name,
        first=row.first_day,
        last=row.last_day,
        variant=options["variant"],
        group=None if options["group"] is None else FigureGroup(options["group"]),
        compare=options["compare"],
        fields=tuple(options["fields"]),
        cashier=options["cashier"],
        days=options["days"],
        as_of=None if options["as_of"] is None else datetime.fromisoformat(options["as_of"]),
    )


def differences(frozen: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[FrozenDifference]:
    """Yield the figures that differ, table by table and row by row."""
    for key in dict.fromkeys((*frozen, *now)):
        if key in _NOT_COMPARED:
            continue
        old, new = frozen.get(key), now.get(key)
        if old != new:
            yield from _table_differences(key, _rows(key, old), _rows(key, new))


def _rows(key: str, value: Any) -> dict[str, Mapping[str, Any]]:
    """Return the rows of a table by name; a single value is one row."""
    if isinstance(value, Mapping):
        return {str(value.get("field", key)): value}
    if isinstance(value, Sequence) and not isinstance(value, str):
        rows: dict[str, Mapping[str, Any]] = {}
        for place, row in enumerate(value, 1):
            columns = row if isinstance(row, Mapping) else {key: row}
            name = next((str(columns[each]) for each in _NAMES if columns.get(each)), str(place))
            rows[name if name not in rows else f"{name} ({place})"] = columns
        return rows
    return {key: {key: value}}


def _table_differences(
    table: str, frozen: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]
) -> Iterator[FrozenDifference]:
    for name in dict.fromkeys((*frozen, *now)):
        old, new = frozen.get(name, {}), now.get(name, {})
        for column in dict.fromkeys((*old, *new)):
            if old.get(column) != new.get(column):
                yield FrozenDifference(table, name, column, old.get(column), new.get(column))
