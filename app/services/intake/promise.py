"""What a dossier is promised as it is taken in: its term and its date, and what it costs."""

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
    """What a promise and a fee are reckoned from while a dossier is still being typed; the answers are those of
    `AcceptDossier`. Without a channel no limit of a channel counts."""

    channel: Channel | None = None
    term: Term | None = None
    fee: int | None = None
    pages: int | None = None
    exempt: str | None = None
    settled_by: str | None = None
    quantity: int = 1
    at_once: bool = False


def effective_term(command: AcceptDossier | PromiseInputs, procedure: Procedure) -> Term:
    """The term the dossier comes in under: the catalogue's for its channel, or the clerk's, which keeps the catalogue's
    cut-off."""
    usual = term_of(procedure, command.channel)
    return usual if command.term is None else replace(command.term, cutoff=usual.cutoff)


def promise_now(command: AcceptDossier, procedure: Procedure, context: Context, work: Reading) -> Promise:
    """The date promised now.

    Raises Refusal as `promise_at` does.
    """
    return promise_at(command, procedure, context.now, work_calendar(work, context.office, context.today))


def promise_at(
    command: AcceptDossier | PromiseInputs, procedure: Procedure, at: datetime, calendar: WorkCalendar
) -> Promise:
    """The date promised at an hour, by a calendar. Where another agency settles a dossier taken in regardless of
    boundary, its term begins when that agency receives it (NĐ 309/2026 Điều 8.3), so that the counter can promise none.

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


def effective_fee(command: AcceptDossier | PromiseInputs, procedure: Procedure) -> int | None:
    """What the dossier costs in đồng, None where unknown: nothing for whom the law exempts, so much a page where the
    procedure is reckoned so and the pages are told, else the base for each set."""
    if command.exempt is not None:
        return 0
    base = procedure.fee if command.fee is None else command.fee
    if command.fee is None and command.pages is not None and procedure.fee_rule is not None:
        base = procedure.fee_rule.per_copy(command.pages)
    return None if base is None else base * command.quantity


def promise_facts(command: AcceptDossier) -> dict[str, Any]:
    """What the clerk said of term and fee otherwise than the catalogue, for the event."""
    told: dict[str, Any] = {}
    if command.term is not None:
        told["term"] = term_to_json(command.term)
    for name in ("fee", "pages", "exempt", "settled_by"):
        if getattr(command, name) is not None:
            told[name] = getattr(command, name)
    return told


def promise_warnings(command: AcceptDossier, procedure: Procedure, promised: Promise) -> list[Message]:
    """What the clerk should tell or look at before the citizen goes."""
    told = []
    if promised.out_of_hours:
        told.append(Message("out_of_hours", {"counted_from": iso(promised.counted_from)}))
    if command.settled_by is not None:
        told.append(Message("settled_elsewhere", {"agency": command.settled_by}))
    elif promised.due_at is None:
        told.append(Message("no_due_date"))
    if command.pages is not None and procedure.fee_rule is None:
        told.append(Message("pages_not_reckoned"))
    return told
