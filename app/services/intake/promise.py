"""Promised date, term and fee of an intake."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.models.calendar import WorkCalendar
from app.models.enums import Channel
from app.models.errors import Message, Refusal
from app.models.instants import iso
from app.models.procedures import Procedure
from app.models.workdays import Promise, Term, promise
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.intake.command import AcceptDossier
from app.services.intake.forwarding import own_desk_due
from app.services.versions import term_of, term_to_json
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


def effective_term(command: AcceptDossier | PromiseInputs, procedure: Procedure) -> Term:
    """Return the procedure's term for the channel, or the clerk's term.

    The clerk's term keeps the cut-off time of the procedure.
    """
    usual = term_of(procedure, command.channel)
    return usual if command.term is None else replace(command.term, cutoff=usual.cutoff)


def promise_now(command: AcceptDossier, procedure: Procedure, context: Context, work: Reading) -> Promise:
    """Calculate the promised date at the time of the context.

    Raises Refusal as `promise_at` does.
    """
    return promise_at(command, procedure, context.now, work_calendar(work, context.office, context.today))


def promise_at(
    command: AcceptDossier | PromiseInputs, procedure: Procedure, at: datetime, calendar: WorkCalendar
) -> Promise:
    """Calculate the promised date at a time.

    There is no date if another agency settles a dossier received regardless of boundary, because its term begins when
    that agency receives it (NĐ 309/2026 Điều 8.3).

    Raises Refusal `settled_by_at_once`, `settled_by_bounded`, `term_limit_invalid`.
    """
    promised = promise(effective_term(command, procedure), at, calendar)
    if command.settled_by is None:
        return promised
    if command.at_once:
        raise Refusal("settled_by_at_once", "settled_by")
    if not procedure.boundary_free:
        raise Refusal("settled_by_bounded", "settled_by", procedure=procedure.code)
    begins = Message("term_settled_by", {"agency": command.settled_by})
    passed_on = Message("term_own_desk", {"at": iso(own_desk_due(at, calendar)), "agency": command.settled_by})
    return Promise(None, promised.counted_from, False, (promised.steps[0], begins, passed_on))


def promise_facts(command: AcceptDossier) -> dict[str, Any]:
    """Return the term and fee fields that differ from the catalogue."""
    facts: dict[str, Any] = {}
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
