"""Import of a catalogue table, planned before anything is written."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.models.catalogue import read_rows
from app.models.errors import Refusal
from app.models.procedures import Procedure
from app.services.catalogue.checks import refuse_lost_successor, refuse_stranding, version_in_force
from app.services.catalogue.later_versions import carried_facts, named_columns
from app.services.law.terms import refuse_unfit_version, term_rules
from app.services.versions import FIRST_DAY, Version, as_version, version_row
from app.storage import catalogue
from app.storage.uow import Reading, Writing
from app.wording.refusals import error_sentence

_Row = tuple[int, Procedure]
_RefusedEntry = tuple[int, Refusal]


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
class NewVersion:
    """A row with other facts, as a version.

    `before` is the version in force on its first day, None for an unknown code.
    """

    row: int
    version: Version
    new: bool
    before: Procedure | None


@dataclass(frozen=True)
class CataloguePlan:
    """What a table would change: new versions, and the result of the import.

    `rejected` has the row number and the refusal of each rejected row. `readable` is the number of rows that could be
    read. `carried` are versions of later days that repeat columns of `versions`.
    """

    versions: tuple[NewVersion, ...]
    result: ImportResult
    rejected: tuple[_RefusedEntry, ...] = ()
    readable: int = 0
    carried: tuple[NewVersion, ...] = ()

    @property
    def written(self) -> tuple[NewVersion, ...]:
        """Everything that is inserted, in order."""
        return (*self.versions, *self.carried)


def plan_import(text: str, first_day: date | None, today: date, work: Reading) -> CataloguePlan:
    """Return what the import of a table would write.

    Raises Refusal like `plan_rows`, `catalogue_unreadable` if no row can be read at all, `table_rows` for a heading
    alone.
    """
    plan = plan_rows(text, first_day, today, work)
    if not plan.readable and not plan.rejected:
        raise Refusal("table_rows", "file")
    if plan.rejected and not plan.readable:
        row, reason = plan.rejected[0]
        raise Refusal("catalogue_unreadable", None, row=row, reason=error_sentence(reason))
    return plan


def plan_rows(
    text: str, first_day: date | None, today: date, work: Reading, *, states_later: bool = False
) -> CataloguePlan:
    """Return what the rows of a table would write.

    A known code with other facts becomes a new version. It is valid from its `valid_from`, else from `first_day`, else
    from today; a missing column keeps the value of that day. A version that was loaded early keeps what it changes.
    With `states_later` a row of a later day is a version of that day also if it repeats today's facts: a law of a day
    in between, applied afterwards, ends there.
    Rejected: unreadable rows, rows whose version would precede received dossiers, rows that a rule of terms cannot
    count, and rows that name no successor in force.

    Raises Refusal `catalogue_columns`, `too_many_rows`.
    """
    known = _VersionIndex([as_version(row) for row in catalogue.all_versions(work)], today)
    rows, refused = read_rows(text, lambda code, day: known.procedure(code, day or first_day))
    dated = _by_day([(row, _dated(procedure, first_day)) for row, procedure in rows], today)
    differing = _changed_rows(dated, known, states_later)
    candidates, stranding = _new_versions(differing, known, today, work)
    successful, lost = _refuse_lost_successors(candidates, known)
    accepted, carried, unfit = _with_later_days(successful, known, work)
    new = sum(each.new for each in accepted)
    rejected = sorted((*refused, *stranding, *lost, *unfit), key=lambda one: one[0])
    refused_rows = tuple(RefusedRow(row, error_sentence(reason)) for row, reason in rejected)
    return CataloguePlan(
        tuple(accepted),
        ImportResult(new, len(accepted) - new, len(rows) - len(differing), refused_rows),
        tuple(rejected),
        len(rows),
        tuple(carried),
    )


def write_plan(plan: CataloguePlan, work: Writing) -> None:
    """Insert the new versions of a plan. The caller commits."""
    catalogue.add_versions(work, [version_row(each.version) for each in plan.written])


def _dated(procedure: Procedure, first_day: date | None) -> Procedure:
    return replace(procedure, valid_from=procedure.valid_from or first_day)


def _by_day(rows: Sequence[_Row], today: date) -> list[_Row]:
    """Return the rows of each procedure together, in order of days."""
    places: dict[str, int] = {}
    for _row, procedure in rows:
        places.setdefault(procedure.code, len(places))
    return sorted(rows, key=lambda each: (places[each[1].code], each[1].valid_from or today))


def _changed_rows(rows: Sequence[_Row], known: "_VersionIndex", states_later: bool) -> list[_Row]:
    """Return the rows that differ from what is in force on their day.

    An earlier row of the same table is in force from its own day on.
    """
    changed: list[_Row] = []
    earlier: dict[str, Procedure] = {}
    for row, procedure in rows:
        code, day = procedure.code, procedure.valid_from
        before = known.in_force_after(earlier.get(code), code, day)
        begins = states_later and known.begins_later(code, day)
        if before is None or begins or not before.same_facts(procedure):
            changed.append((row, procedure))
            earlier[code] = procedure
    return changed


def _new_versions(
    rows: Sequence[_Row], known: "_VersionIndex", today: date, work: Reading
) -> tuple[list[NewVersion], list[_RefusedEntry]]:
    """Return the rows as versions, and rows that cannot be one.

    They precede received dossiers, or a rule of terms does not fit them.
    """
    added: list[NewVersion] = []
    refused: list[_RefusedEntry] = []
    rules = term_rules(work)
    for row, procedure in rows:
        stored = [version for version in known.versions(procedure.code) if version.id]
        day = procedure.valid_from or today
        try:
            refuse_stranding(procedure, stored, day, today, work)
            refuse_unfit_version(Version(0, 0, day, procedure), known.procedure(procedure.code, day), rules)
        except Refusal as refusal:
            refused.append((row, refusal))
        else:
            before = known.procedure(procedure.code, procedure.valid_from) if stored else None
            added.append(NewVersion(row, known.add(procedure), not stored, before))
    return added, refused


def _refuse_lost_successors(
    added: Sequence[NewVersion], known: "_VersionIndex"
) -> tuple[list[NewVersion], list[_RefusedEntry]]:
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


def _with_later_days(
    candidates: Sequence[NewVersion], known: "_VersionIndex", work: Reading
) -> tuple[list[NewVersion], list[NewVersion], list[_RefusedEntry]]:
    """Return the rows, their columns in versions of later days, other rows.

    A row whose columns do not fit a later version is rejected.
    """
    accepted, carried, refused = list(candidates), list[NewVersion](), list[_RefusedEntry]()
    moving = [each for each in accepted if each.before is not None and known.has_later(each.version)]
    named = named_columns(work) if moving else {}
    for each in sorted(moving, key=lambda one: _sort_key(one.version)):
        code, before = each.version.procedure.code, each.before
        own = {one.version.valid_from for one in accepted if one.version.procedure.code == code}
        try:
            facts = (
                []
                if before is None
                else list(carried_facts(each.version, before, known.versions(code), own, named, work))
            )
        except Refusal as refusal:
            refused.append((each.row, refusal))
            accepted.remove(each)
            known.remove(each.version)
        else:
            carried += [known.carry(each.row, one) for one in facts]
    return accepted, carried, refused


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

    def has_later(self, version: Version) -> bool:
        """Return whether a code has a version of a later day."""
        return any(other.valid_from > version.valid_from for other in self._by_code[version.procedure.code])

    def carry(self, row: int, procedure: Procedure) -> NewVersion:
        """Add a version of a later day that repeats columns of a row."""
        before = self.in_force(procedure.code, procedure.valid_from)
        return NewVersion(row, self.add(procedure), False, before)

    def remove(self, version: Version) -> None:
        """Remove a rejected version of the table."""
        self._by_code[version.procedure.code].remove(version)

    def in_force(self, code: str, day: date | None) -> Procedure | None:
        """Return the procedure in force on `day` or today."""
        version = version_in_force(self._by_code[code], day or self._today)
        return None if version is None else version.procedure

    def in_force_after(self, earlier: Procedure | None, code: str, day: date | None) -> Procedure | None:
        """Return the procedure in force after an earlier row of the table."""
        version = version_in_force(self._by_code[code], day or self._today)
        if version is None or (earlier is not None and (earlier.valid_from or self._today) >= version.valid_from):
            return earlier
        return version.procedure

    def begins_later(self, code: str, day: date | None) -> bool:
        """Return whether a known code has no version of a day after today."""
        versions = self._by_code[code]
        later = day is not None and day > self._today
        return later and bool(versions) and all(version.valid_from != day for version in versions)

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
