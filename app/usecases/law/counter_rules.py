"""Rules of the counter, read and changed on F8."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.models.enums import Right
from app.models.errors import Refusal
from app.models.law.rule import EDITABLE, Rule, read_rule
from app.models.law.terms import TERM
from app.models.procedures import procedure_code
from app.services.context import Context
from app.services.law.counter import notice_rules
from app.services.law.rules import add_rules, shipped_rules, stored_rules
from app.services.law.terms import refuse_unfit_terms
from app.services.permissions import public, requires
from app.services.versions import as_version
from app.storage import catalogue
from app.storage.law import rules as statements
from app.storage.uow import Reading, Writing

PROGRAM = "program"
"""Source of a rule that comes with the program."""


@dataclass(frozen=True)
class ListCounterRules:
    """Query: every rule of the counter, of each the one in force first."""


@dataclass(frozen=True)
class FindNotice:
    """Query: the text of a notice in force today."""

    situation: str


@public("the texts of notices go to citizens")
def find_notice(query: FindNotice, context: Context, work: Reading) -> str:
    """Return the text with its values in braces, empty without one."""
    return notice_rules(work, context.today).text(query.situation)


@dataclass(frozen=True)
class CounterRuleLine:
    """A rule; `state` is `in_force`, `coming` or `past`.

    `source` is the id of its package, empty for a rule of the office, `program` for one shipped with the program.
    """

    kind: str
    key: str
    value: Mapping[str, Any]
    valid_from: date
    decision: str
    state: str
    source: str = ""


@dataclass(frozen=True)
class SaveCounterRule:
    """Command: a rule that begins on a day, today or later."""

    kind: str
    key: str
    value: Mapping[str, Any]
    valid_from: date
    decision: str


@requires(Right.ASK_OFFICE)
def list_counter_rules(query: ListCounterRules, context: Context, work: Reading) -> tuple[CounterRuleLine, ...]:
    """Return the rules by kind and key, the latest of each first."""
    return _lines(work, context.today)


@requires(Right.EDIT_OFFICE)
def save_counter_rule(command: SaveCounterRule, context: Context, work: Writing) -> tuple[CounterRuleLine, ...]:
    """Store a rule of the office; one of the same day is replaced.

    Raises Refusal `rule_kind_unknown`, `rule_past`, `procedure_code`, or like `read_rule` and `refuse_unfit_terms`.
    """
    if command.kind not in EDITABLE:
        raise Refusal("rule_kind_unknown", "kind", text=command.kind[:40])
    if command.valid_from < context.today:
        raise Refusal("rule_past", "valid_from", day=command.valid_from.isoformat())
    line = {
        "kind": command.kind,
        "key": command.key,
        "value": _with_canonical_codes(command.value),
        "valid_from": command.valid_from.isoformat(),
        "decision": command.decision,
    }
    rule = read_rule(line)
    if rule.kind == TERM:
        refuse_unfit_terms((rule,), [as_version(row) for row in catalogue.all_versions(work)])
    same = [row.id for row in statements.stored_rules(work, rule.kind) if _is_same(row, rule)]
    if same:
        statements.remove_rules(work, same)
    add_rules((rule,), context, work)
    lines = _lines(work, context.today)
    work.commit()
    return lines


def _with_canonical_codes(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a value with canonical codes of its procedures.

    Raises Refusal `procedure_code`.
    """
    codes = value.get("procedures", ())
    texts = codes if isinstance(codes, list | tuple) else ()
    return {**value, **({"procedures": [procedure_code(str(code), "procedures") for code in texts]} if texts else {})}


def _is_same(row: statements.DatedRuleRow, rule: Rule) -> bool:
    return (row.key, row.valid_from, row.source) == (rule.key, rule.valid_from, "")


def _lines(work: Reading, today: date) -> tuple[CounterRuleLine, ...]:
    lines: list[CounterRuleLine] = []
    for kind in EDITABLE:
        by_key: dict[str, list[Rule]] = {}
        shipped = [replace(rule, source=PROGRAM) for rule in shipped_rules() if rule.kind == kind]
        for rule in (*shipped, *stored_rules(work, kind)):
            by_key.setdefault(rule.key, []).append(rule)
        for key in sorted(by_key):
            lines += _lines_of_key(by_key[key], today)
    return tuple(lines)


def _lines_of_key(rules: list[Rule], today: date) -> list[CounterRuleLine]:
    """Return the rules of one key, the latest first.

    One in force ends the earlier ones.
    """
    lines, has_begun = [], False
    for rule in sorted(rules, key=lambda each: each.valid_from)[::-1]:
        begun = rule.valid_from <= today
        ended = has_begun or (rule.valid_to is not None and rule.valid_to < today)
        state = "coming" if not begun else "past" if ended else "in_force"
        has_begun = has_begun or begun
        lines.append(
            CounterRuleLine(
                kind=rule.kind,
                key=rule.key,
                value=rule.value,
                valid_from=rule.valid_from,
                decision=rule.decision,
                state=state,
                source=rule.source,
            )
        )
    return lines
