"""Recalculate the promised date of a running dossier from its events."""

from datetime import date, datetime, time

from app.models.calendar import WorkCalendar
from app.models.enums import Action
from app.models.instants import OFFICE_TIME, local_day
from app.models.procedures import Procedure, SupplementClock
from app.models.transitions import RESUMED
from app.models.workdays import promise, working_days_between
from app.services.effective_events import effective_events
from app.services.versions import term_of_row
from app.settings import Office
from app.storage import journal
from app.storage.rows import DossierRow
from app.storage.uow import Reading


def recalculate_promise(
    row: DossierRow, procedure: Procedure | None, office: Office, calendar: WorkCalendar, work: Reading
) -> datetime | None:
    """Return the date that would have been promised with this calendar.

    The term counts from intake, from the receipt by the settling agency, or from the supplement that restarted it. It
    is extended by each pause since then if the procedure's version requires it.
    """
    start, pauses = _term_history(row, procedure, work)
    due_at = promise(term_of_row(procedure, row), start, calendar).due_at
    for first, last in pauses:
        paused = working_days_between(first, last, calendar)
        due_at = extend_due_date(due_at, paused, office, calendar) if paused > 0 else due_at
    return due_at


def _term_history(
    row: DossierRow, procedure: Procedure | None, work: Reading
) -> tuple[datetime, list[tuple[date, date]]]:
    """Return the start of the term and the first and last days of its pauses."""
    start, pauses = row.received_at, list[tuple[date, date]]()
    paused_on = local_day(start)
    if not row.winding and (procedure is None or not procedure.boundary_free):
        return start, pauses
    for event in effective_events(journal.events_of(work, row.id)):
        clock = event.facts.get("supplement_clock", "")
        if event.action in (Action.ASK_SUPPLEMENT, Action.ASK_PAYMENT):
            paused_on = local_day(event.occurred_at)
        elif clock == SupplementClock.PAUSE or event.facts.get(RESUMED):
            pauses.append((paused_on, local_day(event.occurred_at)))
        elif clock == SupplementClock.RESTART or event.facts.get("term_begun"):
            start, pauses = event.occurred_at, []
    return start, pauses


def result_time(day: date, office: Office, calendar: WorkCalendar) -> datetime:
    """Return the time of results on a working day."""
    close = calendar.closing(day) or datetime.combine(day, time(17), OFFICE_TIME)
    if office.due_time is None:
        return close
    return min(close, datetime.combine(day, office.due_time, OFFICE_TIME))


def extend_due_date(due_at: datetime | None, paused: int, office: Office, calendar: WorkCalendar) -> datetime | None:
    """Return the due date extended by a number of paused working days."""
    if due_at is None:
        return None
    return result_time(working_days_after(local_day(due_at), paused, calendar), office, calendar)


def working_days_after(day: date, count: int, calendar: WorkCalendar) -> date:
    """Return the working day `count` working days after `day`."""
    for _ in range(count):
        day = calendar.next_working(day)
    return day
