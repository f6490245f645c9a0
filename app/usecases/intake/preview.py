"""Preview of a promise: due date, proof and fee before acceptance."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.models.enums import Channel, Right, TermUnit
from app.models.errors import Message
from app.models.instants import iso
from app.models.procedures import procedure_code
from app.models.workdays import Term, parse_limit
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.intake.fees import calculate_fee
from app.services.intake.promise import PromiseInputs, promise_at
from app.services.permissions import requires
from app.services.versions import version_on
from app.storage.uow import Reading
from app.wording.proof import proof_lines
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


@dataclass(frozen=True)
class Preview:
    """Due date with proof, warnings, and fee in đồng; unknown values are None.

    `relief` is the reason for a lower fee.
    """

    due_at: datetime | None
    deadline: tuple[str, ...]
    warnings: tuple[str, ...]
    fee: int | None = None
    relief: str = ""


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
    promised = promise_at(inputs, procedure, at, calendar)
    fee = calculate_fee(inputs, procedure, query.birth, day, work)
    warnings: tuple[str, ...] = ()
    if promised.out_of_hours:
        warnings = (warning_line(Message("out_of_hours", {"counted_from": iso(promised.counted_from)})),)
    relief = "" if fee.relief is None else fee.relief.name
    return Preview(promised.due_at, tuple(proof_lines(promised.steps)), warnings, fee.amount, relief)


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
    )


def _typed_term(limit: str | None, unit: str) -> Term:
    return Term(parse_limit(limit) if limit else None, TermUnit(unit))
