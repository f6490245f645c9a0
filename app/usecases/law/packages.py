"""Law packages of an office.

Nothing applies by itself, and nothing twice.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.models.enums import Right
from app.models.errors import Refusal
from app.models.law.rule import FORM, FORM_SET
from app.models.text import clean
from app.services.clock_guard import with_monotonic_clock
from app.services.context import Context
from app.services.credentials import Credentials, second_approval
from app.services.law_packages.applying import Revocation, enter_law, revert_law
from app.services.law_packages.form_samples import FormChange, form_changes
from app.services.law_packages.offered import shipped_law, shipped_laws
from app.services.law_packages.opened import OpenedLaw, open_law
from app.services.law_packages.planning import LawChange, LawPlan, plan_law
from app.services.permissions import requires
from app.storage.law import packages
from app.storage.law.packages import LawPackageRow
from app.storage.uow import Reading, Writing

_MAX_NOTE = 500


class LawState(StrEnum):
    """State of a law package in an office.

    `offered` comes with the program and waits for a person. `coming` is applied and begins later.
    """

    OFFERED = "offered"
    COMING = "coming"
    IN_FORCE = "in_force"
    REVERTED = "reverted"


@dataclass(frozen=True)
class ShowLaw:
    """Query: what a package would change.

    `fingerprint` is that of an issuer whom the office does not know yet, as a person read it.
    """

    data: bytes = field(repr=False)
    fingerprint: str = ""


@dataclass(frozen=True)
class ShowLawForms:
    """Query: the forms that a package would change, as in `ShowLaw`."""

    data: bytes = field(repr=False)
    fingerprint: str = ""


@dataclass(frozen=True)
class ApplyLaw:
    """Command: two people's yes to a package.

    `fingerprint` also confirms its issuer. A training office needs one person.
    """

    data: bytes = field(repr=False)
    second: Credentials | None = None
    fingerprint: str = ""


@dataclass(frozen=True)
class ListLaws:
    """Query: the applied packages, and those offered by the program."""


@dataclass(frozen=True)
class FindShippedLaw:
    """Query: the bytes of a package that comes with the program."""

    id: str


@dataclass(frozen=True)
class RevertLaw:
    """Command: take a package back, with the reason."""

    id: str
    note: str


@dataclass(frozen=True)
class LawPreview:
    """What a package is, what it would change, and open dossiers concerned."""

    id: str
    title: str
    issuer: str
    decision: str
    valid_from: date
    changes: tuple[LawChange, ...]
    touched: tuple[str, ...]

    @property
    def has_forms(self) -> bool:
        """Whether a form or a set of forms is among the changes."""
        return any(change.kind in (FORM, FORM_SET) for change in self.changes)


@dataclass(frozen=True)
class AppliedLaw(LawPreview):
    """An applied package, and when it was applied."""

    applied_at: datetime


@dataclass(frozen=True)
class LawLine:
    """One package of the list."""

    id: str
    title: str
    valid_from: date
    state: LawState


@requires(Right.ASK_OFFICE)
def show_law(query: ShowLaw, context: Context, work: Reading) -> LawPreview:
    """Return what a package would change.

    A package that is in force changes nothing.

    Raises Refusal as `open_law` and `plan_law` do.
    """
    return _preview(open_law(query.data, query.fingerprint, context, work), context, work)


@requires(Right.ASK_OFFICE)
def show_law_forms(query: ShowLawForms, context: Context, work: Reading) -> tuple[FormChange, ...]:
    """Return the forms that a package would change, on invented documents.

    Raises Refusal as `open_law` and `form_changes` do.
    """
    return form_changes(open_law(query.data, query.fingerprint, context, work), context, work)


@requires(Right.EDIT_OFFICE)
def apply_law(command: ApplyLaw, context: Context, work: Writing) -> AppliedLaw:
    """Apply a package in one transaction, on record with both people.

    A package that is in force changes nothing.

    Raises Refusal as `open_law`, `plan_law` and `second_approval` do.
    """
    context = with_monotonic_clock(context, work)
    law = open_law(command.data, command.fingerprint, context, work)
    if law.row is not None and law.in_force:
        return _applied(law, law.row.applied_at)
    plan = plan_law(law, context, work)
    second = second_approval(command.second, context, work)
    enter_law(law, plan, second, context, work)
    work.commit()
    return _applied(law, context.now, plan)


@requires(Right.ASK_OFFICE)
def list_laws(query: ListLaws, context: Context, work: Reading) -> tuple[LawLine, ...]:
    """Return the packages by first day: applied, reverted and offered ones."""
    rows = packages.applied_packages(work)
    lines = [LawLine(row.package_id, row.title, row.valid_from, _state(row, context.today)) for row in rows]
    known = {row.package_id for row in rows}
    for law in shipped_laws():
        if law.header.id not in known:
            first = date.fromisoformat(law.header.valid_from)
            lines.append(LawLine(law.header.id, law.header.title, first, LawState.OFFERED))
    return tuple(sorted(lines, key=lambda line: (line.valid_from, line.id)))


@requires(Right.ASK_OFFICE)
def find_shipped_law(query: FindShippedLaw, context: Context, work: Reading) -> bytes:
    """Return the bytes of a package that comes with the program.

    Raises Refusal `law_unknown`.
    """
    return shipped_law(query.id)


@requires(Right.EDIT_OFFICE)
def revert_package(command: RevertLaw, context: Context, work: Writing) -> LawLine:
    """Take a package back while nothing was made under it.

    Raises Refusal `law_note_missing`, `text_too_long`, `law_unknown`, `law_not_in_force`, `law_in_use`.
    """
    context = with_monotonic_clock(context, work)
    note = clean(command.note)
    if not note:
        raise Refusal("law_note_missing", "note")
    if len(note) > _MAX_NOTE:
        raise Refusal("text_too_long", "note", limit=_MAX_NOTE, length=len(note))
    law_id = clean(command.id)
    row = packages.package_by_id(work, law_id)
    if row is None:
        raise Refusal("law_unknown", "id", id=law_id[:80])
    if row.reverted_at is not None:
        raise Refusal("law_not_in_force", "id", id=row.package_id)
    revert_law(Revocation(row, note), context, work)
    work.commit()
    return LawLine(row.package_id, row.title, row.valid_from, LawState.REVERTED)


def _preview(law: OpenedLaw, context: Context, work: Reading) -> LawPreview:
    return _described(law) if law.in_force else _described(law, plan_law(law, context, work))


def _described(law: OpenedLaw, plan: LawPlan | None = None) -> LawPreview:
    header = law.header
    return LawPreview(
        id=header.id,
        title=header.title,
        issuer=header.issuer,
        decision=header.decision,
        valid_from=date.fromisoformat(header.valid_from),
        changes=() if plan is None else plan.changes,
        touched=() if plan is None else plan.touched,
    )


def _applied(law: OpenedLaw, at: datetime, plan: LawPlan | None = None) -> AppliedLaw:
    return AppliedLaw(**vars(_described(law, plan)), applied_at=at)


def _state(row: LawPackageRow, today: date) -> LawState:
    if row.reverted_at is not None:
        return LawState.REVERTED
    return LawState.COMING if row.valid_from > today else LawState.IN_FORCE
