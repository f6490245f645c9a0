"""Statements on packages of the receiver and states of the portal."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select, update

from app.models.dossier import Dossier
from app.models.journal import Event
from app.models.received.tables import PortalState, ReceivedPackage
from app.storage.dialects import insert_into
from app.storage.received.rows import PackageRow, PortalStateRow
from app.storage.uow import Reading, Writing

_P = ReceivedPackage.c
_COLUMNS = (
    _P.id,
    _P.public_key,
    _P.number,
    _P.kind,
    _P.title,
    _P.expires_at,
    _P.made_at,
    _P.received_at,
    _P.manifest_sha256,
    _P.file,
    _P.applied_at,
    _P.applied_by,
)
_SELECT = select(*_COLUMNS)
_BY_NUMBER = _SELECT.where(_P.public_key == bindparam("key"), _P.number == bindparam("number"))
_LAST_APPLIED = select(func.max(_P.number)).where(
    _P.public_key == bindparam("key"), _P.kind == bindparam("kind"), _P.applied_at.is_not(None)
)
_LAST = select(func.max(_P.number)).where(_P.public_key == bindparam("key"))
_OF_KEY = _SELECT.where(_P.public_key == bindparam("key")).order_by(_P.number)
_WAITING = _OF_KEY.where(
    _P.applied_at.is_(None), or_(_P.expires_at.is_(None), _P.expires_at >= bindparam("now", type_=_P.made_at.type))
)
_NOTICES = _OF_KEY.where(
    _P.kind == "notice",
    or_(
        _P.expires_at >= bindparam("now", type_=_P.made_at.type),
        _P.expires_at.is_(None) & (_P.received_at >= bindparam("since", type_=_P.made_at.type)),
    ),
)
_EARLIER = Event.alias("earlier")
_LAST_EVENT = select(func.max(_EARLIER.c.id)).where(_EARLIER.c.dossier_id == Dossier.c.id).scalar_subquery()
_PORTAL_STATES = (
    select(
        Dossier.c.code,
        Dossier.c.status,
        Dossier.c.outcome,
        Event.c.occurred_at,
        PortalState.c.national_status,
        PortalState.c.reported_at,
    )
    .select_from(PortalState)
    .join(Dossier, Dossier.c.id == PortalState.c.dossier_id)
    .join(Event, Event.c.id == _LAST_EVENT)
    .order_by(Dossier.c.id)
)


def package_by_number(work: Reading, key: str, number: int) -> PackageRow | None:
    """Return a stored package of a receiver, or None."""
    return work.typed_row(PackageRow._make, _BY_NUMBER, {"key": key, "number": number})


def last_applied(work: Reading, key: str, kind: str) -> int:
    """Return the highest applied number of a kind, 0 for none."""
    return int(work.value(_LAST_APPLIED, {"key": key, "kind": kind}) or 0)


def last_number(work: Reading, key: str) -> int:
    """Return the highest stored number of a receiver, 0 for none."""
    return int(work.value(_LAST, {"key": key}) or 0)


def waiting_packages(work: Reading, key: str, now: datetime) -> Sequence[PackageRow]:
    """Return the packages that wait for a person and have not expired."""
    return work.typed_rows(PackageRow._make, _WAITING, {"key": key, "now": now})


def current_notices(work: Reading, key: str, now: datetime, since: datetime) -> Sequence[PackageRow]:
    """Return the notices that have not expired.

    A notice without an end is shown if it was received after `since`.
    """
    return work.typed_rows(PackageRow._make, _NOTICES, {"key": key, "now": now, "since": since})


def add_package(work: Writing, row: Mapping[str, Any]) -> int:
    """Insert a package; return its id."""
    primary_key = work.write(insert(ReceivedPackage), row).inserted_primary_key
    return int(primary_key[0]) if primary_key else 0


def mark_applied(work: Writing, package_id: int, at: datetime, actor: str) -> None:
    """Record who applied a package."""
    work.write(update(ReceivedPackage).where(_P.id == package_id).values(applied_at=at, applied_by=actor))


def portal_states(work: Reading) -> Sequence[PortalStateRow]:
    """Return the states on the portal beside the last events here."""
    return work.typed_rows(PortalStateRow._make, _PORTAL_STATES)


def save_portal_state(work: Writing, row: Mapping[str, Any]) -> None:
    """Store a state on the portal, unless a later one is stored."""
    work.write(_upsert_portal_state(work.dialect), row)


@cache
def _upsert_portal_state(dialect: str) -> Any:
    statement = insert_into(dialect, PortalState)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[PortalState.c.dossier_id],
        set_={"national_status": new.national_status, "reported_at": new.reported_at, "package_id": new.package_id},
        where=PortalState.c.reported_at <= new.reported_at,
    )
