"""Queries at the desk: scan, search, worklist, register, applicants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.models.calendar import WorkCalendar
from app.models.codes import comparable
from app.models.enums import Right, Status
from app.models.instants import OFFICE_TIME, local_day
from app.models.text import fold_text
from app.models.values.dossier_filter import ANY_DOSSIER, DossierFilter
from app.models.values.numbers import searched_number
from app.models.values.phones import phone_numbers
from app.services.acts.payment import overdue_payments
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.dossier_lines import DossierLine, to_dossier_lines
from app.services.intake.doubts import is_name_odd
from app.services.permissions import requires
from app.services.urgency import WORK_GROUPS, group_of, time_left, time_waited
from app.storage import dossiers, journal, office_settings, register, search
from app.storage.outgoing import records
from app.storage.rows import WorkRow
from app.storage.uow import Reading
from app.wording.time_left import unpaid_since

_MAX_WORK_LINES = 500
_PERSON_DETAILS = ("id_number", "birth_date", "gender", "phone", "address", "email")


@dataclass(frozen=True)
class SearchDossiers:
    """Query: names, numbers, phones or codes, with or without diacritics."""

    words: str
    limit: int = 50
    filter: DossierFilter = ANY_DOSSIER


@dataclass(frozen=True)
class ListWork:
    """Query: open dossiers, of one `holder` if named."""

    holder: str = ""


@dataclass(frozen=True)
class CountWork:
    """Query: the numbers of the status line."""


@dataclass(frozen=True)
class ListReceived:
    """Query: dossiers received in a period, in order of intake.

    `field` is the full name of one field (lĩnh vực), or empty for all.
    """

    first: date
    last: date
    limit: int = 2000
    field: str = ""
    filter: DossierFilter = ANY_DOSSIER


@dataclass(frozen=True)
class ListFields:
    """Query: the fields (lĩnh vực) of the office's catalogue."""


@dataclass(frozen=True)
class FindPeople:
    """Query: earlier applicants by id number, phone or name."""

    words: str


@dataclass(frozen=True)
class WorkLine:
    """One dossier of the worklist: its group, and the time left in words.

    For a ready or paused dossier the words are how long it waits.
    """

    code: str
    name: str
    procedure: str
    holder: str
    status: Status
    due_at: datetime | None
    group: str
    due_words: str


@dataclass(frozen=True)
class WorkCounts:
    """Numbers of dossiers by what they wait for, and of unprinted copies."""

    late: int
    today: int
    to_return: int
    waiting_sync: int
    unprinted: int


@dataclass(frozen=True)
class EarlierApplicant:
    """The applicant of an earlier dossier."""

    name: str
    id_number: str | None
    birth_date: str | None
    gender: str | None
    phone: str | None
    address: str | None
    email: str | None


@requires(Right.READ_LISTS)
def search_dossiers(query: SearchDossiers, context: Context, work: Reading) -> tuple[DossierLine, ...]:
    """Return dossiers with words that begin with each search word.

    The newest comes first. Words that no dossier has are looked up as a code without its separators.
    """
    rows = search.matching_lines(work, query.words, max(1, query.limit), query.filter)
    if not rows and (known := dossiers.dossier_by_code(work, comparable(query.words))) is not None:
        same_begin = search.matching_lines(work, known.code, _MAX_WORK_LINES, query.filter)
        rows = [row for row in same_begin if row.code == known.code]
    return to_dossier_lines(work, rows, context.today)


@requires(Right.READ_LISTS)
def list_work(query: ListWork, context: Context, work: Reading) -> tuple[WorkLine, ...]:
    """Return open dossiers by group in the order of `WORK_GROUPS`.

    The due date orders each group.
    """
    calendar = work_calendar(work, context.office, context.today)
    rows = (
        dossiers.dossiers_held_by(work, query.holder) if query.holder else dossiers.open_dossiers(work, _MAX_WORK_LINES)
    )
    unpaid = overdue_payments(work, context.today)
    lines = [_work_line(row, calendar, context.now, unpaid) for row in rows]
    order = {group: place for place, group in enumerate(WORK_GROUPS)}
    never = datetime.max.replace(tzinfo=OFFICE_TIME)
    return tuple(sorted(lines, key=lambda line: (order[line.group], line.due_at or never)))


@requires(Right.ASK_OFFICE)
def count_work(query: CountWork, context: Context, work: Reading) -> WorkCounts:
    """Return the numbers of the status line."""
    late, today, to_return = dossiers.open_counts(work, context.today)
    waiting = records.count_waiting_dossiers(work, office_settings.current_epoch(work))
    return WorkCounts(late, today, to_return, waiting, journal.count_unprinted(work))


@requires(Right.READ_LISTS)
def list_received(query: ListReceived, context: Context, work: Reading) -> tuple[DossierLine, ...]:
    """Return the dossiers received in a period, in order of intake."""
    rows = dossiers.received_dossiers(work, query.first, query.last, query.limit, query.field, query.filter)
    return to_dossier_lines(work, rows, context.today)


@requires(Right.READ_LISTS)
def list_fields(query: ListFields, context: Context, work: Reading) -> tuple[str, ...]:
    """Return the fields in alphabetical order."""
    return tuple(register.known_fields(work))


@requires(Right.FIND_PEOPLE)
def find_people(query: FindPeople, context: Context, work: Reading) -> tuple[EarlierApplicant, ...]:
    """Return up to eight earlier applicants, latest visit first, each once.

    A garbled name comes after the sound ones.
    """
    people = dossiers.people_of_dossiers(work, search.matching_ids(work, query.words, 40))
    readings = search.search_forms(query.words)
    matches: dict[tuple[str, str | None], EarlierApplicant] = {}
    for details in people:
        person = EarlierApplicant(name=details["name"], **{name: details.get(name) for name in _PERSON_DETAILS})
        if _matches(person, readings):
            matches.setdefault((person.name, person.id_number), person)
    return tuple(sorted(matches.values(), key=lambda person: is_name_odd(person.name)))[:8]


def _matches(person: EarlierApplicant, readings: Sequence[Sequence[str]]) -> bool:
    number = fold_text(searched_number(person.id_number) or "")
    words = (
        *(word for form in search.search_forms(f"{person.name} {person.id_number or ''}") for word in form),
        number,
        *phone_numbers(person.phone or ""),
    )
    return any(all(any(word.startswith(prefix) for word in words) for prefix in prefixes) for prefixes in readings)


def _work_line(row: WorkRow, calendar: WorkCalendar, now: datetime, unpaid: Mapping[str, date]) -> WorkLine:
    status = Status(row.status)
    due = None if row.due_at is None else local_day(row.due_at)
    late_since = unpaid.get(row.code)
    waited = time_waited(status, row.closed_at if status == Status.FINISHED else row.paused_at, now, calendar)
    return WorkLine(
        code=row.code,
        name=row.applicant_name,
        procedure=row.procedure_name,
        holder=row.holder,
        status=status,
        due_at=row.due_at,
        group="unpaid" if late_since else group_of(status, due, local_day(now), calendar),
        due_words=unpaid_since(late_since) if late_since else waited or time_left(status, row.due_at, now, calendar),
    )
