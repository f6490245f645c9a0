"""The office's catalogue of procedures: found at intake, brought in and given out as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.models.catalogue import find, read_tsv, to_tsv
from app.models.procedures import Procedure, to_row
from app.models.values import Handling, Refusal, TermUnit
from app.storage import catalogue
from app.storage.uow import Reading, Writing
from app.usecases.context import Context
from app.usecases.versions import FIRST_DAY, Version, as_version
from app.wording.refusals import sentence
from app.wording.status import unit_text


@dataclass(frozen=True)
class FindProcedures:
    """Words, a code or initials; no words asks for all, the most used first."""

    words: str = ""
    limit: int = 20


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
    """A procedure in the version in force. `limit`, `fee` None where not known."""

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
class Imported:
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


def find_procedures(query: FindProcedures, context: Context, work: Reading) -> tuple[ProcedureLine, ...]:
    """Procedures in force today that the words mean, the best first; without words the most used first."""
    versions = [as_version(row) for row in catalogue.current_versions(work, context.today)]
    by_code = {version.procedure.code: version for version in versions}
    if query.words.strip():
        found: Sequence[Procedure] = find(query.words, [version.procedure for version in versions], query.limit)
    else:
        used = catalogue.most_used(work)
        found = sorted((version.procedure for version in versions), key=lambda p: (-used.get(p.code, 0), p.code))
    return tuple(_line(by_code[procedure.code]) for procedure in found[: query.limit])


def import_catalogue(command: ImportCatalogue, context: Context, work: Writing) -> Imported:
    """Bring in a table: a code that is there and differs becomes a new version from its `valid_from` (today without
    one); dossiers stay on the version they came in under. Rows that cannot be read are left out and told.

    Raises Refusal `catalogue_unreadable` when no row can be read at all.
    """
    newest = {row.code: as_version(row) for row in catalogue.newest_versions(work)}
    in_force = {row.code: as_version(row) for row in catalogue.current_versions(work, context.today)}
    base = {code: version.procedure for code, version in {**newest, **in_force}.items()}
    procedures, refused = read_tsv(command.text, base)
    if not procedures and refused:
        row, reason = refused[0]
        raise Refusal("catalogue_unreadable", None, row=row, reason=sentence(reason))
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for procedure in procedures:
        code, before = procedure.code, newest.get(procedure.code)
        if any(_same(known[code].procedure, procedure) for known in (newest, in_force) if code in known):
            continue
        if before is None:
            after = Version(0, 1, procedure.valid_from or FIRST_DAY, procedure)
            new.append(_row(after))
        else:
            since = procedure.valid_from or context.today
            after = Version(0, before.version + 1, since, replace(procedure, valid_from=since))
            changed.append(_row(after))
        newest[code] = after
    catalogue.add_versions(work, [*new, *changed])
    work.commit()
    unchanged = len(procedures) - len(new) - len(changed)
    told = tuple(RefusedRow(row, sentence(reason)) for row, reason in refused)
    return Imported(len(new), len(changed), unchanged, told)


def export_catalogue(query: ExportCatalogue, context: Context, work: Reading) -> CatalogueTable:
    """The versions in force today, one line a procedure, ready to be brought in again."""
    procedures = [as_version(row).procedure for row in catalogue.current_versions(work, context.today)]
    return CatalogueTable(to_tsv(procedures), len(procedures))


def _same(known: Procedure, given: Procedure) -> bool:
    """Whether a row says nothing new; a row without a date is about whatever is in force."""
    return known.same_facts(given) and given.valid_from in (None, known.valid_from)


def _row(version: Version) -> dict[str, Any]:
    procedure = version.procedure
    return {
        "code": procedure.code,
        "version": version.version,
        "valid_from": version.valid_from,
        "name": procedure.name,
        "field": procedure.field,
        "facts": to_row(procedure),
    }


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
    )
