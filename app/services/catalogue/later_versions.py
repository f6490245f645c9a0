"""Columns of a new version in the versions of later days.

A version that was entered early repeats every column of the day of its entry. It keeps those that it changes or that
its law package names. The others change with a new version that begins before it.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date

from app.models.procedures import Procedure, read_row, to_row
from app.services.catalogue.checks import version_in_force
from app.services.law.terms import refuse_unfit_version, term_rules
from app.services.versions import Version
from app.storage import catalogue
from app.storage.law import packages
from app.storage.uow import Reading

COLUMNS = "columns"
"""Key of the columns that a package names, in its record of an entered version; empty for a carried version."""
NamedColumns = Mapping[tuple[str, date], Set[str]]


def changed_cells(before: Procedure | None, after: Procedure) -> dict[str, str]:
    """Return the columns that differ, with their new cells."""
    old, new = {} if before is None else to_row(before), to_row(after)
    return {name: cell for name, cell in new.items() if name not in ("code", "valid_from") and old.get(name) != cell}


def named_columns(work: Reading) -> NamedColumns:
    """Return the columns that packages in force name, by code and first day."""
    days = {(row.code, row.version): row.valid_from for row in catalogue.all_versions(work)}
    named: dict[tuple[str, date], set[str]] = {}
    for package in packages.applied_packages(work):
        for entry in package.entered["procedures"] if package.reverted_at is None else ():
            key = entry["code"], days[entry["code"], entry["version"]]
            named.setdefault(key, set()).update(entry.get(COLUMNS, ()))
    return named


def carried_facts(
    new: Version, before: Procedure, known: Sequence[Version], others: Set[date], named: NamedColumns, work: Reading
) -> Iterator[Procedure]:
    """Yield the facts of each later day with the columns of a new version.

    `before` are the facts that it replaces, `known` the versions of its procedure. The days `others` have a version of
    the same table.

    Raises Refusal like `read_row` and `refuse_unfit_version`.
    """
    changed, old = changed_cells(before, new.procedure), to_row(before)
    days = sorted({version.valid_from for version in known if version.valid_from > new.valid_from} - others)
    for day in days:
        later = version_in_force(known, day)
        if later is None:
            continue
        cells, own = to_row(later.procedure), named.get((new.procedure.code, day), set())
        carried = {name: cell for name, cell in changed.items() if cells[name] == old[name] and name not in own}
        if carried:
            procedure = replace(read_row({**cells, **carried}), valid_from=day)
            refuse_unfit_version(Version(0, 0, day, procedure), later.procedure, term_rules(work))
            yield procedure
