"""Rows of a generated office in the columns of the current schema."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from random import Random
from typing import Any

from stdnum import luhn

from app.models.calendar import WorkCalendar, parse_hours
from app.models.codes import comparable, dossier_code, dossier_key
from app.models.dossier import dossier_search_text
from app.models.enums import Action, Channel, ReturnBy, TermUnit
from app.models.instants import OFFICE_TIME
from app.models.mapping import canonical_text
from app.models.people import Person, person_to_json
from app.models.workdays import Term
from app.services.versions import Version, term_of
from app.settings import WEEKDAYS, Office
from benchmarks.histories import DossierHistory, HistoryEvent, WorkingDays, invent_history
from benchmarks.people import invent_person

NOW = datetime(2026, 6, 15, 9, 30, tzinfo=OFFICE_TIME)
"""Present instant of each generated office."""
FIRST = date(2021, 6, 15)
_FIELDS, _PROCEDURES = 20, 60
_CHUNK = 2000
_UTC_OFFSET = 7 * 3600
_EVENT_TYPES = {Action.INTAKE: "dossier"}
_CHANNELS, _CHANNEL_SHARES = tuple(channel.value for channel in Channel), (80, 15, 5)
_SENT_COLUMNS = ("{}", "{}", None, None, None)
Row = dict[str, Any]
Line = tuple[Any, ...]


@dataclass
class Rows:
    """A batch of rows by table.

    Dossiers are by column name, other rows in the order of their table's columns.
    """

    dossier: list[Row] = field(default_factory=list)
    party: list[Line] = field(default_factory=list)
    dossier_paper: list[Line] = field(default_factory=list)
    event: list[Line] = field(default_factory=list)
    outbox: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class _Citizen:
    """A citizen of the commune, as stored with their dossiers."""

    name: str
    id_number: str | None
    details: str
    search_terms: str


@dataclass(frozen=True)
class _Procedure:
    """A common procedure, as stored with its dossiers."""

    term: Term
    columns: Row
    papers: tuple[Line, ...]


@dataclass(frozen=True)
class _Numbering:
    """Prefixes of the codes and keys of one day."""

    code: str
    comparable: str
    key: str
    serial: str
    year: int


class OfficeGenerator:
    """Generator of an office's dossiers in order of intake, over five years."""

    def __init__(self, office: Office, versions: Sequence[Version], size: int) -> None:
        hours = {WEEKDAYS.index(day): parse_hours(spans) for day, spans in office.hours.items() if spans}
        self._office, self._size = office, size
        self._chance = Random(size)
        self._procedures = [_common_procedure(version) for version in common_procedures(versions)]
        self._people = [_citizen(invent_person(self._chance)) for _ in range(min(20_000, size))]
        self._timeline = WorkingDays(WorkCalendar(hours, (), NOW.date(), office.due_time), FIRST, NOW)
        self._events = 0
        self._previous: str | None = None
        self.counters: dict[str, int] = {}

    def batches(self) -> Iterator[Rows]:
        """Yield all rows, `_CHUNK` dossiers at a time."""
        number, batch = 0, Rows()
        for place in range(self._timeline.past + 1):
            numbering = self._numbering(self._timeline.days[place])
            for n in range(1, self._on_day(place) + 1):
                number += 1
                self._dossier(batch, number, place, numbering, n)
                if number % _CHUNK == 0:
                    yield batch
                    batch = Rows()
        yield batch

    def _on_day(self, place: int) -> int:
        """Return the number of dossiers of a working day; the sum is `size`."""
        days = self._timeline.past + 1
        return self._size * (place + 1) // days - self._size * place // days

    def _numbering(self, day: date) -> _Numbering:
        agency, desk = self._office.agency_code, self._office.workstation
        first = dossier_code(agency, day, desk, 1)
        return _Numbering(
            first[:-4],
            comparable(first)[:-4],
            dossier_key(agency, desk, day, 1)[:10],
            f"serial:{desk:02d}:{day:%y%m%d}",
            day.year,
        )

    def _dossier(self, batch: Rows, number: int, place: int, numbering: _Numbering, n: int) -> None:
        procedure, person = self._chance.choice(self._procedures), self._chance.choice(self._people)
        history, events = invent_history(self._timeline, procedure.term, place, person.name, self._chance)
        row = self._row(number, procedure, history, numbering, n)
        row["applicant_name"] = person.name
        row["search_text"] = f"{person.search_terms} {row['code'].lower()} {row['key']}"
        batch.dossier.append(row | _state(events[-1].state))
        batch.party.append((None, number, "applicant", person.name, person.id_number, person.details))
        batch.dossier_paper += [(None, number, *paper) for paper in procedure.papers]
        for event in events:
            self._events += 1
            batch.event.append(self._event(number, event, row["fee"]))
            batch.outbox.append((self._events, *_SENT_COLUMNS))

    def _row(self, number: int, procedure: _Procedure, history: DossierHistory, numbering: _Numbering, n: int) -> Row:
        desk, digits = f"{self._office.workstation:02d}", f"{numbering.key}{n:05d}"
        self._next(numbering.serial)
        return {
            **procedure.columns,
            "id": number,
            "code": f"{numbering.code}{n:04d}",
            "code_comparable": f"{numbering.comparable}{n:04d}",
            "key": digits + luhn.calc_check_digit(digits),
            "channel": self._chance.choices(_CHANNELS, _CHANNEL_SHARES)[0],
            "quantity": 1,
            "return_by": ReturnBy.COUNTER.value,
            "note": None,
            "at_once": False,
            "proof": history.due_date.proof,
            "warnings": "[]",
            "paid": 0,
            "fee_receipt": None,
            "register_book": desk,
            "register_number": self._next(f"register:{numbering.year}:{desk}:{procedure.columns['field']}"),
            "received_at": history.received_at,
            "received_day": _day(history.received_at),
            "apologised": False,
            "replaces_id": None,
            "origin": None,
        }

    def head(self) -> dict[str, Any]:
        """Return the chain head of the desk."""
        return {"workstation": self._office.workstation, "sequence": self._events, "hash": self._previous}

    def _next(self, name: str) -> int:
        self.counters[name] = self.counters.get(name, 0) + 1
        return self.counters[name]

    def _event(self, number: int, event: HistoryEvent, fee: int | None) -> Line:
        """Return the row of one event, with a random hash that no benchmark reads."""
        id_ = f"{self._chance.getrandbits(128):032x}"
        previous, self._previous = self._previous, f"{self._chance.getrandbits(256):064x}"
        day, state = _day(event.at), event.state
        return (
            self._events,
            f"{id_[:8]}-{id_[8:12]}-4{id_[13:16]}-a{id_[17:20]}-{id_[20:]}",
            self._office.workstation,
            self._events,
            _EVENT_TYPES.get(event.action, "progress"),
            1,
            number,
            str(event.action),
            event.at,
            day,
            event.at,
            "tap-huan",
            event.giver,
            event.holder,
            str(event.status),
            event.verdict and str(event.verdict),
            event.note,
            _facts(event, fee),
            _day(state["original_due_at"]),
            _day(state["closed_at"]),
            state["outcome"] and str(state["outcome"]),
            previous,
            self._previous,
        )


def _facts(event: HistoryEvent, fee: int | None) -> str:
    """Return the event's facts as JSON text."""
    changes = event.change.items()
    change = ",".join([f'"{name}":{_instant(to) if name.endswith("_at") else _json_text(to)}' for name, to in changes])
    if event.action is not Action.INTAKE:
        return f'{{"change":{{{change}}}}}'
    return f'{{"at_once":false,"change":{{}},"due_at":{_instant(event.state["due_at"])},"fee_due":{_json_text(fee)}}}'


@lru_cache(maxsize=None, typed=True)
def _json_text(value: Any) -> str:
    return canonical_text(value)


def _citizen(person: Person) -> _Citizen:
    details = person_to_json(person)
    return _Citizen(person.name, person.id_number, canonical_text(details), dossier_search_text([details], ()))


def _common_procedure(version: Version) -> _Procedure:
    procedure, term = version.procedure, term_of(version.procedure)
    limit = None if term.limit is None else str(term.limit)
    columns = {
        "procedure_version_id": version.id,
        "procedure_code": procedure.code,
        "field": procedure.field,
        "fee": procedure.fee,
        "term": canonical_text({"limit": limit, "unit": term.unit.value}),
    }
    papers = tuple(
        (position, paper.name, paper.handling.value, paper.originals, paper.copies, None)
        for position, paper in enumerate(procedure.papers, 1)
    )
    return _Procedure(term, columns, papers)


def common_procedures(versions: Sequence[Version]) -> tuple[Version, ...]:
    """Return three procedures with a known term of each of the largest fields."""
    by_field: dict[str, list[Version]] = {}
    for version in versions:
        if version.procedure.unit is not TermUnit.UNKNOWN:
            by_field.setdefault(version.procedure.field, []).append(version)
    largest = sorted(by_field.values(), key=len, reverse=True)[:_FIELDS]
    return tuple(version for field_ in largest for version in field_[: _PROCEDURES // _FIELDS])


def _state(state: Any) -> Row:
    """Return the state by column, with the days of its instants."""
    return {
        **state,
        "status": str(state["status"]),
        "outcome": state["outcome"] and str(state["outcome"]),
        "due_day": _day(state["due_at"]),
        "original_due_day": _day(state["original_due_at"]),
        "closed_day": _day(state["closed_at"]),
    }


def _day(seconds: int | None) -> int | None:
    """Return the day of an instant in office time as YYYYMMDD."""
    return None if seconds is None else _day_number((seconds + _UTC_OFFSET) // 86400)


def _instant(seconds: int | None) -> str:
    """Return an instant as JSON text."""
    if seconds is None:
        return "null"
    days, second = divmod(seconds + _UTC_OFFSET, 86400)
    return f'"{_day_text(days)}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}+07:00"'


@cache
def _day_number(days: int) -> int:
    day = date(1970, 1, 1) + timedelta(days)
    return day.year * 10000 + day.month * 100 + day.day


@cache
def _day_text(days: int) -> str:
    return (date(1970, 1, 1) + timedelta(days)).isoformat()
