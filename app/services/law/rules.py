"""Dated rules: those shipped in resources/rules.json and the stored ones."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from app.models.codes import DEFAULT_PATTERN, CodePattern
from app.models.enums import DayKind
from app.models.errors import Refusal
from app.models.law.counter_rules import CALENDAR_DAY
from app.models.law.receipts import ELECTRONIC
from app.models.law.rule import CODE_PATTERN, FEE_RECEIPT, FORM, FORM_SET, Rule, read_rule, rules_on
from app.printing.form_files import form_lines
from app.resource_files import RESOURCES
from app.services.context import Context
from app.storage.law import rules as statements
from app.storage.rows import CalendarDecisionRow
from app.storage.uow import Reading, Writing

_FILE = "rules.json"


class ShippedRules(NamedTuple):
    """Rules of a file of the program, and the lines that cannot be used."""

    rules: tuple[Rule, ...]
    unusable: tuple[str, ...]


def read_shipped(lines: Iterable[object]) -> ShippedRules:
    """Return the rules of lines; one that cannot be used is named.

    A newer file beside an older program closes no office.
    """
    rules: list[Rule] = []
    unusable: list[str] = []
    for line in lines:
        try:
            rules.append(read_rule(line))
        except Refusal:
            names = [line.get("kind"), line.get("key")] if isinstance(line, Mapping) else [line]
            unusable.append(" ".join(str(name)[:60] for name in names))
    return ShippedRules(tuple(rules), tuple(unusable))


@cache
def _form_rules() -> ShippedRules:
    return read_shipped(form_lines())


@cache
def _file_rules() -> ShippedRules:
    lines = json.loads((RESOURCES / _FILE).read_text(encoding="utf-8"))["rules"]
    return read_shipped(lines)


def shipped_form_rules() -> tuple[Rule, ...]:
    """Return the rules of the shipped sets of forms."""
    return _form_rules().rules


def shipped_rules() -> tuple[Rule, ...]:
    """Return the rules shipped with the program."""
    return _file_rules().rules


def unusable_shipped_rules() -> tuple[str, ...]:
    """Return the lines of resources/rules.json that cannot be used."""
    return _file_rules().unusable


def all_rules(work: Reading, kind: str = "", as_of: datetime | None = None) -> tuple[Rule, ...]:
    """Return the shipped and then the stored rules of a kind, or all.

    With `as_of` only the stored ones that were added up to that instant.
    """
    shipped = (*(shipped_form_rules() if kind in ("", FORM, FORM_SET) else ()), *shipped_rules())
    return (*(rule for rule in shipped if not kind or rule.kind == kind), *stored_rules(work, kind, as_of))


def stored_rules(work: Reading, kind: str, as_of: datetime | None = None) -> tuple[Rule, ...]:
    """Return the rules of the office of a kind, or all."""
    return tuple(
        Rule(row.kind, row.key, row.value, row.valid_from, row.decision, row.source)
        for row in statements.stored_rules(work, kind, as_of)
    )


def rules_in_force(work: Reading, kind: str, day: date, as_of: datetime | None = None) -> tuple[Rule, ...]:
    """Return the rules of a kind in force on a day."""
    return rules_on(all_rules(work, kind, as_of), kind, day)


def code_pattern_on(work: Reading, day: date) -> CodePattern:
    """Return the pattern of the codes of dossiers received on a day."""
    return code_patterns(work, (day,))[day]


def code_patterns(work: Reading, days: Iterable[date]) -> dict[date, CodePattern]:
    """Return the pattern of each day."""
    rules = all_rules(work, CODE_PATTERN)
    return {day: _pattern(rules_on(rules, CODE_PATTERN, day)) for day in set(days)}


def _pattern(rules: Sequence[Rule]) -> CodePattern:
    return CodePattern(rules[0].valid_from, rules[0].value["template"]) if rules else DEFAULT_PATTERN


def receipts_are_electronic(work: Reading, day: date) -> bool:
    """Return whether fee receipts of a day are electronic.

    NĐ 254/2026/NĐ-CP Điều 44.2.
    """
    rule = next(iter(rules_in_force(work, FEE_RECEIPT, day)), None)
    return rule is not None and rule.value["form"] == ELECTRONIC


def calendar_rules(work: Reading) -> tuple[CalendarDecisionRow, ...]:
    """Return the days of stored rules as decisions made on their first day."""
    return tuple(
        CalendarDecisionRow(
            day=date.fromisoformat(rule.key),
            kind=DayKind(rule.value["kind"]),
            hours=" ".join(rule.value.get("hours", ())),
            decision=rule.decision,
            decided_on=rule.valid_from,
        )
        for rule in stored_rules(work, CALENDAR_DAY)
        if rule.value["kind"] in tuple(DayKind)
    )


def add_rules(rules: Iterable[Rule], context: Context, work: Writing) -> None:
    """Store rules. The caller commits."""
    statements.add_rules(
        work,
        [
            {
                "kind": rule.kind,
                "key": rule.key,
                "value": dict(rule.value),
                "valid_from": rule.valid_from,
                "decision": rule.decision,
                "source": rule.source,
                "added_at": context.now,
                "added_by": context.actor,
            }
            for rule in rules
        ],
    )
