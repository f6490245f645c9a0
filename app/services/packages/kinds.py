"""What a package changes: planned for a person to see, then applied."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from app.models.enums import Status
from app.models.errors import Refusal
from app.models.lifecycle import national_status
from app.models.procedures import to_row
from app.models.received.changes import (
    Change,
    DayChange,
    DossierChange,
    ProcedureChange,
    RefusedChange,
    RuleChange,
    StateChange,
    TextChange,
)
from app.models.received.portal import PortalWord, read_states
from app.services.catalogue.calendar_changes import AffectedDossier, enter_decisions, plan_decisions, read_decisions
from app.services.catalogue.importing import CataloguePlan, NewVersion, plan_import, write_plan
from app.services.context import Context
from app.services.dossier_detail import find_row
from app.services.law_packages.applying import enter_law
from app.services.law_packages.opened import OpenedLaw, open_law
from app.services.law_packages.planning import plan_law
from app.services.packages.checked import CheckedPackage
from app.storage import journal, office_settings
from app.storage.received import packages
from app.storage.rows import DossierRow
from app.storage.uow import Reading, Writing
from app.sync import package as kinds
from app.wording.refusals import error_sentence


def plan_package(checked: CheckedPackage, context: Context, work: Reading) -> tuple[Change, ...]:
    """Return what a package would change; nothing is written.

    Raises Refusal `package_text` for content that is no text, and what the content's own reader raises.
    """
    return tuple(_PLANS[checked.header.kind](checked, context, work))


def apply_content(checked: CheckedPackage, row_id: int, context: Context, work: Writing) -> None:
    """Apply the content of the package stored under `row_id`.

    The caller commits.

    Raises Refusal as `plan_package` does.
    """
    _APPLICATIONS[checked.header.kind](checked, row_id, context, work)


def state_difference(row: DossierRow, word: PortalWord, work: Reading) -> StateChange | None:
    """Return how the portal's word differs from the dossier, or None."""
    own = national_status(Status(row.status), row.outcome)
    if own == word.national_status:
        return None
    at = journal.events_of(work, row.id)[-1].occurred_at
    return StateChange(
        change="state",
        code=row.code,
        portal_status=word.national_status,
        portal_at=word.at,
        national_status=own,
        at=at,
        newer=newer_side(at, word.at),
    )


def newer_side(at: datetime, portal_at: datetime) -> str:
    """Return `ours` if the event here is not older, else `portal`."""
    return "ours" if at >= portal_at else "portal"


def content_text(checked: CheckedPackage) -> str:
    """Return the content as text.

    Raises Refusal `package_text`.
    """
    try:
        return checked.package.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("package_text", "file", number=checked.header.number) from None


def _catalogue_plan(checked: CheckedPackage, context: Context, work: Reading) -> CataloguePlan:
    first = checked.first_day
    first = None if first is None or first <= context.today else first
    return plan_import(content_text(checked), first, context.today, work)


def _plan_catalogue(checked: CheckedPackage, context: Context, work: Reading) -> Iterator[Change]:
    plan = _catalogue_plan(checked, context, work)
    for version in plan.written:
        yield _procedure_change(version)
    for refused in plan.result.refused:
        yield RefusedChange("refused", refused.row, refused.reason)


def _procedure_change(version: NewVersion) -> ProcedureChange:
    procedure = version.version.procedure
    after, before = to_row(procedure), {} if version.before is None else to_row(version.before)
    differing = [
        name for name, cell in after.items() if name not in ("code", "valid_from") and before.get(name) != cell
    ]
    return ProcedureChange(
        "changed" if before else "new",
        procedure.code,
        procedure.name,
        version.version.valid_from,
        {name: before[name] for name in differing if before.get(name)},
        {name: after[name] for name in differing if after[name]},
    )


def _apply_catalogue(checked: CheckedPackage, _row_id: int, context: Context, work: Writing) -> None:
    write_plan(_catalogue_plan(checked, context, work), work)


def _new_decisions(checked: CheckedPackage, work: Reading) -> list[dict[str, Any]]:
    """Return the decisions that differ from the last of their day."""
    entered = {row.day: row[:4] for row in office_settings.calendar_decisions(work)}
    decisions = read_decisions(content_text(checked))
    return [decision for decision in decisions if entered.get(decision["day"]) != tuple(decision.values())]


def _plan_calendar(checked: CheckedPackage, context: Context, work: Reading) -> Iterator[Change]:
    decisions = _new_decisions(checked, work)
    for decision in decisions:
        yield DayChange("day", decision["day"], decision["kind"], decision["hours"], decision["decision"])
    for dossier in plan_decisions(decisions, context, work):
        yield _dossier_change(dossier)


def _dossier_change(dossier: AffectedDossier) -> DossierChange:
    return DossierChange("dossier", dossier.code, dossier.old_due_at, dossier.new_due_at, dossier.phone)


def _apply_calendar(checked: CheckedPackage, _row_id: int, context: Context, work: Writing) -> None:
    enter_decisions(_new_decisions(checked, work), context, work)


def _plan_states(checked: CheckedPackage, _context: Context, work: Reading) -> Iterator[Change]:
    words, refused = read_states(content_text(checked))
    for word in words:
        row = _find_row(word.code, work)
        difference = TextChange("unknown", word.code) if row is None else state_difference(row, word, work)
        if difference is not None:
            yield difference
    for number, reason in refused:
        yield RefusedChange("refused", number, error_sentence(reason))


def _apply_states(checked: CheckedPackage, row_id: int, _context: Context, work: Writing) -> None:
    for word in read_states(content_text(checked))[0]:
        row = _find_row(word.code, work)
        if row is not None:
            values = {"dossier_id": row.id, "national_status": word.national_status, "reported_at": word.at}
            packages.save_portal_state(work, {**values, "package_id": row_id})


def _find_row(code: str, work: Reading) -> DossierRow | None:
    try:
        return find_row(work, code)
    except Refusal:
        return None


def _plan_notice(checked: CheckedPackage, _context: Context, _work: Reading) -> Iterator[Change]:
    yield TextChange("notice", content_text(checked))


def _apply_notice(checked: CheckedPackage, _row_id: int, _context: Context, _work: Writing) -> None:
    content_text(checked)  # the stored package is the notice


def _plan_law(checked: CheckedPackage, context: Context, work: Reading) -> Iterator[Change]:
    law = _carried_law(checked, context, work)
    for change in () if law.in_force else plan_law(law, context, work).changes:
        yield RuleChange("rule", change.kind, change.key, change.old, change.new)


def _apply_law(checked: CheckedPackage, _row_id: int, context: Context, work: Writing) -> None:
    law = _carried_law(checked, context, work)
    if not law.in_force:
        enter_law(law, plan_law(law, context, work), checked.approved_by, context, work)


def _carried_law(checked: CheckedPackage, context: Context, work: Reading) -> OpenedLaw:
    """Return the law package of a package; the receiver vouches for it."""
    return open_law(checked.package.content, "", context, work, carried=True)


_PLANS: Mapping[str, Callable[[CheckedPackage, Context, Reading], Iterator[Change]]] = {
    kinds.CATALOGUE: _plan_catalogue,
    kinds.CALENDAR: _plan_calendar,
    kinds.LAW: _plan_law,
    kinds.NOTICE: _plan_notice,
    kinds.STATES: _plan_states,
}
_APPLICATIONS: Mapping[str, Callable[[CheckedPackage, int, Context, Writing], None]] = {
    kinds.CATALOGUE: _apply_catalogue,
    kinds.CALENDAR: _apply_calendar,
    kinds.LAW: _apply_law,
    kinds.NOTICE: _apply_notice,
    kinds.STATES: _apply_states,
}
