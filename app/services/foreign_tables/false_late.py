"""Compare another system's list of late dossiers with the office's events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.models.codes import comparable
from app.models.enums import Action, Status
from app.models.errors import Refusal
from app.models.instants import local_day
from app.models.lifecycle import PAUSED_STATUSES, is_day_missed
from app.services.foreign_tables.nested_totals import is_total_name
from app.services.register_import.columns import COLUMN_NAMES, register_columns
from app.services.register_import.mapping import parse_map
from app.sheets.cells import day_of, day_or_instant
from app.sheets.headings import Located
from app.sheets.sheet import Row, Sheet, cell_of, text_of
from app.storage import dossiers, journal
from app.storage.rows import DossierRow, EventRow
from app.storage.uow import Reading

_MANY = 100_000
_ENDING_ACTIONS = frozenset((Action.FINISH, Action.REFUSE, Action.STOP, Action.WITHDRAW, Action.CLOSE, Action.VOID))


class LateVerdict(StrEnum):
    """Judgement of the office's events on a dossier that is listed late.

    `lag` was done here in time and is not known there. `status_missing` has a state that the other system does not
    show, such as a supplement request. `unknown` has no such code here.
    """

    LATE = "late"
    LAG = "lag"
    STATUS_MISSING = "status_missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class LateLine:
    """One line of the list with its verdict.

    `reason` is a code of `app.wording.imports.false_late`. `due_there` is the due day that the list shows. `at` is the
    instant of the deciding event here, `entered_at` when it was entered.
    """

    row: int
    code: str
    verdict: LateVerdict
    reason: str
    own_code: str = ""
    procedure: str = ""
    due_there: date | None = None
    due_at: datetime | None = None
    at: datetime | None = None
    entered_at: datetime | None = None


def compare_list(sheet: Sheet, name: str, map_text: str, today: date, work: Reading) -> tuple[LateLine, ...]:
    """Return the verdict of each line, in the order of the list.

    Dossiers are matched by code, key and every code given elsewhere.

    Raises Refusal `late_codes`, `late_too_many`, `table_rows` without a line, or like `parse_map` and
    `register_columns`.
    """
    located = register_columns(sheet, parse_map(map_text, COLUMN_NAMES), name, least=1)
    if "code" not in located.columns:
        raise Refusal("late_codes", "file", file=name)
    places = [place for place in located.body if _is_line(sheet.rows[place], located)]
    if not places:
        raise Refusal("table_rows", "file")
    if len(places) > _MANY:
        raise Refusal("late_too_many", "file", most=_MANY)
    codes = {place: text_of(cell_of(sheet.rows[place], located.columns["code"])) for place in places}
    rows = dossiers.dossiers_by_codes(work, [text for code in codes.values() if (text := comparable(code))])
    lines = []
    for place in places:
        number, code, cells = sheet.numbers[place], codes[place], sheet.rows[place]
        row, due_there = rows.get(comparable(code)), _due_there(cells, located, today)
        if row is None:
            procedure = text_of(cell_of(cells, located.columns.get("procedure", -1)))
            lines.append(LateLine(number, code, LateVerdict.UNKNOWN, "unknown", procedure=procedure))
        else:
            lines.append(_line(number, code, due_there, row, today, work))
    return tuple(lines)


def _is_line(cells: Row, located: Located) -> bool:
    """Return whether a row is a dossier.

    It has a code, or at least three cells. A line of a sum or a signature below the list has fewer cells and words
    without a digit.
    """
    code = text_of(cell_of(cells, located.columns["code"]))
    if not code or is_total_name(code):
        return not code and sum(cell is not None for cell in cells) > 2
    return any(c.isdigit() for c in code) or len(code.split()) < 3


def _line(number: int, code: str, due_there: date | None, row: DossierRow, today: date, work: Reading) -> LateLine:
    events = journal.events_of(work, row.id)
    verdict, reason, event = _verdict(row, events, due_there, today)
    return LateLine(
        row=number,
        code=code,
        verdict=verdict,
        reason=reason,
        own_code=row.code,
        procedure=row.procedure_name,
        due_there=due_there,
        due_at=row.original_due_at,
        at=None if event is None else event.occurred_at,
        entered_at=None if event is None else event.entered_at,
    )


def _due_there(cells: Row, located: Located, today: date) -> date | None:
    try:
        value = day_or_instant(cell_of(cells, located.columns.get("due", -1)), today)
    except ValueError:
        return None
    return None if value is None else day_of(value)


def _verdict(
    row: DossierRow, events: Sequence[EventRow], due_there: date | None, today: date
) -> tuple[LateVerdict, str, EventRow | None]:
    """Return verdict and reason with the event that proves it."""
    end = next((event for event in reversed(events) if event.action in _ENDING_ACTIONS), None)
    if is_day_missed(row.status, row.outcome, row.original_due_day, row.closed_day, today):
        return LateVerdict.LATE, "late_done" if row.closed_day else "late_open", end if row.closed_day else None
    if row.outcome == Status.FINISHED and row.closed_day is not None:
        if due_there is not None and row.closed_day > due_there:
            supplement = _last(events, Action.SUPPLEMENT)
            return LateVerdict.STATUS_MISSING, "due_changed" if supplement else "due_differs", supplement or end
        return LateVerdict.LAG, "done", end
    if row.outcome is not None:
        return LateVerdict.STATUS_MISSING, f"ended_{row.outcome.value}", end
    if row.status in PAUSED_STATUSES:
        pause = _last(events, Action.ASK_SUPPLEMENT, Action.ASK_PAYMENT)
        return LateVerdict.STATUS_MISSING, f"waits_{row.status.value}", pause
    return LateVerdict.STATUS_MISSING, "not_due" if row.original_due_day else "no_due", _last(events, Action.SUPPLEMENT)


def _last(events: Sequence[EventRow], *actions: Action) -> EventRow | None:
    return next((event for event in reversed(events) if event.action in actions), None)


def counts(lines: Sequence[LateLine]) -> Mapping[LateVerdict, int]:
    """Return the number of lines by verdict."""
    return {verdict: sum(line.verdict == verdict for line in lines) for verdict in LateVerdict}


def last_day(lines: Sequence[LateLine], today: date) -> tuple[date, date]:
    """Return the first due day of the list and today."""
    days = [line.due_there or (local_day(line.due_at) if line.due_at else today) for line in lines]
    return min((*days, today)), today
