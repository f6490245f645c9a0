"""Queries at the desk: scan, search, worklist, register, applicants."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.models.calendar import WorkCalendar
from app.models.codes import KeyFault, comparable
from app.models.enums import Right, Status
from app.models.errors import Message
from app.models.instants import OFFICE_TIME, local_day
from app.models.text import fold_text, mask_name
from app.models.values.dossier_filter import ANY_DOSSIER, DossierFilter
from app.models.values.numbers import searched_number
from app.models.values.phones import phone_numbers
from app.scanning.card import CardScan
from app.scanning.scan import CodeScan, KeyScan, PaperScan, UnknownScan, read_scan
from app.services.acts.payment import overdue_payments
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.dossier_detail import DossierDetail, ShowDossier, dossier_detail, find_row
from app.services.dossier_lines import DossierLine, dossier_line, to_dossier_lines
from app.services.intake.preprinted import PreprintedLine, to_preprinted_line
from app.services.permissions import held_rights, requires
from app.services.urgency import WORK_GROUPS, group_of, time_left, time_waited
from app.storage import dossiers, journal, office_settings, preprinted_receipts, register, search
from app.storage.outgoing import records
from app.storage.rows import DossierRow, WorkRow
from app.storage.uow import Reading
from app.wording.time_left import unpaid_since
from app.wording.unknown_scans import unknown_scan_reason
from app.wording.warnings import warning_line

_MAX_WORK_LINES = 500
_KEY_IN_TEXT = re.compile(r"(?<![0-9])[0-9]{16}(?![0-9])")
_PERSON_DETAILS = ("id_number", "birth_date", "gender", "phone", "address", "email")


@dataclass(frozen=True)
class SearchDossiers:
    """Query: names, numbers, phones or codes, with or without diacritics."""

    words: str
    limit: int = 50
    filter: DossierFilter = ANY_DOSSIER


@dataclass(frozen=True)
class ReadScan:
    """Query: a text that was scanned or typed."""

    text: str


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
class CardFields:
    """Fields of a scanned citizen card that fill the form; dates are ISO.

    They help with typing and prove nothing.
    """

    id_number: str
    old_id_number: str | None
    name: str
    birth_date: str | None
    gender: str | None
    address: str | None
    issued_on: str | None
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class ScanResult:
    """Meaning of a scan, by `kind`.

    `dossier` has `line`, `citizen_card` has `card`, `stranger` has `reason`.
    `blank` is a preprinted receipt that is not entered yet.
    """

    kind: str
    text: str
    line: DossierLine | None = None
    card: CardFields | None = None
    reason: str | None = None
    warning: str | None = None
    blank: PreprintedLine | None = None


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

    The newest comes first.
    """
    rows = search.matching_lines(work, query.words, max(1, query.limit), query.filter)
    return to_dossier_lines(work, rows, context.today)


@requires(Right.OPEN_SHEET)
def show_dossier(query: ShowDossier, context: Context, work: Reading) -> DossierDetail:
    """Return the whole dossier without a record in the access log.

    The window and the command line use `open_dossier` instead.
    Raises Refusal `dossier_unknown`.
    """
    return dossier_detail(work, find_row(work, query.code), context.today)


@requires(Right.ASK_STATUS)
def read_scan_text(query: ReadScan, context: Context, work: Reading) -> ScanResult:
    """Return the meaning of a scan; an unknown one has the kind `stranger`.

    A user without the right to read lists, such as the kiosk, gets a masked name.
    """
    scanned = _interpret(query, context, work)
    if scanned.line is None or Right.READ_LISTS in held_rights(context, work):
        return scanned
    return replace(scanned, line=scanned.line._replace(name=mask_name(scanned.line.name)))


def _interpret(query: ReadScan, context: Context, work: Reading) -> ScanResult:
    meaning = read_scan(query.text, context.office.agency_code)
    if isinstance(meaning, CardScan):
        return ScanResult("citizen_card", query.text, card=_card(meaning))
    if isinstance(meaning, UnknownScan):
        alias = comparable(query.text[:200])
        row = dossiers.dossier_by_code(work, alias) if alias else None
        if row is None and meaning.reason.code == KeyFault.OTHER_OFFICE:
            return _scan_of_former_office(work, query.text, meaning, context.today)
        if row is None:
            return ScanResult("stranger", query.text, reason=unknown_scan_reason(meaning.reason))
        return _dossier(work, query.text, row, context.today)
    row = _scanned_row(work, meaning)
    if row is None:
        return _preprinted(work, query.text, meaning) or ScanResult(
            "stranger", query.text, reason=unknown_scan_reason(Message("dossier_not_here"))
        )
    return _dossier(work, query.text, row, context.today)


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
    """Return up to eight earlier applicants, latest visit first, each once."""
    people = dossiers.people_of_dossiers(work, search.matching_ids(work, query.words, 40))
    prefixes = search.search_words(query.words)
    matches: dict[tuple[str, str | None], EarlierApplicant] = {}
    for details in people:
        person = EarlierApplicant(name=details["name"], **{name: details.get(name) for name in _PERSON_DETAILS})
        if _matches(person, prefixes):
            matches.setdefault((person.name, person.id_number), person)
    return tuple(matches.values())[:8]


def _matches(person: EarlierApplicant, prefixes: Sequence[str]) -> bool:
    number = fold_text(searched_number(person.id_number) or "")
    words = (
        *search.search_words(f"{person.name} {person.id_number or ''}"),
        number,
        *phone_numbers(person.phone or ""),
    )
    return all(any(word.startswith(prefix) for word in words) for prefix in prefixes)


def _scanned_row(work: Reading, meaning: KeyScan | CodeScan | PaperScan) -> DossierRow | None:
    if isinstance(meaning, CodeScan):
        return dossiers.dossier_by_code(work, meaning.comparable)
    row = dossiers.dossier_by_key(work, meaning.key) if meaning.key else None
    code = meaning.code if isinstance(meaning, PaperScan) else meaning.key
    return row or (dossiers.dossier_by_code(work, comparable(code)) if code else None)


def _preprinted(work: Reading, text: str, meaning: KeyScan | CodeScan | PaperScan) -> ScanResult | None:
    """Return an unused preprinted receipt; a discarded one is a `stranger`."""
    code = meaning.text if isinstance(meaning, CodeScan) else meaning.key
    code = code or (meaning.code if isinstance(meaning, PaperScan) else None)
    row = preprinted_receipts.find_preprinted(work, comparable(code)) if code else None
    if row is None:
        return None
    if row.spoilt_at is not None:
        reason = unknown_scan_reason(Message("blank_spoilt", {"reason": row.reason}))
        return ScanResult("stranger", text, reason=reason)
    reason = unknown_scan_reason(Message("blank_unused", {"code": row.code}))
    return ScanResult("blank", text, reason=reason, blank=to_preprinted_line(row))


def _scan_of_former_office(work: Reading, text: str, meaning: UnknownScan, today: date) -> ScanResult:
    """Return the dossier of a document with another agency's code.

    The register has it if this office issued it under a former agency code.
    """
    code, keys = meaning.reason.values.get("code"), _KEY_IN_TEXT.findall(meaning.text)
    for identifier in (*keys, *([comparable(str(code))] if code else [])):
        row = dossiers.dossier_by_key(work, identifier) or dossiers.dossier_by_code(work, identifier)
        if row is not None:
            return _dossier(work, text, row, today)
        if (unused := _preprinted(work, text, CodeScan(identifier, identifier))) is not None:
            return unused
    return ScanResult("stranger", text, reason=unknown_scan_reason(meaning.reason))


def _dossier(work: Reading, text: str, row: DossierRow, today: date) -> ScanResult:
    """Return the dossier, or the successor of a void one with a warning."""
    if row.status == Status.VOID and (successor := dossiers.successor(work, row.id)) is not None:
        warning = warning_line(Message("void_replaced", {"code": row.code}))
        return ScanResult("dossier", text, line=dossier_line(successor, today), warning=warning)
    return ScanResult("dossier", text, line=dossier_line(row, today))


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


def _card(card: CardScan) -> CardFields:
    return CardFields(
        id_number=card.id_number,
        old_id_number=card.old_id_number,
        name=card.name,
        birth_date=card.birth_date,
        gender=card.gender,
        address=card.address,
        issued_on=card.issued_on,
        warnings=tuple(warning_line(warning) for warning in card.warnings),
    )


def to_json(scanned: ScanResult) -> Mapping[str, Any]:
    """Return the scan result as JSON (docs/formats.md)."""
    if scanned.line is not None:
        line = scanned.line
        return {"kind": "dossier", "code": line.code, "key": line.key, "status": line.status, "due_at": line.due_at}
    if scanned.card is not None:
        return {"kind": "citizen_card", **scanned.card.__dict__}
    unknown = {"kind": "stranger", "text": scanned.text, "why": scanned.reason}
    return unknown if scanned.blank is None else {**unknown, "blank": scanned.blank}
