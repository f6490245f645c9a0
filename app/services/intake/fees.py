"""Fee of a dossier: channel, pages, sets, and the highest relief.

The rules are those in force on the day of receipt.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from app.models.enums import Channel
from app.models.errors import Refusal
from app.models.law.conditions import find_named, specificity
from app.models.law.reliefs import FeeFacts, Relief, applies, highest, relief_amount
from app.models.law.rule import FEE_GROUP, FEE_RELIEF, Rule, rules_on
from app.models.procedures import Procedure
from app.services.effective_events import effective_events
from app.services.law.rules import all_rules
from app.storage.rows import EventRow
from app.storage.uow import Reading

FEE_FACTS = "fee_facts"
"""Fact of an amendment: pages, groups, level and relief after it."""
FREE_REASON = "reason"
"""Key of a relief that was typed as a reason and is no group."""


class FeeInputs(Protocol):
    """The fields of an intake that decide its fee."""

    @property
    def channel(self) -> Channel | None:
        """The channel, None while it is not chosen."""

    @property
    def fee(self) -> int | None:
        """The fee typed for one set."""

    @property
    def pages(self) -> int | None:
        """Pages of one original."""

    @property
    def exempt(self) -> str | tuple[str, ...] | None:
        """Groups of the applicant, or a reason for no fee."""

    @property
    def level(self) -> int | None:
        """Level of the citizen's account."""

    @property
    def quantity(self) -> int:
        """Sets, or copies of one original."""


@dataclass(frozen=True)
class CalculatedFee:
    """Fee in đồng, None if unknown, with the relief that it includes."""

    amount: int | None
    relief: Relief | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """The relief as a fact of an event; empty without one."""
        relief = self.relief
        if relief is None:
            return {}
        return {
            "relief": {
                "key": relief.key,
                "name": relief.name,
                "amount": relief.amount,
                "decision": relief.decision,
            }
        }


def calculate_fee(
    inputs: FeeInputs, procedure: Procedure, birth: str | None, day: date, work: Reading
) -> CalculatedFee:
    """Return the fee of a dossier received on a day.

    `birth` is that of the applicant. A typed fee replaces the catalogue's, and reliefs without a group do not change
    it.

    Raises Refusal `exempt_group_unknown`.
    """
    rules = all_rules(work)
    groups = {rule.key: rule for rule in rules_on(rules, FEE_GROUP, day)}
    declared, reason = _declared(inputs.exempt, {key: str(rule.value["name"]) for key, rule in groups.items()})
    full = _full_fee(inputs, procedure)
    facts = FeeFacts(
        procedure=procedure.code,
        field=procedure.field,
        channel=inputs.channel,
        day=day,
        birth=birth,
        groups=declared,
        level=inputs.level,
    )
    general = () if inputs.fee is not None and not declared else rules_on(rules, FEE_RELIEF, day)
    if inputs.fee is not None:
        general = tuple(rule for rule in general if "groups" in rule.value)
    fitting = [rule for rule in (*general, *(groups[key] for key in declared)) if applies(rule.value, facts)]
    if full is None:
        return _waived(fitting, reason)
    reliefs = _reliefs(fitting, full)
    if reason:
        reliefs.append(Relief(FREE_REASON, reason, full, ""))
    relief = highest(reliefs)
    if relief is None:
        return CalculatedFee(full)
    whole = reason or any(_is_whole(rule) for rule in fitting)
    return CalculatedFee(full - relief.amount, relief) if relief.amount or whole else CalculatedFee(full)


def _waived(rules: Iterable[Rule], reason: str) -> CalculatedFee:
    """Return no fee for an unknown one that is waived, else an unknown one."""
    reliefs = _reliefs((rule for rule in rules if _is_whole(rule)), 0)
    if reason:
        reliefs.append(Relief(FREE_REASON, reason, 0, ""))
    relief = highest(reliefs)
    return CalculatedFee(None if relief is None else 0, relief)


def _is_whole(rule: Rule) -> bool:
    return "amount" not in rule.value and int(rule.value.get("percent", 100)) == 100


def _reliefs(rules: Iterable[Rule], fee: int) -> list[Relief]:
    return [
        Relief(
            rule.key,
            str(rule.value["name"]),
            relief_amount(rule.value, fee),
            rule.decision,
            specificity(rule.value),
        )
        for rule in rules
    ]


def _declared(exempt: str | tuple[str, ...] | None, groups: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """Return the keys of the declared groups, and a reason that is no group.

    Raises Refusal `exempt_group_unknown` for an unknown group in a list.
    """
    if exempt is None:
        return (), ""
    if isinstance(exempt, str):
        key = find_named(exempt, groups)
        return ((key,), "") if key else ((), exempt)
    keys = []
    for place, text in enumerate(exempt):
        key = find_named(text, groups)
        if key is None:
            raise Refusal("exempt_group_unknown", f"exempt.{place}", text=text[:60], allowed=", ".join(groups))
        keys.append(key)
    return tuple(dict.fromkeys(keys)), ""


def _full_fee(inputs: FeeInputs, procedure: Procedure) -> int | None:
    """Return the fee before reliefs, by pages or for each set."""
    base = _catalogue_fee(inputs, procedure) if inputs.fee is None else inputs.fee
    return None if base is None else base * inputs.quantity


def _catalogue_fee(inputs: FeeInputs, procedure: Procedure) -> int | None:
    """Return the fee of the catalogue for one set."""
    if inputs.pages is not None and procedure.fee_rule is not None:
        return procedure.fee_rule.per_copy(inputs.pages)
    channels = dict(procedure.channel_fees)
    return procedure.fee if inputs.channel is None else channels.get(inputs.channel, procedure.fee)


def replaced_fee(inputs: FeeInputs, procedure: Procedure) -> int | None:
    """Return the catalogue's fee for one set that a typed fee replaces.

    It is None without a typed fee, without one in the catalogue, and if both are equal.
    """
    listed = _catalogue_fee(inputs, procedure)
    return None if inputs.fee in (None, listed) else listed


def recorded_fee_facts(events: Sequence[EventRow]) -> dict[str, Any]:
    """Return the facts of the fee of a dossier as last corrected."""
    facts: dict[str, Any] = {}
    for event in effective_events(events):
        facts |= event.facts.get(FEE_FACTS, {} if facts else event.facts)
    return facts
