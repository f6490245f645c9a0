"""Proof of a promise that an action changes.

The event keeps the new proof and the one before it, which an undo restores.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from app.models.calendar import WorkCalendar
from app.models.enums import TermUnit
from app.models.errors import Message, Scalar, messages_from_json, messages_to_json
from app.models.instants import iso, local_day
from app.models.workdays import Promise, Term, end_on_working_day
from app.services.intake.repromise import Pause, paused_units
from app.services.law.terms import DECIDED, late_limit
from app.storage.rows import DossierRow

PROOF, PROOF_BEFORE = "proof", "proof_before"
"""Facts of an event that changes a promise."""


def proof_facts(row: DossierRow, steps: Sequence[Message]) -> dict[str, Any]:
    """Return the facts of a new proof."""
    return {PROOF: messages_to_json(steps), PROOF_BEFORE: list(row.proof)}


def restarted_proof(
    row: DossierRow, term: Term, promised: Promise, late_at: datetime | None, complete_at: datetime
) -> dict[str, Any]:
    """Return the facts of a term that begins again with a supplement."""
    decided = (step for step in messages_from_json(row.proof) if step.code == DECIDED)
    begins = Message("term_restarted", {"at": iso(complete_at)})
    rule, *counted = promised.steps
    return proof_facts(row, (rule, *decided, begins, *counted, *late_limit(term, late_at)))


def paused_proof(
    row: DossierRow,
    term: Term,
    pause: Pause,
    unmoved: date | None,
    dates: tuple[datetime | None, datetime | None],
    calendar: WorkCalendar,
) -> dict[str, Any]:
    """Return the facts of a term that a pause extended.

    There are none without a due date, or if no counted time passed. `unmoved` is the end of a term in days before the
    pause. `dates` are the due date and the date of lateness after it.
    """
    due_at, late_at = dates
    paused = paused_units(pause, row.due_at, term.unit, calendar)
    if due_at is None or not paused:
        return {}
    unit = term.unit if term.unit in (TermUnit.DAY, TermUnit.HOUR) else TermUnit.WORKING_DAY
    span: dict[str, Scalar] = {"from": iso(pause.begun), "to": iso(pause.ended), "count": paused, "unit": unit.value}
    moved = [] if unmoved is None else end_on_working_day(unmoved + timedelta(days=paused), calendar)[1]
    steps = (Message("term_paused", span), *moved, Message("term_due", {"at": iso(due_at)}), _known(calendar))
    return proof_facts(row, (*messages_from_json(row.proof), *steps, *late_limit(term, late_at)))


def apologised_proof(row: DossierRow, until: datetime | None, at: datetime) -> dict[str, Any]:
    """Return the facts of an apology that promises another date."""
    again = Message("term_promised_again", {"on": local_day(at).isoformat(), "at": iso(until)})
    return proof_facts(row, (*messages_from_json(row.proof), again))


def _known(calendar: WorkCalendar) -> Message:
    return Message("term_calendar", {"known_on": calendar.known_on.isoformat()})
