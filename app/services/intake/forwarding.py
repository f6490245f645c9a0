"""Dossiers settled by another agency, regardless of boundary.

Source: NĐ 309/2026 Điều 8.3.
"""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from app.models.calendar import WorkCalendar
from app.models.enums import Action, TermUnit
from app.models.errors import Message, messages_to_json
from app.models.instants import iso
from app.models.lifecycle import State
from app.models.text import fold_text
from app.models.transitions import TransitionRequest
from app.models.workdays import Term, promise
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.law.terms import late_date
from app.services.versions import procedure_of, term_of_row
from app.storage import journal
from app.storage.rows import DossierRow
from app.storage.uow import Reading

_FORWARDING_TERM = Term(Decimal(1), TermUnit.WORKING_DAY)
"""Provinces require that the dossier reaches the competent agency within one working day of intake."""


def own_desk_due(received_at: datetime, calendar: WorkCalendar) -> datetime | None:
    """Return when the dossier must have left our desk."""
    return promise(_FORWARDING_TERM, received_at, calendar).due_at


def with_forwarded_term(
    request: TransitionRequest, row: DossierRow, state: State, context: Context, work: Reading
) -> TransitionRequest:
    """Return the request with the term that begins at the settling agency.

    The request is unchanged unless the current holder is the agency that settles the dossier.
    """
    agency = _settled_by(row, work)
    if agency is None or fold_text(agency) != fold_text(state.holder):
        return request
    term = term_of_row(procedure_of(row, work), row)
    calendar = work_calendar(work, context.office, context.today)
    promised, late_at = promise(term, context.now, calendar), late_date(term, context.now, calendar)
    begins = Message("term_begins_elsewhere", {"agency": agency, "at": iso(context.now)})
    proof = messages_to_json((promised.steps[0], begins, *promised.steps[1:]))
    details = {"term_begun": True, "proof": proof, "proof_before": list(row.proof)}
    return replace(
        request,
        forwarded_due_at=promised.due_at,
        forwarded_original_due_at=late_at or promised.due_at,
        forwarded_details=details,
    )


def _settled_by(row: DossierRow, work: Reading) -> str | None:
    """Return the settling agency named at intake; None for our office."""
    first = next(iter(journal.events_of(work, row.id)), None)
    agency = None if first is None or first.action != Action.INTAKE else first.facts.get("settled_by")
    return None if agency is None else str(agency)
