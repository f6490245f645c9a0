"""The rows of a generated office: dossiers with their people, papers and events, in the columns of today's schema."""

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
from benchmarks.histories import DossierHistory, HistoryEvent, WorkingDays, invent
from benchmarks.people import invent as invent_person

NOW = datetime(2026, 6, 15, 9, 30, tzinfo=OFFICE_TIME)
"""The present of every generated office."""
FIRST = date(2021, 6, 15)
_FIELDS, _PROCEDURES = 20, 60
_CHUNK = 2000
_UTC_OFFSET = 7 * 3600
_EVENT_TYPES = {Action.INTAKE: "dossier"}
_CHANNELS, _CHANNEL_SHARES = tuple(channel.value for channel in Channel), (80, 15, 5)
_SENT_COLUMNS = ("{}", "{}", 1, "accepted", None)
Row = dict[str, Any]
Line = tuple[Any, ...]


@dataclass
class Rows:
    """A batch of rows by table: dossiers by column name, the many others in the order of their table's columns."""

    dossier: list[Row] = field(default_factory=list)
    party: list[Line] = field(default_factory=list)
    dossier_paper: list[Line] = field(default_factory=list)
    event: list[Line] = field(default_factory=list)
    outbox: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class _Citizen:
    """A citizen of the commune, as his dossiers keep him."""

    name: str
    id_number: str | None
    details: str
    search_terms: str


@dataclass(frozen=True)
class _Procedure:
    """A procedure the office sees often, as its dossiers keep it."""

    term: Term
    columns: Row
    papers: tuple[Line, ...]


@dataclass(frozen=True)
class _Numbering:
    """What the codes and keys of one day begin with."""

    code: str
    comparable: str
    key: str
    serial: str
    year: int


class OfficeGenerator:
    """Makes one office's dossiers in the order of intake, five years of them up to NOW."""

    def __init__(self, office: Office, versions: Sequence[Version], size: int) -> None:
        hours = {WEEKDAYS.index(day): parse_hours(spans) for day, spans in office.hours.items() if spans}
        self._office, self._size = office, size
        self._chance = Random(size)
        self._usual = [_usual(version) for version in common_procedures(versions)]
        self._people = [_citizen(invent_person(self._chance)) for _ in range(min(20_000, size))]
        self._timeline = WorkingDays(WorkCalendar(hours, (), NOW.date(), office.due_time), FIRST, NOW)
        self._events = 0
        self._previous: str | None = None
        self.counters: dict[str, int] = {}

    def batches(self) -> Iterator[Rows]:
        """All rows, some thousand dossiers at a time."""
        made, batch = 0, Rows()
        for place in range(self._timeline.past + 1):
            numbering = self._numbering(self._timeline.days[place])
            for n in range(1, self._on_day(place) + 1):
                made += 1
                self._dossier(batch, made, place, numbering, n)
                if made % _CHUNK == 0:
                    yield batch
                    batch = Rows()
        yield batch

    def _on_day(self, place: int) -> int:
        """How many come on a working day, so that in the end all have come."""
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
        procedure, person = self._chance.choice(self._usual), self._chance.choice(self._people)
        life, acts = invent(self._timeline, procedure.term, place, person.name, self._chance)
        row = self._row(number, procedure, life, numbering, n)
        row["applicant_name"] = person.name
        row["search_text"] = f"{person.search_terms} {row['code'].lower()} {row['key']}"
        batch.dossier.append(row | _state(acts[-1].state))
        batch.party.append((None, number, "applicant", person.name, person.id_number, person.details))
        batch.dossier_paper += [(None, number, *paper) for paper in procedure.papers]
        for act in acts:
            self._events += 1
            batch.event.append(self._event(number, act, row["fee"]))
            batch.outbox.append((self._events, *_SENT_COLUMNS))

    def _row(self, number: int, procedure: _Procedure, life: DossierHistory, numbering: _Numbering, n: int) -> Row:
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
            "proof": life.due_date.proof,
            "warnings": "[]",
            "paid": 0,
            "fee_receipt": None,
            "register_book": desk,
            "register_number": self._next(f"register:{numbering.year}:{desk}:{procedure.columns['field']}"),
            "received_at": life.received_at,
            "received_day": _day(life.received_at),
            "apologised": False,
            "replaces_id": None,
        }

    def head(self) -> dict[str, Any]:
        """Where the desk's chain ends."""
        return {"workstation": self._office.workstation, "sequence": self._events, "hash": self._previous}

    def _next(self, name: str) -> int:
        self.counters[name] = self.counters.get(name, 0) + 1
        return self.counters[name]

    def _event(self, number: int, act: HistoryEvent, fee: int | None) -> Line:
        """One event's row. Its hash is no chain: nothing that is measured reads one."""
        id_ = f"{self._chance.getrandbits(128):032x}"
        previous, self._previous = self._previous, f"{self._chance.getrandbits(256):064x}"
        day, state = _day(act.at), act.state
        return (
            self._events,
            f"{id_[:8]}-{id_[8:12]}-4{id_[13:16]}-a{id_[17:20]}-{id_[20:]}",
            self._office.workstation,
            self._events,
            _EVENT_TYPES.get(act.action, "progress"),
            1,
            number,
            str(act.action),
            act.at,
            day,
            act.at,
            "tap-huan",
            act.giver,
            act.holder,
            str(act.status),
            act.verdict and str(act.verdict),
            act.note,
            _facts(act, fee),
            _day(state["original_due_at"]),
            _day(state["closed_at"]),
            state["outcome"] and str(state["outcome"]),
            previous,
            self._previous,
        )


def _facts(act: HistoryEvent, fee: int | None) -> str:
    """The event's facts as JSON text."""
    changes = act.change.items()
    change = ",".join([f'"{name}":{_instant(to) if name.endswith("_at") else _json_text(to)}' for name, to in changes])
    if act.action is not Action.INTAKE:
        return f'{{"change":{{{change}}}}}'
    return f'{{"at_once":false,"change":{{}},"due_at":{_instant(act.state["due_at"])},"fee_due":{_json_text(fee)}}}'


@lru_cache(maxsize=None, typed=True)
def _json_text(value: Any) -> str:
    return canonical_text(value)


def _citizen(person: Person) -> _Citizen:
    details = person_to_json(person)
    return _Citizen(person.name, person.id_number, canonical_text(details), dossier_search_text([details], ()))


def _usual(version: Version) -> _Procedure:
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
    """The procedures an office mostly sees: of the twenty largest fields three each, with a known term."""
    by_field: dict[str, list[Version]] = {}
    for version in versions:
        if version.procedure.unit is not TermUnit.UNKNOWN:
            by_field.setdefault(version.procedure.field, []).append(version)
    largest = sorted(by_field.values(), key=len, reverse=True)[:_FIELDS]
    return tuple(version for field_ in largest for version in field_[: _PROCEDURES // _FIELDS])


def _state(state: Any) -> Row:
    """The state in its columns, days beside their instants."""
    return {
        **state,
        "status": str(state["status"]),
        "outcome": state["outcome"] and str(state["outcome"]),
        "due_day": _day(state["due_at"]),
        "original_due_day": _day(state["original_due_at"]),
        "closed_day": _day(state["closed_at"]),
    }


def _day(seconds: int | None) -> int | None:
    """The day of an instant in office time as YYYYMMDD."""
    return None if seconds is None else _day_number((seconds + _UTC_OFFSET) // 86400)


def _instant(seconds: int | None) -> str:
    """An instant as JSON text."""
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
