"""Due dates and proof of a term that a pause extends."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from app.models.calendar import WorkCalendar
from app.models.lifecycle import State
from app.models.procedures import Procedure
from app.services.acts.renewed_proof import paused_proof
from app.services.intake.repromise import Pause, extend_due_date, term_history, unmoved_end
from app.services.versions import term_of_row
from app.storage.rows import DossierRow
from app.storage.uow import Reading


def extended_by_pause(
    row: DossierRow, procedure: Procedure | None, state: State, pause: Pause, calendar: WorkCalendar, work: Reading
) -> tuple[datetime | None, datetime | None, dict[str, Any]]:
    """Return due date, original date and facts of their proof.

    An apology promised another due date; the original date counts from the term.
    """
    term, history = term_of_row(procedure, row), term_history(row, procedure, work)
    late_term = replace(term, limit=term.limit if term.late_limit is None else term.late_limit)
    unmoved = unmoved_end(state.due_at, term, history, calendar)
    late_end = unmoved_end(state.original_due_at, late_term, history._replace(agreed=None, agreed_after=0), calendar)
    due_at = extend_due_date(state.due_at, pause, unmoved, term.unit, calendar)
    original = extend_due_date(state.original_due_at, pause, late_end, term.unit, calendar)
    return due_at, original, paused_proof(row, term, pause, unmoved, (due_at, original), calendar)
