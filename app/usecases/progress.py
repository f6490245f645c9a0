"""Moving a dossier on: every act of INTERFACES §4, by one door."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from app.models.lifecycle import State, Wish, decide
from app.models.people import read_person, read_principal
from app.models.procedures import SupplementClock
from app.models.values import OFFICE_TIME, Action, Channel, Refusal, ReturnBy, TermUnit, clean
from app.models.workdays import Term, promise, working_days_between
from app.storage import catalogue, dossiers
from app.storage.uow import Reading, Writing
from app.usecases.calendar import work_calendar
from app.usecases.context import Context
from app.usecases.recording import Subject, record
from app.usecases.sheet import Sheet, find_row, sheet_of
from app.usecases.versions import as_version

_TEXT_LIMIT = 500
_PERSON_FIELDS = ("name", "id_number", "birth_date", "gender", "phone", "address", "email")


@dataclass(frozen=True)
class ActOnDossier:
    """One act on one dossier. `to` is the holder it is sent to, `until` the day an apology promises, `amount` in đồng,
    `sets` corrections as (field, value), such as ("phone", "0905123456") or ("submitter.name", "…")."""

    code: str
    action: Action
    note: str | None = None
    to: str | None = None
    until: date | None = None
    received_by: str | None = None
    amount: int | None = None
    receipt: str | None = None
    sets: tuple[tuple[str, str], ...] = ()


def act_on_dossier(command: ActOnDossier, context: Context, work: Writing) -> Sheet:
    """Carry out the act and answer with the dossier as it is then.

    Raises Refusal `dossier_unknown`, `act_not_allowed` or the act's own reason; nothing has changed then.
    """
    row = find_row(work, command.code)
    state = dossiers.state_of(row)
    people = dossiers.parties(work, row.id)
    wish = _wish(command, context, work, row, state, people)
    happenings = decide(state, wish)
    corrected = _corrected(command, people, context.today)
    subject = Subject(
        row.id,
        row.code,
        row.procedure_code,
        row.procedure_name,
        row.field,
        Channel(row.channel),
        ReturnBy(row.return_by),
        corrected.get("applicant", people["applicant"]),
        row.note,
    )
    now = record(work, context, subject, state, happenings)
    dossiers.change_state(work, row.id, state, now)
    for role, details in corrected.items():
        dossiers.change_party(work, row.id, role, details)
    if corrected:
        dossiers.change_names(work, row.id, {**people, **corrected})
    sheet = sheet_of(work, dossiers.dossier_by_id(work, row.id), context.today)
    work.commit()
    return sheet


def _wish(
    command: ActOnDossier, context: Context, work: Reading, row: Any, state: State, people: Mapping[str, Any]
) -> Wish:
    receiver = _typed(command.received_by, "received_by")
    if command.action == Action.RETURN and receiver is None:
        receiver = people.get("submitter", people["applicant"])["name"]
    return Wish(
        command.action,
        context.now,
        note=_typed(command.note, "note", 2000),
        to=_typed(command.to, "to"),
        received_by=receiver,
        amount=command.amount,
        receipt=_typed(command.receipt, "receipt"),
        due_at=_new_promise(command, context, work, row, state),
        changes=_changes(command, people),
    )


def _typed(text: str | None, field: str, limit: int = _TEXT_LIMIT) -> str | None:
    if text is None:
        return None
    if len(text) > limit:
        raise Refusal("text_too_long", field, limit=limit, length=len(text))
    return clean(text) or None


def _changes(command: ActOnDossier, people: Mapping[str, Any]) -> dict[str, Any]:
    """Each correction with what stood there before, for the event."""
    told: dict[str, Any] = {}
    for name, value in command.sets:
        role, field = _addressed(name, people)
        told[f"{role}.{field}"] = {"before": people[role].get(field), "now": clean(value) or None}
    return {"amended": told} if told else {}


def _addressed(name: str, people: Mapping[str, Any]) -> tuple[str, str]:
    role, _, field = name.rpartition(".")
    role = role or "applicant"
    if field not in (*_PERSON_FIELDS, "authority") or role not in people or field not in people[role]:
        raise Refusal("unknown_field", "set", name=name[:60])
    return role, field


def _corrected(command: ActOnDossier, people: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The people as corrected, checked as at intake."""
    if command.action != Action.AMEND:
        return {}
    changed: dict[str, Any] = {}
    for name, value in command.sets:
        role, field = _addressed(name, people)
        changed.setdefault(role, dict(people[role]))[field] = clean(value) or None
    for role, details in changed.items():
        if role == "principal":
            read_principal(details, role)
        else:
            read_person(details, role, today)
    return changed


def _new_promise(command: ActOnDossier, context: Context, work: Reading, row: Any, state: State) -> datetime | None:
    if command.action == Action.APOLOGISE:
        return _until(command, context, work)
    if command.action == Action.SUPPLEMENT:
        return _after_supplement(context, work, row, state)
    return None


def _until(command: ActOnDossier, context: Context, work: Reading) -> datetime | None:
    """The day an apology promises, at the hour results are given."""
    if command.until is None:
        return None
    calendar = work_calendar(work, context.office, context.today)
    if not calendar.is_working(command.until):
        raise Refusal("until_not_working", "until", day=command.until.isoformat())
    close = calendar.closing(command.until) or datetime.combine(command.until, time(17), OFFICE_TIME)
    if context.office.due_time is None:
        return close
    return min(close, datetime.combine(command.until, context.office.due_time, OFFICE_TIME))


def _after_supplement(context: Context, work: Reading, row: Any, state: State) -> datetime | None:
    """The promise once the papers are complete: counted anew (NĐ 61/2018 Điều 19.4, kept by NĐ 118/2025), or lengthened
    by the pause, or untouched, as the procedure's version says."""
    found = catalogue.version(work, row.procedure_version_id)
    clock = SupplementClock.RESTART if found is None else as_version(found).procedure.supplement_clock
    if clock == SupplementClock.NONE or state.due_at is None:
        return state.due_at
    term = Term(Decimal(row.term["limit"]) if row.term["limit"] else None, TermUnit(row.term["unit"]))
    calendar = work_calendar(work, context.office, context.today)
    if clock == SupplementClock.RESTART:
        return promise(term, context.now, calendar).due_at
    paused = working_days_between(_day(state.paused_at or context.now), context.today, calendar)
    lengthened = replace(term, limit=Decimal(max(paused, 0)), unit=TermUnit.WORKING_DAY)
    return state.due_at if paused <= 0 else promise(lengthened, state.due_at, calendar).due_at


def _day(instant: datetime) -> date:
    return instant.astimezone(OFFICE_TIME).date()
