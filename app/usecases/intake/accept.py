"""Dossier intake: people, papers, promise and number, in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from app.models.enums import Action, Right, Status
from app.models.errors import Message, Refusal, messages_from_json
from app.models.instants import iso
from app.models.lifecycle import COUNTER, State, Transition
from app.models.people import person_to_json, person_warnings, principal_to_json
from app.models.procedures import Procedure
from app.models.text import fold_text
from app.models.transitions import TransitionRequest, decide
from app.models.workdays import Promise
from app.services.acts.amend import check_alias
from app.services.acts.receiver import submitter_facts
from app.services.catalogue.publication import check_published
from app.services.clock_guard import guard_clock, with_monotonic_clock
from app.services.context import Context
from app.services.dossier_detail import find_row
from app.services.intake.command import AcceptDossier, SubmittedPaper
from app.services.intake.doubts import letter_warnings, name_warnings, principal_warnings
from app.services.intake.fees import CalculatedFee, calculate_fee, replaced_fee
from app.services.intake.preprinted import preprinted_for_intake
from app.services.intake.promise import DossierPromise, promise_facts, promise_now, promise_warnings
from app.services.intake.registration import NewDossier, register_dossier
from app.services.numbering import host_of, next_code
from app.services.permissions import requires
from app.services.versions import version_on
from app.storage import dossiers, office_settings
from app.storage.rows import PreprintedRow
from app.storage.uow import Reading, Writing
from app.wording.catalogue import replaced_fee_note, replaced_term_note, term_words
from app.wording.numbers import instant_in_figures
from app.wording.proof import proof_lines
from app.wording.warnings import warning_line


@dataclass(frozen=True)
class AcceptedDossier:
    """Result of a committed intake; `due_at` is None without a known term.

    `fee` is in đồng, None if unknown.
    """

    code: str
    key: str
    status: str
    received_at: datetime
    due_at: datetime | None
    deadline: tuple[str, ...]
    fee: int | None
    warnings: tuple[str, ...]


@requires(Right.TAKE_IN)
def accept_dossier(command: AcceptDossier, context: Context, work: Writing) -> AcceptedDossier:
    """Accept a dossier: number, promise, people, papers, events, sync record.

    The dossier is committed on return. A repeated `request_id` returns the first result again.
    Raises Refusal `unknown_procedure`, `settled_by_bounded`, `settled_by_at_once`, `paper_needs_reason`, `alias_taken`,
    `replaces_unknown`, `replaces_not_void`, `serial_exhausted`, or like `preprinted_for_intake` and `guard_clock`.
    Nothing is then written and no number is lost.
    """
    if command.request_id and (stored := dossiers.find_answer(work, command.request_id)) is not None:
        return _answer_from_json(stored)
    context = with_monotonic_clock(context, work)
    new = _decide_intake(command, context, work)
    dossier_id, state = register_dossier(new, _intake_transitions(command, new), context, work)
    accepted = _answer(new, state)
    if command.request_id:
        dossiers.save_answer(work, command.request_id, dossier_id, _answer_to_json(accepted))
    work.commit()
    return accepted


def _decide_intake(command: AcceptDossier, context: Context, work: Writing) -> NewDossier:
    """Check everything that may refuse, then take the numbers."""
    doubts = guard_clock(context, work)  # first, because a wrong clock makes all dates of the line wrong
    preprinted = preprinted_for_intake(command, context, work)
    received = replace(context, now=command.received_at or context.now)
    version = version_on(work, command.procedure, received.today)
    procedure = version.procedure
    check_published(work, procedure.code)
    papers = _papers(command, procedure)
    promised = promise_now(command, procedure, received, work)
    replaces_id = _replaced_id(command, work)
    for alias in (*((command.alias,) if command.alias else ()), *(code for code, _system in command.aliases)):
        _release_alias(alias, work)
    warnings = _warnings(command, procedure, papers, promised.promise, received.today)
    warnings = (*warnings, *_with_earlier_doubts(preprinted, doubts))
    fee = calculate_fee(command, procedure, command.applicant.birth, received.today, work)
    warnings = (*warnings, *_fee_doubts(command, fee))
    host = host_of(procedure)
    issued = next_code(context, received.today, work, host) if preprinted is None else (preprinted.code, preprinted.key)
    book = f"{context.office.workstation:02d}"
    return NewDossier(
        code=issued[0],
        key=issued[1],
        version=version,
        channel=command.channel,
        return_by=command.return_by,
        quantity=command.quantity,
        term=promised.term,
        people=_people(command),
        papers=papers,
        register_book=book,
        register_number=office_settings.next_number(work, f"register:{received.today.year}:{book}:{procedure.field}"),
        state=_first_state(received.now, promised, fee),
        note=command.note,
        at_once=command.at_once,
        proof=promised.promise.steps,
        warnings=warnings,
        alias=command.alias,
        other_codes=command.aliases,
        intake_facts={**promise_facts(command, promised), **fee.facts},
        replaces_id=replaces_id,
        preprinted=preprinted,
        replaced=tuple(_replaced(command, procedure, promised)),
    )


def _replaced(command: AcceptDossier, procedure: Procedure, promised: DossierPromise) -> Iterator[str]:
    """Yield what a typed term and a typed fee replace in the catalogue."""
    if promised.replaced is not None:
        yield replaced_term_note(*(term_words(each.limit, each.unit) for each in (promised.term, promised.replaced)))
    listed = replaced_fee(command, procedure)
    if command.fee is not None and listed is not None:
        yield replaced_fee_note(command.fee, listed)


def _first_state(at: datetime, promised: DossierPromise, fee: CalculatedFee) -> State:
    return State(
        Status.RECEIVED,
        at,
        due_at=promised.promise.due_at,
        original_due_at=promised.original_due_at,
        fee=fee.amount,
    )


def _with_earlier_doubts(preprinted: PreprintedRow | None, doubts: Sequence[Message]) -> list[Message]:
    """Return why the clock was in doubt when the number was issued, and now."""
    earlier = () if preprinted is None else messages_from_json(preprinted.warnings)
    return [*earlier, *(message for message in doubts if message not in earlier)]


def _fee_doubts(command: AcceptDossier, fee: CalculatedFee) -> tuple[Message, ...]:
    """Return a warning if declared groups bring no relief."""
    return (Message("exempt_not_applied"),) if command.exempt is not None and fee.relief is None else ()


def _intake_transitions(command: AcceptDossier, new: NewDossier) -> list[Transition]:
    """Return the intake, and the result and return of an at-once dossier."""
    at, facts = new.state.received_at, {**_intake_facts(command, new.state), **new.intake_facts}
    notes = list(new.replaced)
    if new.preprinted is not None:
        facts["blank"] = new.code
        notes.append(f"Nhập từ giấy in sẵn, giờ ghi trên giấy {instant_in_figures(at)}")
    note = "; ".join(notes) or None
    intake = Transition(Action.INTAKE, at, Status.RECEIVED, None, COUNTER, note=note, details=facts)
    return [intake, *(_at_once_transitions(new.state, command) if command.at_once else ())]


def _at_once_transitions(state: State, command: AcceptDossier) -> tuple[Transition, ...]:
    at = state.received_at
    finished = decide(state, TransitionRequest(Action.FINISH, at))
    done = replace(state, status=Status.FINISHED, closed_at=at, outcome=Status.FINISHED)
    receiver = (command.submitter or command.applicant).name
    returned = TransitionRequest(Action.RETURN, at, received_by=receiver, changes=submitter_facts(_people(command)))
    return (*finished, *decide(done, returned))


def _answer(new: NewDossier, state: State) -> AcceptedDossier:
    return AcceptedDossier(
        code=new.code,
        key=new.key,
        status=state.status,
        received_at=new.state.received_at,
        due_at=new.state.due_at,
        deadline=tuple(proof_lines(new.proof)),
        fee=new.state.fee,
        warnings=tuple(warning_line(message) for message in new.warnings),
    )


def _intake_facts(command: AcceptDossier, state: State) -> dict[str, Any]:
    """Return the initial facts of the state."""
    return {"at_once": command.at_once, "due_at": state.due_at, "fee_due": state.fee}


def _papers(command: AcceptDossier, procedure: Procedure) -> tuple[SubmittedPaper, ...]:
    """Return the submitted papers; by default the catalogue's list."""
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
    return old.id


def _release_alias(alias: str, work: Writing) -> None:
    """Refuse an alias in use; take it from a void dossier for its successor."""
    taken_over = check_alias(alias, work)
    if taken_over is not None:
        dossiers.release_alias(work, taken_over)


def _warnings(
    command: AcceptDossier, procedure: Procedure, papers: Sequence[SubmittedPaper], promised: Promise, today: date
) -> tuple[Message, ...]:
    people = [person for person in (command.applicant, command.submitter, *command.co_applicants) if person is not None]
    warnings = [doubt for person in people for doubt in (*name_warnings(person), *person_warnings(person, today))]
    warnings += [doubt for person in people for doubt in letter_warnings(person.name, person.address)]
    if command.principal is not None:
        warnings += principal_warnings(command.principal, today)
        warnings += letter_warnings(command.principal.name, command.principal.address)
    warnings += promise_warnings(command, procedure, promised)
    submitted = {fold_text(paper.name) for paper in papers}
    warnings += [
        Message("paper_not_given", {"paper": paper.name})
        for paper in procedure.papers
        if (paper.originals or paper.copies) and fold_text(paper.name) not in submitted
    ]
    return tuple(warning for place, warning in enumerate(warnings) if warning not in warnings[:place])


def _people(command: AcceptDossier) -> dict[str, Mapping[str, Any]]:
    """Return the people by role, as the journal stores them."""
    people: dict[str, Mapping[str, Any]] = {"applicant": person_to_json(command.applicant)}
    if command.submitter is not None:
        people["submitter"] = person_to_json(command.submitter)
    people |= {f"co{place}": person_to_json(person) for place, person in enumerate(command.co_applicants, 1)}
    if command.principal is not None:
        people["principal"] = principal_to_json(command.principal)
    return people


def _answer_to_json(accepted: AcceptedDossier) -> dict[str, Any]:
    return asdict(accepted) | {"received_at": iso(accepted.received_at), "due_at": iso(accepted.due_at)}


def _answer_from_json(stored: Mapping[str, Any]) -> AcceptedDossier:
    due_at = stored["due_at"]
    return AcceptedDossier(
        code=stored["code"],
        key=stored["key"],
        status=stored["status"],
        received_at=datetime.fromisoformat(stored["received_at"]),
        due_at=None if due_at is None else datetime.fromisoformat(due_at),
        deadline=tuple(stored["deadline"]),
        fee=stored["fee"],
        warnings=tuple(stored["warnings"]),
    )
