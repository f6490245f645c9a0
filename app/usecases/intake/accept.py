"""Taking a dossier in: who comes with what, what is promised, which number it gets — all in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from app.models.codes import comparable
from app.models.dossier import dossier_search_text
from app.models.enums import Action, Right, Status
from app.models.errors import Message, Refusal
from app.models.instants import iso, local_day
from app.models.lifecycle import COUNTER, State, Transition
from app.models.people import contact_warnings, person_to_json, person_warnings, principal_to_json
from app.models.procedures import Procedure
from app.models.text import fold_text
from app.models.transitions import TransitionRequest, decide
from app.models.workdays import Promise
from app.services.clock_guard import guard_clock, with_monotonic_clock
from app.services.context import Context
from app.services.dossier_detail import find_row
from app.services.events import Subject, record_events
from app.services.intake.command import AcceptDossier, SubmittedPaper
from app.services.intake.preprinted import preprinted_for_intake
from app.services.intake.promise import effective_fee, effective_term, promise_facts, promise_now, promise_warnings
from app.services.numbering import next_code
from app.services.permissions import requires
from app.services.versions import Version, version_on
from app.storage import dossiers, office_settings, preprinted_receipts
from app.storage.rows import PreprintedRow
from app.storage.uow import Reading, Writing
from app.wording.numbers import instant_in_figures
from app.wording.proof import proof_lines
from app.wording.warnings import warning_line


@dataclass(frozen=True)
class AcceptedDossier:
    """What the office answers once the dossier is on the disk. `due_at` is None where no term is known; `fee` in
    đồng, None where unknown."""

    code: str
    key: str
    status: str
    received_at: datetime
    due_at: datetime | None
    deadline: tuple[str, ...]
    fee: int | None
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Numbers:
    code: str
    key: str
    book: str
    entry: int


@dataclass(frozen=True)
class _Intake:
    """One intake with everything decided and nothing written but its numbers. `context` is the hour it is entered, the
    state's `received_at` the hour it came in, which is earlier where it was written on a `blank`."""

    command: AcceptDossier
    context: Context
    blank: PreprintedRow | None
    version: Version
    papers: tuple[SubmittedPaper, ...]
    promised: Promise
    warnings: tuple[Message, ...]
    replaces_id: int | None
    numbers: _Numbers
    state: State


@requires(Right.TAKE_IN)
def accept_dossier(command: AcceptDossier, context: Context, work: Writing) -> AcceptedDossier:
    """Take a dossier in: number, promise, people, papers, events and what goes up, durable when it returns. A repeated
    `request_id` gets its first answer again.

    Raises Refusal `unknown_procedure`, `settled_by_bounded`, `settled_by_at_once`, `paper_needs_reason`, `alias_taken`,
    `replaces_unknown`, `replaces_not_void`, `serial_exhausted`, what `preprinted_for_intake` raises, or the clock's
    doubt; nothing
    is then written and no number is lost.
    """
    if command.request_id and (given := dossiers.find_answer(work, command.request_id)) is not None:
        return _answer_from_json(given)
    intake = _decide_intake(command, with_monotonic_clock(context, work), work)
    dossier_id = _add_dossier(intake, work)
    accepted = _record_intake(intake, dossier_id, work)
    if command.request_id:
        dossiers.save_answer(work, command.request_id, dossier_id, _answer_to_json(accepted))
    work.commit()
    return accepted


def _decide_intake(command: AcceptDossier, context: Context, work: Writing) -> _Intake:
    """Everything that may refuse comes before the first number is taken."""
    blank = preprinted_for_intake(command, context, work)
    then = replace(context, now=command.received_at or context.now)
    version = version_on(work, command.procedure, then.today)
    procedure = version.procedure
    papers = _papers(command, procedure)
    promised = promise_now(command, procedure, then, work)
    replaces_id = _replaced_id(command, work)
    if command.alias:
        _release_alias(command.alias, work)
    warnings = (*_warnings(command, procedure, papers, promised, then.today), *_clock_doubts(blank, context, work))
    due_at, fee = promised.due_at, effective_fee(command, procedure)
    state = State(Status.RECEIVED, then.now, due_at=due_at, original_due_at=due_at, fee=fee)
    numbers = _numbers(procedure, then.today, blank, context, work)
    return _Intake(command, context, blank, version, papers, promised, warnings, replaces_id, numbers, state)


def _clock_doubts(blank: PreprintedRow | None, context: Context, work: Writing) -> list[Message]:
    """Why the clock was doubted as the dossier was entered, or as its number was given."""
    then = [] if blank is None else [Message(code, values) for code, values in blank.warnings]
    now = guard_clock(context, work)
    return [*then, *(said for said in now if said not in then)]


def _add_dossier(intake: _Intake, work: Writing) -> int:
    alias = intake.command.alias
    dossier_id = dossiers.add_dossier(
        work,
        _row(intake),
        _people(intake.command),
        [asdict(paper) | {"position": place} for place, paper in enumerate(intake.papers, 1)],
        [{"comparable": comparable(alias), "text": alias}] if alias else [],
    )
    if intake.blank is not None:
        preprinted_receipts.use_preprinted(work, intake.blank.id, dossier_id)
    return dossier_id


def _record_intake(intake: _Intake, dossier_id: int, work: Writing) -> AcceptedDossier:
    """Write the events of an intake; what is settled on the spot is finished and returned in the same breath."""
    command, numbers, procedure, state = intake.command, intake.numbers, intake.version.procedure, intake.state
    subject = Subject(
        dossier_id,
        numbers.code,
        procedure.code,
        procedure.name,
        procedure.field,
        command.channel,
        command.return_by,
        {person["role"]: person["details"] for person in _people(command)},
        command.note,
    )
    transitions = [_intake_transition(intake), *(_on_the_spot_transitions(state, command) if command.at_once else ())]
    after = record_events(work, intake.context, subject, state, transitions)
    dossiers.change_state(work, dossier_id, state, after)
    return AcceptedDossier(
        numbers.code,
        numbers.key,
        after.status,
        state.received_at,
        intake.promised.due_at,
        tuple(proof_lines(intake.promised.steps)),
        state.fee,
        tuple(warning_line(said) for said in intake.warnings),
    )


def _intake_transition(intake: _Intake) -> Transition:
    at, facts, note = intake.state.received_at, _intake_facts(intake.command, intake.state), None
    if intake.blank is not None:
        facts["blank"] = intake.blank.code
        note = f"Nhập từ giấy in sẵn, giờ ghi trên giấy {instant_in_figures(at)}"
    return Transition(Action.INTAKE, at, Status.RECEIVED, None, COUNTER, note=note, details=facts)


def _on_the_spot_transitions(state: State, command: AcceptDossier) -> tuple[Transition, ...]:
    at = state.received_at
    finished = decide(state, TransitionRequest(Action.FINISH, at))
    done = replace(state, status=Status.FINISHED, closed_at=at, outcome=Status.FINISHED)
    receiver = (command.submitter or command.applicant).name
    return (*finished, *decide(done, TransitionRequest(Action.RETURN, at, received_by=receiver)))


def _intake_facts(command: AcceptDossier, state: State) -> dict[str, Any]:
    """What the dossier begins with, and what the clerk said otherwise than the catalogue, so that it can be asked
    about."""
    start = {"at_once": command.at_once, "due_at": state.due_at, "fee_due": state.fee}
    return {**start, **promise_facts(command)}


def _papers(command: AcceptDossier, procedure: Procedure) -> tuple[SubmittedPaper, ...]:
    """The papers given; without any named, the catalogue's list is taken as complete."""
    if command.papers is None:
        return tuple(
            SubmittedPaper(paper.name, paper.handling, paper.originals, paper.copies)
            for paper in procedure.papers
            if paper.originals or paper.copies or paper.handling == "lookup"
        )
    listed = {fold_text(paper.name) for paper in procedure.papers}
    for place, paper in enumerate(command.papers):
        if fold_text(paper.name) not in listed and not paper.reason:
            raise Refusal("paper_needs_reason", f"papers.{place}.reason", paper=paper.name)
    return command.papers


def _replaced_id(command: AcceptDossier, work: Reading) -> int | None:
    if command.replaces is None:
        return None
    try:
        old = find_row(work, command.replaces)
    except Refusal:
        raise Refusal("replaces_unknown", "replaces", code=command.replaces) from None
    if old.status != Status.VOID or dossiers.successor(work, old.id) is not None:
        raise Refusal("replaces_not_void", "replaces", code=old.code)
    return int(old.id)


def _release_alias(alias: str, work: Writing) -> None:
    """A code given elsewhere names one dossier; one voided gives it up to the dossier issued in its place."""
    known_as = comparable(alias)
    if dossiers.dossier_by_key(work, known_as) is not None:
        raise Refusal("alias_taken", "alias", alias=alias)
    if (blank := preprinted_receipts.find_preprinted(work, known_as)) is not None and blank.spoilt_at is None:
        raise Refusal("alias_taken", "alias", alias=alias)
    owner = dossiers.dossier_by_code(work, known_as)
    if owner is None:
        return
    if owner.status != Status.VOID or owner.code_comparable == known_as:
        raise Refusal("alias_taken", "alias", alias=alias)
    dossiers.release_alias(work, known_as)


def _numbers(procedure: Procedure, day: date, blank: PreprintedRow | None, context: Context, work: Writing) -> _Numbers:
    """The blank's number or the next of this desk's day, and the next line of the register of the day of receipt."""
    desk = f"{context.office.workstation:02d}"
    code, key = next_code(context, day, work) if blank is None else (blank.code, blank.key)
    entry = office_settings.next_number(work, f"register:{day.year}:{desk}:{procedure.field}")
    return _Numbers(code, key, desk, entry)


def _warnings(
    command: AcceptDossier, procedure: Procedure, papers: Sequence[SubmittedPaper], promised: Promise, today: date
) -> tuple[Message, ...]:
    people = [person for person in (command.applicant, command.submitter) if person is not None]
    told = [said for person in people for said in person_warnings(person, today)]
    told += () if command.principal is None else contact_warnings(command.principal)
    told += promise_warnings(command, procedure, promised)
    given = {fold_text(paper.name) for paper in papers}
    told += [
        Message("paper_not_given", {"paper": paper.name})
        for paper in procedure.papers
        if (paper.originals or paper.copies) and fold_text(paper.name) not in given
    ]
    return tuple(said for place, said in enumerate(told) if said not in told[:place])


def _row(intake: _Intake) -> dict[str, Any]:
    command, procedure, numbers, state = intake.command, intake.version.procedure, intake.numbers, intake.state
    term = effective_term(command, procedure)
    return {
        "code": numbers.code,
        "code_comparable": comparable(numbers.code),
        "key": numbers.key,
        "procedure_version_id": intake.version.id,
        "procedure_code": procedure.code,
        "field": procedure.field,
        "channel": command.channel,
        "quantity": command.quantity,
        "return_by": command.return_by,
        "note": command.note,
        "at_once": command.at_once,
        "term": {"limit": None if term.limit is None else str(term.limit), "unit": term.unit.value},
        "proof": [[said.code, dict(said.values)] for said in intake.promised.steps],
        "warnings": [[said.code, dict(said.values)] for said in intake.warnings],
        "register_book": numbers.book,
        "register_number": numbers.entry,
        "applicant_name": command.applicant.name,
        "search_text": dossier_search_text(
            [line["details"] for line in _people(command)], [numbers.code, numbers.key, command.alias]
        ),
        "replaces_id": intake.replaces_id,
        "received_day": local_day(state.received_at),
        **dossiers.state_columns(state),
    }


def _people(command: AcceptDossier) -> list[dict[str, Any]]:
    people: list[tuple[str, Mapping[str, Any]]] = [("applicant", person_to_json(command.applicant))]
    if command.submitter is not None:
        people.append(("submitter", person_to_json(command.submitter)))
    if command.principal is not None:
        people.append(("principal", principal_to_json(command.principal)))
    return [
        {"role": role, "name": details["name"], "id_number": details["id_number"], "details": dict(details)}
        for role, details in people
    ]


def _answer_to_json(accepted: AcceptedDossier) -> dict[str, Any]:
    return asdict(accepted) | {"received_at": iso(accepted.received_at), "due_at": iso(accepted.due_at)}


def _answer_from_json(kept: Mapping[str, Any]) -> AcceptedDossier:
    instants = {
        name: None if kept[name] is None else datetime.fromisoformat(kept[name]) for name in ("received_at", "due_at")
    }
    lists = {name: tuple(kept[name]) for name in ("deadline", "warnings")}
    return AcceptedDossier(**{**kept, **instants, **lists})
