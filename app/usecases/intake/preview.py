"""Preview of a promise: due date, proof and fee before acceptance."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.models.calendar import WorkCalendar
from app.models.enums import Channel, Right, TermUnit
from app.models.errors import Message
from app.models.instants import iso
from app.models.law.rule import FEE_GROUP, rules_on
from app.models.procedures import Procedure, procedure_code
from app.models.values.days import birth_to_iso
from app.models.workdays import Term, parse_limit, promise, step_ends
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.intake.fees import calculate_fee
from app.services.intake.promise import PromiseInputs, joined_advice, promise_at
from app.services.law.rules import all_rules
from app.services.law.terms import ReceivingPlace, offered_places
from app.services.permissions import requires
from app.services.versions import version_on
from app.storage.uow import Reading
from app.wording.proof import proof_lines
from app.wording.status import unit_text
from app.wording.warnings import warning_line


@dataclass(frozen=True)
class PreviewPromise:
    """Query: a procedure and the form's facts that change promise or fee.

    `at` is the instant of receipt (None: now). `term` is (limit, unit) in place of the catalogue's term.
    The other fields are as in `AcceptDossier`.
    """

    procedure: str
    at: datetime | None = None
    term: tuple[str | None, str] | None = None
    channel: Channel | None = None
    fee: int | None = None
    pages: int | None = None
    exempt: str | tuple[str, ...] | None = None
    level: int | None = None
    birth: str | None = None
    settled_by: str | None = None
    quantity: int = 1
    place: str | None = None


@dataclass(frozen=True)
class ListFeeGroups:
    """Query: the groups with a waived or lower fee; `at` is as above."""

    at: datetime | None = None


@dataclass(frozen=True)
class ListPlaces:
    """Query: the receiving places to choose from; `at` is as above."""

    procedure: str
    at: datetime | None = None


@dataclass(frozen=True)
class FeeGroupLine:
    """A group of people, and the decision that relieves it."""

    key: str
    name: str
    decision: str


@dataclass(frozen=True)
class StepEnd:
    """Internal step with its limit and the time at which it should end."""

    holder: str
    limit: str
    unit: TermUnit
    due_at: datetime


@dataclass(frozen=True)
class Preview:
    """Due date with proof, warnings, and fee in đồng; unknown values are None.

    `relief` is the reason for a lower fee with its decision. `original_due_at` is the date against which lateness
    counts. `advice` is for the citizen. `steps` are those of the internal process. `law_limit` and `law_due_at` are the
    limit of the law in words and its date if another one is promised.
    """

    due_at: datetime | None
    deadline: tuple[str, ...]
    warnings: tuple[str, ...]
    fee: int | None = None
    relief: str = ""
    original_due_at: datetime | None = None
    advice: str = ""
    steps: tuple[StepEnd, ...] = ()
    law_limit: str = ""
    law_due_at: datetime | None = None


@requires(Right.ASK_OFFICE)
def list_fee_groups(query: ListFeeGroups, context: Context, work: Reading) -> tuple[FeeGroupLine, ...]:
    """Return the groups in force on the day of receipt."""
    day = replace(context, now=query.at or context.now).today
    rules = rules_on(all_rules(work, FEE_GROUP), FEE_GROUP, day)
    return tuple(FeeGroupLine(rule.key, str(rule.value["name"]), rule.decision) for rule in rules)


@requires(Right.ASK_OFFICE)
def list_places(query: ListPlaces, context: Context, work: Reading) -> tuple[ReceivingPlace, ...]:
    """Return the places on the day of receipt.

    There is none where the procedure does not depend on a place.

    Raises Refusal `procedure_code`, `unknown_procedure`.
    """
    day = replace(context, now=query.at or context.now).today
    return offered_places(version_on(work, procedure_code(query.procedure), day).procedure, day, work)


@requires(Right.ASK_OFFICE)
def preview_promise(query: PreviewPromise, context: Context, work: Reading) -> Preview:
    """Calculate a promise by the calendar as known now, without recording it.

    Raises Refusal `procedure_code`, `unknown_procedure`, `term_limit_invalid`, `settled_by_bounded`.
    """
    at = query.at or context.now
    day = replace(context, now=at).today
    procedure = version_on(work, procedure_code(query.procedure), day).procedure
    calendar = work_calendar(work, context.office, max(context.today, day))
    inputs = _inputs_of(query)
    dated = promise_at(inputs, procedure, at, calendar, work)
    promised = dated.promise
    fee = calculate_fee(inputs, procedure, _known_birth(query.birth, context.today), day, work)
    law = dated.law if promised.due_at is not None else None
    warnings: tuple[str, ...] = ()
    if promised.out_of_hours:
        warnings = (warning_line(Message("out_of_hours", {"counted_from": iso(promised.counted_from)})),)
    return Preview(
        due_at=promised.due_at,
        deadline=tuple(proof_lines(promised.steps)),
        warnings=warnings,
        fee=fee.amount,
        relief="" if fee.relief is None else fee.relief.text,
        original_due_at=dated.original_due_at,
        advice=joined_advice(procedure.advice, dated.advice),
        steps=_steps(procedure, promised.counted_from, calendar),
        law_limit="" if law is None else unit_text(f"{law.limit:f}", law.unit),
        law_due_at=None if law is None else promise(law, at, calendar).due_at,
    )


def _known_birth(text: str | None, today: date) -> str | None:
    """Return a day or a year of birth, None for text that is not yet one."""
    birth = birth_to_iso(text or "", today)
    return birth if re.fullmatch(r"\d{4}(-\d{2}-\d{2})?", birth, re.ASCII) else None


def _steps(procedure: Procedure, counted_from: datetime, calendar: WorkCalendar) -> tuple[StepEnd, ...]:
    units = [TermUnit.HOUR if step.in_hours else TermUnit.WORKING_DAY for step in procedure.steps]
    limits = [step.days for step in procedure.steps]
    ends = step_ends(tuple(zip(limits, units, strict=True)), counted_from, calendar)
    return tuple(
        StepEnd(step.holder, f"{limit.normalize():f}", unit, end)
        for step, limit, unit, end in zip(procedure.steps, limits, units, ends, strict=True)
    )


def _inputs_of(query: PreviewPromise) -> PromiseInputs:
    term = None if query.term is None else _typed_term(*query.term)
    return PromiseInputs(
        channel=query.channel,
        term=term,
        fee=query.fee,
        pages=query.pages,
        exempt=query.exempt,
        level=query.level,
        settled_by=query.settled_by,
        quantity=query.quantity,
        place=query.place,
    )


def _typed_term(limit: str | None, unit: str) -> Term:
    return Term(parse_limit(limit) if limit else None, TermUnit(unit))
