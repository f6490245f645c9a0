"""Procedure catalogue: search at intake, import and export as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.models.catalogue import search_procedures, to_tsv
from app.models.enums import Handling, Right, TermUnit
from app.models.instants import iso
from app.models.procedures import Procedure
from app.models.text import clean
from app.services.catalogue.importing import ImportResult, plan_import, write_plan
from app.services.catalogue.publication import published_codes
from app.services.context import Context
from app.services.permissions import requires
from app.services.versions import Version, as_version, version_on
from app.storage import catalogue, office_settings
from app.storage.uow import Reading, Writing
from app.wording.status import unit_text


@dataclass(frozen=True)
class FindProcedures:
    """Query: words, a code or initials; by default all, most used first.

    With `published_only` the procedures that the office takes in.
    """

    words: str = ""
    limit: int = 20
    published_only: bool = False


@dataclass(frozen=True)
class FrequentProcedures:
    """Query: the procedures on the digits of the intake page, at most `limit`.

    The result is empty before the first dossier.
    """

    limit: int = 9


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
    published: bool = True


CATALOGUE_DECISIONS = "catalogue_decisions"
"""The setting with the decisions that changed the catalogue."""
MAX_FREQUENT = 9
"""Number of digits for frequent procedures: Ctrl+1 to Ctrl+9."""
FREQUENT_SETTING = "frequent_procedures"
"""The setting with the codes on the digits, in their order."""


@dataclass(frozen=True)
class KeepFrequent:
    """Command: keep the procedure just used on a digit."""

    code: str


@dataclass(frozen=True)
class PlaceFrequent:
    """Command: put a procedure on a digit from 1 to 9."""

    code: str
    digit: int


@dataclass(frozen=True)
class ImportCatalogue:
    """Command: import procedures from TSV text (columns in docs/formats.md).

    Rows without a day are valid from `first_day`. `decision` is the number of the decision behind the table.
    """

    text: str
    first_day: date | None = None
    decision: str = ""


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
    published = published_codes(work, context.today)
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
            is_published = effective.procedure.code in published
            if query.published_only and not is_published:
                continue
            old = procedure.code if effective.procedure.code != procedure.code else ""
            lines[effective.procedure.code] = replace(_line(effective), superseded_code=old, published=is_published)
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
def frequent_procedures(query: FrequentProcedures, context: Context, work: Reading) -> tuple[ProcedureLine | None, ...]:
    """Return the procedures on the digits of the intake page, from 1 on.

    Each procedure keeps its digit; a superseded one gives it to its successor. A free digit and one of a withdrawn
    procedure have none, so that no other digit changes.
    """
    by_code = {v.procedure.code: v for v in map(as_version, catalogue.current_versions(work, context.today))}
    effective = [_effective_version(code, by_code) for code in _placed_codes(work)]
    return tuple(None if version is None else _line(version) for version in effective)[: query.limit]


def _placed_codes(work: Reading) -> list[str]:
    """Return the codes on the digits, empty for a free one.

    Before the first they are the most used.
    """
    placed = office_settings.setting(work, FREQUENT_SETTING)
    if placed:
        return [str(code) for code in placed]
    used = catalogue.procedure_usage(work)
    return sorted(used, key=lambda code: (-used[code], code))[:MAX_FREQUENT]


@requires(Right.TAKE_IN)
def keep_frequent(command: KeepFrequent, context: Context, work: Writing) -> bool:
    """Give a procedure the next free digit.

    False if it has a digit already or none is free.
    """
    placed = _placed_codes(work)
    stored = office_settings.setting(work, FREQUENT_SETTING) or []
    if command.code not in placed:
        free = placed.index("") if "" in placed else len(placed)
        placed[free : free + 1] = [command.code]
        placed = placed[:MAX_FREQUENT]
    if placed == stored:
        return False
    office_settings.save_settings(work, {FREQUENT_SETTING: placed})
    work.commit()
    return True


@requires(Right.TAKE_IN)
def place_frequent(command: PlaceFrequent, context: Context, work: Writing) -> None:
    """Put a procedure on a digit.

    The procedure that was there gets the former digit of this one, or the next free one. The others keep theirs.

    Raises Refusal `unknown_procedure`.
    """
    code, place = version_on(work, command.code, context.today).procedure.code, command.digit - 1
    placed = [*_placed_codes(work), *[""] * MAX_FREQUENT][:MAX_FREQUENT]
    before = placed.index(code) if code in placed else None
    displaced, placed[place] = placed[place], code
    if before is not None and before != place:
        placed[before] = displaced
    elif displaced not in ("", code) and "" in placed:
        placed[placed.index("")] = displaced
    while not placed[-1]:
        placed.pop()
    office_settings.save_settings(work, {FREQUENT_SETTING: placed})
    work.commit()


@requires(Right.EDIT_OFFICE)
def import_catalogue(command: ImportCatalogue, context: Context, work: Writing) -> ImportResult:
    """Import a table; dossiers stay on the version they were received under.

    Raises Refusal as `plan_import` does.
    """
    plan = plan_import(command.text, command.first_day, context.today, work)
    write_plan(plan, work)
    if command.decision.strip():
        _record_decision(command, plan.result, context, work)
    work.commit()
    return plan.result


def _record_decision(command: ImportCatalogue, result: ImportResult, context: Context, work: Writing) -> None:
    """Keep which decision changed the catalogue, on which day and by whom."""
    decisions = list(office_settings.setting(work, CATALOGUE_DECISIONS) or [])
    decisions.append(
        {
            "decision": clean(command.decision)[:200],
            "on": (command.first_day or context.today).isoformat(),
            "entered_at": iso(context.now),
            "actor": context.actor,
            "new": result.new,
            "changed": result.changed,
        }
    )
    office_settings.save_settings(work, {CATALOGUE_DECISIONS: decisions})


@requires(Right.ASK_OFFICE)
def export_catalogue(query: ExportCatalogue, context: Context, work: Reading) -> CatalogueTable:
    """Return the versions in force today in the format of the import."""
    procedures = [as_version(row).procedure for row in catalogue.current_versions(work, context.today)]
    return CatalogueTable(to_tsv(procedures), len(procedures))


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
