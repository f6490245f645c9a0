"""The office's calendar as a use case needs it: weekly hours from the office file, decisions from the database."""

from datetime import date, time
from functools import lru_cache

from app.models.calendar import Decision, Session, WorkCalendar, parse_hours
from app.models.enums import DayKind
from app.settings import WEEKDAYS, Office
from app.storage import office_settings
from app.storage.rows import CalendarDecisionRow
from app.storage.uow import Reading


def work_calendar(work: Reading, office: Office, known_on: date) -> WorkCalendar:
    """The calendar with all that was decided by `known_on`; the same object as long as nothing changes."""
    entered = tuple(office_settings.calendar_decisions(work))
    hours = tuple((WEEKDAYS.index(day), spans) for day, spans in sorted(office.hours.items()))
    return _calendar(hours, office.due_time, entered, known_on)


@lru_cache(maxsize=16)
def _calendar(
    hours: tuple[tuple[int, tuple[str, ...]], ...],
    due_time: time | None,
    entered: tuple[CalendarDecisionRow, ...],
    known_on: date,
) -> WorkCalendar:
    by_weekday = {weekday: parse_hours(spans) for weekday, spans in hours if spans}
    return WorkCalendar(by_weekday, _decisions_in_force(entered, known_on), known_on, due_time)


def _decisions_in_force(entered: tuple[CalendarDecisionRow, ...], known_on: date) -> list[Decision]:
    """The decisions not taken back by `known_on`: a row without a kind takes back those before it on its day."""
    standing: list[Decision] = []
    for row in entered:
        if row.kind is not None:
            standing.append(_decision(row))
        elif row.decided_on <= known_on:
            standing = [decision for decision in standing if decision.day != row.day]
    return standing


def _decision(row: CalendarDecisionRow) -> Decision:
    day, kind, hours, decision, decided_on = row
    sessions: tuple[Session, ...] = parse_hours(hours.split()) if hours else ()
    return Decision(day, DayKind(str(kind)), sessions, decision, decided_on)
