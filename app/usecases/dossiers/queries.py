"""Questions at the desk: what is this scan, where is that dossier, what has to be done today. They change nothing."""

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
from app.models.people import comparable_phone
from app.models.text import mask_name
from app.scanning.card import CardScan
from app.scanning.scan import CodeScan, KeyScan, PaperScan, UnknownScan, read_scan
from app.services.calendar import work_calendar
from app.services.context import Context
from app.services.dossier_detail import DossierDetail, ShowDossier, dossier_detail, find_row
from app.services.dossier_lines import DossierLine, dossier_line, to_dossier_lines
from app.services.intake.preprinted import PreprintedLine, to_preprinted_line
from app.services.permissions import held_rights, requires
from app.services.urgency import group_of, time_left
from app.storage import dossiers, journal, preprinted_receipts, register, search
from app.storage.rows import DossierRow, WorkRow
from app.storage.uow import Reading
from app.wording.unknown_scans import unknown_scan_reason
from app.wording.warnings import warning_line

_MAX_WORK_LINES = 500
_KEY_IN_TEXT = re.compile(r"(?<![0-9])[0-9]{16}(?![0-9])")
_KNOWN = ("id_number", "birth_date", "gender", "phone", "address", "email")


@dataclass(frozen=True)
class SearchDossiers:
    """Words to look for, with or without marks: names, numbers, phones, codes."""

    words: str
    limit: int = 50


@dataclass(frozen=True)
class ReadScan:
    """What a scanner sent, or a hand typed."""

    text: str


@dataclass(frozen=True)
class ListWork:
    """Everything on which somebody still has to do something; with a `holder` only what lies with him."""

    holder: str = ""


@dataclass(frozen=True)
class CountWork:
    """The numbers of the status line."""


@dataclass(frozen=True)
class ListReceived:
    """The register of a period: dossiers in the order of intake, of one `field` (lĩnh vực) where it is named whole."""

    first: date
    last: date
    limit: int = 2000
    field: str = ""


@dataclass(frozen=True)
class ListFields:
    """The fields (lĩnh vực) of the office's catalogue."""


@dataclass(frozen=True)
class FindPeople:
    """Earlier applicants by number, phone or name."""

    words: str


@dataclass(frozen=True)
class CardFields:
    """A citizen card as read, for the form to be filled with; dates ISO. Help for typing, never proof."""

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
    """What a scan means: `dossier` with its line, `citizen_card` with its fields, `blank` a receipt printed beforehand
    and not yet entered, `stranger` with the reason why."""

    kind: str
    text: str
    line: DossierLine | None = None
    card: CardFields | None = None
    why: str | None = None
    warning: str | None = None
    blank: PreprintedLine | None = None


@dataclass(frozen=True)
class WorkLine:
    """One thing to do: its group on the worklist, and the time left in words."""

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
    """How much waits: dossiers late, due today, ready to be given back, not yet sent up; copies not printed."""

    late: int
    today: int
    to_return: int
    waiting_sync: int
    unprinted: int


@dataclass(frozen=True)
class EarlierApplicant:
    """A person of an earlier dossier."""

    name: str
    id_number: str | None
    birth_date: str | None
    gender: str | None
    phone: str | None
    address: str | None
    email: str | None


@requires(Right.READ_LISTS)
def search_dossiers(query: SearchDossiers, context: Context, work: Reading) -> tuple[DossierLine, ...]:
    """Dossiers in which every word begins some word, newest first."""
    found = search.matching_lines(work, query.words, max(1, query.limit))
    return to_dossier_lines(work, found, context.today)


@requires(Right.OPEN_SHEET)
def show_dossier(query: ShowDossier, context: Context, work: Reading) -> DossierDetail:
    """A dossier's whole sheet, on no record: the window and the terminal open sheets by `open_dossier`.

    Raises Refusal `dossier_unknown`.
    """
    return dossier_detail(work, find_row(work, query.code), context.today)


@requires(Right.ASK_STATUS)
def read_scan_text(query: ReadScan, context: Context, work: Reading) -> ScanResult:
    """What a scan means at this office; an unknown one is told as a stranger, never an error. Who may read no list,
    as at the kiosk, gets a dossier's name masked."""
    scanned = _interpret(query, context, work)
    if scanned.line is None or Right.READ_LISTS in held_rights(context, work):
        return scanned
    return replace(scanned, line=scanned.line._replace(name=mask_name(scanned.line.name)))


def _interpret(query: ReadScan, context: Context, work: Reading) -> ScanResult:
    meaning = read_scan(query.text, context.office.agency_code)
    if isinstance(meaning, CardScan):
        return ScanResult("citizen_card", query.text, card=_card(meaning))
    if isinstance(meaning, UnknownScan):
        known_as = comparable(query.text[:200])
        found = dossiers.dossier_by_code(work, known_as) if known_as else None
        if found is None and meaning.reason.code == KeyFault.OTHER_OFFICE:
            return _scan_of_former_office(work, query.text, meaning, context.today)
        if found is None:
            return ScanResult("stranger", query.text, why=unknown_scan_reason(meaning.reason))
        return _dossier(work, query.text, found, context.today)
    row = _scanned_row(work, meaning)
    if row is None:
        return _preprinted(work, query.text, meaning) or ScanResult(
            "stranger", query.text, why=unknown_scan_reason(Message("dossier_not_here"))
        )
    return _dossier(work, query.text, row, context.today)


@requires(Right.READ_LISTS)
def list_work(query: ListWork, context: Context, work: Reading) -> tuple[WorkLine, ...]:
    """Open dossiers grouped by what to do: late, due today, soon, later, waiting for papers, to give back; in each the
    most urgent first."""
    calendar = work_calendar(work, context.office, context.today)
    rows = (
        dossiers.dossiers_held_by(work, query.holder) if query.holder else dossiers.open_dossiers(work, _MAX_WORK_LINES)
    )
    lines = [_work_line(row, calendar, context.now) for row in rows]
    order = {group: place for place, group in enumerate(("late", "today", "soon", "later", "supplement", "to_return"))}
    never = datetime.max.replace(tzinfo=OFFICE_TIME)
    return tuple(sorted(lines, key=lambda line: (order[line.group], line.due_at or never)))


@requires(Right.ASK_OFFICE)
def count_work(query: CountWork, context: Context, work: Reading) -> WorkCounts:
    """The numbers of the status line."""
    late, today, to_return = dossiers.open_counts(work, context.today)
    return WorkCounts(late, today, to_return, journal.count_unsent_dossiers(work), journal.count_unprinted(work))


@requires(Right.READ_LISTS)
def list_received(query: ListReceived, context: Context, work: Reading) -> tuple[DossierLine, ...]:
    """The register of a period in the order of intake."""
    rows = dossiers.received_dossiers(work, query.first, query.last, query.limit, query.field)
    return to_dossier_lines(work, rows, context.today)


@requires(Right.READ_LISTS)
def list_fields(query: ListFields, context: Context, work: Reading) -> tuple[str, ...]:
    """The fields in the order of their letters."""
    return tuple(register.known_fields(work))


@requires(Right.FIND_PEOPLE)
def find_people(query: FindPeople, context: Context, work: Reading) -> tuple[EarlierApplicant, ...]:
    """Up to eight earlier applicants, the latest visit first, each once."""
    people = dossiers.people_of_dossiers(work, search.matching_ids(work, query.words, 40))
    wanted = search.search_words(query.words)
    found: dict[tuple[str, str | None], EarlierApplicant] = {}
    for details in people:
        person = EarlierApplicant(details["name"], *(details.get(name) for name in _KNOWN))
        if _matches(person, wanted):
            found.setdefault((person.name, person.id_number), person)
    return tuple(found.values())[:8]


def _matches(person: EarlierApplicant, wanted: Sequence[str]) -> bool:
    phone = comparable_phone(person.phone) if person.phone else ""
    words = search.search_words(f"{person.name} {person.id_number or ''} {phone}")
    return all(any(word.startswith(part) for word in words) for part in wanted)


def _scanned_row(work: Reading, meaning: KeyScan | CodeScan | PaperScan) -> DossierRow | None:
    if isinstance(meaning, CodeScan):
        return dossiers.dossier_by_code(work, meaning.comparable)
    row = dossiers.dossier_by_key(work, meaning.key) if meaning.key else None
    code = meaning.code if isinstance(meaning, PaperScan) else meaning.key
    return row or (dossiers.dossier_by_code(work, comparable(code)) if code else None)


def _preprinted(work: Reading, text: str, meaning: KeyScan | CodeScan | PaperScan) -> ScanResult | None:
    """A blank receipt whose dossier is not entered; one thrown away is told as a stranger."""
    told = meaning.text if isinstance(meaning, CodeScan) else meaning.key
    told = told or (meaning.code if isinstance(meaning, PaperScan) else None)
    row = preprinted_receipts.find_preprinted(work, comparable(told)) if told else None
    if row is None:
        return None
    if row.spoilt_at is not None:
        return ScanResult("stranger", text, why=unknown_scan_reason(Message("blank_spoilt", {"reason": row.reason})))
    why = unknown_scan_reason(Message("blank_unused", {"code": row.code}))
    return ScanResult("blank", text, why=why, blank=to_preprinted_line(row))


def _scan_of_former_office(work: Reading, text: str, meaning: UnknownScan, today: date) -> ScanResult:
    """A paper whose first digits are another agency's: of this office under an older name if the register knows it."""
    code, keys = meaning.reason.values.get("code"), _KEY_IN_TEXT.findall(meaning.text)
    for known_as in (*keys, *([comparable(str(code))] if code else [])):
        found = dossiers.dossier_by_key(work, known_as) or dossiers.dossier_by_code(work, known_as)
        if found is not None:
            return _dossier(work, text, found, today)
        if (unused := _preprinted(work, text, CodeScan(known_as, known_as))) is not None:
            return unused
    return ScanResult("stranger", text, why=unknown_scan_reason(meaning.reason))


def _dossier(work: Reading, text: str, row: DossierRow, today: date) -> ScanResult:
    """The dossier; one voided the same day opens the one issued in its place, and says so."""
    if row.status == Status.VOID and (successor := dossiers.successor(work, row.id)) is not None:
        told = warning_line(Message("void_replaced", {"code": row.code}))
        return ScanResult("dossier", text, line=dossier_line(successor, today), warning=told)
    return ScanResult("dossier", text, line=dossier_line(row, today))


def _work_line(row: WorkRow, calendar: WorkCalendar, now: datetime) -> WorkLine:
    status = Status(row.status)
    due = None if row.due_at is None else local_day(row.due_at)
    return WorkLine(
        row.code,
        row.applicant_name,
        row.procedure_name,
        row.holder,
        status,
        row.due_at,
        group_of(status, due, local_day(now), calendar),
        time_left(status, row.due_at, now, calendar),
    )


def _card(card: CardScan) -> CardFields:
    return CardFields(
        card.id_number,
        card.old_id_number,
        card.name,
        card.birth_date,
        card.gender,
        card.address,
        card.issued_on,
        tuple(warning_line(said) for said in card.warnings),
    )


def to_json(scanned: ScanResult) -> Mapping[str, Any]:
    """The scan's answer as INTERFACES §3 promises it."""
    if scanned.line is not None:
        line = scanned.line
        return {"kind": "dossier", "code": line.code, "key": line.key, "status": line.status, "due_at": line.due_at}
    if scanned.card is not None:
        return {"kind": "citizen_card", **scanned.card.__dict__}
    stranger = {"kind": "stranger", "text": scanned.text, "why": scanned.why}
    return stranger if scanned.blank is None else {**stranger, "blank": scanned.blank}
