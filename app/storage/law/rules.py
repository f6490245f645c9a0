"""Statements on dated rules."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, insert, select

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


def stored_rules(work: Reading, kind: str = "") -> Sequence[DatedRuleRow]:
    """Return the rules of a kind, or all, in the order of entry."""
    if not kind:
        return work.typed_rows(DatedRuleRow._make, _RULES)
    return work.typed_rows(DatedRuleRow._make, _OF_KIND, {"of": kind})


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
