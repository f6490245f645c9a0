"""What would be promised: the date of a dossier not yet taken in, with its proof, and what it would cost."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.models.enums import Channel, Right, TermUnit
from app.models.errors import Message
from app.models.instants import iso
from app.models.procedures import procedure_code
from app.models.workdays import Term, parse_limit
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.intake.promise import PromiseInputs, effective_fee, promise_at
from app.services.permissions import requires
from app.services.versions import version_on
from app.storage.uow import Reading
from app.wording.proof import proof_lines
from app.wording.warnings import warning_line


@dataclass(frozen=True)
class PreviewPromise:
    """A procedure, the hour of receipt (None: now), a term in place of the catalogue's as (limit, unit), the channel
    where its limit is asked for, and what else the clerk said of money and of who settles, as in `AcceptDossier`."""

    procedure: str
    at: datetime | None = None
    term: tuple[str | None, str] | None = None
    channel: Channel | None = None
    fee: int | None = None
    pages: int | None = None
    exempt: str | None = None
    settled_by: str | None = None
    quantity: int = 1


@dataclass(frozen=True)
class Preview:
    """The date (None where no term is known), its proof, what should be looked at, and the fee in đồng (None where
    unknown)."""

    due_at: datetime | None
    deadline: tuple[str, ...]
    warnings: tuple[str, ...]
    fee: int | None = None


@requires(Right.ASK_OFFICE)
def preview_promise(query: PreviewPromise, context: Context, work: Reading) -> Preview:
    """Reckon a promise without giving it, by the calendar as it is known now.

    Raises Refusal `procedure_code`, `unknown_procedure`, `term_limit_invalid`, `settled_by_bounded`.
    """
    at = query.at or context.now
    there = replace(context, now=at)
    procedure = version_on(work, procedure_code(query.procedure), there.today).procedure
    calendar = work_calendar(work, context.office, max(context.today, there.today))
    asked = _inputs_of(query)
    promised = promise_at(asked, procedure, at, calendar)
    told = [Message("out_of_hours", {"counted_from": iso(promised.counted_from)})] if promised.out_of_hours else []
    warnings = tuple(warning_line(said) for said in told)
    return Preview(promised.due_at, tuple(proof_lines(promised.steps)), warnings, effective_fee(asked, procedure))


def _inputs_of(query: PreviewPromise) -> PromiseInputs:
    term = None if query.term is None else _typed_term(*query.term)
    return PromiseInputs(query.channel, term, query.fee, query.pages, query.exempt, query.settled_by, query.quantity)


def _typed_term(limit: str | None, unit: str) -> Term:
    return Term(parse_limit(limit) if limit else None, TermUnit(unit))
