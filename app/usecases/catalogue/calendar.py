"""Calendar decisions: list, add, revoke and import; affected dossiers.

A promised date never changes by itself.
Dossiers whose date would differ under the new calendar are listed with the applicant's phone and stay unchanged.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models.calendar import NATIONAL_DECISIONS, DayReason, WorkCalendar, parse_hours
from app.models.enums import DayKind, Right, TermUnit
from app.models.errors import Refusal
from app.models.procedures import Procedure
from app.models.text import clean
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.intake.repromise import recalculate_promise
from app.services.national_record import Subject
from app.services.permissions import requires
from app.services.sms_compose import compose_holiday_sms
from app.services.versions import procedure_of
from app.settings import WEEKDAYS
from app.storage import dossiers, office_settings
from app.storage.uow import Reading, Writing
from app.wording.calendar import day_reason

_COLUMNS = ("date", "kind", "hours", "decision")
_MAX_ROWS = 2000
_FIRST_YEAR, _LAST_YEAR = 2000, 2090


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
class AddDecision:
    """Command: a decision about one day; by default the usual hours of `kind`."""

    day: date
    kind: DayKind
    hours: str = ""
    decision: str = ""


@dataclass(frozen=True)
class RevokeDecision:
    """Command: revoke the decision about a day."""

    day: date


@dataclass(frozen=True)
class ImportCalendar:
    """Command: import decisions from CSV `date,kind,hours,decision`."""

    text: str


@dataclass(frozen=True)
class AffectedDossier:
    """A dossier whose promised date would differ under the current calendar.

    The promise stays valid until the clerk agrees on another date with the citizen.
    """

    code: str
    old_due_at: datetime
    new_due_at: datetime | None
    phone: str | None


@dataclass(frozen=True)
class CalendarChange:
    """How many decisions were entered, and the dossiers they affect."""

    applied: int
    affected: tuple[AffectedDossier, ...]


@requires(Right.ASK_OFFICE)
def list_calendar(query: ListCalendar, context: Context, work: Reading) -> tuple[CalendarLine, ...]:
    """Return the days of a year that differ from the weekly schedule.

    Raises Refusal `calendar_year_unknown`.
    """
    if not _FIRST_YEAR <= query.year <= _LAST_YEAR:
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


@requires(Right.EDIT_OFFICE)
def add_decision(command: AddDecision, context: Context, work: Writing) -> CalendarChange:
    """Enter one decision, known from today, and list the dossiers it affects.

    Raises Refusal `hours_invalid`, `calendar_year_unknown`.
    """
    return _add_decisions([_row(command)], context, work)


@requires(Right.EDIT_OFFICE)
def revoke_decision(command: RevokeDecision, context: Context, work: Writing) -> CalendarChange:
    """Revoke the office's or the national decision about a day.

    The weekly schedule applies to the day again.
    Raises Refusal `calendar_nothing_decided` if there is no decision to revoke.
    """
    own = [row for row in office_settings.calendar_decisions(work) if row.day == command.day]
    national = [decision for decision in NATIONAL_DECISIONS if decision.day == command.day]
    if not national and (not own or own[-1].kind is None):
        raise Refusal("calendar_nothing_decided", "date", day=command.day.isoformat())
    revocations = [{"day": command.day, "kind": None, "hours": "", "decision": ""}]
    if national:
        revocations.append(_weekly_default(command.day, context))
    change = _add_decisions(revocations, context, work)
    return CalendarChange(1, change.affected)


@requires(Right.EDIT_OFFICE)
def import_calendar(command: ImportCalendar, context: Context, work: Writing) -> CalendarChange:
    """Enter a table of decisions, all or none; list the affected dossiers.

    Raises Refusal `calendar_columns`, `calendar_row` naming the row to correct.
    """
    return _add_decisions([_row(decision) for decision in _read(command.text)], context, work)


def _add_decisions(decisions: Sequence[Mapping[str, Any]], context: Context, work: Writing) -> CalendarChange:
    office_settings.add_decisions(work, decisions, context.today)
    calendar = work_calendar(work, context.office, context.today)
    affected = tuple(_affected_dossiers(calendar, context, work))
    work.commit()
    return CalendarChange(len(decisions), affected)


def _row(decision: AddDecision) -> dict[str, Any]:
    if not _FIRST_YEAR <= decision.day.year <= _LAST_YEAR:
        raise Refusal("calendar_year_unknown", "date", year=decision.day.year)
    hours = " ".join(map(str, parse_hours(decision.hours))) if decision.hours.strip() else ""
    return {"day": decision.day, "kind": decision.kind, "hours": hours, "decision": clean(decision.decision)[:300]}


def _weekly_default(day: date, context: Context) -> dict[str, Any]:
    hours = context.office.hours.get(WEEKDAYS[day.weekday()], ())
    weekend = day.weekday() >= 5
    kind = (DayKind.RECEPTION if hours else DayKind.OFF) if weekend else DayKind.WORK
    return {"day": day, "kind": kind, "hours": " ".join(hours), "decision": "Theo lịch tuần"}


def _read(text: str) -> Iterator[AddDecision]:
    table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        yield from _decisions(table)
    except csv.Error:  # a cell beyond the length limit of the csv module
        raise Refusal("calendar_row", "file", row=table.line_num, text="…") from None


def _decisions(table: "csv.DictReader[str]") -> Iterator[AddDecision]:
    names = [clean(name or "").lower() for name in table.fieldnames or ()]
    if not {"date", "kind"} <= set(names):
        raise Refusal("calendar_columns", "file", columns=", ".join(_COLUMNS))
    table.fieldnames = names
    for number, row in enumerate(table, 2):
        if number > _MAX_ROWS:
            raise Refusal("calendar_row", "file", row=number, text="quá nhiều dòng")
        if any((cell or "").strip() for cell in row.values() if isinstance(cell, str)):
            yield _decision(row, number)


def _decision(row: Mapping[str, Any], number: int) -> AddDecision:
    cells = {name: clean(row.get(name) or "") for name in _COLUMNS}
    try:
        decision = AddDecision(
            date.fromisoformat(cells["date"]), DayKind(cells["kind"]), cells["hours"], cells["decision"]
        )
        _row(decision)
    except (ValueError, Refusal):
        raise Refusal("calendar_row", "file", row=number, text=" ".join(cells.values())[:80]) from None
    return decision


def _affected_dossiers(calendar: WorkCalendar, context: Context, work: Writing) -> Iterator[AffectedDossier]:
    """Yield open dossiers whose recalculated date differs from the promise.

    Their applicants get an SMS. A date set by an apology was agreed by hand and is skipped.
    """
    versions: dict[int, Procedure | None] = {}
    for row in dossiers.unsettled_with_due_date(work):
        if row.due_at is None or row.apologised or row.term["unit"] == TermUnit.UNKNOWN:
            continue
        if row.procedure_version_id not in versions:
            versions[row.procedure_version_id] = procedure_of(row, work)
        due_at = recalculate_promise(row, versions[row.procedure_version_id], context.office, calendar, work)
        if due_at != row.due_at:
            people = dossiers.parties(work, row.id)
            compose_holiday_sms(work, context, Subject.of_row(row, people), row.due_at, due_at)
            yield AffectedDossier(row.code, row.due_at, due_at, people["applicant"].get("phone"))
