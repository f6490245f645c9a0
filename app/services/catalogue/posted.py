"""Term, fee and reliefs of a procedure as the counter posts them.

What depends on the channel or the receiving place is written for each of them.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from app.models.enums import Channel, TermUnit
from app.models.law.rule import FEE_GROUP, FEE_RELIEF, Rule, rules_on
from app.models.law.terms import TERM
from app.models.procedures import Procedure
from app.models.workdays import Term
from app.services.law.rules import all_rules
from app.services.law.terms import ReceivingPlace, places_on, term_by_rules
from app.services.versions import law_limit
from app.storage.uow import Reading
from app.wording.documents import posted as words
from app.wording.numbers import money
from app.wording.rules.changes import relief_scope
from app.wording.status import channel_name, unit_text


@dataclass(frozen=True)
class PostedFacts:
    """Texts of a procedure as posted.

    `varies` is whether its term or fee depends on the channel or the place. `law` is the limit of the law where the
    promised one is shorter.
    """

    limit: str
    fee: str
    varies: bool
    law: str = ""
    advice: str = ""


@dataclass(frozen=True)
class PostedRelief:
    """Reliefs of one share, scope and decision; texts are as printed.

    `last` is the last day. `of_fee` is false for a group that a general law names, whose fees have decrees of their
    own.
    """

    share: str
    scope: str
    decision: str
    last: date | None
    of_fee: bool
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class PostedRules:
    """Rules of a day that posted papers use."""

    terms: tuple[Rule, ...]
    reliefs: tuple[Rule, ...]
    places: tuple[ReceivingPlace, ...]

    def facts(self, procedure: Procedure) -> PostedFacts:
        """Return the texts of a procedure."""
        usual = term_by_rules(self.terms, procedure, None, None)
        base = _limit_text(usual.term)
        limits = [(name, text) for name, text in self._limits(procedure) if text != base]
        fees = [(name, text) for name, text in _channel_fees(procedure) if text != _fee_text(procedure)]
        statutory = Term(law_limit(procedure), procedure.unit)
        law = _limit_text(statutory)
        return PostedFacts(
            limit=words.by_case(base, limits),
            fee=words.by_case(_fee_text(procedure), fees),
            varies=bool(limits or fees),
            law=law if statutory.limit is not None and law != base else "",
            advice=" ".join(filter(None, (procedure.advice, usual.advice))),
        )

    def reliefs_of(self, procedures: Sequence[Procedure]) -> tuple[PostedRelief, ...]:
        """Return the reliefs that some of the procedures may have."""
        codes, fields = {each.code for each in procedures}, {each.field for each in procedures}
        merged: dict[PostedRelief, list[str]] = {}
        for rule in self.reliefs:
            if _concerns(rule, codes, fields):
                merged.setdefault(_relief(rule, codes), []).append(str(rule.value["name"]))
        return tuple(replace(relief, names=tuple(dict.fromkeys(names))) for relief, names in merged.items())

    def _limits(self, procedure: Procedure) -> Iterator[tuple[str, str]]:
        for channel in Channel:
            term = term_by_rules(self.terms, procedure, channel, None).term
            yield channel_name(channel).lower(), _limit_text(term)
        for place in self.places:
            yield place.name, _limit_text(term_by_rules(self.terms, procedure, None, place.key).term)


def posted_rules(day: date, work: Reading) -> PostedRules:
    """Return the rules of a day that posted papers use."""
    rules = all_rules(work)
    reliefs = (*rules_on(rules, FEE_RELIEF, day), *rules_on(rules, FEE_GROUP, day))
    return PostedRules(rules_on(rules, TERM, day), reliefs, places_on(work, day))


def _relief(rule: Rule, listed: Set[str]) -> PostedRelief:
    """Return a relief for the listed procedures, without its name."""
    value = dict(rule.value)
    if "procedures" in value:
        value["procedures"] = [code for code in value["procedures"] if code in listed]
    scope = relief_scope(value)
    of_fee = rule.kind == FEE_RELIEF or bool(scope)
    share = words.relief_share(value, money(int(value.get("amount", 0)))) if of_fee else words.BY_DECREE
    return PostedRelief(share, scope or words.ANY_SCOPE, rule.decision, rule.valid_to, of_fee)


def _concerns(rule: Rule, codes: Iterable[str], fields: Iterable[str]) -> bool:
    value = rule.value
    of_codes = "procedures" not in value or not set(value["procedures"]).isdisjoint(codes)
    of_fields = "fields" not in value or not set(value["fields"]).isdisjoint(fields)
    return of_codes and of_fields and (value.get("percent", 100) != 0 or "amount" in value)


def _limit_text(term: Term) -> str:
    text = unit_text(None if term.limit is None else f"{term.limit.normalize():f}", term.unit)
    return words.UNKNOWN_FEE if text == unit_text(None, TermUnit.UNKNOWN) else text


def _fee_text(procedure: Procedure) -> str:
    if procedure.fee is None:
        return words.UNKNOWN_FEE
    if not procedure.fee:
        return words.NO_FEE
    rule = procedure.fee_rule
    if rule is None:
        return money(procedure.fee)
    return words.page_fee(money(rule.first_each), rule.first_pages, money(rule.further_each), money(rule.maximum))


def _channel_fees(procedure: Procedure) -> Iterator[tuple[str, str]]:
    for channel, fee in procedure.channel_fees:
        yield channel_name(channel).lower(), money(fee) if fee else words.NO_FEE.lower()
