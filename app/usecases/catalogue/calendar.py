"""Calendar decisions: list, add, revoke and import; affected dossiers.

A promised date never changes by itself.
Dossiers whose date would differ under the new calendar are listed with the applicant's phone and stay unchanged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.calendar import NATIONAL_DECISIONS, DayReason
from app.models.enums import DayKind, Right
from app.models.errors import Refusal
from app.models.law.counter_rules import CALENDAR_DAY
from app.services.calendar import work_calendar
from app.services.catalogue.calendar_changes import (
    FIRST_YEAR,
    LAST_YEAR,
    AddDecision,
    CalendarChange,
    decision_row,
    enter_decisions,
    read_decisions,
)
from app.services.context import Context
from app.services.law.rules import calendar_rules, stored_rules
from app.services.permissions import requires
from app.settings import WEEKDAYS
from app.storage import office_settings
from app.storage.uow import Reading, Writing
from app.wording.calendar import day_reason


@dataclass(frozen=True)
class ListCalendar:
    """Query: the days of a year that differ from the weekly schedule."""

    year: int


@dataclass(frozen=True)
class CalendarLine:
    """One day that differs: its kind, hours, and holiday or decision."""

    date: date
    kind: DayKind
    hours: str
    decision: str


@dataclass(frozen=True)
class ListDecisions:
    """Query: every decision about the days of a year, in force or not."""

    year: int


@dataclass(frozen=True)
class DayDecision:
    """A decision on record; without `kind` it revokes earlier ones of its day.

    `source` is the id of the package that carried it, empty for one of the office.
    """

    day: date
    kind: DayKind | None
    hours: str
    decision: str
    known_from: date
    source: str = ""


@dataclass(frozen=True)
class RevokeDecision:
    """Command: revoke the decision about a day.

    `known_from` is as in `AddDecision`.
    """

    day: date
    known_from: date | None = None


@dataclass(frozen=True)
class ImportCalendar:
    """Command: import decisions from CSV `date,kind,hours,decision`."""

    text: str


@requires(Right.ASK_OFFICE)
def list_calendar(query: ListCalendar, context: Context, work: Reading) -> tuple[CalendarLine, ...]:
    """Return the days of a year that differ from the weekly schedule.

    Raises Refusal `calendar_year_unknown`.
    """
    if not FIRST_YEAR <= query.year <= LAST_YEAR:
        raise Refusal("calendar_year_unknown", "year", year=query.year)
    calendar = work_calendar(work, context.office, context.today)
    return tuple(
        CalendarLine(
            day,
            facts.special or DayKind.OFF,
            " ".join(map(str, facts.sessions)),
            day_reason(facts.text, facts.reason == DayReason.MAKE_UP),
        )
        for day, facts in calendar.special_days(query.year)
    )


@requires(Right.ASK_OFFICE)
def list_decisions(query: ListDecisions, context: Context, work: Reading) -> tuple[DayDecision, ...]:
    """Return the decisions on record by day and the day they are known from."""
    own = [DayDecision(*row) for row in office_settings.calendar_decisions(work)]
    carried = [
        DayDecision(
            date.fromisoformat(rule.key),
            DayKind(rule.value["kind"]),
            " ".join(rule.value.get("hours", ())),
            rule.decision,
            rule.valid_from,
            rule.source,
        )
        for rule in stored_rules(work, CALENDAR_DAY)
    ]
    lines = [line for line in (*carried, *own) if line.day.year == query.year]
    return tuple(sorted(lines, key=lambda line: (line.day, line.known_from)))


@requires(Right.EDIT_OFFICE)
def add_decision(command: AddDecision, context: Context, work: Writing) -> CalendarChange:
    """Enter one decision and list the dossiers it affects.

    Raises Refusal `hours_invalid`, `calendar_year_unknown`, `rule_past`.
    """
    _check_known_from(command.known_from, context)
    return _add_decisions([decision_row(command)], context, work)


@requires(Right.EDIT_OFFICE)
def revoke_decision(command: RevokeDecision, context: Context, work: Writing) -> CalendarChange:
    """Revoke the office's or the national decision about a day.

    The weekly schedule applies to the day again.
    Raises Refusal `calendar_nothing_decided` if there is no decision to revoke, or `rule_past`.
    """
    _check_known_from(command.known_from, context)
    known_from = command.known_from or context.today
    known = (row for row in office_settings.calendar_decisions(work) if row.decided_on <= known_from)
    own = [row for row in known if row.day == command.day]
    carried = [rule for rule in calendar_rules(work) if rule.day == command.day and rule.decided_on <= known_from]
    national = [decision for decision in NATIONAL_DECISIONS if decision.day == command.day]
    if not national and not carried and (not own or own[-1].kind is None):
        raise Refusal("calendar_nothing_decided", "date", day=command.day.isoformat())
    revocations: list[dict[str, Any]] = [
        {"day": command.day, "kind": None, "hours": "", "decision": "", "decided_on": known_from}
    ]
    if national:
        revocations.append({**_weekly_default(command.day, context), "decided_on": known_from})
    change = _add_decisions(revocations, context, work)
    return CalendarChange(1, change.affected)


@requires(Right.EDIT_OFFICE)
def import_calendar(command: ImportCalendar, context: Context, work: Writing) -> CalendarChange:
    """Enter a table of decisions, all or none; list the affected dossiers.

    Raises Refusal `calendar_columns`, `calendar_row` naming the row to correct.
    """
    return _add_decisions(read_decisions(command.text), context, work)


def _add_decisions(decisions: Sequence[Mapping[str, Any]], context: Context, work: Writing) -> CalendarChange:
    change = enter_decisions(decisions, context, work)
    work.commit()
    return change


def _check_known_from(day: date | None, context: Context) -> None:
    if day is not None and day < context.today:
        raise Refusal("rule_past", "known_from", day=day.isoformat())


def _weekly_default(day: date, context: Context) -> dict[str, Any]:
    hours = context.office.hours.get(WEEKDAYS[day.weekday()], ())
    weekend = day.weekday() >= 5
    kind = (DayKind.RECEPTION if hours else DayKind.OFF) if weekend else DayKind.WORK
    return {"day": day, "kind": kind, "hours": " ".join(hours), "decision": "Theo lịch tuần"}
