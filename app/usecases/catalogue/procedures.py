"""Procedure catalogue: search at intake, import and export as a table."""

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
    """Query: words, a code or initials; by default all, most used first."""

    words: str = ""
    limit: int = 20


@dataclass(frozen=True)
class FrequentProcedures:
    """Query: at most `limit` procedures, most used first.

    The result is empty before the first dossier.
    """

    limit: int = 8


@dataclass(frozen=True)
class PaperLine:
    """A required paper; `incomplete` if the source cut its name."""

    name: str
    handling: Handling
    originals: int
    copies: int
    incomplete: bool


@dataclass(frozen=True)
class ProcedureLine:
    """A procedure in the version in force; unknown `limit` or `fee` is None.

    `superseded_code` is the searched code if another code has replaced it.
    `priced_per_page` is true if the fee is calculated by the page.
    `boundary_free` is true if another agency may settle the dossier.
    """

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
    """Command: import procedures from TSV text (columns in docs/formats.md)."""

    text: str


@dataclass(frozen=True)
class RefusedRow:
    """A rejected row and the reason."""

    row: int
    reason: str


@dataclass(frozen=True)
class ImportResult:
    """Numbers of new, changed and unchanged procedures; rejected rows."""

    new: int
    changed: int
    unchanged: int
    refused: tuple[RefusedRow, ...]


@dataclass(frozen=True)
class ExportCatalogue:
    """Query: the procedures in force as a table."""


@dataclass(frozen=True)
class CatalogueTable:
    """The table's text and its number of procedures."""

    text: str
    rows: int


@requires(Right.ASK_OFFICE)
def find_procedures(query: FindProcedures, context: Context, work: Reading) -> tuple[ProcedureLine, ...]:
    """Return procedures in force today that match the words, best match first.

    Without words the most used procedures come first.
    A superseded procedure is replaced by its successor; one withdrawn without a successor is omitted.
    """
    versions = [as_version(row) for row in catalogue.current_versions(work, context.today)]
    by_code = {version.procedure.code: version for version in versions}
    if query.words.strip():
        matches: Sequence[Procedure] = search_procedures(
            query.words, [version.procedure for version in versions], query.limit
        )
    else:
        used = catalogue.procedure_usage(work)
        matches = sorted((version.procedure for version in versions), key=lambda p: (-used.get(p.code, 0), p.code))
    lines: dict[str, ProcedureLine] = {}
    for procedure in matches:
        effective = _effective_version(procedure.code, by_code)
        if effective is not None and effective.procedure.code not in lines:
            old = procedure.code if effective.procedure.code != procedure.code else ""
            lines[effective.procedure.code] = replace(_line(effective), superseded_code=old)
            if len(lines) == query.limit:
                break
    return tuple(lines.values())


def _effective_version(code: str, by_code: Mapping[str, Version]) -> Version | None:
    """Return the version that accepts dossiers for a code or its successor."""
    seen: set[str] = set()
    while code not in seen and (version := by_code.get(code)) is not None:
        if not version.procedure.withdrawn:
            return version
        seen.add(code)
        code = version.procedure.superseded_by or ""
    return None


@requires(Right.ASK_OFFICE)
def frequent_procedures(query: FrequentProcedures, context: Context, work: Reading) -> tuple[ProcedureLine, ...]:
    """Return the most used procedures that are not withdrawn."""
    used = catalogue.procedure_usage(work)
    rows = [catalogue.version_valid_on(work, code, context.today) for code in sorted(used, key=lambda c: (-used[c], c))]
    versions = [as_version(row) for row in rows if row is not None]
    return tuple(_line(version) for version in versions if not version.procedure.withdrawn)[: query.limit]


@requires(Right.EDIT_OFFICE)
def import_catalogue(command: ImportCatalogue, context: Context, work: Writing) -> ImportResult:
    """Import a table: a known code with other facts becomes a new version.

    The version is valid from its `valid_from`, or today; dossiers stay on the version they were received under.
    A row of an earlier day neither reads nor moves a version that was loaded early.
    Rejected and reported: unreadable rows, rows whose version would precede received dossiers, and rows that name no
    successor in force.
    Raises Refusal `catalogue_unreadable` if no row can be read at all.
    """
    known = _VersionIndex([as_version(row) for row in catalogue.all_versions(work)], context.today)
    rows, refused = read_rows(command.text, known.procedure)
    if not rows and refused:
        row, reason = refused[0]
        raise Refusal("catalogue_unreadable", None, row=row, reason=error_sentence(reason))
    differing = _changed_rows(rows, known)
    candidates, stranding = _new_versions(differing, known, context.today, work)
    accepted, lost = _refuse_lost_successors(candidates, known)
    catalogue.add_versions(work, [version_row(each.version) for each in accepted])
    work.commit()
    new = sum(each.new for each in accepted)
    rejected = sorted((*refused, *stranding, *lost), key=lambda one: one[0])
    return ImportResult(
        new,
        len(accepted) - new,
        len(rows) - len(differing),
        tuple(RefusedRow(row, error_sentence(reason)) for row, reason in rejected),
    )


_Row = tuple[int, Procedure]
_RefusedEntry = tuple[int, Refusal]


@dataclass(frozen=True)
class _NewVersion:
    """A row with other facts, as a version; `new` if the code was unknown."""

    row: int
    version: Version
    new: bool


def _changed_rows(rows: Sequence[_Row], known: "_VersionIndex") -> list[_Row]:
    changed: list[_Row] = []
    for row, procedure in rows:
        before = known.in_force(procedure.code, procedure.valid_from)
        if before is None or not before.same_facts(procedure):
            changed.append((row, procedure))
    return changed


def _new_versions(
    rows: Sequence[_Row], known: "_VersionIndex", today: date, work: Reading
) -> tuple[list[_NewVersion], list[_RefusedEntry]]:
    """Return the rows as versions, and rows that precede received dossiers."""
    added: list[_NewVersion] = []
    refused: list[_RefusedEntry] = []
    for row, procedure in rows:
        stored = [version for version in known.versions(procedure.code) if version.id]
        try:
            refuse_stranding(procedure, stored, procedure.valid_from or today, today, work)
        except Refusal as refusal:
            refused.append((row, refusal))
        else:
            added.append(_NewVersion(row, known.add(procedure), not stored))
    return added, refused


def _refuse_lost_successors(
    added: Sequence[_NewVersion], known: "_VersionIndex"
) -> tuple[list[_NewVersion], list[_RefusedEntry]]:
    """Separate versions with valid successors from the other rows.

    A successor is valid if it accepts dossiers.
    It runs after the whole table is read because a successor may follow the row that names it.
    It repeats until nothing changes because a rejected version may be the successor of another.
    """
    accepted = list(added)
    refused: list[_RefusedEntry] = []
    changed = True
    while changed:
        changed = False
        for each in tuple(accepted):
            version = each.version
            try:
                refuse_lost_successor(version.procedure, version.valid_from, known.versions)
            except Refusal as refusal:
                refused.append((each.row, refusal))
                accepted.remove(each)
                known.remove(version)
                changed = True
    return accepted, refused


@requires(Right.ASK_OFFICE)
def export_catalogue(query: ExportCatalogue, context: Context, work: Reading) -> CatalogueTable:
    """Return the versions in force today in the format of the import."""
    procedures = [as_version(row).procedure for row in catalogue.current_versions(work, context.today)]
    return CatalogueTable(to_tsv(procedures), len(procedures))


class _VersionIndex:
    """All versions of the office by code, with those that a table adds."""

    def __init__(self, versions: Sequence[Version], today: date) -> None:
        self._today = today
        self._by_code: defaultdict[str, list[Version]] = defaultdict(list)
        for version in versions:
            self._by_code[version.procedure.code].append(version)

    def versions(self, code: str) -> Sequence[Version]:
        """Return all versions of a code."""
        return tuple(self._by_code[code])

    def remove(self, version: Version) -> None:
        """Remove a rejected version of the table."""
        self._by_code[version.procedure.code].remove(version)

    def in_force(self, code: str, day: date | None) -> Procedure | None:
        """Return the procedure in force on `day` or today."""
        version = version_in_force(self._by_code[code], day or self._today)
        return None if version is None else version.procedure

    def procedure(self, code: str, day: date | None) -> Procedure | None:
        """Return the procedure in force on `day` or today, else its first version."""
        first = min(self._by_code[code], key=_sort_key, default=None)
        return self.in_force(code, day) or (None if first is None else first.procedure)

    def add(self, procedure: Procedure) -> Version:
        """Add the next version of a code.

        A first version without a date stays undated and is valid from `FIRST_DAY`.
        """
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
        code=procedure.code,
        name=procedure.name,
        field=procedure.field,
        limit=number,
        unit=procedure.unit,
        fee=procedure.fee,
        version=version.version,
        valid_from=version.valid_from,
        papers=papers,
        term_text=unit_text(number, procedure.unit),
        priced_per_page=procedure.fee_rule is not None,
        boundary_free=procedure.boundary_free,
    )
