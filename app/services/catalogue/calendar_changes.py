"""Calendar decisions: read from a table, planned, entered.

A promised date never changes by itself. Dossiers whose date would differ under the new calendar are listed with the
applicant's phone and stay unchanged.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models.calendar import WorkCalendar, parse_hours
from app.models.enums import DayKind, TermUnit
from app.models.errors import Refusal
from app.models.procedures import Procedure
from app.models.text import clean
from app.models.values.days import parse_table_day
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.intake.repromise import recalculate_promise
from app.services.national_record import Subject
from app.services.sms_compose import compose_holiday_sms
from app.services.versions import procedure_of
from app.storage import dossiers, office_settings
from app.storage.rows import CalendarDecisionRow, DossierRow
from app.storage.uow import Reading, Writing

_COLUMNS = ("date", "kind", "hours", "decision")
_MAX_ROWS = 2000
FIRST_YEAR, LAST_YEAR = 2000, 2090


@dataclass(frozen=True)
class AddDecision:
    """Command: a decision about one day; by default the usual hours of `kind`.

    `known_from` is the day from which promises take it into account, None for today.
    """

    day: date
    kind: DayKind
    hours: str = ""
    decision: str = ""
    known_from: date | None = None


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


def read_decisions(text: str) -> tuple[dict[str, Any], ...]:
    """Return the rows of a CSV table `date,kind,hours,decision`.

    A repeated row is read once.

    Raises Refusal `calendar_columns`, `calendar_row` naming the row to correct, `calendar_day_twice` naming two rows
    that differ about a day, `table_rows` for a heading alone.
    """
    rows: dict[date, tuple[int, dict[str, Any]]] = {}
    for number, decision in _read(text):
        row = decision_row(decision)
        first, known = rows.setdefault(decision.day, (number, row))
        if known != row:
            day = decision.day.isoformat()
            raise Refusal("calendar_day_twice", "file", row=number, first_row=first, day=day)
    if not rows:
        raise Refusal("table_rows", "file")
    return tuple(row for _number, row in rows.values())


def plan_decisions(
    decisions: Sequence[Mapping[str, Any]], context: Context, work: Reading
) -> tuple[AffectedDossier, ...]:
    """Return the dossiers that decisions would affect; nothing is written."""
    planned = tuple(CalendarDecisionRow(**{"decided_on": context.today, **decision}) for decision in decisions)
    calendar = work_calendar(work, context.office, _known_on(decisions, context), planned)
    return tuple(affected for affected, _row in _affected_dossiers(calendar, context, work))


def enter_decisions(decisions: Sequence[Mapping[str, Any]], context: Context, work: Writing) -> CalendarChange:
    """Enter decisions, and compose messages to the affected.

    They are known from today or from their own day. The caller commits.
    """
    office_settings.add_decisions(work, decisions, context.today)
    calendar = work_calendar(work, context.office, _known_on(decisions, context))
    affected = []
    for dossier, row in _affected_dossiers(calendar, context, work):
        subject = Subject.of_row(row, dossiers.parties(work, row.id))
        compose_holiday_sms(work, context, subject, dossier.old_due_at, dossier.new_due_at)
        affected.append(dossier)
    return CalendarChange(len(decisions), tuple(affected))


def _known_on(decisions: Sequence[Mapping[str, Any]], context: Context) -> date:
    """Return the day on which all decisions are known."""
    days: list[date] = [decision["decided_on"] for decision in decisions if "decided_on" in decision]
    return max((context.today, *days))


def decision_row(decision: AddDecision) -> dict[str, Any]:
    """Return the columns of a decision.

    Raises Refusal `hours_invalid`, `calendar_year_unknown`.
    """
    if not FIRST_YEAR <= decision.day.year <= LAST_YEAR:
        raise Refusal("calendar_year_unknown", "date", year=decision.day.year)
    hours = " ".join(map(str, parse_hours(decision.hours))) if decision.hours.strip() else ""
    row = {"day": decision.day, "kind": decision.kind, "hours": hours, "decision": clean(decision.decision)[:300]}
    return row if decision.known_from is None else {**row, "decided_on": decision.known_from}


def _read(text: str) -> Iterator[tuple[int, AddDecision]]:
    """Yield the decisions of a table with the number of their row."""
    table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        yield from _decisions(table)
    except csv.Error:  # a cell beyond the length limit of the csv module
        raise Refusal("calendar_row", "file", row=table.line_num, text="…") from None


def _decisions(table: "csv.DictReader[str]") -> Iterator[tuple[int, AddDecision]]:
    names = [clean(name or "").lower() for name in table.fieldnames or ()]
    if not {"date", "kind"} <= set(names):
        raise Refusal("calendar_columns", "file", columns=", ".join(_COLUMNS))
    table.fieldnames = names
    for number, row in enumerate(table, 2):
        if number > _MAX_ROWS:
            raise Refusal("calendar_row", "file", row=number, text="quá nhiều dòng")
        if any((cell or "").strip() for cell in row.values() if isinstance(cell, str)):
            yield number, _decision(row, number)


def _decision(row: Mapping[str, Any], number: int) -> AddDecision:
    cells = {name: clean(row.get(name) or "") for name in _COLUMNS}
    day = parse_table_day(cells["date"])
    try:
        if day is None:
            raise ValueError(cells["date"])
        decision = AddDecision(day, DayKind(cells["kind"]), cells["hours"], cells["decision"])
        decision_row(decision)
    except (ValueError, Refusal):
        raise Refusal("calendar_row", "file", row=number, text=" ".join(cells.values())[:80]) from None
    return decision


def _affected_dossiers(
    calendar: WorkCalendar, context: Context, work: Reading
) -> Iterator[tuple[AffectedDossier, DossierRow]]:
    """Yield open dossiers whose recalculated date differs from the promise.

    A date set by an apology was agreed by hand and is skipped.
    """
    versions: dict[int, Procedure | None] = {}
    for row in dossiers.unsettled_with_due_date(work):
        if row.due_at is None or row.apologised or row.term["unit"] == TermUnit.UNKNOWN:
            continue
        if row.procedure_version_id not in versions:
            versions[row.procedure_version_id] = procedure_of(row, work)
        due_at = recalculate_promise(row, versions[row.procedure_version_id], calendar, work)
        if due_at != row.due_at:
            phone = dossiers.parties(work, row.id)["applicant"].get("phone")
            yield AffectedDossier(row.code, row.due_at, due_at, phone), row
