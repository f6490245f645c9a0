"""Recalculate the promised date of a running dossier from its events."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from app.models.calendar import WorkCalendar
from app.models.enums import Action, TermUnit
from app.models.instants import OFFICE_TIME, local_day
from app.models.procedures import Procedure, SupplementClock
from app.models.transitions import RESUMED
from app.models.workdays import (
    Term,
    after_office_minutes,
    counted_from,
    end_on_working_day,
    office_minutes_between,
    promise,
    results_at,
    working_days_between,
)
from app.services.effective_events import effective_events
from app.services.versions import term_of_row
from app.storage import journal
from app.storage.rows import DossierRow
from app.storage.uow import Reading


class Pause(NamedTuple):
    """Pause of a term, from its first to its last instant."""

    begun: datetime
    ended: datetime


class TermHistory(NamedTuple):
    """Course of a term until now.

    It counts from intake, from the receipt by the settling agency, or from the supplement that restarted it. `pauses`
    are those since then. `agreed` is the due day that an apology promised, after `agreed_after` of the pauses.
    """

    start: datetime
    pauses: tuple[Pause, ...] = ()
    agreed: date | None = None
    agreed_after: int = 0


def recalculate_promise(
    row: DossierRow, procedure: Procedure | None, calendar: WorkCalendar, work: Reading
) -> datetime | None:
    """Return the date that would have been promised with this calendar.

    It is extended by each pause if the procedure's version requires it. An apology is left out.
    """
    history = term_history(row, procedure, work)
    term = term_of_row(procedure, row)
    due_at = promise(term, history.start, calendar).due_at
    for number, pause in enumerate(history.pauses):
        before = TermHistory(history.start, history.pauses[:number])
        due_at = extend_due_date(due_at, pause, unmoved_end(due_at, term, before, calendar), term.unit, calendar)
    return due_at


def term_history(row: DossierRow, procedure: Procedure | None, work: Reading) -> TermHistory:
    """Return the course of a dossier's term from its events."""
    history = TermHistory(row.received_at)
    paused_at = row.received_at
    if not row.winding and not row.apologised and (procedure is None or not procedure.boundary_free):
        return history
    for event in effective_events(journal.events_of(work, row.id)):
        clock = event.facts.get("supplement_clock", "")
        if event.action in (Action.ASK_SUPPLEMENT, Action.ASK_PAYMENT):
            paused_at = event.occurred_at
        elif clock == SupplementClock.PAUSE or event.facts.get(RESUMED):
            history = history._replace(pauses=(*history.pauses, Pause(paused_at, event.occurred_at)))
        elif clock == SupplementClock.RESTART or event.facts.get("term_begun"):
            history = TermHistory(event.occurred_at)
        elif event.action == Action.APOLOGISE:
            agreed = local_day(datetime.fromisoformat(event.facts["change"]["due_at"]))
            history = history._replace(agreed=agreed, agreed_after=len(history.pauses))
    return history


def unmoved_end(due_at: datetime | None, term: Term, history: TermHistory, calendar: WorkCalendar) -> date | None:
    """Return the last day of a term in days before it moved off days off.

    It is the due day itself if that does not follow from the term by this calendar. None for another unit and without a
    due date.
    """
    if due_at is None or term.unit is not TermUnit.DAY or term.limit is None:
        return None
    if history.agreed is None:
        begun, days = promise(term, history.start, calendar).counted_from.date(), int(term.limit)
    else:
        begun, days = history.agreed, 0
    pauses = history.pauses[history.agreed_after :]
    end = begun + timedelta(days=days + sum(paused_units(pause, None, term.unit, calendar) for pause in pauses))
    due_day = local_day(due_at)
    skipped = (end + timedelta(days=n) for n in range((due_day - end).days))
    return end if end <= due_day and not any(map(calendar.is_working, skipped)) else due_day


def paused_units(pause: Pause, due_at: datetime | None, unit: TermUnit, calendar: WorkCalendar) -> int:
    """Return the length of a pause that a term of this unit does not count.

    It is in calendar days for a term in days, in minutes of office hours for a term in hours, else in working days. No
    day is left of a term that is due on the first day of the pause. It then ends on the working day from which an
    intake at that time would count, so that a pause that ends after closing or on a day off does not end late.
    """
    if unit is TermUnit.HOUR:
        return max(0, office_minutes_between(*pause, calendar))
    first, last = local_day(pause.begun), local_day(pause.ended)
    moves_itself = unit is TermUnit.DAY and not calendar.is_working(last)
    if due_at is not None and local_day(due_at) == first and not moves_itself:
        last = counted_from(pause.ended, calendar).date()
        last = last if calendar.is_working(last) else calendar.next_working(last)
    return max(0, (last - first).days if unit is TermUnit.DAY else working_days_between(first, last, calendar))


def extend_due_date(
    due_at: datetime | None, pause: Pause, unmoved: date | None, unit: TermUnit, calendar: WorkCalendar
) -> datetime | None:
    """Return the due date extended by a pause.

    A term in days is extended from its `unmoved` end and then moves off days off, so that it moves once. A due time
    within the day, such as the end of half a day, stays.
    """
    paused = paused_units(pause, due_at, unit, calendar)
    if due_at is None or not paused:
        return due_at
    if unit is TermUnit.HOUR:
        return after_office_minutes(due_at, paused, calendar)
    due_day = local_day(due_at)
    if unit is TermUnit.DAY:
        day, _steps = end_on_working_day((unmoved or due_day) + timedelta(days=paused), calendar)
    else:
        day = working_days_after(due_day, paused, calendar)
    results = results_at(day, calendar)
    if calendar.is_working(due_day) and due_at == results_at(due_day, calendar):
        return results
    return min(results, datetime.combine(day, due_at.astimezone(OFFICE_TIME).time(), OFFICE_TIME))


def working_days_after(day: date, count: int, calendar: WorkCalendar) -> date:
    """Return the working day `count` working days after `day`."""
    for _ in range(count):
        day = calendar.next_working(day)
    return day
