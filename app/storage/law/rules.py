"""Statements on dated rules."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, insert, select

from app.models.mapping import Instant
from app.models.office import DatedRule
from app.storage.uow import Reading, Writing


class DatedRuleRow(NamedTuple):
    """A stored rule of law."""

    id: int
    kind: str
    key: str
    value: Mapping[str, Any]
    valid_from: date
    decision: str
    source: str


_R = DatedRule.c
_RULES = select(_R.id, _R.kind, _R.key, _R.value, _R.valid_from, _R.decision, _R.source).order_by(_R.id)
_OF_KIND = _RULES.where(_R.kind == bindparam("of"))


def stored_rules(work: Reading, kind: str, as_of: datetime | None = None) -> Sequence[DatedRuleRow]:
    """Return the rules of a kind, or all, in the order of entry.

    With `as_of` those added up to that instant.
    """
    statement = _OF_KIND if kind else _RULES
    if as_of is not None:
        statement = statement.where(_R.added_at <= bindparam("entered", type_=Instant()))
    return work.typed_rows(DatedRuleRow._make, statement, {"of": kind, "entered": as_of})


def add_rules(work: Writing, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rules."""
    if rows:
        work.write(insert(DatedRule), list(rows))


def remove_rules(work: Writing, ids: Sequence[int]) -> None:
    """Delete rules by row id."""
    work.write(delete(DatedRule).where(_R.id.in_(ids)))


def remove_rules_of(work: Writing, source: str) -> None:
    """Delete the rules that a package carried."""
    work.write(delete(DatedRule).where(_R.source == source))
