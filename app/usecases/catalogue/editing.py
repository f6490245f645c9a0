"""Catalogue editing: versions of procedures and facts still unknown.

SCENARIOS S8 describes a new version during running dossiers.
A new version is refused if its first day precedes dossiers that were received under an earlier version.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial

from app.models.catalogue import search_procedures
from app.models.enums import Right, TermUnit
from app.models.errors import Refusal
from app.models.procedures import COLUMNS, Procedure, check_entered_terms, procedure_code, read_row, to_row
from app.services.catalogue.checks import fields_of, refuse_lost_successor, refuse_stranding, version_in_force
from app.services.catalogue.later_versions import carried_facts, named_columns
from app.services.catalogue.publication import published_codes
from app.services.context import Context
from app.services.law.terms import refuse_unfit_version, term_rules
from app.services.permissions import requires
from app.services.versions import FIRST_DAY, Version, as_version, version_row
from app.storage import catalogue
from app.storage.uow import Reading, Writing
from app.wording.catalogue import missing_words, term_words

CATALOGUE_COLUMNS = COLUMNS
"""The cells of a version by name, in the order of a table."""


class VersionStatus(StrEnum):
    """State of a version today: past, in force, not yet in force, or replaced.

    A replaced version was superseded on its first day or before it.
    """

    PAST = "past"
    CURRENT = "current"
    COMING = "coming"
    REPLACED = "replaced"


@dataclass(frozen=True)
class ListCatalogue:
    """Query: the catalogue, filtered by `words` (words, code or initials).

    Superseded and withdrawn procedures are included.
    """

    words: str = ""


@dataclass(frozen=True)
class CatalogueLine:
    """A procedure in the version in force today, else in its first version.

    `missing` names in Vietnamese the facts that the office should complete.
    `coming` is the first day of the next version that was loaded early.
    """

    code: str
    name: str
    field: str
    term_text: str
    fee: int | None
    priced_per_page: bool
    missing: tuple[str, ...]
    version: int
    coming: date | None
    withdrawn: bool
    superseded_by: str | None
    published: bool = True


@dataclass(frozen=True)
class ShowProcedure:
    """Query: one procedure with all its versions."""

    code: str


@dataclass(frozen=True)
class VersionLine:
    """One version: its cells by column; numbers of all and running dossiers."""

    version: int
    valid_from: date
    standing: VersionStatus
    cells: Mapping[str, str]
    dossiers: int
    running: int


@dataclass(frozen=True)
class ProcedureHistory:
    """All versions of a procedure by first day, and the codes it replaces."""

    code: str
    versions: tuple[VersionLine, ...]
    replaces: tuple[str, ...]

    @property
    def latest(self) -> int:
        """Number of the last entered version; 0 if the catalogue has none."""
        return max((version.version for version in self.versions), default=0)

    @property
    def shown(self) -> VersionLine | None:
        """The version in force today, or the first version before its first day."""
        current = [version for version in self.versions if version.standing == VersionStatus.CURRENT]
        return next(iter((*current, *self.versions)), None)


@dataclass(frozen=True)
class SaveVersion:
    """Command: a new version as cells of a row, edited from `based_on`.

    A missing column means «not known». Without `valid_from` the version is valid from today.
    `keep_running` confirms that dossiers of a withdrawn procedure continue under their own version.
    """

    cells: Mapping[str, str]
    based_on: int
    keep_running: bool = False


@requires(Right.ASK_OFFICE)
def list_catalogue(query: ListCatalogue, context: Context, work: Reading) -> tuple[CatalogueLine, ...]:
    """Return each procedure once, by code, or by relevance if words are given."""
    by_code: dict[str, list[Version]] = {}
    for row in catalogue.all_versions(work):
        by_code.setdefault(row.code, []).append(as_version(row))
    published = published_codes(work, context.today)
    lines = {code: _line(versions, context.today, code in published) for code, versions in by_code.items()}
    if not query.words.strip():
        return tuple(lines[code] for code in sorted(lines))
    shown = [_shown(versions, context.today).procedure for versions in by_code.values()]
    return tuple(lines[procedure.code] for procedure in search_procedures(query.words, shown, len(shown)))


@requires(Right.ASK_OFFICE)
def show_procedure(query: ShowProcedure, context: Context, work: Reading) -> ProcedureHistory:
    """Return all versions of a procedure with their dossier counts.

    Raises Refusal `procedure_code`, `unknown_procedure`.
    """
    code = procedure_code(query.code)
    history = _history(code, context.today, work)
    if not history.versions:
        raise Refusal("unknown_procedure", "procedure", procedure=code)
    return history


@requires(Right.EDIT_OFFICE)
def save_version(command: SaveVersion, context: Context, work: Writing) -> ProcedureHistory:
    """Enter a new version; dossiers stay on the version of their receipt.

    A version with a future first day applies by the date of receipt, and keeps what it changes itself.
    Raises Refusal like `read_row` and `refuse_unfit_version`;
    `version_meanwhile` if another user saved a version first; `version_unchanged`;
    `version_before_current` and `version_in_use` for a first day before dossiers already received;
    `successor_unknown`; `procedure_has_open` for a withdrawal with running dossiers, unless `keep_running`.
    """
    procedure = read_row({**command.cells})
    check_entered_terms(procedure)
    code, today = procedure.code, context.today
    versions = _versions(work, code)
    latest = max((version.version for version in versions), default=0)
    if latest != command.based_on:
        raise Refusal("version_meanwhile", None, code=code, version=latest)
    day = procedure.valid_from or (today if versions else FIRST_DAY)
    _refuse_unchanged(procedure, versions, day)
    refuse_stranding(procedure, versions, day, today, work)
    current = version_in_force(versions, day)
    before = None if current is None else current.procedure
    refuse_unfit_version(Version(0, 0, day, procedure), before, term_rules(work))
    if procedure.withdrawn:
        refuse_lost_successor(procedure, day, partial(_versions, work))
        _refuse_unconfirmed_withdrawal(command, procedure, versions, work)
    dated = replace(procedure, valid_from=day if versions else procedure.valid_from)
    new = Version(0, latest + 1, day, dated)
    catalogue.add_versions(work, [version_row(each) for each in (new, *_in_later_days(new, before, versions, work))])
    history = _history(code, today, work)
    work.commit()
    return history


def _in_later_days(
    new: Version, before: Procedure | None, versions: Sequence[Version], work: Reading
) -> Iterator[Version]:
    """Yield the versions of later days with the columns that change."""
    if before is None or all(version.valid_from <= new.valid_from for version in versions):
        return
    facts = carried_facts(new, before, versions, frozenset(), named_columns(work), work)
    for number, procedure in enumerate(facts, start=new.version + 1):
        yield Version(0, number, procedure.valid_from or new.valid_from, procedure)


def _refuse_unchanged(procedure: Procedure, versions: Sequence[Version], day: date) -> None:
    before = version_in_force(versions, day)
    if before is not None and before.procedure.same_facts(procedure):
        raise Refusal("version_unchanged", None, day=before.valid_from.isoformat())


def _refuse_unconfirmed_withdrawal(
    command: SaveVersion, procedure: Procedure, versions: Sequence[Version], work: Reading
) -> None:
    use = catalogue.dossiers_per_version(work, procedure.code, fields_of(versions))
    running = sum(running for _all, running in use.values())
    if running and not command.keep_running:
        raise Refusal("procedure_has_open", "withdrawn", count=running)


def _versions(work: Reading, code: str) -> list[Version]:
    return [as_version(row) for row in catalogue.versions_of_procedure(work, code)]


def _sort_key(version: Version) -> tuple[date, int]:
    return version.valid_from, version.version


def _shown(versions: Sequence[Version], today: date) -> Version:
    return version_in_force(versions, today) or min(versions, key=_sort_key)


def _line(versions: Sequence[Version], today: date, published: bool) -> CatalogueLine:
    shown = _shown(versions, today)
    procedure = shown.procedure
    return CatalogueLine(
        code=procedure.code,
        name=procedure.name,
        field=procedure.field,
        term_text=term_words(procedure.limit, procedure.unit),
        fee=procedure.fee,
        priced_per_page=procedure.fee_rule is not None,
        missing=() if procedure.withdrawn else missing_words(_missing_columns(procedure)),
        version=shown.version,
        coming=min((version.valid_from for version in versions if version.valid_from > today), default=None),
        withdrawn=procedure.withdrawn,
        superseded_by=procedure.superseded_by,
        published=published,
    )


def _missing_columns(procedure: Procedure) -> tuple[str, ...]:
    """Return the columns whose facts are unknown or incomplete."""
    unknown = {
        "limit": procedure.unit == TermUnit.UNKNOWN
        or (procedure.limit is None and procedure.unit != TermUnit.SAME_DAY),
        "fee_vnd": procedure.fee is None and procedure.fee_rule is None,
        "papers": not procedure.papers or procedure.incomplete,
    }
    return tuple(column for column, is_unknown in unknown.items() if is_unknown)


def _history(code: str, today: date, work: Reading) -> ProcedureHistory:
    versions = _versions(work, code)
    use = catalogue.dossiers_per_version(work, code, fields_of(versions)) if versions else {}
    current = [as_version(row).procedure for row in catalogue.current_versions(work, today)] if versions else []
    lines: list[VersionLine] = []
    for version in sorted(versions, key=_sort_key):
        dossiers, running = use.get(version.id, (0, 0))
        status = _version_status(version, versions, today)
        cells = to_row(version.procedure)
        lines.append(VersionLine(version.version, version.valid_from, status, cells, dossiers, running))
    replaces = tuple(procedure.code for procedure in current if procedure.superseded_by == code)
    return ProcedureHistory(code, tuple(lines), replaces)


def _version_status(version: Version, versions: Sequence[Version], today: date) -> VersionStatus:
    same_day = [other for other in versions if other.valid_from == version.valid_from]
    if version != max(same_day, key=_sort_key):
        return VersionStatus.REPLACED
    if version.valid_from > today:
        return VersionStatus.COMING
    return VersionStatus.CURRENT if version == version_in_force(versions, today) else VersionStatus.PAST
