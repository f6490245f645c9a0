"""The promise of a running dossier reckoned anew from its own past: where its term began, how long it stood still."""

from datetime import date, datetime, time

from app.models.calendar import WorkCalendar
from app.models.enums import Action
from app.models.instants import OFFICE_TIME, local_day
from app.models.procedures import Procedure, SupplementClock
from app.models.workdays import promise, working_days_between
from app.services.versions import term_of_row
from app.settings import Office
from app.storage import journal
from app.storage.rows import DossierRow
from app.storage.uow import Reading


def recalculate_promise(
    row: DossierRow, procedure: Procedure | None, office: Office, calendar: WorkCalendar, work: Reading
) -> datetime | None:
    """The date a dossier would have been promised if this calendar had been known all along: counted from its receipt,
    from the receipt by the agency that settles it, or from the supplement that restarted it, and lengthened by each
    pause since, as the procedure's version says."""
    began, pauses = _term_history(row, procedure, work)
    due_at = promise(term_of_row(procedure, row), began, calendar).due_at
    for asked, brought in pauses:
        paused = working_days_between(asked, brought, calendar)
        due_at = extend_due_date(due_at, paused, office, calendar) if paused > 0 else due_at
    return due_at


def _term_history(
    row: DossierRow, procedure: Procedure | None, work: Reading
) -> tuple[datetime, list[tuple[date, date]]]:
    """Where the term counts from, and the days between which it stood still since."""
    began: datetime = row.received_at
    asked, pauses = local_day(began), list[tuple[date, date]]()
    if not row.winding and (procedure is None or not procedure.boundary_free):
        return began, pauses
    for event in journal.events_of(work, row.id):
        clock = event.facts.get("supplement_clock", "")
        if event.action == Action.ASK_SUPPLEMENT:
            asked = local_day(event.occurred_at)
        elif clock == SupplementClock.PAUSE:
            pauses.append((asked, local_day(event.occurred_at)))
        elif clock == SupplementClock.RESTART or event.facts.get("term_begun"):
            began, pauses = event.occurred_at, []
    return began, pauses


def result_time(day: date, office: Office, calendar: WorkCalendar) -> datetime:
    """When results are given on a working day."""
    close = calendar.closing(day) or datetime.combine(day, time(17), OFFICE_TIME)
    if office.due_time is None:
        return close
    return min(close, datetime.combine(day, office.due_time, OFFICE_TIME))


def extend_due_date(due_at: datetime | None, paused: int, office: Office, calendar: WorkCalendar) -> datetime | None:
    """A date put off by as many working days as the term stood still."""
    if due_at is None:
        return None
    return result_time(working_days_after(local_day(due_at), paused, calendar), office, calendar)


def working_days_after(day: date, count: int, calendar: WorkCalendar) -> date:
    """The so-manieth working day after a day."""
    for _ in range(count):
        day = calendar.next_working(day)
    return day
