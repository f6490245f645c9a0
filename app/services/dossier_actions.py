"""Apply one action to one dossier, within the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.models.calendar import WorkCalendar
from app.models.enums import Action, Status
from app.models.errors import Refusal
from app.models.instants import local_day
from app.models.lifecycle import LEG_CLOSING_ACTIONS, State, Transition, check_action_allowed
from app.models.rights import RIGHT_BY_ACTION
from app.models.text import clean, visible_text
from app.models.transitions import TransitionRequest, decide
from app.models.workdays import FIRST_YEAR, LAST_YEAR, results_at
from app.services.acts.amend import (
    AMENDED,
    Amendment,
    read_amendment,
    remove_amended_aliases,
    reverted_people,
    save_amendment,
)
from app.services.acts.amend_fee import FEE_FIELDS, read_fee_amendment
from app.services.acts.late_reason import record_reason_of_act
from app.services.acts.payment import money_facts, request_facts, with_resumed_term
from app.services.acts.receipt_numbers import electronic_receipt, method_facts, receipt_facts, save_receipt
from app.services.acts.receiver import receiver_facts
from app.services.acts.renewed_proof import PROOF, apologised_proof
from app.services.acts.supplements import check_round, closing_day, with_supplemented_term
from app.services.acts.undo import last_act, proof_before, state_before, undo_facts
from app.services.calendar import work_calendar
from app.services.clock_guard import with_monotonic_clock
from app.services.context import Context
from app.services.credentials import Credentials, second_approval
from app.services.dossier_detail import find_row
from app.services.events import record_events
from app.services.intake.forwarding import with_forwarded_term
from app.services.national_record import Subject
from app.services.permissions import require_right
from app.services.records.supplement_papers import (
    AskedPaper,
    checked_papers,
    note_with_papers,
    open_request,
    papers_facts,
    require_all_given,
)
from app.storage import dossiers, journal
from app.storage.rows import DossierRow
from app.storage.uow import Reading, Writing

_TEXT_LIMIT, _NOTE_LIMIT = 500, 2000


@dataclass(frozen=True)
class ActOnDossier:
    """An action on a dossier.

    `to` is the new holder, `until` the day that an apology promises or the last day of a requested payment. `amount` is
    in đồng, `method` how it is paid. `receiver_id` and `authority` are those of the person who receives the result; by
    post `authority` is the postal number. `sets` are corrections as (field, value), such as ("phone", "0905123456") or
    ("submitter.name", "…"). `second` approves a voiding. `reason` is the reason of lateness.
    `papers` are those that a supplement request names or that a supplement brings; None where none were ticked.
    """

    code: str
    action: Action
    note: str | None = None
    to: str | None = None
    until: date | None = None
    received_by: str | None = None
    receiver_id: str | None = None
    authority: str | None = None
    amount: int | None = None
    receipt: str | None = None
    method: str | None = None
    sets: tuple[tuple[str, str], ...] = ()
    reason: str | None = None
    second: Credentials | None = None
    papers: tuple[AskedPaper, ...] | None = None


@dataclass(frozen=True)
class _Target:
    """The dossier of an action: row, state and people."""

    row: DossierRow
    state: State
    people: Mapping[str, Any]


def apply_action(command: ActOnDossier, context: Context, work: Writing) -> int:
    """Decide and record an action; return the dossier's id.

    The caller commits.

    Raises Refusal as `act_on_dossier` does.
    """
    context = with_monotonic_clock(context, work)
    row = find_row(work, command.code)
    target = _Target(row, dossiers.state_of(row), dossiers.parties(work, row.id))
    check_action_allowed(target.state.status, command.action)
    if command.action == Action.UNDO:
        _undo(command, target, context, work)
        return row.id
    amendment = _amendment(command, target, context, work)
    receipt = electronic_receipt(command.receipt, context, work) if command.action == Action.PAY else None
    request = _transition_request(command, amendment, context, work, target)
    request = _with_papers(request, command, target, work)
    request = replace(request, changes={**request.changes, **receipt_facts(receipt, context)})
    request = _with_amended_fee(request, command, target, work)
    if command.sets and AMENDED not in request.changes:
        raise Refusal("amend_unchanged", "set")
    transitions = decide(target.state, request)
    if command.action == Action.VOID:
        transitions = _with_second(transitions, second_approval(command.second, context, work))
    people = {**target.people, **amendment.people}
    for proof in [transition.details[PROOF] for transition in transitions if PROOF in transition.details]:
        dossiers.change_row(work, row.id, {"proof": proof})
    save_amendment(amendment, people, row.id, work)
    save_receipt(receipt, row.id, context, work)
    _record(target, people, transitions, context, work)
    record_reason_of_act(command.reason, command.action, row.id, context, work)
    return row.id


def _record(
    target: _Target, people: Mapping[str, Any], transitions: Sequence[Transition], context: Context, work: Writing
) -> None:
    """Append the transitions and update the cached state."""
    after = record_events(work, context, Subject.of_row(target.row, people), target.state, transitions)
    dossiers.change_state(work, target.row.id, target.state, after)


def _undo(command: ActOnDossier, target: _Target, context: Context, work: Writing) -> None:
    """Undo the last action: restore state, people, aliases and proof.

    The user needs the right of the undone action too.
    """
    events = journal.events_of(work, target.row.id)
    act = last_act(events, context)
    require_right(RIGHT_BY_ACTION[Action(act[-1].action)], context, work)
    request = TransitionRequest(
        command.action,
        context.now,
        note=_typed(command.note, "note", _NOTE_LIMIT),
        restored=state_before(events, act),
        changes=undo_facts(act),
    )
    transitions = decide(target.state, request)
    facts = act[-1].facts
    reverted = reverted_people(facts, target.people)
    people = {**target.people, **reverted}
    remove_amended_aliases(facts, work)
    save_amendment(Amendment(people=reverted), people, target.row.id, work)
    if AMENDED in facts:
        dossiers.change_names(work, target.row.id, people)
    if (proof := proof_before(act)) is not None:
        dossiers.change_row(work, target.row.id, {"proof": proof})
    _record(target, people, transitions, context, work)


def _with_second(transitions: Sequence[Transition], second: str | None) -> tuple[Transition, ...]:
    """Return the transitions with the second person's name in their details."""
    if not second:
        return tuple(transitions)
    return tuple(replace(transition, details={**transition.details, "second": second}) for transition in transitions)


def _amendment(command: ActOnDossier, target: _Target, context: Context, work: Reading) -> Amendment:
    """Return the checked corrections.

    Raises Refusal `set_without_amend` for corrections with another action, because they would be lost.
    """
    if command.sets and command.action != Action.AMEND:
        raise Refusal("set_without_amend", "set")
    personal = tuple(each for each in command.sets if each[0] not in FEE_FIELDS)
    return read_amendment(personal, target.people, context.today, work)


def _transition_request(
    command: ActOnDossier, amendment: Amendment, context: Context, work: Reading, target: _Target
) -> TransitionRequest:
    request = TransitionRequest(
        command.action,
        context.now,
        note=_typed(command.note, "note", _NOTE_LIMIT),
        to=_typed(command.to, "to"),
        received_by=_typed(command.received_by, "received_by"),
        amount=command.amount,
        receipt=_typed(command.receipt, "receipt"),
        changes={**amendment.facts, **_facts(command)},
    )
    return _with_calculated_dates(request, command, context, work, target)


def _with_papers(
    request: TransitionRequest, command: ActOnDossier, target: _Target, work: Reading
) -> TransitionRequest:
    """Return the request with the papers ticked for a supplement."""
    if command.papers is None:
        return request
    papers = checked_papers(command.papers, command.action)
    if command.action == Action.SUPPLEMENT:
        require_all_given(open_request(journal.events_of(work, target.row.id)), papers, request.note)
    note = note_with_papers(papers, command.action, request.note)
    return replace(request, note=note, changes={**request.changes, **papers_facts(papers, command.action)})


def _with_amended_fee(
    request: TransitionRequest, command: ActOnDossier, target: _Target, work: Reading
) -> TransitionRequest:
    """Return the request with the fee that a correction changes."""
    amended = read_fee_amendment(command.sets, target.row, target.people, work) if command.sets else None
    if amended is None:
        return request
    fields = {**request.changes.get(AMENDED, {}), **amended.facts[AMENDED]}
    changes = {**request.changes, **amended.facts, AMENDED: fields}
    return replace(request, amended_fee=(amended.amount,), changes=changes)


def _facts(command: ActOnDossier) -> dict[str, Any]:
    """Return the facts that an action adds to its event."""
    if command.action == Action.RETURN:
        return receiver_facts(command.receiver_id, command.authority)
    if command.action == Action.ASK_PAYMENT:
        return request_facts(command.amount, command.until)
    if command.action == Action.PAY:
        return {**money_facts(command.amount, _typed(command.receipt, "receipt")), **method_facts(command.method)}
    if command.action == Action.REFUND:
        return {**money_facts(command.amount, None), **method_facts(command.method)}
    return {}


def _typed(text: str | None, field: str, limit: int = _TEXT_LIMIT) -> str | None:
    if text is None:
        return None
    if len(text) > limit:
        raise Refusal("text_too_long", field, limit=limit, length=len(text))
    return (clean(text) if field == "note" else visible_text(text, field)) or None


def _with_calculated_dates(
    request: TransitionRequest, command: ActOnDossier, context: Context, work: Reading, target: _Target
) -> TransitionRequest:
    """Return the request with the dates that follow from the calendar."""
    action, row, state = command.action, target.row, target.state
    if action in LEG_CLOSING_ACTIONS and state.leg_open and state.due_at is None:
        return with_forwarded_term(request, row, state, context, work)
    if action == Action.VOID:
        return replace(request, entered_on=local_day(journal.first_entry_at(work, row.id) or state.received_at))
    if action == Action.ASK_PAYMENT:
        return replace(request, payment_until=command.until)
    calculate = _CALCULATED.get(action)
    if calculate is None or (action == Action.PAY and state.status != Status.PAYMENT_DUE):
        return request
    return calculate(request, command, context, work, target)


def _with_apology_day(
    request: TransitionRequest, command: ActOnDossier, context: Context, work: Reading, target: _Target
) -> TransitionRequest:
    until = _until(command, context, work_calendar(work, context.office, context.today))
    proof = apologised_proof(target.row, until, context.now)
    return replace(request, due_at=until, changes={**request.changes, **proof})


def _with_end_of_pause(
    request: TransitionRequest, command: ActOnDossier, context: Context, work: Reading, target: _Target
) -> TransitionRequest:
    return with_resumed_term(request, target.row, target.state, context, work)


def _with_supplement_request(
    request: TransitionRequest, command: ActOnDossier, context: Context, work: Reading, target: _Target
) -> TransitionRequest:
    check_round(target.row, work)
    return request


def _with_last_day(
    request: TransitionRequest, command: ActOnDossier, context: Context, work: Reading, target: _Target
) -> TransitionRequest:
    return replace(request, supplement_until=closing_day(target.row, target.state, context, work))


def _with_supplemented_term(
    request: TransitionRequest, command: ActOnDossier, context: Context, work: Reading, target: _Target
) -> TransitionRequest:
    return with_supplemented_term(request, target.row, target.state, context, work)


_CALCULATED = {
    Action.APOLOGISE: _with_apology_day,
    Action.PAY: _with_end_of_pause,
    Action.ASK_SUPPLEMENT: _with_supplement_request,
    Action.CLOSE: _with_last_day,
    Action.SUPPLEMENT: _with_supplemented_term,
}


def _until(command: ActOnDossier, context: Context, calendar: WorkCalendar) -> datetime | None:
    """Return the day that an apology promises, at the time of results."""
    if command.until is None:
        return None
    if not FIRST_YEAR <= command.until.year <= LAST_YEAR:
        raise Refusal("calendar_year_unknown", "until", year=command.until.year)
    if not calendar.is_working(command.until):
        raise Refusal("until_not_working", "until", day=command.until.isoformat())
    return results_at(command.until, calendar)
