"""Working calendar of the office.

Weekly hours come from the office file, decisions from the database.
"""

from datetime import date, time
from functools import lru_cache

from app.models.calendar import Decision, Session, WorkCalendar, parse_hours
from app.models.enums import DayKind
from app.services.law.rules import calendar_rules
from app.settings import WEEKDAYS, Office
from app.storage import office_settings
from app.storage.rows import CalendarDecisionRow
from app.storage.uow import Reading


def work_calendar(
    work: Reading, office: Office, known_on: date, planned: tuple[CalendarDecisionRow, ...] = ()
) -> WorkCalendar:
    """Return the calendar with all decisions made by `known_on`.

    `planned` decisions are added to those of the office. The object is cached until the hours or the decisions change.
    """
    entered = (*calendar_rules(work), *office_settings.calendar_decisions(work), *planned)
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
    """Return the decisions not revoked by `known_on`.

    A row without a kind revokes the decisions made about its day until then; a rule of a later day stays.
    """
    in_force: list[Decision] = []
    for row in entered:
        if row.kind is not None:
            in_force.append(_decision(row))
        elif row.decided_on <= known_on:
            in_force = [each for each in in_force if each.day != row.day or each.decided_on > row.decided_on]
    return in_force


def _decision(row: CalendarDecisionRow) -> Decision:
    day, kind, hours, decision, decided_on = row
    sessions: tuple[Session, ...] = parse_hours(hours.split()) if hours else ()
    return Decision(day, DayKind(str(kind)), sessions, decision, decided_on)
