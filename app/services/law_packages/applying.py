"""Enter a law package, and take it back while nothing was made under it."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.models.enums import AccessKind, Action
from app.models.errors import Refusal
from app.models.instants import office_instant
from app.models.law.counter_rules import CALENDAR_DAY
from app.models.law.rule import CODE_PATTERN, FEE_GROUP, FEE_RECEIPT, FEE_RELIEF, Rule
from app.models.law.terms import PLACE, SUPPLEMENT, TERM
from app.models.procedures import read_row, to_row
from app.services.catalogue.calendar_changes import enter_decisions
from app.services.catalogue.checks import version_in_force
from app.services.catalogue.importing import NewVersion, write_plan
from app.services.catalogue.later_versions import COLUMNS, changed_cells
from app.services.context import Context
from app.services.law.rules import add_rules
from app.services.law_packages.content import carried_cells
from app.services.law_packages.opened import OpenedLaw
from app.services.law_packages.planning import LawPlan
from app.services.versions import Version, as_version, version_row
from app.storage import catalogue, office_settings, user_accounts
from app.storage.law import packages, rules
from app.storage.law.packages import LawPackageRow
from app.storage.uow import Reading, Writing
from app.sync.law_package import read_law_package
from app.sync.wire import fingerprint

_INTAKE_ACTIONS = (Action.INTAKE, Action.AMEND)
_MONEY_ACTIONS = (Action.PAY, Action.REFUND)
_ACTIONS: Mapping[str, tuple[Action, ...]] = {
    CODE_PATTERN: (Action.INTAKE,),
    FEE_RELIEF: _INTAKE_ACTIONS,
    FEE_GROUP: _INTAKE_ACTIONS,
    FEE_RECEIPT: _MONEY_ACTIONS,
    TERM: (Action.INTAKE,),
    PLACE: (Action.INTAKE,),
    SUPPLEMENT: (Action.ASK_SUPPLEMENT, Action.SUPPLEMENT, Action.CLOSE),
}
"""Actions that use a rule of a kind; of any other kind every action and every printed paper may."""


@dataclass(frozen=True)
class Revocation:
    """A person's wish to take a package back, and why."""

    row: LawPackageRow
    note: str


def enter_law(law: OpenedLaw, plan: LawPlan, approved_by: str | None, context: Context, work: Writing) -> None:
    """Enter everything that a package carries and record who did it.

    The caller commits, so that all of it is entered or nothing.
    """
    if law.new_issuer:
        _confirm_issuer(law, approved_by, context, work)
    header, package = law.header, law.package
    row = {
        "package_id": header.id,
        "title": header.title,
        "issuer": header.issuer,
        "decision": header.decision,
        "valid_from": date.fromisoformat(header.valid_from),
        "made_at": office_instant(header.made_at),
        "public_key": package.public_key.hex(),
        "manifest_sha256": package.manifest_sha256,
        "file": law.file,
        "entered": _entered(plan, carried_cells(package.content), work),
        "after_event": packages.last_event(work),
        "after_print": packages.last_print(work),
        "applied_at": context.now,
        "applied_by": context.actor,
        "approved_by": approved_by,
    }
    packages.save_package(work, row)
    add_rules(plan.rules, context, work)
    if plan.catalogue is not None:
        write_plan(plan.catalogue, work)
    if plan.days or any(rule.kind == CALENDAR_DAY for rule in plan.rules):
        enter_decisions(plan.days, context, work)
    _record(AccessKind.LAW_APPLIED, header.id, approved_by, context, work)


def revert_law(revocation: Revocation, context: Context, work: Writing) -> None:
    """Take back everything that a package entered. The caller commits.

    Versions of procedures and calendar decisions are never removed: the earlier facts are entered again after them.

    Raises Refusal `law_in_use` naming the first dossier made under the package, `law_superseded` naming a later package
    with the same facts or days.
    """
    row = revocation.row
    code = _made_under(row, work)
    if code is not None:
        raise Refusal("law_in_use", "id", id=row.package_id, code=code)
    _refuse_superseded(row, work)
    rules.remove_rules_of(work, row.package_id)
    numbers: dict[str, list[int]] = {}
    for entry in row.entered["procedures"]:
        numbers.setdefault(entry["code"], []).append(entry["version"])
    for code, versions in numbers.items():
        _restore_procedure(code, versions, work)
    if row.entered["days"]:
        office_settings.add_decisions(work, [_decision(day) for day in row.entered["days"]], context.today)
    packages.mark_reverted(work, row.package_id, context.now, context.actor, revocation.note)
    _record(AccessKind.LAW_REVERTED, row.package_id, revocation.note, context, work)


def _entered(plan: LawPlan, cells: Set[tuple[str, str]], work: Reading) -> dict[str, Any]:
    """Return what a package enters, so that it can be taken back.

    Each day has the decision that the office had made about it before, None for none.
    """
    versions, carried = ((), ()) if plan.catalogue is None else (plan.catalogue.versions, plan.catalogue.carried)
    decided = {row.day: row for row in office_settings.calendar_decisions(work)}
    return {
        "procedures": [*(_version_entry(each, cells) for each in versions), *map(_version_entry, carried)],
        "rules": [_rule_entry(rule) for rule in plan.rules],
        "days": [_day_entry(decision["day"], decided.get(decision["day"])) for decision in plan.days],
    }


def _version_entry(each: NewVersion, cells: Set[tuple[str, str]] = frozenset()) -> dict[str, Any]:
    code = each.version.procedure.code
    named = sorted(column for of, column in cells if of == code)
    return {"code": code, "version": each.version.version, **({COLUMNS: named} if named else {})}


def _rule_entry(rule: Rule) -> dict[str, Any]:
    named = {"procedures": list(rule.value["procedures"])} if rule.value.get("procedures") else {}
    return {"kind": rule.kind, "valid_from": rule.valid_from.isoformat(), **named}


def _day_entry(day: date, before: Any) -> dict[str, str | None]:
    if before is None or before.kind is None:
        return {"day": day.isoformat(), "kind": None, "hours": "", "decision": ""}
    return {"day": day.isoformat(), "kind": str(before.kind), "hours": before.hours, "decision": before.decision}


def _decision(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {**entry, "day": date.fromisoformat(entry["day"])}


def _refuse_superseded(row: LawPackageRow, work: Reading) -> None:
    """Refuse while a package applied later has facts or days of this one.

    What was before that package would not be known. Rules need no order, because each package keeps its own.
    """
    own = carried_cells(read_law_package(row.file).content)
    for other in packages.applied_packages(work):
        is_later = other.reverted_at is None and (other.applied_at, other.id) > (row.applied_at, row.id)
        common = sorted(own & carried_cells(read_law_package(other.file).content)) if is_later else []
        if common:
            raise Refusal("law_superseded", "id", id=row.package_id, other=other.package_id, about=common[0][0])


def _restore_procedure(code: str, numbers: Sequence[int], work: Writing) -> None:
    """Enter the facts before the versions of a package again, from their days.

    Versions of later days that repeat facts of the package get them too. Facts that a later version has changed since
    stay. A procedure that the package brought is withdrawn from that day.
    """
    versions = [as_version(row) for row in catalogue.versions_of_procedure(work, code)]
    earlier = [version for version in versions if version.version < min(numbers)]
    brought = [version for version in versions if version.version in numbers]
    first = min(version.valid_from for version in brought)
    repeating = {version.valid_from for version in versions if version.version > max(numbers)}
    for day in sorted({version.valid_from for version in brought} | {day for day in repeating if day > first}):
        restored = _restored(day, brought, earlier, versions)
        if restored is not None:
            versions.append(restored)
            catalogue.add_versions(work, [version_row(restored)])


def _restored(
    day: date, brought: Sequence[Version], earlier: Sequence[Version], versions: Sequence[Version]
) -> Version | None:
    """Return the version of a day without a package, None for no change."""
    current, own = _in_force(versions, day), _in_force(brought, day)
    before = version_in_force(earlier, day)
    if before is None:
        facts = replace(current.procedure, withdrawn=True)
    else:
        facts = read_row(_restored_cells(to_row(before.procedure), to_row(own.procedure), to_row(current.procedure)))
    facts = replace(facts, valid_from=day)
    if current.valid_from == day and current.procedure.same_facts(facts):
        return None
    number = max(version.version for version in versions) + 1
    return Version(0, number, day, facts)


def _in_force(versions: Sequence[Version], day: date) -> Version:
    version = version_in_force(versions, day)
    assert version is not None
    return version


def _restored_cells(
    before: Mapping[str, str], brought: Mapping[str, str], current: Mapping[str, str]
) -> dict[str, str]:
    return {name: before[name] if cell == brought[name] else cell for name, cell in current.items()}


def _made_under(row: LawPackageRow, work: Reading) -> str | None:
    """Return a dossier that something was made for under a package, or None."""
    for entry in row.entered["procedures"]:
        code = _received_under(entry["code"], entry["version"], work)
        if code is not None:
            return code
    for rule in row.entered["rules"]:
        code = _made_under_rule(rule, row, work)
        if code is not None:
            return code
    if row.entered["days"]:
        return packages.calendar_sms_since(work, row.applied_at) or packages.acted_since(
            work, row.after_event, date.min, (), ()
        )
    return None


def _received_under(code: str, number: int, work: Reading) -> str | None:
    """Return a dossier of a version, or of a later one that repeats it."""
    versions = [as_version(row) for row in catalogue.versions_of_procedure(work, code)]
    brought = next(version for version in versions if version.version == number)
    before = version_in_force([version for version in versions if version.version < number], brought.valid_from)
    changed = changed_cells(None if before is None else before.procedure, brought.procedure).items()
    for version in versions:
        repeats = version.version > number and version.valid_from >= brought.valid_from
        if version is brought or (repeats and changed & to_row(version.procedure).items()):
            received = packages.dossier_of_version(work, code, version.version)
            if received is not None:
                return received
    return None


def _made_under_rule(rule: Mapping[str, Any], row: LawPackageRow, work: Reading) -> str | None:
    first, actions = date.fromisoformat(rule["valid_from"]), _ACTIONS.get(rule["kind"], ())
    code = packages.acted_since(work, row.after_event, first, actions, rule.get("procedures", ()))
    if code is None and not actions:
        return packages.printed_since(work, row.after_print, first)
    return code


def _confirm_issuer(law: OpenedLaw, approved_by: str | None, context: Context, work: Writing) -> None:
    package = law.package
    issuer = {
        "public_key": package.public_key.hex(),
        "name": package.header.issuer,
        "confirmed_at": context.now,
        "confirmed_by": context.actor,
        "approved_by": approved_by,
    }
    packages.add_issuer(work, issuer)
    about = f"{package.header.issuer}, {fingerprint(package.public_key)}"
    _record(AccessKind.LAW_ISSUER_CONFIRMED, about, approved_by, context, work)


def _record(what: AccessKind, about: str, more: str | None, context: Context, work: Writing) -> None:
    text = ", ".join(part for part in (about, more) if part)
    user_accounts.record_access(work, context.now, context.actor, context.place, what, about=text)
