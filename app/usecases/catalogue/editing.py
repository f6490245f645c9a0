"""The catalogue as its keeper works on it: what is not known yet, every version of a procedure with the dossiers that
stand on it, and a new version that strands none of them (S8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial

from app.models.catalogue import search_procedures
from app.models.enums import Right, TermUnit
from app.models.errors import Refusal
from app.models.procedures import COLUMNS, Procedure, procedure_code, read_row, to_row
from app.services.catalogue.checks import fields_of, refuse_lost_successor, refuse_stranding, version_in_force
from app.services.context import Context
from app.services.permissions import requires
from app.services.versions import FIRST_DAY, Version, as_version, version_row
from app.storage import catalogue
from app.storage.uow import Reading, Writing
from app.wording.catalogue import missing_words, term_words

CATALOGUE_COLUMNS = COLUMNS
"""The cells of a version by name, in the order of a table."""


class VersionStatus(StrEnum):
    """What a version is today: over, in force, still to come, or replaced before its day came or on it."""

    PAST = "past"
    CURRENT = "current"
    COMING = "coming"
    REPLACED = "replaced"


@dataclass(frozen=True)
class ListCatalogue:
    """The whole catalogue, or what the words, code or initials mean in it; superseded and withdrawn ones too."""

    words: str = ""


@dataclass(frozen=True)
class CatalogueLine:
    """A procedure as in force today, or as first known where its day is still to come. `missing` names in Vietnamese
    what the office should complete; `coming` is the day of the next version loaded early."""

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


@dataclass(frozen=True)
class ShowProcedure:
    """One procedure with all its versions."""

    code: str


@dataclass(frozen=True)
class VersionLine:
    """One version: its cells by the columns of the catalogue, and how many dossiers came in under it, all and those
    still running."""

    version: int
    valid_from: date
    standing: VersionStatus
    cells: Mapping[str, str]
    dossiers: int
    running: int


@dataclass(frozen=True)
class ProcedureHistory:
    """All versions of a procedure in the order of their days, and the codes it stands in place of."""

    code: str
    versions: tuple[VersionLine, ...]
    replaces: tuple[str, ...]

    @property
    def latest(self) -> int:
        """Number of the version entered last, 0 for a procedure that is not in the catalogue yet."""
        return max((version.version for version in self.versions), default=0)

    @property
    def shown(self) -> VersionLine | None:
        """The version in force today; before the first, the first."""
        current = [version for version in self.versions if version.standing == VersionStatus.CURRENT]
        return next(iter((*current, *self.versions)), None)


@dataclass(frozen=True)
class SaveVersion:
    """A new version as the cells of a row (all columns; a missing one says «not known»), made while `based_on` was the
    latest version. Without `valid_from` it counts from today. `keep_running` is the keeper's word that the dossiers
    of a withdrawn procedure go on under their own version."""

    cells: Mapping[str, str]
    based_on: int
    keep_running: bool = False


@requires(Right.ASK_OFFICE)
def list_catalogue(query: ListCatalogue, context: Context, work: Reading) -> tuple[CatalogueLine, ...]:
    """Every procedure once, by code, or the best answers to the words first."""
    by_code: dict[str, list[Version]] = {}
    for row in catalogue.all_versions(work):
        by_code.setdefault(row.code, []).append(as_version(row))
    lines = {code: _line(versions, context.today) for code, versions in by_code.items()}
    if not query.words.strip():
        return tuple(lines[code] for code in sorted(lines))
    shown = [_shown(versions, context.today).procedure for versions in by_code.values()]
    return tuple(lines[procedure.code] for procedure in search_procedures(query.words, shown, len(shown)))


@requires(Right.ASK_OFFICE)
def show_procedure(query: ShowProcedure, context: Context, work: Reading) -> ProcedureHistory:
    """All versions of a procedure and what stands on them.

    Raises Refusal `procedure_code`, `unknown_procedure`.
    """
    code = procedure_code(query.code)
    history = _history(code, context.today, work)
    if not history.versions:
        raise Refusal("unknown_procedure", "procedure", procedure=code)
    return history


@requires(Right.EDIT_OFFICE)
def save_version(command: SaveVersion, context: Context, work: Writing) -> ProcedureHistory:
    """Enter a new version; dossiers stay on the version they came in under, a day still to come switches by the date
    of receipt.

    Raises Refusal as a row of the catalogue does; `version_meanwhile` where somebody else was quicker;
    `version_unchanged`; `version_before_current` and `version_in_use` for a day that would strand dossiers already
    received; `successor_unknown`; `procedure_has_open` for a withdrawal while dossiers run, unless `keep_running`.
    """
    procedure = read_row({**command.cells})
    code, today = procedure.code, context.today
    versions = _versions(work, code)
    latest = max((version.version for version in versions), default=0)
    if latest != command.based_on:
        raise Refusal("version_meanwhile", None, code=code, version=latest)
    day = procedure.valid_from or (today if versions else FIRST_DAY)
    _refuse_unchanged(procedure, versions, day)
    refuse_stranding(procedure, versions, day, today, work)
    if procedure.withdrawn:
        refuse_lost_successor(procedure, day, partial(_versions, work))
        _refuse_unconfirmed_withdrawal(command, procedure, versions, work)
    dated = replace(procedure, valid_from=day if versions else procedure.valid_from)
    catalogue.add_versions(work, [version_row(Version(0, latest + 1, day, dated))])
    history = _history(code, today, work)
    work.commit()
    return history


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


def _line(versions: Sequence[Version], today: date) -> CatalogueLine:
    shown = _shown(versions, today)
    procedure = shown.procedure
    return CatalogueLine(
        procedure.code,
        procedure.name,
        procedure.field,
        term_words(procedure.limit, procedure.unit),
        procedure.fee,
        procedure.fee_rule is not None,
        () if procedure.withdrawn else missing_words(_missing_columns(procedure)),
        shown.version,
        min((version.valid_from for version in versions if version.valid_from > today), default=None),
        procedure.withdrawn,
        procedure.superseded_by,
    )


def _missing_columns(procedure: Procedure) -> tuple[str, ...]:
    """Columns of what nobody has told yet, or told only in part."""
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
    lines = [
        VersionLine(
            version.version,
            version.valid_from,
            _version_status(version, versions, today),
            to_row(version.procedure),
            *use.get(version.id, (0, 0)),
        )
        for version in sorted(versions, key=_sort_key)
    ]
    replaces = tuple(procedure.code for procedure in current if procedure.superseded_by == code)
    return ProcedureHistory(code, tuple(lines), replaces)


def _version_status(version: Version, versions: Sequence[Version], today: date) -> VersionStatus:
    same_day = [other for other in versions if other.valid_from == version.valid_from]
    if version != max(same_day, key=_sort_key):
        return VersionStatus.REPLACED
    if version.valid_from > today:
        return VersionStatus.COMING
    return VersionStatus.CURRENT if version == version_in_force(versions, today) else VersionStatus.PAST
