"""The office's catalogue of procedures: found at intake, brought in and given out as a table."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.models.catalogue import read_rows, search_procedures, to_tsv
from app.models.enums import Handling, Right, TermUnit
from app.models.errors import Refusal
from app.models.procedures import Procedure
from app.services.catalogue.checks import refuse_lost_successor, refuse_stranding, version_in_force
from app.services.context import Context
from app.services.permissions import requires
from app.services.versions import FIRST_DAY, Version, as_version, version_row
from app.storage import catalogue
from app.storage.uow import Reading, Writing
from app.wording.refusals import error_sentence
from app.wording.status import unit_text


@dataclass(frozen=True)
class FindProcedures:
    """Words, a code or initials; no words asks for all, the most used first."""

    words: str = ""
    limit: int = 20


@dataclass(frozen=True)
class FrequentProcedures:
    """What this office takes in most, no more than `limit`; nothing before its first dossier."""

    limit: int = 8


@dataclass(frozen=True)
class PaperLine:
    """A paper of a procedure's list; `incomplete` where its name was cut at the source and the office completes it."""

    name: str
    handling: Handling
    originals: int
    copies: int
    incomplete: bool


@dataclass(frozen=True)
class ProcedureLine:
    """A procedure in the version in force. `limit`, `fee` None where not known; `superseded_code` the code it was
    found by
    where that one is in force no more; `priced_per_page` where its fee is reckoned by the page; `boundary_free`
    where another
    agency may settle it."""

    code: str
    name: str
    field: str
    limit: int | float | None
    unit: TermUnit
    fee: int | None
    version: int
    valid_from: date
    papers: tuple[PaperLine, ...]
    term_text: str
    superseded_code: str = ""
    priced_per_page: bool = False
    boundary_free: bool = False


@dataclass(frozen=True)
class ImportCatalogue:
    """A table of procedures as text (TSV, the columns of INTERFACES §6)."""

    text: str


@dataclass(frozen=True)
class RefusedRow:
    """A row that was left out, and why."""

    row: int
    reason: str


@dataclass(frozen=True)
class ImportResult:
    """How many procedures are new, changed (a new version), unchanged, and the rows left out."""

    new: int
    changed: int
    unchanged: int
    refused: tuple[RefusedRow, ...]


@dataclass(frozen=True)
class ExportCatalogue:
    """The whole catalogue in force as a table."""


@dataclass(frozen=True)
class CatalogueTable:
    """The table's text and how many procedures it holds."""

    text: str
    rows: int


@requires(Right.ASK_OFFICE)
def find_procedures(query: FindProcedures, context: Context, work: Reading) -> tuple[ProcedureLine, ...]:
    """Procedures in force today that the words mean, the best first; without words the most used first. In the place
    of one that another code supersedes stands that other; one withdrawn without a successor is left out."""
    versions = [as_version(row) for row in catalogue.current_versions(work, context.today)]
    by_code = {version.procedure.code: version for version in versions}
    if query.words.strip():
        found: Sequence[Procedure] = search_procedures(
            query.words, [version.procedure for version in versions], query.limit
        )
    else:
        used = catalogue.procedure_usage(work)
        found = sorted((version.procedure for version in versions), key=lambda p: (-used.get(p.code, 0), p.code))
    lines: dict[str, ProcedureLine] = {}
    for procedure in found:
        stands = _effective_version(procedure.code, by_code)
        if stands is not None and stands.procedure.code not in lines:
            old = procedure.code if stands.procedure.code != procedure.code else ""
            lines[stands.procedure.code] = replace(_line(stands), superseded_code=old)
            if len(lines) == query.limit:
                break
    return tuple(lines.values())


def _effective_version(code: str, by_code: Mapping[str, Version]) -> Version | None:
    """The version that takes dossiers in under a code: its own, or the one that supersedes it, and so on."""
    seen: set[str] = set()
    while code not in seen and (version := by_code.get(code)) is not None:
        if not version.procedure.withdrawn:
            return version
        seen.add(code)
        code = version.procedure.superseded_by or ""
    return None


@requires(Right.ASK_OFFICE)
def frequent_procedures(query: FrequentProcedures, context: Context, work: Reading) -> tuple[ProcedureLine, ...]:
    """The procedures of the latest dossiers that still take dossiers in, the most used first."""
    used = catalogue.procedure_usage(work)
    rows = [catalogue.version_valid_on(work, code, context.today) for code in sorted(used, key=lambda c: (-used[c], c))]
    versions = [as_version(row) for row in rows if row is not None]
    return tuple(_line(version) for version in versions if not version.procedure.withdrawn)[: query.limit]


@requires(Right.EDIT_OFFICE)
def import_catalogue(command: ImportCatalogue, context: Context, work: Writing) -> ImportResult:
    """Bring in a table: a code that is there and differs becomes a new version from its `valid_from` (today without
    one); dossiers stay on the version they came in under. A version loaded early is neither read nor moved by a row of
    an earlier day. Rows that cannot be read, would strand dossiers or name no standing successor are left out and told.

    Raises Refusal `catalogue_unreadable` when no row can be read at all.
    """
    known = _VersionIndex([as_version(row) for row in catalogue.all_versions(work)], context.today)
    rows, refused = read_rows(command.text, known.procedure)
    if not rows and refused:
        row, reason = refused[0]
        raise Refusal("catalogue_unreadable", None, row=row, reason=error_sentence(reason))
    differing = _changed_rows(rows, known)
    added, stranding = _new_versions(differing, known, context.today, work)
    kept, lost = _refuse_lost_successors(added, known)
    catalogue.add_versions(work, [version_row(each.version) for each in kept])
    work.commit()
    new = sum(each.new for each in kept)
    told = sorted((*refused, *stranding, *lost), key=lambda one: one[0])
    return ImportResult(
        new,
        len(kept) - new,
        len(rows) - len(differing),
        tuple(RefusedRow(row, error_sentence(reason)) for row, reason in told),
    )


_Row = tuple[int, Procedure]
_RefusedEntry = tuple[int, Refusal]


@dataclass(frozen=True)
class _NewVersion:
    """A row that differs from what is known, as the version it becomes; `new` where its code was not there."""

    row: int
    version: Version
    new: bool


def _changed_rows(rows: Sequence[_Row], known: "_VersionIndex") -> list[_Row]:
    told = [(row, procedure, known.in_force(procedure.code, procedure.valid_from)) for row, procedure in rows]
    return [(row, procedure) for row, procedure, before in told if before is None or not before.same_facts(procedure)]


def _new_versions(
    rows: Sequence[_Row], known: "_VersionIndex", today: date, work: Reading
) -> tuple[list[_NewVersion], list[_RefusedEntry]]:
    """The rows as versions, but for those that would strand dossiers of the versions there are."""
    added: list[_NewVersion] = []
    refused: list[_RefusedEntry] = []
    for row, procedure in rows:
        kept = [version for version in known.versions(procedure.code) if version.id]
        try:
            refuse_stranding(procedure, kept, procedure.valid_from or today, today, work)
        except Refusal as refusal:
            refused.append((row, refusal))
        else:
            added.append(_NewVersion(row, known.added(procedure), not kept))
    return added, refused


def _refuse_lost_successors(
    added: Sequence[_NewVersion], known: "_VersionIndex"
) -> tuple[list[_NewVersion], list[_RefusedEntry]]:
    """The versions whose successors take dossiers in, the whole table read: one may stand below the row that names it.
    One left out may have been another's successor, so that they are asked until nothing more goes."""
    kept = list(added)
    refused: list[_RefusedEntry] = []
    asked = True
    while asked:
        asked = False
        for each in tuple(kept):
            version = each.version
            try:
                refuse_lost_successor(version.procedure, version.valid_from, known.versions)
            except Refusal as refusal:
                refused.append((each.row, refusal))
                kept.remove(each)
                known.forget(version)
                asked = True
    return kept, refused


@requires(Right.ASK_OFFICE)
def export_catalogue(query: ExportCatalogue, context: Context, work: Reading) -> CatalogueTable:
    """The versions in force today, one line a procedure, ready to be brought in again."""
    procedures = [as_version(row).procedure for row in catalogue.current_versions(work, context.today)]
    return CatalogueTable(to_tsv(procedures), len(procedures))


class _VersionIndex:
    """Every version the office has, and those a table adds to them."""

    def __init__(self, versions: Sequence[Version], today: date) -> None:
        self._today = today
        self._by_code: defaultdict[str, list[Version]] = defaultdict(list)
        for version in versions:
            self._by_code[version.procedure.code].append(version)

    def versions(self, code: str) -> Sequence[Version]:
        """Every version of a code."""
        return tuple(self._by_code[code])

    def forget(self, version: Version) -> None:
        """A version of the table is not added after all."""
        self._by_code[version.procedure.code].remove(version)

    def in_force(self, code: str, day: date | None) -> Procedure | None:
        """What is in force on a day, today without one."""
        begun = version_in_force(self._by_code[code], day or self._today)
        return None if begun is None else begun.procedure

    def procedure(self, code: str, day: date | None) -> Procedure | None:
        """What is in force on a day, today without one; before the first version of all, what that one says."""
        first = min(self._by_code[code], key=_sort_key, default=None)
        return self.in_force(code, day) or (None if first is None else first.procedure)

    def added(self, procedure: Procedure) -> Version:
        """The next version of its code, saying from when it holds; a first one without a date says none and counts from
        the office's first day."""
        versions = self._by_code[procedure.code]
        if versions:
            procedure = replace(procedure, valid_from=procedure.valid_from or self._today)
        number = max((version.version for version in versions), default=0) + 1
        versions.append(Version(0, number, procedure.valid_from or FIRST_DAY, procedure))
        return versions[-1]


def _sort_key(version: Version) -> tuple[date, int]:
    return version.valid_from, version.version


def _line(version: Version) -> ProcedureLine:
    procedure = version.procedure
    limit = procedure.limit
    number = None if limit is None else int(limit) if limit == limit.to_integral_value() else float(limit)
    papers = tuple(PaperLine(p.name, p.handling, p.originals, p.copies, p.incomplete) for p in procedure.papers)
    return ProcedureLine(
        procedure.code,
        procedure.name,
        procedure.field,
        number,
        procedure.unit,
        procedure.fee,
        version.version,
        version.valid_from,
        papers,
        unit_text(number, procedure.unit),
        priced_per_page=procedure.fee_rule is not None,
        boundary_free=procedure.boundary_free,
    )
