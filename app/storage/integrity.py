"""Statements for the integrity check and for repairs of counters."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, func, select, text, type_coerce

from app.models.dossier import Dossier, Party, PreprintedReceipt
from app.models.enums import Action
from app.models.journal import CounterRefusal, Event
from app.models.office import Counter
from app.storage.dossiers import SELECT_DOSSIER
from app.storage.rows import DossierRow, EventRow, PersonFactsRow
from app.storage.uow import Reading

_D = Dossier.c
_R = CounterRefusal.c
_PEOPLE_ACTIONS = (Action.INTAKE.value, Action.AMEND.value, Action.UNDO.value)
_YEAR_RECEIVED = type_coerce(_D.received_day, Integer) // 10000
_YEAR_REFUSED = type_coerce(_R.refused_day, Integer) // 10000


def find_damage(work: Reading) -> tuple[str, ...]:
    """Return the messages of SQLite's checks; empty for a sound file."""
    if work.dialect != "sqlite":
        return ()
    # A query makes this connection's FTS5 drop segments that another connection has merged since; the pragma does not.
    work.rows(text("SELECT rowid FROM dossier_search LIMIT 1"))
    messages = [str(row[0]) for row in work.rows(text("PRAGMA integrity_check"))]
    orphans = work.rows(text("PRAGMA foreign_key_check"))
    return (*(message for message in messages if message != "ok"), *(str(tuple(row)) for row in orphans))


def all_dossiers(work: Reading) -> Iterator[DossierRow]:
    """Yield every dossier."""
    return work.typed_stream(DossierRow._make, SELECT_DOSSIER.order_by(_D.id))


def events_by_dossier(work: Reading) -> Iterator[EventRow]:
    """Yield every event, dossier by dossier in order."""
    return work.typed_stream(EventRow._make, select(Event).order_by(Event.c.dossier_id, Event.c.id))


def codes_without_events(work: Reading) -> Sequence[str]:
    """Return the codes of dossiers without events."""
    events = select(Event.c.dossier_id).where(Event.c.dossier_id == _D.id)
    return [row.code for row in work.rows(select(_D.code).where(~events.exists()))]


def highest_numbers(work: Reading) -> dict[str, int]:
    """Return the highest number in use for each counter, by its name.

    Counters are `serial:DESK:DAY` of dossiers and pre-printed receipts, `register:YEAR:BOOK:FIELD` and
    `refusal:YEAR:DESK`.
    """
    serials = [row for keys in (_D.key, PreprintedReceipt.c.key) for row in work.rows(_highest_serials(keys))]
    books = work.rows(
        select(_YEAR_RECEIVED, _D.register_book, _D.field, func.max(_D.register_number)).group_by(
            _YEAR_RECEIVED, _D.register_book, _D.field
        )
    )
    refusals = work.rows(
        select(_YEAR_REFUSED, _R.workstation, func.max(_R.number)).group_by(_YEAR_REFUSED, _R.workstation)
    )
    numbers: dict[str, int] = {}
    for desk, day, highest in map(tuple, serials):
        numbers[f"serial:{desk}:{day}"] = max(int(highest), numbers.get(f"serial:{desk}:{day}", 0))
    numbers |= {f"register:{year}:{book}:{field}": highest for year, book, field, highest in map(tuple, books)}
    return numbers | {f"refusal:{year}:{desk:02d}": highest for year, desk, highest in map(tuple, refusals)}


def _highest_serials(key: ColumnElement[str]) -> Select[Any]:
    desk, day = func.substr(key, 3, 2), func.substr(key, 5, 6)
    return select(desk, day, func.max(func.substr(key, 11, 5))).group_by(desk, day)


def counter_values(work: Reading) -> dict[str, int]:
    """Return the last number of every counter."""
    return {row.name: row.value for row in work.rows(select(Counter.c.name, Counter.c.value))}


def is_registered(work: Reading, year: int, book: str, field: str, number: int) -> bool:
    """Return whether a dossier has this number in a year's register."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    statement = select(_D.id).where(_D.register_book == book, _D.register_number == number, _D.field == field)
    return work.value(statement.where(_D.received_day.between(first, last)).limit(1)) is not None


def people_with_last_facts(work: Reading) -> Iterator[PersonFactsRow]:
    """Yield the people of every dossier with the facts that wrote them last.

    A dossier without people has one row without a person.
    """
    last_events = select(func.max(Event.c.id)).where(Event.c.action.in_(_PEOPLE_ACTIONS)).group_by(Event.c.dossier_id)
    return work.typed_stream(
        PersonFactsRow._make,
        select(
            _D.code, _D.applicant_name, Event.c.facts, Party.c.role, Party.c.name, Party.c.id_number, Party.c.details
        )
        .join(Event, Event.c.dossier_id == _D.id)
        .join(Party, Party.c.dossier_id == _D.id, isouter=True)
        .where(Event.c.id.in_(last_events))
        .order_by(_D.id, Party.c.id),
    )


def latest_entry(work: Reading) -> datetime | None:
    """Return the latest instant at which an event was entered, or None."""
    latest: datetime | None = work.value(select(func.max(Event.c.entered_at)))
    return latest
