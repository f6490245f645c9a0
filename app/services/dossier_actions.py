"""Apply one action to one dossier, within the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.models.calendar import WorkCalendar
from app.models.enums import Action
from app.models.errors import Refusal
from app.models.instants import local_day
from app.models.lifecycle import LEG_CLOSING_ACTIONS, State, Transition, check_action_allowed
from app.models.people import read_person, read_principal
from app.models.procedures import Procedure, SupplementClock
from app.models.text import clean
from app.models.transitions import TransitionRequest, decide
from app.models.values.days import birth_to_iso
from app.models.workdays import FIRST_YEAR, LAST_YEAR, promise, working_days_between
from app.services.calendar import work_calendar
from app.services.clock_guard import with_monotonic_clock
from app.services.context import Context
from app.services.credentials import Credentials, second_approval
from app.services.dossier_detail import find_row
from app.services.events import record_events
from app.services.intake.forwarding import with_forwarded_term
from app.services.intake.repromise import extend_due_date, result_time, working_days_after
from app.services.national_record import Subject
from app.services.versions import procedure_of, term_of_row
from app.storage import dossiers, journal
from app.storage.rows import DossierRow
from app.storage.uow import Reading, Writing

SUPPLEMENT_DAYS = 15
"""Working days for a supplement if the procedure sets no other number."""


_TEXT_LIMIT, _NOTE_LIMIT = 500, 2000
_PERSON_FIELDS = ("name", "id_number", "birth_date", "gender", "phone", "address", "email")


@dataclass(frozen=True)
class ActOnDossier:
    """An action on a dossier.

    `to` is the new holder, `until` the day that an apology promises. `amount` is in đồng. `sets` are corrections as
    (field, value), such as ("phone", "0905123456") or ("submitter.name", "…"). `second` approves a voiding.
    """

    code: str
    action: Action
    note: str | None = None
    to: str | None = None
    until: date | None = None
    received_by: str | None = None
    amount: int | None = None
    receipt: str | None = None
    sets: tuple[tuple[str, str], ...] = ()
    second: Credentials | None = None


def apply_action(command: ActOnDossier, context: Context, work: Writing) -> int:
    """Decide and record an action; return the dossier's id.

    The caller commits.

    Raises Refusal as `act_on_dossier` does.
    """
    context = with_monotonic_clock(context, work)
    row = find_row(work, command.code)
    state = dossiers.state_of(row)
    check_action_allowed(state.status, command.action)
    people = dossiers.parties(work, row.id)
    request = _transition_request(command, context, work, row, state, people)
    transitions = decide(state, request)
    if command.action == Action.VOID:
        transitions = _with_second(transitions, second_approval(command.second, context, work))
    corrected = _corrected_people(command, people, context.today)
    if any(transition.details.get("term_begun") for transition in transitions):
        dossiers.change_row(work, row.id, {"proof": request.forwarded_details["proof"]})
    for role, details in corrected.items():
        dossiers.change_party(work, row.id, role, details)
    if corrected:
        dossiers.change_names(work, row.id, {**people, **corrected})
    after = record_events(work, context, Subject.of_row(row, {**people, **corrected}), state, transitions)
    dossiers.change_state(work, row.id, state, after)
    return row.id


def _with_second(transitions: Sequence[Transition], second: str | None) -> tuple[Transition, ...]:
    """Return the transitions with the second person's name in their details."""
    if not second:
        return tuple(transitions)
    return tuple(replace(transition, details={**transition.details, "second": second}) for transition in transitions)


def _transition_request(
    command: ActOnDossier, context: Context, work: Reading, row: DossierRow, state: State, people: Mapping[str, Any]
) -> TransitionRequest:
    receiver = _typed(command.received_by, "received_by")
    if command.action == Action.RETURN and receiver is None:
        receiver = people.get("submitter", people["applicant"])["name"]
    request = TransitionRequest(
        command.action,
        context.now,
        note=_typed(command.note, "note", _NOTE_LIMIT),
        to=_typed(command.to, "to"),
        received_by=receiver,
        amount=command.amount,
        receipt=_typed(command.receipt, "receipt"),
        changes=_changes(command, people),
    )
    return _with_calculated_dates(request, command, context, work, row, state)


def _typed(text: str | None, field: str, limit: int = _TEXT_LIMIT) -> str | None:
    if text is None:
        return None
    if len(text) > limit:
        raise Refusal("text_too_long", field, limit=limit, length=len(text))
    return clean(text) or None


def _changes(command: ActOnDossier, people: Mapping[str, Any]) -> dict[str, Any]:
    """Return the corrections with the values they replace, for the event.

    Raises Refusal `set_without_amend` for corrections with another action, because they would be lost.
    """
    if command.sets and command.action != Action.AMEND:
        raise Refusal("set_without_amend", "set")
    amended: dict[str, Any] = {}
    for name, value in command.sets:
        role, field = _parse_field(name, people)
        amended[f"{role}.{field}"] = {"before": people[role].get(field), "now": clean(value) or None}
    return {"amended": amended} if amended else {}


def _parse_field(name: str, people: Mapping[str, Any]) -> tuple[str, str]:
    role, _, field = name.rpartition(".")
    role = role or "applicant"
    if field not in (*_PERSON_FIELDS, "authority") or role not in people or field not in people[role]:
        raise Refusal("unknown_field", "set", name=name[:60])
    return role, field


def _corrected_people(command: ActOnDossier, people: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the corrected people, checked as at intake."""
    corrected: dict[str, Any] = {}
    for name, value in command.sets:
        role, field = _parse_field(name, people)
        corrected.setdefault(role, dict(people[role]))[field] = _corrected_value(field, value, today)
    for role, details in corrected.items():
        if role == "principal":
            read_principal(details, role)
        else:
            read_person(details, role, today)
    return corrected


def _corrected_value(field: str, value: str, today: date) -> str | None:
    """Return a corrected value as stored; a date of birth as typed."""
    text = clean(value)
    return (birth_to_iso(text, today) if field == "birth_date" else text) or None


def _with_calculated_dates(
    request: TransitionRequest, command: ActOnDossier, context: Context, work: Reading, row: DossierRow, state: State
) -> TransitionRequest:
    """Return the request with the dates that follow from the calendar."""
    action = command.action
    if action in LEG_CLOSING_ACTIONS and state.leg_open and state.due_at is None:
        return with_forwarded_term(request, row, state, context, work)
    if action == Action.VOID:
        return replace(request, entered_on=local_day(journal.first_entry_at(work, row.id) or state.received_at))
    if action not in (Action.APOLOGISE, Action.SUPPLEMENT, Action.CLOSE):
        return request
    calendar = work_calendar(work, context.office, context.today)
    if action == Action.APOLOGISE:
        return replace(request, due_at=_until(command, context, calendar))
    procedure = procedure_of(row, work)
    if action == Action.CLOSE:
        return replace(request, supplement_until=_supplement_until(procedure, context, calendar, state))
    due_at, original_due_at = _dates_after_supplement(procedure, context, calendar, row, state)
    changes = {"supplement_clock": _clock(procedure).value}
    return replace(request, due_at=due_at, original_due_at=original_due_at, changes=changes)


def _until(command: ActOnDossier, context: Context, calendar: WorkCalendar) -> datetime | None:
    """Return the day that an apology promises, at the time of results."""
    if command.until is None:
        return None
    if not FIRST_YEAR <= command.until.year <= LAST_YEAR:
        raise Refusal("calendar_year_unknown", "until", year=command.until.year)
    if not calendar.is_working(command.until):
        raise Refusal("until_not_working", "until", day=command.until.isoformat())
    return result_time(command.until, context.office, calendar)


def _supplement_until(procedure: Procedure | None, context: Context, calendar: WorkCalendar, state: State) -> date:
    """Return the last day of a supplement, after which closing is allowed."""
    days = SUPPLEMENT_DAYS if procedure is None else procedure.supplement_days or SUPPLEMENT_DAYS
    return working_days_after(local_day(state.paused_at or context.now), days, calendar)


def _clock(procedure: Procedure | None) -> SupplementClock:
    return SupplementClock.RESTART if procedure is None else procedure.supplement_clock


def _dates_after_supplement(
    procedure: Procedure | None, context: Context, calendar: WorkCalendar, row: DossierRow, state: State
) -> tuple[datetime | None, datetime | None]:
    """Return due date and original date after a supplement.

    The procedure's version decides: the term restarts (NĐ 61/2018 Điều 19.4, kept by NĐ 118/2025), is extended by the
    pause, or is unchanged. An earlier apology keeps its effect, because lateness is judged by the original date.
    """
    clock, dates = _clock(procedure), (state.due_at, state.original_due_at)
    if clock == SupplementClock.RESTART and state.due_at is not None:
        due_at = promise(term_of_row(procedure, row), context.now, calendar).due_at
        return due_at, due_at
    paused = working_days_between(local_day(state.paused_at or context.now), context.today, calendar)
    if clock == SupplementClock.NONE or paused <= 0:
        return dates
    due_at, original = (extend_due_date(due_at, paused, context.office, calendar) for due_at in dates)
    return due_at, original
