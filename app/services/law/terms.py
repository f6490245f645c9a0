"""Terms, supplement rules and receiving places in force."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.models.calendar import WorkCalendar
from app.models.enums import Channel
from app.models.errors import Message, Refusal
from app.models.instants import iso
from app.models.law.conditions import CONDITIONS, find_named
from app.models.law.rule import Rule, rules_on
from app.models.law.terms import (
    PLACE,
    SUPPLEMENT,
    TERM,
    SupplementRule,
    TermFacts,
    check_term_of,
    fitting,
    law_term,
    ruled_term,
    supplement_rule,
    term_rule,
)
from app.models.procedures import Procedure, same_terms
from app.models.values.order import vietnamese_key
from app.models.workdays import Term, promise
from app.services.law.rules import all_rules, rules_in_force
from app.services.versions import Version, law_limit, term_of
from app.storage.uow import Reading

LATE_LIMIT, DECIDED = "term_late_limit", "term_decided"
"""Steps of a proof: the limit against which lateness counts, and the decision of a rule."""


@dataclass(frozen=True)
class RuledTerm:
    """Term of a dossier, with the advice and decisions of its rules.

    `law` is the term by the law, None if it is the promised one. `replaced` is the known term of the catalogue that the
    clerk's term replaces.
    """

    term: Term
    advice: str = ""
    decisions: tuple[str, ...] = ()
    law: Term | None = None
    replaced: Term | None = None


@dataclass(frozen=True)
class ReceivingPlace:
    """Place where dossiers are received."""

    key: str
    name: str
    address: str


def term_on(procedure: Procedure, channel: Channel | None, place: str | None, day: date, work: Reading) -> RuledTerm:
    """Return the term of a dossier received on a day.

    `place` is the key of a receiving place.
    """
    return term_by_rules(rules_in_force(work, TERM, day), procedure, channel, place)


def term_by_rules(
    in_force: Iterable[Rule], procedure: Procedure, channel: Channel | None, place: str | None
) -> RuledTerm:
    """Return the term of a procedure by the rules of terms of a day."""
    usual, limit = term_of(procedure, channel), law_limit(procedure, channel)
    facts = TermFacts(procedure.code, procedure.field, channel, place)
    rules = [rule for rule in in_force if facts.meet(rule.value)]
    if not rules:
        return RuledTerm(usual, law=law_term(usual, limit, {}))
    merged = term_rule(procedure, [rule.value for rule in rules])
    term = ruled_term(procedure, usual, limit, merged)
    decisions = tuple(dict.fromkeys(rule.decision for rule in rules))
    return RuledTerm(term, merged.get("advice", ""), () if term == usual else decisions, law_term(term, limit, merged))


def refuse_unfit_terms(rules: Iterable[Rule], versions: Iterable[Version]) -> None:
    """Refuse a rule of terms that a procedure of its time cannot count.

    Raises Refusal `term_rule_whole_days`, `term_rule_longer`.
    """
    by_code: dict[str, list[Version]] = {}
    for version in versions:
        by_code.setdefault(version.procedure.code, []).append(version)
    for rule in rules:
        for known in by_code.values():
            for procedure in _concerned(rule, known):
                check_term_of(rule.key, rule.value, procedure)


def _concerned(rule: Rule, versions: Sequence[Version]) -> Iterator[Procedure]:
    """Yield a procedure's versions in force on or after a rule's first day.

    They are those that the rule is for.
    """
    begun = [version for version in versions if version.valid_from <= rule.valid_from]
    current = max(begun, key=lambda version: (version.valid_from, version.version), default=None)
    for version in versions:
        procedure = version.procedure
        facts = {"procedures": procedure.code, "fields": procedure.field}
        of_rule = all(facts[name] in rule.value[name] for name in facts if name in rule.value)
        if of_rule and (version is current or version.valid_from > rule.valid_from):
            yield procedure


def term_rules(work: Reading) -> tuple[Rule, ...]:
    """Return all rules of terms."""
    return all_rules(work, TERM)


def refuse_unfit_version(version: Version, before: Procedure | None, rules: Sequence[Rule]) -> None:
    """Refuse a version that one of the rules of its time cannot count.

    A version with the terms of the one `before` is not refused for them.

    Raises Refusal `term_rule_whole_days`, `term_rule_longer`.
    """
    if same_terms(version.procedure, before):
        return
    in_force = rules_on(rules, TERM, version.valid_from)
    for rule in (*in_force, *(rule for rule in rules if rule.valid_from > version.valid_from)):
        for procedure in _concerned(replace(rule, valid_from=version.valid_from), [version]):
            check_term_of(rule.key, rule.value, procedure)


def varying_conditions(in_force: Iterable[Rule], procedure: Procedure) -> set[str]:
    """Return on which of `channels` and `places` a term depends."""
    names = {"channels"} if procedure.channel_limits else set()
    for rule in in_force:
        if any(_concerned(rule, [Version(0, 0, rule.valid_from, procedure)])):
            names |= {"channels", "places"} & set(rule.value)
    return names


def late_date(term: Term, at: datetime, calendar: WorkCalendar) -> datetime | None:
    """Return the due time that lateness is measured by.

    It is None if it is the promise itself.
    """
    if term.late_limit is None:
        return None
    return promise(replace(term, limit=term.late_limit, late_limit=None), at, calendar).due_at


def proof_with_rules(steps: tuple[Message, ...], ruled: RuledTerm, late_at: datetime | None) -> tuple[Message, ...]:
    """Return the proof of a promise with its decisions and the second limit."""
    decided = tuple(Message(DECIDED, {"decision": decision}) for decision in ruled.decisions)
    return (steps[0], *decided, *steps[1:], *late_limit(ruled.term, late_at))


def late_limit(term: Term, late_at: datetime | None) -> tuple[Message, ...]:
    """Return the step of the second limit, none without one."""
    if late_at is None or term.late_limit is None:
        return ()
    values = {"limit": f"{term.late_limit.normalize():f}", "unit": term.unit.value, "at": iso(late_at) or ""}
    return (Message(LATE_LIMIT, values),)


def places_on(work: Reading, day: date) -> tuple[ReceivingPlace, ...]:
    """Return the receiving places of a day by name."""
    rules = (rule for rule in rules_in_force(work, PLACE, day) if rule.value.get("active", True))
    places = (ReceivingPlace(rule.key, rule.value["name"].strip(), rule.value.get("address", "")) for rule in rules)
    return tuple(sorted(places, key=lambda place: vietnamese_key(place.name)))


def offered_places(procedure: Procedure, day: date, work: Reading) -> tuple[ReceivingPlace, ...]:
    """Return the places to choose from for a procedure.

    A single place is offered only if a rule of the procedure depends on a place.
    """
    places = places_on(work, day)
    if len(places) == 1:
        rules = (*rules_in_force(work, TERM, day), *rules_in_force(work, SUPPLEMENT, day))
        facts = {"procedures": procedure.code, "fields": procedure.field}
        matches = (all(fact in rule.value.get(name, (fact,)) for name, fact in facts.items()) for rule in rules)
        if not any(fits and "places" in rule.value for rule, fits in zip(rules, matches, strict=True)):
            return ()
    return places


def find_place(text: str | None, day: date, work: Reading) -> ReceivingPlace | None:
    """Return the place that is typed as its key or its name.

    Raises Refusal `place_unknown`.
    """
    if text is None:
        return None
    places = {place.key: place for place in places_on(work, day)}
    names = {key: place.name for key, place in places.items()}
    key = find_named(text, names)
    if not names:
        raise Refusal("place_none", "place")
    if key is None:
        raise Refusal("place_unknown", "place", text=text[:60], allowed=", ".join(names.values()))
    return places[key]


def supplement_rule_on(procedure: Procedure | None, facts: TermFacts, day: date, work: Reading) -> SupplementRule:
    """Return the supplement rule of a dossier received on a day."""
    rules = rules_in_force(work, SUPPLEMENT, day)
    general = fitting(_values(rules, conditioned=False), facts)
    return supplement_rule(procedure, general, fitting(_values(rules, conditioned=True), facts))


def _values(rules: Iterable[Rule], conditioned: bool) -> Iterable[Mapping[str, Any]]:
    return (rule.value for rule in rules if any(name in rule.value for name in CONDITIONS) == conditioned)
