"""Dossiers taken in regardless of boundary and settled by another agency: when the paper must have left our desk, and
the term that begins as the competent agency receives it (NĐ 309/2026 Điều 8.3)."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from app.models.calendar import WorkCalendar
from app.models.enums import Action, TermUnit
from app.models.errors import Message
from app.models.instants import iso
from app.models.lifecycle import State
from app.models.text import fold_text
from app.models.workdays import Term, promise
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.versions import as_version, term_of_row
from app.storage import catalogue, journal
from app.storage.rows import DossierRow
from app.storage.uow import Reading

_FORWARDING_TERM = Term(Decimal(1), TermUnit.WORKING_DAY)
"""Provinces ask that the paper reaches the competent agency within one working day of its receipt at the counter."""


def own_desk_due(received_at: datetime, calendar: WorkCalendar) -> datetime | None:
    """By when our own desk has passed the paper on."""
    return promise(_FORWARDING_TERM, received_at, calendar).due_at


def term_begun_elsewhere(row: DossierRow, state: State, context: Context, work: Reading) -> dict[str, Any]:
    """What the receipt of an open leg begins, as dates of a wish: nothing unless the agency that settles the dossier is
    who receives it now, and no term has begun."""
    agency = _settled_by(row, work)
    if agency is None or fold_text(agency) != fold_text(state.holder):
        return {}
    found = catalogue.version_by_id(work, row.procedure_version_id)
    procedure = None if found is None else as_version(found).procedure
    promised = promise(term_of_row(procedure, row), context.now, work_calendar(work, context.office, context.today))
    begins = Message("term_begins_elsewhere", {"agency": agency, "at": iso(context.now)})
    steps = (promised.steps[0], begins, *promised.steps[1:])
    return {
        "forwarded_due_at": promised.due_at,
        "forwarded_details": {"term_begun": True, "proof": [[said.code, dict(said.values)] for said in steps]},
    }


def _settled_by(row: DossierRow, work: Reading) -> str | None:
    first = next(iter(journal.events_of(work, row.id)), None)
    told = None if first is None or first.action != Action.INTAKE else first.facts.get("settled_by")
    return None if told is None else str(told)
