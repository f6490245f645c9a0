"""Statements on law packages, their issuers, and what was made since."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, insert, select, true, update

from app.models.citizens import SmsMessage
from app.models.dossier import Dossier
from app.models.enums import Action, Channel, SmsSituation
from app.models.instants import OFFICE_TIME
from app.models.journal import Event, Print
from app.models.law.tables import LawIssuer, LawPackage
from app.models.office import ProcedureVersion
from app.storage.dossiers import OPEN_STATES
from app.storage.uow import Reading, Writing


class LawPackageRow(NamedTuple):
    """An applied law package."""

    id: int
    package_id: str
    title: str
    issuer: str
    decision: str
    valid_from: date
    public_key: str
    manifest_sha256: str
    file: bytes
    entered: Mapping[str, Any]
    after_event: int
    after_print: int
    applied_at: datetime
    applied_by: str
    approved_by: str | None
    reverted_at: datetime | None
    reverted_by: str | None
    revert_note: str | None


_L = LawPackage.c
_D = Dossier.c
_SELECT = select(*(_L[name] for name in LawPackageRow._fields))
_BY_ID = _SELECT.where(_L.package_id == bindparam("of"))
_ALL = _SELECT.order_by(_L.valid_from, _L.id)
_ISSUER = select(LawIssuer.c.name).where(LawIssuer.c.public_key == bindparam("of"))
_LAST_EVENT = select(func.max(Event.c.id))
_LAST_PRINT = select(func.max(Print.c.id))
_VERSION = select(ProcedureVersion.c.id).where(
    ProcedureVersion.c.code == bindparam("of"), ProcedureVersion.c.version == bindparam("version")
)
_OF_VERSION = select(_D.code).where(_D.procedure_version_id == bindparam("of")).order_by(_D.id).limit(1)
_PRINTED = (
    select(_D.code)
    .select_from(Print.join(Dossier, _D.id == Print.c.dossier_id))
    .where(Print.c.id > bindparam("after"), Print.c.prepared_at >= bindparam("since"))
    .order_by(Print.c.id)
    .limit(1)
)
_HOLIDAY_SMS = (
    select(_D.code)
    .select_from(SmsMessage.join(Dossier, _D.id == SmsMessage.c.dossier_id))
    .where(SmsMessage.c.situation == SmsSituation.HOLIDAY, SmsMessage.c.made_at >= bindparam("since"))
    .limit(1)
)
_MANY = 500


def package_by_id(work: Reading, package_id: str) -> LawPackageRow | None:
    """Return an applied package, or None."""
    return work.typed_row(LawPackageRow._make, _BY_ID, {"of": package_id})


def applied_packages(work: Reading) -> Sequence[LawPackageRow]:
    """Return all packages ever applied, by first day."""
    return work.typed_rows(LawPackageRow._make, _ALL)


def save_package(work: Writing, row: Mapping[str, Any]) -> None:
    """Insert a package, or replace one that was reverted."""
    if package_by_id(work, row["package_id"]) is None:
        work.write(insert(LawPackage), row)
    else:
        cleared = {"reverted_at": None, "reverted_by": None, "revert_note": None}
        work.write(update(LawPackage).where(_L.package_id == row["package_id"]).values({**row, **cleared}))


def mark_reverted(work: Writing, package_id: str, at: datetime, actor: str, note: str) -> None:
    """Record who reverted a package, and why."""
    values = {"reverted_at": at, "reverted_by": actor, "revert_note": note}
    work.write(update(LawPackage).where(_L.package_id == package_id).values(values))


def issuer_name(work: Reading, public_key: str) -> str | None:
    """Return the name of a confirmed issuer, or None."""
    name = work.value(_ISSUER, {"of": public_key})
    return None if name is None else str(name)


def add_issuer(work: Writing, row: Mapping[str, Any]) -> None:
    """Insert a confirmed issuer."""
    work.write(insert(LawIssuer), row)


def last_event(work: Reading) -> int:
    """Return the id of the last event, 0 for none."""
    return int(work.value(_LAST_EVENT) or 0)


def last_print(work: Reading) -> int:
    """Return the id of the last printed copy, 0 for none."""
    return int(work.value(_LAST_PRINT) or 0)


def dossier_of_version(work: Reading, code: str, version: int) -> str | None:
    """Return a dossier that came in under a version, or None."""
    version_id = work.value(_VERSION, {"of": code, "version": version})
    used_by = None if version_id is None else work.value(_OF_VERSION, {"of": version_id})
    return None if used_by is None else str(used_by)


def printed_since(work: Reading, after: int, first: date) -> str | None:
    """Return the dossier of the first paper printed after a row, or None.

    Papers of days before `first` do not count.
    """
    since = datetime.combine(first, time(), OFFICE_TIME)
    code = work.value(_PRINTED, {"after": after, "since": since})
    return None if code is None else str(code)


def calendar_sms_since(work: Reading, at: datetime) -> str | None:
    """Return a dossier whose citizen gets an SMS about the calendar, or None."""
    code = work.value(_HOLIDAY_SMS, {"since": at})
    return None if code is None else str(code)


def acted_since(
    work: Reading, after: int, first: date, actions: Sequence[Action], procedures: Sequence[str]
) -> str | None:
    """Return the dossier of the first such event after a row, or None.

    Events of days before `first` do not count, nor records that only repeat the state. No `actions` or `procedures`
    means any.
    """
    conditions: list[ColumnElement[bool]] = [Event.c.id > after, Event.c.occurred_day >= first]
    conditions.append(Event.c.action.in_(actions) if actions else Event.c.action != Action.RESTATE)
    if procedures:
        conditions.append(_D.procedure_code.in_(procedures))
    joined = Event.join(Dossier, _D.id == Event.c.dossier_id)
    code = work.value(select(_D.code).select_from(joined).where(*conditions).order_by(Event.c.id).limit(1))
    return None if code is None else str(code)


def open_codes(
    work: Reading,
    procedures: Sequence[str],
    fields: Sequence[str] = (),
    channels: Sequence[Channel] = (),
    places: Sequence[str] | None = None,
) -> list[str]:
    """Return the codes of the open dossiers that meet all conditions.

    An empty condition is met by every dossier. `places` are the keys of receiving places.
    """
    of_field = _D.field.in_(fields) if fields else true()
    of_channel = _D.channel.in_(channels) if channels else true()
    state = _D.status.in_(OPEN_STATES) & of_field & of_channel
    parts = [procedures[at : at + _MANY] for at in range(0, len(procedures), _MANY)]
    conditions = [state & _D.procedure_code.in_(part) for part in parts] if procedures else [state]
    if places is None:
        return [code for condition in conditions for code in _codes(work, condition)]
    return [code for condition in conditions for code in _codes_at(work, condition, places)]


def _codes_at(work: Reading, condition: ColumnElement[bool], places: Sequence[str]) -> list[str]:
    """Return the codes of dossiers that were received at one of the places."""
    joined = Dossier.join(Event, _D.id == Event.c.dossier_id)
    intakes = select(_D.code, Event.c.facts).select_from(joined).where(condition, Event.c.action == Action.INTAKE)
    return [row.code for row in work.rows(intakes.order_by(_D.id)) if row.facts.get("place") in places]


def open_unpaid_codes(work: Reading) -> list[str]:
    """Return the codes of open dossiers whose fee is not paid in full."""
    return _codes(work, _D.status.in_(OPEN_STATES) & (_D.fee > _D.paid))


def _codes(work: Reading, condition: ColumnElement[bool]) -> list[str]:
    return [row.code for row in work.rows(select(_D.code).where(condition).order_by(_D.id))]
