"""Terms, supplements and receiving places as dated data.

A term has two limits: that of the law and the shorter one of the office. A rule names the promised one and the one
against which lateness counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from app.models.enums import Channel, TermUnit
from app.models.errors import Refusal
from app.models.law.conditions import check_conditions, conditions_met, merged
from app.models.procedures import Procedure, SupplementClock
from app.models.workdays import Term, parse_limit

TERM, SUPPLEMENT, PLACE = "term", "supplement", "receiving_place"
LAW, OFFICE, PROMISED = "law", "office", "promised"
CLOSE, STOP, WAIT = "close", "stop", "wait"
"""What follows an unanswered supplement request: it may be closed, only stopped, or stays open."""
_COMMON = ("valid_to", "source", "certainty", "note", "name", "procedures", "places", "channels", "fields")
_TERM_KEYS = frozenset((*_COMMON, "limit", "unit", "office_limit", "promise", "late", "advice"))
_SUPPLEMENT_KEYS = frozenset((*_COMMON, "rounds", "days", "unit", "clock", "after", "late_answer", "advice"))
_PLACE_KEYS = frozenset(("name", "address", "active", "valid_to", "source", "certainty", "note"))
_MAX_TEXT, _MAX_DAYS, _MAX_ROUNDS = 500, 999, 99


@dataclass(frozen=True)
class TermFacts:
    """Facts of a dossier that decide which rules of terms apply.

    `place` is the key of the receiving place, None for the office itself.
    """

    procedure: str
    field: str
    channel: Channel | None
    place: str | None = None

    def meet(self, value: Mapping[str, Any]) -> bool:
        """Return whether the conditions of a rule hold."""
        channel = None if self.channel is None else self.channel.value
        facts = {"procedures": self.procedure, "fields": self.field, "channels": channel, "places": self.place}
        return conditions_met(value, facts)


def ruled_term(procedure: Procedure, usual: Term, law: Decimal | None, rule: Mapping[str, Any]) -> Term:
    """Return the term of a procedure under the merged rules.

    `usual` is the catalogue's term and `law` its statutory limit for the channel. A rule with a unit of its own
    replaces the limits of the catalogue, which are in another unit.
    """
    unit = TermUnit(rule["unit"]) if "unit" in rule else procedure.unit
    office = procedure.province_limit if unit == procedure.unit else None
    law = _limit(rule, "limit", None if "unit" in rule else law)
    office = _limit(rule, "office_limit", office)
    if law is not None and office is not None:
        office = min(office, law)
    shorter = min((limit for limit in (law, office) if limit is not None), default=None)
    promised = law if rule.get("promise") == LAW and law is not None else shorter
    late = {LAW: law, OFFICE: office}.get(rule.get("late", PROMISED), promised)
    return Term(promised, unit, usual.cutoff, None if late in (None, promised) else late)


def law_term(term: Term, law: Decimal | None, rule: Mapping[str, Any]) -> Term | None:
    """Return the term by the law, None if it is the promised one.

    `rule` are the merged rules; `law` and the unit are as in `ruled_term`.
    """
    limit = _limit(rule, "limit", None if "unit" in rule else law)
    return None if limit in (None, term.limit) else replace(term, limit=limit, late_limit=None)


def _limit(rule: Mapping[str, Any], name: str, otherwise: Decimal | None) -> Decimal | None:
    return parse_limit(rule[name]) if rule.get(name) is not None else otherwise


@dataclass(frozen=True)
class SupplementRule:
    """How often and how long papers may be asked for, and what follows.

    `rounds` is the most requests, None without a limit. `days` is the time to answer, None if unknown, in working days
    or calendar days. `late_answer` is whether papers are still taken after it. `advice` is for the citizen.
    """

    rounds: int | None
    days: int | None
    working: bool
    clock: SupplementClock
    after: str
    late_answer: bool
    advice: str = ""


def supplement_rule(procedure: Procedure | None, general: Mapping[str, Any], own: Mapping[str, Any]) -> SupplementRule:
    """Return the rule of a dossier.

    `own` are the rules with a condition; they replace the columns of the catalogue, which replace the `general` ones.
    """
    columns: dict[str, Any] = {}
    if procedure is not None and procedure.supplement_days is not None:
        columns = {"days": procedure.supplement_days, "unit": TermUnit.WORKING_DAY.value}
    if procedure is not None and procedure.supplement_clock != SupplementClock.RESTART:
        columns["clock"] = procedure.supplement_clock.value
    rule = {**general, **columns, **own}
    return SupplementRule(
        rounds=rule.get("rounds"),
        days=rule.get("days"),
        working=rule.get("unit", TermUnit.WORKING_DAY) == TermUnit.WORKING_DAY,
        clock=SupplementClock(rule.get("clock", SupplementClock.RESTART)),
        after=rule.get("after", CLOSE),
        late_answer=rule.get("late_answer", True),
        advice=rule.get("advice", ""),
    )


def term_rule(procedure: Procedure, rules: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the fitting rules of terms of a procedure, merged.

    A rule without a unit is in that of the catalogue. A limit of the office in another unit than the merged rule is
    left out.
    """
    unit = merged(rules).get("unit", procedure.unit)
    strange = [rule for rule in rules if rule.get("unit", procedure.unit) != unit]
    return merged(
        {name: rule[name] for name in rule if name != "office_limit" or rule not in strange} for rule in rules
    )


def fitting(values: Iterable[Mapping[str, Any]], facts: TermFacts) -> dict[str, Any]:
    """Return the supplement rules that apply to a dossier, merged.

    Days without a unit are working days.
    """
    met = (value for value in values if facts.meet(value))
    return merged({"unit": TermUnit.WORKING_DAY.value, **value} if "days" in value else value for value in met)


def check_term(key: str, value: Mapping[str, Any]) -> None:
    """Check a rule of terms.

    `limit` and `unit` belong together; `office_limit` is in the same unit.

    Raises Refusal `rule_shape` on the field, `term_rule_longer`.
    """
    _keys(value, _TERM_KEYS)
    _require(("limit" in value) == ("unit" in value), "unit" if "limit" in value else "limit")
    _require(value.get("unit", "hour") in _LIMITED, "unit")
    for name in ("limit", "office_limit"):
        _require(name not in value or _is_limit(value[name], value.get("unit")), name)
    if "limit" in value and "office_limit" in value:
        _refuse_longer(key, parse_limit(value["office_limit"]), parse_limit(value["limit"]))
    _require(value.get("promise", OFFICE) in (LAW, OFFICE), "promise")
    _require(value.get("late", PROMISED) in (LAW, OFFICE, PROMISED), "late")
    _text(value, "advice")


def check_term_of(key: str, value: Mapping[str, Any], procedure: Procedure) -> None:
    """Check the limit of the office of a rule on a procedure that it is for.

    A rule without a unit counts in that of the catalogue. Only a rule that names the procedure is compared with its
    limit; for any other one the shorter limit applies.

    Raises Refusal `term_rule_whole_days`, `term_rule_longer`.
    """
    if "office_limit" not in value or "unit" in value:
        return
    office = parse_limit(value["office_limit"])
    if procedure.unit is TermUnit.DAY and office % 1:
        raise Refusal("term_rule_whole_days", "office_limit", key=key, procedure=procedure.code, limit=f"{office:f}")
    channels = value.get("channels", tuple(Channel))
    own = dict(procedure.channel_limits)
    limits = [own.get(Channel(name), procedure.limit) for name in channels]
    known = [limit for limit in limits if limit is not None]
    if procedure.code in value.get("procedures", ()) and known and procedure.unit in _LIMITED:
        _refuse_longer(key, office, max(known))


def _refuse_longer(key: str, office: Decimal, law: Decimal) -> None:
    if office > law:
        raise Refusal("term_rule_longer", "office_limit", key=key, office_limit=f"{office:f}", limit=f"{law:f}")


def check_supplement(key: str, value: Mapping[str, Any]) -> None:
    """Check a rule of supplements.

    Raises Refusal `rule_shape` on the field.
    """
    _keys(value, _SUPPLEMENT_KEYS)
    for name, most in (("rounds", _MAX_ROUNDS), ("days", _MAX_DAYS)):
        _require(value.get(name) is None or _is_whole(value[name], 1, most), name)
    _require(value.get("unit", TermUnit.DAY) in (TermUnit.DAY, TermUnit.WORKING_DAY), "unit")
    _require(value.get("clock", SupplementClock.NONE) in tuple(SupplementClock), "clock")
    _require(value.get("after", CLOSE) in (CLOSE, STOP, WAIT), "after")
    _require(isinstance(value.get("late_answer", True), bool), "late_answer")
    _text(value, "advice")


def check_place(key: str, value: Mapping[str, Any]) -> None:
    """Check a receiving place.

    Raises Refusal `rule_shape` on the field.
    """
    _keys(value, _PLACE_KEYS)
    _require(isinstance(value.get("name"), str), "name")
    for name in ("name", "address"):
        _text(value, name)
    _require(isinstance(value.get("active", True), bool), "active")


_LIMITED = (TermUnit.WORKING_DAY, TermUnit.DAY, TermUnit.HOUR)


def _keys(value: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = set(value) - known
    _require(not unknown, str(min(unknown, default=""))[:40])
    check_conditions(value, _require)


def _text(value: Mapping[str, Any], name: str) -> None:
    text = value.get(name, "…")
    _require(isinstance(text, str) and bool(text.strip()) and len(text) <= _MAX_TEXT and text.isprintable(), name)


def _is_limit(limit: object, unit: object) -> bool:
    if isinstance(limit, bool) or not isinstance(limit, int | float | str):
        return False
    try:
        parsed = parse_limit(limit)
    except Refusal:
        return False
    return parsed > 0 and (unit != TermUnit.DAY or parsed % 1 == 0)


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _require(condition: bool, field: str) -> None:
    if not condition:
        raise Refusal("rule_shape", field)
