"""Rule of law as data (docs/rules.md).

A boundary goes by the calendar day (+07:00) of the dossier's receipt.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.codes import CodePattern
from app.models.errors import Refusal
from app.models.forms.reading import check_form
from app.models.forms.sets import check_form_set
from app.models.law import counter_rules, terms
from app.models.law.receipts import check_receipt_rule
from app.models.law.reliefs import check_group, check_relief

CODE_PATTERN, FEE_RELIEF, FEE_GROUP, FEE_RECEIPT = "code_pattern", "fee_relief", "fee_group", "fee_receipt"
FORM_SET, FORM = "form_set", "form"
_KEYS = frozenset(("kind", "key", "value", "valid_from", "decision", "source", "note"))
_KEY_LIMIT, _TEXT_LIMIT = 120, 500


@dataclass(frozen=True)
class Rule:
    """Rule in force from a day on.

    It ends with a later one of its kind and key, or after `valid_to` of its value. `source` is the id of the package
    that carried it; empty for one shipped with the program or of the office.
    """

    kind: str
    key: str
    value: Mapping[str, Any]
    valid_from: date
    decision: str
    source: str = ""

    @property
    def valid_to(self) -> date | None:
        """The last day, None for a rule without an end."""
        last = self.value.get("valid_to")
        return None if last is None else date.fromisoformat(last)


def rules_on(rules: Iterable[Rule], kind: str, day: date) -> tuple[Rule, ...]:
    """Return the rules of a kind in force on a day, one for each key.

    The latest that has begun wins, the later one in the list among equals. It ends with its last day, and an earlier
    rule does not come back then.
    """
    latest: dict[str, Rule] = {}
    for rule in rules:
        before = latest.get(rule.key)
        if rule.kind == kind and rule.valid_from <= day and (before is None or rule.valid_from >= before.valid_from):
            latest[rule.key] = rule
    return tuple(rule for rule in latest.values() if rule.valid_to is None or day <= rule.valid_to)


def _check_pattern(key: str, value: Mapping[str, Any]) -> None:
    template = value.get("template")
    if not isinstance(template, str):
        raise Refusal("code_pattern", field="template", template=str(template)[:60])
    CodePattern(date.min, template)


_CHECKS: Mapping[str, Callable[[str, Mapping[str, Any]], None]] = {
    CODE_PATTERN: _check_pattern,
    FEE_RELIEF: check_relief,
    FEE_GROUP: check_group,
    FEE_RECEIPT: check_receipt_rule,
    terms.TERM: terms.check_term,
    terms.SUPPLEMENT: terms.check_supplement,
    terms.PLACE: terms.check_place,
    FORM_SET: check_form_set,
    FORM: check_form,
    counter_rules.CALENDAR_DAY: counter_rules.check_calendar_day,
    counter_rules.REPORT_PERIOD: counter_rules.check_report_period,
    counter_rules.RETENTION: counter_rules.check_retention,
    counter_rules.NOTICE: counter_rules.check_notice,
    counter_rules.LATE_REASON: counter_rules.check_late_reason,
    counter_rules.QUESTION: counter_rules.check_question,
    counter_rules.FEEDBACK_TERM: counter_rules.check_feedback_term,
}
EDITABLE = (*counter_rules.COUNTER_KINDS, terms.TERM, terms.SUPPLEMENT, terms.PLACE)
"""Kinds that an office may change on F8; the others come by package, days by the calendar page."""
KINDS = tuple(_CHECKS)
"""Kinds that this program knows; a line of another kind is refused by itself."""


def read_rule(line: object, source: str = "") -> Rule:
    """Return the rule of a mapping, as in resources/rules.json.

    Raises Refusal `rule_shape`, `rule_kind_unknown`, `day_shape`, `rule_ends_early`, `code_pattern`, `relief_shape`, or
    the refusal of the kind, naming the field.
    """
    if not isinstance(line, Mapping) or not set(line) <= _KEYS:
        raise Refusal("rule_shape", "line")
    kind, key = _text(line, "kind"), _text(line, "key", _KEY_LIMIT)
    if kind not in _CHECKS:
        raise Refusal("rule_kind_unknown", "kind", text=kind[:40])
    value = line.get("value")
    if not isinstance(value, Mapping):
        raise Refusal("rule_shape", "value")
    _check_last_day(value)
    _CHECKS[kind](key, value)
    rule = Rule(kind, key, dict(value), _day(line.get("valid_from"), "valid_from"), _text(line, "decision"), source)
    if rule.valid_to is not None and rule.valid_to < rule.valid_from:
        first, last = rule.valid_from.isoformat(), rule.valid_to.isoformat()
        raise Refusal("rule_ends_early", "valid_to", first=first, last=last)
    return rule


def _text(line: Mapping[str, Any], name: str, limit: int = _TEXT_LIMIT) -> str:
    text = line.get(name)
    if not isinstance(text, str) or not text.strip() or len(text) > limit:
        raise Refusal("rule_shape", name)
    return text.strip()


def _check_last_day(value: Mapping[str, Any]) -> None:
    if value.get("valid_to") is not None:
        _day(value["valid_to"], "valid_to")


def _day(text: object, field: str) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise Refusal("day_shape", field, text=str(text)[:40]) from None
