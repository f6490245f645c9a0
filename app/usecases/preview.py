"""What would be promised: the date of a dossier not yet taken in, with its proof."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.models.procedures import procedure_code
from app.models.values import Channel, Said, TermUnit, iso
from app.models.workdays import Term, parse_limit, promise
from app.storage.uow import Reading
from app.usecases.calendar import work_calendar
from app.usecases.context import Context
from app.usecases.versions import term_of, version_on
from app.wording.proof import proof_lines
from app.wording.warnings import warning_line


@dataclass(frozen=True)
class PreviewPromise:
    """A procedure, the hour of receipt (None: now), a term in place of the catalogue's as (limit, unit), and the
    channel, where its limit is asked for."""

    procedure: str
    at: datetime | None = None
    term: tuple[str | None, str] | None = None
    channel: Channel | None = None


@dataclass(frozen=True)
class Preview:
    """The date (None where no term is known), its proof, and what should be looked at."""

    due_at: datetime | None
    deadline: tuple[str, ...]
    warnings: tuple[str, ...]


def preview_promise(query: PreviewPromise, context: Context, work: Reading) -> Preview:
    """Reckon a promise without giving it, by the calendar as it is known now.

    Raises Refusal `procedure_code`, `unknown_procedure`, `term_limit_invalid`.
    """
    at = query.at or context.now
    there = replace(context, now=at)
    version = version_on(work, procedure_code(query.procedure), there.today)
    term = term_of(version.procedure, query.channel) if query.term is None else _typed(*query.term)
    promised = promise(term, at, work_calendar(work, context.office, max(context.today, there.today)))
    told = [Said("out_of_hours", {"counted_from": iso(promised.counted_from)})] if promised.out_of_hours else []
    return Preview(promised.due_at, tuple(proof_lines(promised.steps)), tuple(warning_line(said) for said in told))


def _typed(limit: str | None, unit: str) -> Term:
    return Term(parse_limit(limit) if limit else None, TermUnit(unit))
