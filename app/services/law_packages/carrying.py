"""Columns of a law package in the versions of later days.

A later version repeats every column of the day it was entered. It keeps those that its own package or office changed.
The others change with the package that begins before it.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace

from app.models.errors import Refusal
from app.models.procedures import Procedure, read_row, to_row
from app.services.catalogue.importing import CataloguePlan, NewVersion
from app.services.law.terms import refuse_unfit_version, term_rules
from app.services.law_packages.content import carried_cells
from app.services.versions import Version, as_version
from app.storage import catalogue
from app.storage.law import packages
from app.storage.uow import Reading
from app.sync.law_package import read_law_package
from app.wording.refusals import error_sentence


def with_later_versions(plan: CataloguePlan, work: Reading) -> CataloguePlan:
    """Return a plan whose columns also hold in versions of later days.

    Raises Refusal `law_row` for a column that does not fit a later version.
    """
    codes = {each.version.procedure.code for each in plan.versions}
    stored = [version for row in catalogue.all_versions(work) if (version := as_version(row)).procedure.code in codes]
    explicit = _explicit_cells(work) if stored else {}
    added: list[NewVersion] = []
    for each in sorted(plan.versions, key=lambda one: one.version.valid_from):
        for later in _later_versions(each, plan, stored):
            number = max(one.version.version for one in (*plan.versions, *added) if _code(one) == _code(each))
            carried = _carried(each, later, number + 1, explicit, work)
            if carried is not None:
                added.append(carried)
    return replace(plan, versions=(*plan.versions, *added))


def changed_cells(before: Procedure | None, after: Procedure) -> dict[str, str]:
    """Return the columns that differ, with their new cells."""
    old, new = {} if before is None else to_row(before), to_row(after)
    return {name: cell for name, cell in new.items() if name not in ("code", "valid_from") and old.get(name) != cell}


def _code(each: NewVersion) -> str:
    return each.version.procedure.code


def _later_versions(each: NewVersion, plan: CataloguePlan, stored: list[Version]) -> Iterator[Version]:
    """Yield the version of each later day before the next one of the plan."""
    first, code = each.version.valid_from, _code(each)
    own = [one.version.valid_from for one in plan.versions if _code(one) == code]
    end = min((day for day in own if day > first), default=None)
    by_day: dict[object, Version] = {}
    for version in sorted(stored, key=lambda one: (one.valid_from, one.version)):
        is_later = version.procedure.code == code and version.valid_from > first
        if is_later and (end is None or version.valid_from < end):
            by_day[version.valid_from] = version
    yield from by_day.values()


def _carried(
    each: NewVersion, later: Version, number: int, explicit: Mapping[tuple[str, int], Set[str]], work: Reading
) -> NewVersion | None:
    """Return the later version with the columns that it only repeats."""
    if each.before is None:
        return None
    own, cells, before = explicit.get((_code(each), later.version), set()), to_row(later.procedure), to_row(each.before)
    changed = changed_cells(each.before, each.version.procedure)
    inherited = {name: cell for name, cell in changed.items() if cells[name] == before[name] and name not in own}
    if not inherited:
        return None
    try:
        procedure = replace(read_row({**cells, **inherited}), valid_from=later.valid_from)
        version = Version(0, number, later.valid_from, procedure)
        refuse_unfit_version(version, later.procedure, term_rules(work))
    except Refusal as refusal:
        raise Refusal("law_row", "file", row=each.row, reason=error_sentence(refusal)) from refusal
    return NewVersion(each.row, version, False, later.procedure)


def _explicit_cells(work: Reading) -> dict[tuple[str, int], set[str]]:
    """Return the columns that packages in force name, by code and version."""
    explicit: dict[tuple[str, int], set[str]] = {}
    for row in packages.applied_packages(work):
        if row.reverted_at is not None or not row.entered["procedures"]:
            continue
        cells = carried_cells(read_law_package(row.file).content)
        for entry in row.entered["procedures"]:
            names = {column for code, column in cells if code == entry["code"]}
            explicit.setdefault((entry["code"], entry["version"]), set()).update(names)
    return explicit
