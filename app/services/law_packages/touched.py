"""Open dossiers that the changes of a law package concern."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.models.codes import comparable
from app.models.enums import Channel
from app.models.law.conditions import find_named
from app.models.law.reliefs import FeeFacts, may_concern
from app.models.law.rule import FEE_GROUP, FEE_RECEIPT, FEE_RELIEF, Rule, rules_on
from app.services.catalogue.calendar_changes import plan_decisions
from app.services.catalogue.importing import CataloguePlan
from app.services.context import Context
from app.services.intake.fees import recorded_fee_facts
from app.services.law.rules import all_rules
from app.storage import dossiers, journal
from app.storage.law import packages
from app.storage.uow import Reading

_OF_PEOPLE = ("groups", "level", "min_age", "max_age")


def touched_codes(
    rules: tuple[Rule, ...],
    plan: CataloguePlan | None,
    days: tuple[Mapping[str, Any], ...],
    context: Context,
    work: Reading,
) -> tuple[str, ...]:
    """Return the codes of the open dossiers that the changes concern.

    They are those of the changed procedures, those whose promise the calendar would move, unpaid ones where the
    receipts change, and those whose person meets the conditions of a relief.
    """
    codes: list[str] = []
    if plan is not None and plan.versions:
        codes += packages.open_codes(work, sorted({each.version.procedure.code for each in plan.versions}))
    for rule in rules:
        codes += _touched_by(rule, work)
    if days:
        codes += [dossier.code for dossier in plan_decisions(days, context, work)]
    return tuple(dict.fromkeys(codes))


def _touched_by(rule: Rule, work: Reading) -> Sequence[str]:
    if rule.kind == FEE_RECEIPT:
        return packages.open_unpaid_codes(work)
    value, is_of_fee = rule.value, rule.kind in (FEE_RELIEF, FEE_GROUP)
    procedures, fields, names = (tuple(value.get(each, ())) for each in ("procedures", "fields", "channels"))
    if not (procedures or fields or names or "places" in value or is_of_fee):
        return []
    channels = [Channel(name) for name in names]
    codes = packages.open_codes(work, procedures, fields, channels, value.get("places"))
    conditions = {**value, "groups": [rule.key]} if rule.kind == FEE_GROUP else value
    if is_of_fee and any(name in conditions for name in _OF_PEOPLE):
        return [code for code in codes if may_concern(conditions, _fee_facts(code, work))]
    return codes


def _fee_facts(code: str, work: Reading) -> FeeFacts:
    """Return the facts that an open dossier has on record."""
    row = dossiers.dossier_by_code(work, comparable(code))
    assert row is not None  # its code was read in the same transaction
    recorded = recorded_fee_facts(journal.events_of(work, row.id))
    names = {rule.key: str(rule.value["name"]) for rule in rules_on(all_rules(work), FEE_GROUP, row.received_day)}
    exempt = recorded.get("exempt") or ()
    groups = [find_named(text, names) for text in ([exempt] if isinstance(exempt, str) else exempt)]
    return FeeFacts(
        procedure=row.procedure_code,
        field=row.field,
        channel=row.channel,
        day=row.received_day,
        birth=dossiers.parties(work, row.id)["applicant"].get("birth_date"),
        groups=tuple(key for key in groups if key is not None),
        level=recorded.get("level"),
    )
