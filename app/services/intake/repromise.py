"""Recalculate the promised date of a running dossier from its events."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from app.models.calendar import WorkCalendar
from app.models.enums import Action, TermUnit
from app.models.instants import OFFICE_TIME, local_day
from app.models.procedures import Procedure, SupplementClock
from app.models.transitions import RESUMED
from app.models.workdays import after_office_minutes, office_minutes_between, promise, working_days_between
from app.services.effective_events import effective_events
from app.services.versions import term_of_row
from app.settings import Office
from app.storage import journal
from app.storage.rows import DossierRow
from app.storage.uow import Reading


class Pause(NamedTuple):
    """Pause of a term, from its first to its last instant."""

    begun: datetime
    ended: datetime


def recalculate_promise(
    row: DossierRow, procedure: Procedure | None, office: Office, calendar: WorkCalendar, work: Reading
) -> datetime | None:
    """Return the date that would have been promised with this calendar.

    The term counts from intake, from the receipt by the settling agency, or from the supplement that restarted it. It
    is extended by each pause since then if the procedure's version requires it.
    """
    start, pauses = _term_history(row, procedure, work)
    term = term_of_row(procedure, row)
    due_at = promise(term, start, calendar).due_at
    for pause in pauses:
        due_at = extend_due_date(due_at, pause, term.unit, office, calendar)
    return due_at


def _term_history(row: DossierRow, procedure: Procedure | None, work: Reading) -> tuple[datetime, list[Pause]]:
    """Return the start of the term and its pauses."""
    start, pauses = row.received_at, list[Pause]()
    paused_at = start
    if not row.winding and (procedure is None or not procedure.boundary_free):
        return start, pauses
    for event in effective_events(journal.events_of(work, row.id)):
        clock = event.facts.get("supplement_clock", "")
        if event.action in (Action.ASK_SUPPLEMENT, Action.ASK_PAYMENT):
            paused_at = event.occurred_at
        elif clock == SupplementClock.PAUSE or event.facts.get(RESUMED):
            pauses.append(Pause(paused_at, event.occurred_at))
        elif clock == SupplementClock.RESTART or event.facts.get("term_begun"):
            start, pauses = event.occurred_at, []
    return start, pauses


def result_time(day: date, office: Office, calendar: WorkCalendar) -> datetime:
    """Return the time of results on a working day."""
    close = calendar.closing(day) or datetime.combine(day, time(17), OFFICE_TIME)
    if office.due_time is None:
        return close
    return min(close, datetime.combine(day, office.due_time, OFFICE_TIME))


def paused_units(pause: Pause, unit: TermUnit, calendar: WorkCalendar) -> int:
    """Return the length of a pause that a term of this unit does not count.

    It is in calendar days for a term in days, in minutes of office hours for a term in hours, else in working days.
    """
    if unit is TermUnit.HOUR:
        return max(0, office_minutes_between(*pause, calendar))
    first, last = local_day(pause.begun), local_day(pause.ended)
    return max(0, (last - first).days if unit is TermUnit.DAY else working_days_between(first, last, calendar))


def extend_due_date(
    due_at: datetime | None, pause: Pause, unit: TermUnit, office: Office, calendar: WorkCalendar
) -> datetime | None:
    """Return the due date extended by a pause.

    A due time within the day, such as the end of half a day, stays.
    """
    paused = paused_units(pause, unit, calendar)
    if due_at is None or not paused:
        return due_at
    if unit is TermUnit.HOUR:
        return after_office_minutes(due_at, paused, calendar)
    due_day = local_day(due_at)
    day = (
        _day_after(due_day, paused, calendar) if unit is TermUnit.DAY else working_days_after(due_day, paused, calendar)
    )
    results = result_time(day, office, calendar)
    if due_at == result_time(due_day, office, calendar):
        return results
    return min(results, datetime.combine(day, due_at.astimezone(OFFICE_TIME).time(), OFFICE_TIME))


def _day_after(day: date, days: int, calendar: WorkCalendar) -> date:
    """Return the working day on or after the day `days` days later."""
    later = day + timedelta(days=days)
    return later if calendar.is_working(later) else calendar.next_working(later)


def working_days_after(day: date, count: int, calendar: WorkCalendar) -> date:
    """Return the working day `count` working days after `day`."""
    for _ in range(count):
        day = calendar.next_working(day)
    return day
