"""What a law package changes, and which open dossiers it concerns.

Nothing here writes. A dossier keeps what it came in under: `touched` only names the running ones that a person may
have to look at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.enums import DayKind
from app.models.errors import Refusal
from app.models.law.rule import Rule, rules_on
from app.models.law.terms import TERM
from app.models.procedures import to_row
from app.services.calendar import work_calendar
from app.services.catalogue.calendar_changes import read_decisions
from app.services.catalogue.importing import CataloguePlan, NewVersion, plan_rows
from app.services.context import Context
from app.services.law.rules import all_rules
from app.services.law.terms import refuse_unfit_terms
from app.services.law_packages.opened import OpenedLaw
from app.services.law_packages.touched import touched_codes
from app.services.versions import as_version
from app.storage import catalogue
from app.storage.uow import Reading
from app.wording.law import SKIPPED
from app.wording.refusals import error_sentence

PROCEDURE, CALENDAR_DAY = "procedure", "calendar_day"
"""Kinds of changes that are no dated rules."""


@dataclass(frozen=True)
class LawChange:
    """A rule, a procedure or a day as it is and as it will be.

    `old` is None for something new.
    """

    kind: str
    key: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any]


@dataclass(frozen=True)
class LawPlan:
    """What a package enters, in lines for a person and in rows.

    `rules` are all of the package, also those that change nothing today: they hold when another package with the same
    rule is taken back.
    """

    changes: tuple[LawChange, ...]
    touched: tuple[str, ...]
    rules: tuple[Rule, ...]
    catalogue: CataloguePlan | None
    days: tuple[Mapping[str, Any], ...]


def plan_law(law: OpenedLaw, context: Context, work: Reading) -> LawPlan:
    """Return what a package would change.

    Raises Refusal `law_row` naming a row of the catalogue that cannot be entered, or like `plan_rows`.
    """
    rules = _new_rules(law.content.rules, work)
    versions = _plan_catalogue(law, context, work) if law.content.catalogue else None
    _refuse_unfit_terms(law.content.rules, versions, work)
    days = _new_days(law.content.calendar, context, work)
    changes = (
        *_rule_changes(rules, law, work),
        *(_version_changes(versions) if versions else ()),
        *_day_changes(days, context, work),
    )
    moved = (*days, *_days_of(rules))
    return LawPlan(changes, touched_codes(rules, versions, moved, context, work), law.content.rules, versions, days)


def _refuse_unfit_terms(rules: tuple[Rule, ...], plan: CataloguePlan | None, work: Reading) -> None:
    """Refuse a rule of terms that a procedure of the office cannot count."""
    if not any(rule.kind == TERM for rule in rules):
        return
    versions = [as_version(row) for row in catalogue.all_versions(work)]
    versions += [] if plan is None else [each.version for each in plan.written]
    for number, rule in enumerate(rules, start=1):
        if rule.kind == TERM:
            try:
                refuse_unfit_terms((rule,), versions)
            except Refusal as refusal:
                reason = error_sentence(refusal)
                raise Refusal("law_rule", "file", number=number, part=refusal.field, reason=reason) from refusal


def _days_of(rules: tuple[Rule, ...]) -> list[Mapping[str, Any]]:
    """Return the rules of single days as decisions of the calendar."""
    return [
        {
            "day": date.fromisoformat(rule.key),
            "kind": DayKind(rule.value["kind"]),
            "hours": " ".join(rule.value.get("hours", ())),
            "decision": rule.decision,
        }
        for rule in rules
        if rule.kind == CALENDAR_DAY
    ]


def _new_rules(rules: tuple[Rule, ...], work: Reading) -> tuple[Rule, ...]:
    """Return the rules that differ from what applies on their first day."""
    known = all_rules(work)
    return tuple(rule for rule in rules if not _applies_already(rule, _before(rule, known)))


def _applies_already(rule: Rule, before: Rule | None) -> bool:
    return before is not None and dict(before.value) == dict(rule.value)


def _before(rule: Rule, known: tuple[Rule, ...]) -> Rule | None:
    return next((one for one in rules_on(known, rule.kind, rule.valid_from) if one.key == rule.key), None)


def _rule_changes(rules: tuple[Rule, ...], law: OpenedLaw, work: Reading) -> Iterator[LawChange]:
    known = all_rules(work) if rules else ()
    for rule in rules:
        before = _before(rule, known)
        new = dict(rule.value)
        if rule.valid_from.isoformat() != law.header.valid_from:
            new["valid_from"] = rule.valid_from.isoformat()
        yield LawChange(rule.kind, rule.key, None if before is None else dict(before.value), new)


def _plan_catalogue(law: OpenedLaw, context: Context, work: Reading) -> CataloguePlan:
    """Return the versions from the package's day on, or from today on.

    A version cannot begin before dossiers that were received under an earlier one, so its rows then begin today.
    A row of a procedure that the office does not have, and that the package does not name, is left out.
    """
    first, text = date.fromisoformat(law.header.valid_from), law.content.catalogue
    plan = plan_rows(text, first, context.today, work, states_later=True)
    if first < context.today and _unusable(plan):
        plan = plan_rows(text, context.today, context.today, work, states_later=True)
    for number, refusal in _unusable(plan):
        raise Refusal("law_row", "file", row=number, reason=error_sentence(refusal)) from refusal
    return plan


def _unusable(plan: CataloguePlan) -> list[tuple[int, Refusal]]:
    """Return the rejected rows, except those of procedures the office lacks."""
    return [(number, refusal) for number, refusal in plan.rejected if not _is_foreign(refusal)]


def _is_foreign(refusal: Refusal) -> bool:
    return refusal.code == "cell_missing" and "code" in refusal.values


def _version_changes(plan: CataloguePlan) -> Iterator[LawChange]:
    for version in plan.written:
        yield _version_change(version)
    for _number, refusal in plan.rejected:
        yield LawChange(PROCEDURE, str(refusal.values["code"]), None, {"skipped": SKIPPED})


def _version_change(version: NewVersion) -> LawChange:
    procedure = version.version.procedure
    after, before = to_row(procedure), {} if version.before is None else to_row(version.before)
    names = [name for name in after if name not in ("code", "valid_from") and before.get(name) != after[name]]
    old = {name: before[name] for name in names} if before else None
    first = version.version.valid_from.isoformat()
    return LawChange(PROCEDURE, procedure.code, old, {**{name: after[name] for name in names}, "valid_from": first})


def _new_days(text: str, context: Context, work: Reading) -> tuple[Mapping[str, Any], ...]:
    """Return the decisions that differ from what the calendar has."""
    days = []
    for decision in read_decisions(text) if text else ():
        before = _day(decision["day"], context, work)
        if before is None or before["kind"] != decision["kind"] or decision["hours"] not in ("", before["hours"]):
            days.append(decision)
    return tuple(days)


def _day_changes(days: tuple[Mapping[str, Any], ...], context: Context, work: Reading) -> Iterator[LawChange]:
    for decision in days:
        new = {name: decision[name] for name in ("kind", "hours", "decision") if decision[name]}
        yield LawChange(CALENDAR_DAY, decision["day"].isoformat(), _day(decision["day"], context, work), new)


def _day(day: date, context: Context, work: Reading) -> dict[str, str] | None:
    """Return what the calendar has for a day that differs from its week."""
    facts = work_calendar(work, context.office, context.today).day(day)
    if facts.special is None:
        return None
    return {"kind": facts.special, "hours": " ".join(map(str, facts.sessions)), "decision": facts.text}
