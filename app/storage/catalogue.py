"""Statements on versions of procedures; a version never changes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Text, bindparam, func, insert, select, type_coerce

from app.models.dossier import Dossier
from app.models.enums import Status
from app.models.office import ProcedureVersion
from app.storage.dossiers import OPEN_STATES
from app.storage.rows import ProcedureNameRow, VersionRow
from app.storage.uow import Reading, Writing

_P = ProcedureVersion.c
_FACTS = type_coerce(_P.facts, Text).label("facts_text")
_COLUMNS = (_P.id, _P.code, _P.version, _P.valid_from, _FACTS)
_VERSION_ON = (
    select(*_COLUMNS)
    .where(_P.code == bindparam("of"), _P.valid_from <= bindparam("day"))
    .order_by(_P.valid_from.desc(), _P.version.desc())
    .limit(1)
)
_ALL_NAMES = select(_P.id, _P.name)
_PROCEDURE_NAMES = select(_P.code, _P.name, _P.field).order_by(_P.valid_from, _P.version)
_VERSION = select(*_COLUMNS).where(_P.id == bindparam("of"))
_LATEST_FIRST = (
    select(
        *_COLUMNS,
        func.row_number().over(partition_by=_P.code, order_by=(_P.valid_from.desc(), _P.version.desc())).label("place"),
    )
    .where(_P.valid_from <= bindparam("day"))
    .subquery()
)
_CURRENT = (
    select(*(_LATEST_FIRST.c[name] for name in VersionRow._fields))
    .where(_LATEST_FIRST.c.place == 1)
    .order_by(_LATEST_FIRST.c.code)
)
_ALL_VERSIONS = select(*_COLUMNS).order_by(_P.version)
_BY_CODE = _ALL_VERSIONS.where(_P.code == bindparam("of"))
_D = Dossier.c
_OF_PROCEDURE = (
    (_D.field.in_(bindparam("fields", expanding=True)))
    & (_D.winding.in_([False, True]))
    & (_D.procedure_code == bindparam("of"))
)
"""`field` and `winding` are compared because the covering index of the figures begins with them."""
_DOSSIERS_PER_VERSION = (
    select(
        _D.procedure_version_id,
        func.count().label("dossiers"),
        func.count().filter(_D.status.in_(OPEN_STATES)).label("running"),
    )
    .where(_OF_PROCEDURE, _D.status != Status.VOID.value)
    .group_by(_D.procedure_version_id)
)
_RECEIVED_SINCE = select(func.count().label("dossiers"), func.max(_D.received_day).label("latest")).where(
    _OF_PROCEDURE, _D.received_day >= bindparam("day"), _D.status != Status.VOID.value
)
_RECENT = select(_D.procedure_code).order_by(_D.id.desc()).limit(2000).subquery()
_PROCEDURE_USAGE = select(_RECENT.c.procedure_code, func.count().label("times")).group_by(_RECENT.c.procedure_code)


def version_valid_on(work: Reading, code: str, day: date) -> VersionRow | None:
    """Return the version of a procedure in force on a day, or None.

    The day is the date of receipt, not the date of entry.
    """
    return work.typed_row(VersionRow._make, _VERSION_ON, {"of": code, "day": day})


def version_by_id(work: Reading, version_id: int) -> VersionRow | None:
    """Return the version with a row id, or None."""
    return work.typed_row(VersionRow._make, _VERSION, {"of": version_id})


_names: WeakKeyDictionary[object, dict[int, str]] = WeakKeyDictionary()


def version_names(work: Reading, version_ids: Iterable[int]) -> Mapping[int, str]:
    """Return the names of versions by row id, cached for each open database.

    A version never changes, so its name is read once.
    A join to these wide rows would more than double the time of a list of fifty dossiers.
    """
    names = _names.setdefault(work.cache_key, {})
    if not names.keys() >= set(version_ids):
        names.update((row.id, row.name) for row in work.rows(_ALL_NAMES))
    return names


def procedure_names(work: Reading) -> Mapping[str, ProcedureNameRow]:
    """Return name and field of each procedure by code, of its latest version."""
    return {row.code: row for row in work.typed_rows(ProcedureNameRow._make, _PROCEDURE_NAMES)}


def current_versions(work: Reading, day: date) -> Sequence[VersionRow]:
    """Return the version of each procedure in force on a day."""
    return work.typed_rows(VersionRow._make, _CURRENT, {"day": day})


def all_versions(work: Reading) -> Sequence[VersionRow]:
    """Return all versions in the order of entry, including future ones."""
    return work.typed_rows(VersionRow._make, _ALL_VERSIONS)


def versions_of_procedure(work: Reading, code: str) -> Sequence[VersionRow]:
    """Return all versions of a procedure in the order of entry."""
    return work.typed_rows(VersionRow._make, _BY_CODE, {"of": code})


def dossiers_per_version(work: Reading, code: str, fields: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Return the numbers of all and of open dossiers by version row id.

    `fields` are the fields (lĩnh vực) of the versions of the procedure.
    """
    rows = work.rows(_DOSSIERS_PER_VERSION, {"of": code, "fields": list(fields)})
    return {row.procedure_version_id: (row.dossiers, row.running) for row in rows}


def received_since(work: Reading, code: str, fields: Sequence[str], day: date) -> tuple[int, date | None]:
    """Return how many dossiers were received since a day, and the last day."""
    row = work.row(_RECEIVED_SINCE, {"of": code, "fields": list(fields), "day": day})
    return (0, None) if row is None else (row.dossiers, row.latest)


def add_versions(work: Writing, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert versions: code, version, valid_from, name, field, facts."""
    if rows:
        work.write(insert(ProcedureVersion), rows)


def procedure_usage(work: Reading) -> dict[str, int]:
    """Return the number of dossiers by procedure among the last 2,000."""
    return {row.procedure_code: row.times for row in work.rows(_PROCEDURE_USAGE)}
