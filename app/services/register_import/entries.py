"""One row of a register as a dossier: who, what, when, and how it ended."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache, partial
from typing import TypeVar

from app.models.enums import Channel, Gender, PersonKind, ReturnBy, Status
from app.models.errors import Refusal
from app.models.instants import OFFICE_TIME, local_day
from app.models.people import NAME_LIMIT, TEXT_LIMIT, Person
from app.models.text import clean, fold_text
from app.services.register_import.mapping import TableMap
from app.services.register_import.procedures import ProcedureIndex
from app.services.versions import Version
from app.sheets.cells import day_of, day_or_instant, identity_number, phone_number, whole_number
from app.sheets.headings import heading_text
from app.sheets.sheet import Cell, cell_of, text_of

_Value = TypeVar("_Value")
_ReadText = Callable[[Cell], str]

FIRST_YEAR = 1976
"""Earliest year of receipt. The code of a dossier has two digits of the year, so that a century is the limit."""
_RECEIVED, _FINISHED, _RETURNED, _DUE = time(8), time(16), time(16, 30), time(17)
"""Times of days that a register writes without a time."""
_PHONE = re.compile(r"(?:\+?84|0)[0-9][0-9 .\-]{7,12}[0-9]")
_CODE_LIMIT = 64
_MAX_FEE = 1_000_000_000_000
_UNITS = re.compile(r"\s*(đồng|đ|vnđ|vnd|bộ|hồ sơ|bản)\.?$", re.IGNORECASE)
_PHONE_LABEL = re.compile(r"[,;\s]*\b(ĐT|SĐT|Điện thoại|Tel)[:.,;\s]*$", re.IGNORECASE)
_BROKEN = re.compile(r"\w\?\w|\ufffd|\?\?")
_BODIES = (
    (re.compile(r"\b(cong ty|cty|doanh nghiep|dntn|tnhh|co phan|chi nhanh|htx|hop tac xa|ngan hang)\b"), "enterprise"),
    (re.compile(r"\b(ho kinh doanh|hkd|co so kinh doanh)\b"), "household_business"),
    (re.compile(r"^(ubnd|uy ban|so |phong |truong |cong an|ban chi huy|trung tam|tram )"), "agency"),
    (re.compile(r"^(hoi |chua |nha tho|giao xu|cau lac bo|to chuc )"), "organisation"),
)
_CHANNELS = (
    (re.compile(r"truc tuyen|online|qua mang|dich vu cong|dvc|toan trinh|mot phan"), Channel.ONLINE),
    (re.compile(r"buu|post|bcci"), Channel.POST),
    (re.compile(r"truc tiep|tai quay|direct|bo phan mot cua"), Channel.DIRECT),
)
_RETURN_BY = (
    (re.compile(r"buu|post|bcci"), ReturnBy.POST),
    (re.compile(r"truc tuyen|online|dien tu|qua mang|email"), ReturnBy.ONLINE),
)
_ENDS = (
    (re.compile(r"\b(rut|xin rut)\b"), Status.WITHDRAWN),
    (re.compile(r"\bdung\b(?! han)"), Status.STOPPED),
    (re.compile(r"\b(tu choi|khong giai quyet|tra lai|khong du dieu kien)\b"), Status.REFUSED),
    (re.compile(r"\b(cho bo sung|yeu cau bo sung|bo sung ho so)\b"), Status.SUPPLEMENT_ASKED),
    (re.compile(r"\b(dang|chua|cho)\b"), Status.PROCESSING),
    (re.compile(r"\b(da tra|tra ket qua|da nhan ket qua|tra roi|returned)\b"), Status.RETURNED),
    (re.compile(r"\b(da (giai quyet|xong|hoan thanh|xu ly|co ket qua)|hoan thanh|xong|finished)\b"), Status.FINISHED),
)
_WITHOUT_END = frozenset((Status.PROCESSING, Status.SUPPLEMENT_ASKED))


@dataclass(frozen=True, kw_only=True)
class RegisterEntry:
    """A dossier of the register, checked, with its row number in the file.

    `channel_known` is whether the register has the channel. `outcome` is its status, RECEIVED for none. `digest` is
    the same for the same row in another file. Instants are aware.
    """

    row: int
    code: str
    version: Version
    channel_known: bool
    applicant: Person
    submitter: str
    channel: Channel
    return_by: ReturnBy
    quantity: int
    fee: int | None
    note: str
    holder: str
    receiver: str
    received_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    outcome: Status
    digest: str


class EntryReader:
    """Reads rows of one register.

    `columns` has the place of each column; `today` is the last day that a row may have.
    """

    def __init__(
        self,
        columns: Mapping[str, int],
        mapping: TableMap,
        procedures: ProcedureIndex,
        now: datetime,
        due_time: time | None,
    ) -> None:
        self._columns = columns
        self._mapping = mapping
        self._procedures = procedures
        self._now, self._today = now, local_day(now)
        self._due = due_time or _DUE

    def read(self, row: int, cells: Sequence[Cell]) -> RegisterEntry:
        """Return the dossier of a row.

        Raises Refusal with the reason, such as `import_day`, `import_name_missing`, `import_order`.
        """
        received = self._instant(cells, "received", _RECEIVED)
        if received is None:
            raise Refusal("import_received_missing", "received")
        if local_day(received).year < FIRST_YEAR:
            raise Refusal("import_day", "received", column="received", text=f"{local_day(received):%d/%m/%Y}")
        finished = self._instant(cells, "finished", _FINISHED)
        returned = self._instant(cells, "returned", _RETURNED)
        outcome = self._outcome(cells, finished, returned)
        finished, returned = _ordered(received, finished, returned)
        self._refuse_future(received=received, finished=finished, returned=returned)
        version = self._procedures.version(
            self._text(cells, "procedure_code"), self._text(cells, "procedure"), local_day(received)
        )
        return RegisterEntry(
            row=row,
            code=self._code(cells),
            version=version,
            channel_known=bool(self._text(cells, "channel")),
            applicant=self._applicant(cells),
            submitter=self._text(cells, "submitter", NAME_LIMIT),
            channel=self._channel(cells),
            return_by=self._return_by(cells),
            quantity=self._count(cells, "quantity", 999) or 1,
            fee=self._count(cells, "fee", _MAX_FEE),
            note=self._text(cells, "note", 2000),
            holder=self._text(cells, "holder", 200),
            receiver=self._text(cells, "receiver", NAME_LIMIT),
            received_at=received,
            due_at=self._due_at(cells, received),
            finished_at=finished,
            returned_at=returned,
            outcome=outcome,
            digest=self._digest(cells),
        )

    def _cell(self, cells: Sequence[Cell], column: str) -> Cell:
        cell = cell_of(cells, self._columns[column]) if column in self._columns else None
        return self._mapping.defaults.get(column) if cell is None else cell

    def _text(self, cells: Sequence[Cell], column: str, limit: int = TEXT_LIMIT) -> str:
        cell = self._cell(cells, column)
        if cell is None:
            return ""
        text = clean(text_of(cell))
        if len(text) > limit:
            raise Refusal("import_too_long", column, column=column, limit=limit)
        return "" if text in ("-", "–", "—") else text

    def _instant(self, cells: Sequence[Cell], column: str, usual: time) -> datetime | None:
        cell = self._cell(cells, column)
        try:
            value = day_or_instant(cell, self._today)
            if value is None or isinstance(value, datetime):
                return value
            return datetime.combine(value, usual, OFFICE_TIME)
        except (ValueError, OverflowError):
            raise Refusal("import_day", column, column=column, text=text_of(cell)[:40]) from None

    def _due_at(self, cells: Sequence[Cell], received: datetime) -> datetime | None:
        due = self._instant(cells, "due", self._due)
        if due is not None and day_of(due) < local_day(received):
            raise Refusal("import_order", "due", first="received", second="due")
        return due

    def _refuse_future(self, **instants: datetime | None) -> None:
        for column, instant in instants.items():
            if instant is not None and local_day(instant) > self._today:
                raise Refusal("import_future", column, column=column, text=f"{instant:%d/%m/%Y}")

    def _outcome(self, cells: Sequence[Cell], finished: datetime | None, returned: datetime | None) -> Status:
        """Return the status that text and days of the row show.

        Raises Refusal `import_end_missing` for an end without a day.
        """
        text = self._text(cells, "status", 2000)
        mapped = self._mapping.statuses.get(heading_text(text)) if text else None
        status = _status_named(mapped) if mapped else _match(_ENDS, text)
        if status is None or (status in _WITHOUT_END and (finished or returned)):
            status = Status.RETURNED if returned else Status.FINISHED if finished else Status.RECEIVED
        if status == Status.FINISHED and returned:
            status = Status.RETURNED
        if status not in (*_WITHOUT_END, Status.RECEIVED) and not (finished or returned):
            raise Refusal("import_end_missing", "finished", text=text[:60])
        return status

    def _code(self, cells: Sequence[Cell]) -> str:
        return self._text(cells, "code", _CODE_LIMIT)

    def _applicant(self, cells: Sequence[Cell]) -> Person:
        name, contact = self._name_and_contact(cells)
        if not name:
            raise Refusal("import_name_missing", "applicant")
        if not any(character.isalpha() for character in name):
            raise Refusal("name_without_letters", "applicant", name=name[:60])
        if _BROKEN.search(name):
            raise Refusal("import_name_broken", "applicant", name=name[:60])
        kind = PersonKind(_match(_BODIES, name) or "citizen")
        read_number = partial(identity_number, of_body=kind is not PersonKind.CITIZEN)
        number = self._number(cells, "id_number", read_number)
        phone = self._number(cells, "phone", phone_number) or _phone_in(contact)
        return Person(
            kind=kind,
            name=name[:NAME_LIMIT],
            id_number=number or None,
            birth=self._birth(cells),
            gender=self._gender(cells),
            phone=phone or None,
            address=self._text(cells, "address") or _without_phone(contact) or None,
            email=self._text(cells, "email") or None,
        )

    def _name_and_contact(self, cells: Sequence[Cell]) -> tuple[str, str]:
        """Return the name, and address with telephone where a column has both."""
        whole = self._cell(cells, "person")
        name, contact = self._text(cells, "applicant", 2000), self._text(cells, "contact")
        if name or whole is None:
            return name, contact
        first, *rest = re.split(r"[\n;,]| - ", str(whole), maxsplit=1)
        return clean(first), contact or clean(" ".join(rest))

    def _number(self, cells: Sequence[Cell], column: str, read: _ReadText) -> str:
        cell = self._cell(cells, column)
        try:
            return read(cell)[:40]
        except ValueError:
            raise Refusal("import_number_lost", column, column=column, text=text_of(cell)[:40]) from None

    def _birth(self, cells: Sequence[Cell]) -> str | None:
        cell = self._cell(cells, "birth")
        text = text_of(cell).strip("'")
        if re.fullmatch(r"(18|19|20)[0-9]{2}", text):
            return text
        try:
            value = day_or_instant(cell, self._today)
        except (ValueError, OverflowError):
            raise Refusal("import_day", "birth", column="birth", text=text[:40]) from None
        return None if value is None else day_of(value).isoformat()

    def _gender(self, cells: Sequence[Cell]) -> Gender | None:
        text = fold_text(self._text(cells, "gender"))
        return {"nam": Gender.MALE, "nu": Gender.FEMALE, "male": Gender.MALE, "female": Gender.FEMALE}.get(text)

    def _channel(self, cells: Sequence[Cell]) -> Channel:
        text = self._text(cells, "channel")
        mapped = self._mapping.channels.get(heading_text(text)) if text else None
        return _match(_CHANNELS, mapped or text) or Channel.DIRECT

    def _return_by(self, cells: Sequence[Cell]) -> ReturnBy:
        text = self._text(cells, "return_by")
        mapped = self._mapping.return_by.get(heading_text(text)) if text else None
        return _match(_RETURN_BY, mapped or text) or ReturnBy.COUNTER

    def _count(self, cells: Sequence[Cell], column: str, most: int) -> int | None:
        cell = self._cell(cells, column)
        try:
            count = whole_number(_UNITS.sub("", cell.strip()) if isinstance(cell, str) else cell)
        except ValueError:
            raise Refusal("import_count", column, column=column, text=text_of(cell)[:40]) from None
        if count is not None and not 0 <= count <= most:
            raise Refusal("import_count", column, column=column, text=text_of(cell)[:40])
        return count

    def _digest(self, cells: Sequence[Cell]) -> str:
        """Return a digest of the row's used cells in any order."""
        used = "\x1f".join(f"{column}={text_of(self._cell(cells, column))}" for column in sorted(self._columns))
        return hashlib.sha256(used.encode()).hexdigest()


def _ordered(
    received: datetime, finished: datetime | None, returned: datetime | None
) -> tuple[datetime | None, datetime | None]:
    """Return end and return in order; a time may move within its day.

    A returned dossier without a day of its end ended when it was returned.

    Raises Refusal `import_order` where a later step has an earlier day.
    """
    finished = returned if finished is None else finished
    if finished is not None:
        if local_day(finished) < local_day(received):
            raise Refusal("import_order", "finished", first="received", second="finished")
        finished = max(finished, received)
    if returned is not None and finished is not None:
        if local_day(returned) < local_day(finished):
            raise Refusal("import_order", "returned", first="finished", second="returned")
        returned = max(returned, finished)
    return finished, returned


def _status_named(text: str) -> Status:
    try:
        return Status(text)
    except ValueError:
        raise Refusal("unknown_choice", "map", text=text[:40], allowed=", ".join(Status)) from None


def _match(patterns: Sequence[tuple[re.Pattern[str], _Value]], text: str) -> _Value | None:
    plain = _folded(text) if text else ""
    return next((value for pattern, value in patterns if pattern.search(plain)), None) if plain else None


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return fold_text(text)


def _phone_in(text: str) -> str:
    match = _PHONE.search(text)
    return match[0] if match else ""


def _without_phone(text: str) -> str:
    return _PHONE_LABEL.sub("", _PHONE.sub("", text)).strip(" ,;-:.")
