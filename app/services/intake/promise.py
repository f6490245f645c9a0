"""Promised date, term and fee of an intake."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.models.calendar import WorkCalendar
from app.models.enums import Channel, TermUnit
from app.models.errors import Message, Refusal
from app.models.instants import iso, local_day
from app.models.procedures import Procedure
from app.models.workdays import Promise, Term, promise
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.intake.command import AcceptDossier
from app.services.intake.forwarding import own_desk_due
from app.services.law.terms import ReceivingPlace, RuledTerm, find_place, late_date, proof_with_rules, term_on
from app.services.versions import term_to_json
from app.storage.uow import Reading


@dataclass(frozen=True)
class PromiseInputs:
    """Inputs of a promised date and fee while the form is being filled in.

    The fields are those of `AcceptDossier`. Without a channel no channel limit applies.
    """

    channel: Channel | None = None
    term: Term | None = None
    fee: int | None = None
    pages: int | None = None
    exempt: str | tuple[str, ...] | None = None
    level: int | None = None
    settled_by: str | None = None
    quantity: int = 1
    at_once: bool = False
    place: str | None = None


@dataclass(frozen=True)
class DossierPromise:
    """Promise of a dossier with the term that it came in under.

    `original_due_at` is the date against which lateness counts. `advice` of the rules is for the citizen. `place` is
    the receiving place, None for the office itself. `law` is the term by the law, None if it is the promised one.
    `replaced` is the catalogue's term that the clerk's term replaces.
    """

    promise: Promise
    term: Term
    original_due_at: datetime | None
    advice: str = ""
    place: ReceivingPlace | None = None
    law: Term | None = None
    replaced: Term | None = None


def _ruled_term(
    command: AcceptDossier | PromiseInputs, procedure: Procedure, place: str | None, day: date, work: Reading
) -> RuledTerm:
    """Return the term by the rules of the day, or the clerk's term.

    The clerk's term keeps the cut-off time of the procedure.
    """
    ruled = term_on(procedure, command.channel, place, day, work)
    if command.term is None:
        return ruled
    term = replace(command.term, cutoff=ruled.term.cutoff)
    known = None if _counted(ruled.term) in (None, _counted(term)) else ruled.term
    return RuledTerm(term, ruled.advice, replaced=known)


def _counted(term: Term) -> tuple[Decimal, TermUnit] | None:
    """Return limit and unit of a term, None for an unknown one."""
    if term.unit is TermUnit.SAME_DAY:
        return Decimal(0), term.unit
    return None if term.limit is None or term.unit is TermUnit.UNKNOWN else (term.limit, term.unit)


def promise_now(command: AcceptDossier, procedure: Procedure, context: Context, work: Reading) -> DossierPromise:
    """Calculate the promised date at the time of the context.

    Raises Refusal as `promise_at` does.
    """
    return promise_at(command, procedure, context.now, work_calendar(work, context.office, context.today), work)


def promise_at(
    command: AcceptDossier | PromiseInputs, procedure: Procedure, at: datetime, calendar: WorkCalendar, work: Reading
) -> DossierPromise:
    """Calculate the promised date at a time.

    There is no date if another agency settles a dossier received regardless of boundary, because its term begins when
    that agency receives it (NĐ 309/2026 Điều 8.3).

    Raises Refusal `place_unknown`, `settled_by_at_once`, `settled_by_bounded`, `term_limit_invalid`.
    """
    day = local_day(at)
    place = find_place(command.place, day, work)
    ruled = _ruled_term(command, procedure, None if place is None else place.key, day, work)
    promised, late_at = promise(ruled.term, at, calendar), late_date(ruled.term, at, calendar)
    promised = replace(promised, steps=proof_with_rules(promised.steps, ruled, late_at))
    if command.settled_by is not None:
        promised, late_at = _settled_elsewhere(command, procedure, promised, own_desk_due(at, calendar)), None
    return DossierPromise(
        promise=promised,
        term=ruled.term,
        original_due_at=late_at or promised.due_at,
        advice=ruled.advice,
        place=place,
        law=ruled.law,
        replaced=ruled.replaced,
    )


def _settled_elsewhere(
    command: AcceptDossier | PromiseInputs, procedure: Procedure, promised: Promise, leaves_at: datetime | None
) -> Promise:
    if command.at_once:
        raise Refusal("settled_by_at_once", "settled_by")
    if not procedure.boundary_free:
        raise Refusal("settled_by_bounded", "settled_by", procedure=procedure.code)
    agency = command.settled_by or ""
    begins = Message("term_settled_by", {"agency": agency})
    passed_on = Message("term_own_desk", {"at": iso(leaves_at), "agency": agency})
    return Promise(None, promised.counted_from, False, (promised.steps[0], begins, passed_on))


def joined_advice(*texts: str | None) -> str:
    """Return the advice of catalogue and rules as one text."""
    return " ".join(text for text in texts if text)


def promise_facts(command: AcceptDossier, promised: DossierPromise) -> dict[str, Any]:
    """Return the term and fee fields that differ from the catalogue."""
    facts: dict[str, Any] = {name: text for name, text in (("advice", promised.advice),) if text}
    if promised.original_due_at != promised.promise.due_at:
        facts["original_due_at"] = promised.original_due_at
    if promised.place is not None:
        facts |= {"place": promised.place.key, "place_name": promised.place.name}
    if command.term is not None:
        facts["term"] = term_to_json(command.term)
    for name in ("fee", "pages", "exempt", "level", "settled_by"):
        if (value := getattr(command, name)) is not None:
            facts[name] = list(value) if isinstance(value, tuple) else value
    return facts


def promise_warnings(command: AcceptDossier, procedure: Procedure, promised: Promise) -> list[Message]:
    """Return warnings about the promise, shown before the citizen leaves."""
    warnings = []
    if promised.out_of_hours:
        warnings.append(Message("out_of_hours", {"counted_from": iso(promised.counted_from)}))
    if command.settled_by is not None:
        warnings.append(Message("settled_elsewhere", {"agency": command.settled_by}))
    elif promised.due_at is None:
        warnings.append(Message("no_due_date"))
    if command.pages is not None and procedure.fee_rule is None:
        warnings.append(Message("pages_not_reckoned"))
    return warnings
