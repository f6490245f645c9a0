"""The catalogue in the database: versions of procedures, only ever added."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Text, bindparam, func, insert, select, type_coerce

from app.models.dossier import Dossier
from app.models.enums import Status
from app.models.office import ProcedureVersion
from app.storage.dossiers import OPEN_STATES
from app.storage.rows import VersionRow
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
"""The covering index of the figures begins with field and winding: only this field's stretch of it is read."""
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
    """The version of a procedure in force on a day: the date of receipt decides, not the date of entry."""
    return work.typed_row(VersionRow._make, _VERSION_ON, {"of": code, "day": day})


def version_by_id(work: Reading, version_id: int) -> VersionRow | None:
    """One version by its row number."""
    return work.typed_row(VersionRow._make, _VERSION, {"of": version_id})


_names: WeakKeyDictionary[object, dict[int, str]] = WeakKeyDictionary()


def version_names(work: Reading, version_ids: Iterable[int]) -> Mapping[int, str]:
    """Names of versions by their row numbers. A version never changes, so each database is asked but once for it: a
    join to rows this wide costs a list of fifty more than all the rest of it."""
    known = _names.setdefault(work.cache_key, {})
    if not known.keys() >= set(version_ids):
        known.update((row.id, row.name) for row in work.rows(_ALL_NAMES))
    return known


def current_versions(work: Reading, day: date) -> Sequence[VersionRow]:
    """Each procedure in the version in force on a day."""
    return work.typed_rows(VersionRow._make, _CURRENT, {"day": day})


def all_versions(work: Reading) -> Sequence[VersionRow]:
    """Every version of every procedure in the order of entry, in force already or not."""
    return work.typed_rows(VersionRow._make, _ALL_VERSIONS)


def versions_of_procedure(work: Reading, code: str) -> Sequence[VersionRow]:
    """Every version of one procedure in the order of entry."""
    return work.typed_rows(VersionRow._make, _BY_CODE, {"of": code})


def dossiers_per_version(work: Reading, code: str, fields: Sequence[str]) -> dict[int, tuple[int, int]]:
    """How many dossiers stand on each version of a procedure, by the version's row number: all, and those not yet
    over. `fields` are the fields (lĩnh vực) its versions belong to."""
    rows = work.rows(_DOSSIERS_PER_VERSION, {"of": code, "fields": list(fields)})
    return {row.procedure_version_id: (row.dossiers, row.running) for row in rows}


def received_since(work: Reading, code: str, fields: Sequence[str], day: date) -> tuple[int, date | None]:
    """How many dossiers of a procedure were received on a day or after it, and the last day one was."""
    row = work.row(_RECEIVED_SINCE, {"of": code, "fields": list(fields), "day": day})
    return (0, None) if row is None else (row.dossiers, row.latest)


def add_versions(work: Writing, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add versions: code, version, valid_from, name, field, facts."""
    if rows:
        work.write(insert(ProcedureVersion), rows)


def procedure_usage(work: Reading) -> dict[str, int]:
    """How often each procedure came among the last two thousand dossiers."""
    return {row.procedure_code: row.times for row in work.rows(_PROCEDURE_USAGE)}
