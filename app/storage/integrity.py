"""Whether the database file itself is sound, and what the register says of its own numbers."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, func, select, text, type_coerce

from app.models.dossier import Dossier, Party, PreprintedReceipt
from app.models.enums import Action
from app.models.journal import CounterRefusal, Event
from app.models.office import Counter
from app.storage.dossiers import SELECT_DOSSIER
from app.storage.rows import DossierRow, EventRow, PersonFactsRow
from app.storage.uow import Reading

_D = Dossier.c
_R = CounterRefusal.c
_PEOPLE_ACTIONS = (Action.INTAKE.value, Action.AMEND.value)
_YEAR_REFUSED = type_coerce(_R.refused_day, Integer) // 10000


def find_damage(work: Reading) -> tuple[str, ...]:
    """What SQLite finds wrong with the file, in its own words; empty for a sound one."""
    if work.dialect != "sqlite":
        return ()
    said = [str(row[0]) for row in work.rows(text("PRAGMA integrity_check"))]
    orphans = work.rows(text("PRAGMA foreign_key_check"))
    return (*(line for line in said if line != "ok"), *(str(tuple(row)) for row in orphans))


def all_dossiers(work: Reading) -> Iterator[DossierRow]:
    """Every dossier with its cached state, one after another."""
    return work.typed_stream(DossierRow._make, SELECT_DOSSIER.order_by(_D.id))


def events_by_dossier(work: Reading) -> Iterator[EventRow]:
    """Every event, dossier by dossier in the order they happened."""
    return work.typed_stream(EventRow._make, select(Event).order_by(Event.c.dossier_id, Event.c.id))


def codes_without_events(work: Reading) -> Sequence[str]:
    """Codes of dossiers of which the journal knows nothing."""
    known = select(Event.c.dossier_id).where(Event.c.dossier_id == _D.id)
    return [row.code for row in work.rows(select(_D.code).where(~known.exists()))]


def highest_numbers(work: Reading) -> dict[str, int]:
    """For each counter's name the highest number some dossier or blank receipt bears: of the desk's day, of the
    register's book, of its slips of refusal."""
    serials = [row for keys in (_D.key, PreprintedReceipt.c.key) for row in work.rows(_highest_serials(keys))]
    year = type_coerce(_D.received_day, Integer) // 10000
    books = work.rows(
        select(year, _D.register_book, _D.field, func.max(_D.register_number)).group_by(
            year, _D.register_book, _D.field
        )
    )
    slips = work.rows(
        select(_YEAR_REFUSED, _R.workstation, func.max(_R.number)).group_by(_YEAR_REFUSED, _R.workstation)
    )
    found: dict[str, int] = {}
    for of, on, highest in map(tuple, serials):
        found[f"serial:{of}:{on}"] = max(int(highest), found.get(f"serial:{of}:{on}", 0))
    found |= {f"register:{of}:{book}:{field}": highest for of, book, field, highest in map(tuple, books)}
    return found | {f"refusal:{year_of}:{of:02d}": highest for year_of, of, highest in map(tuple, slips)}


def _highest_serials(key: Any) -> Any:
    desk, day = func.substr(key, 3, 2), func.substr(key, 5, 6)
    return select(desk, day, func.max(func.substr(key, 11, 5))).group_by(desk, day)


def counter_values(work: Reading) -> dict[str, int]:
    """The last number of every counter."""
    return {row.name: row.value for row in work.rows(select(Counter.c.name, Counter.c.value))}


def is_registered(work: Reading, year: int, book: str, field: str, number: int) -> bool:
    """Whether some dossier stands on this line of a year's register."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    line = select(_D.id).where(_D.register_book == book, _D.register_number == number, _D.field == field)
    return work.value(line.where(_D.received_day.between(first, last)).limit(1)) is not None


def people_with_last_facts(work: Reading) -> Iterator[PersonFactsRow]:
    """The people of every dossier, one a row, beside the facts of the event that wrote them last; a dossier without
    any has one row of nothing."""
    wrote = select(func.max(Event.c.id)).where(Event.c.action.in_(_PEOPLE_ACTIONS)).group_by(Event.c.dossier_id)
    return work.typed_stream(
        PersonFactsRow._make,
        select(
            _D.code, _D.applicant_name, Event.c.facts, Party.c.role, Party.c.name, Party.c.id_number, Party.c.details
        )
        .join(Event, Event.c.dossier_id == _D.id)
        .join(Party, Party.c.dossier_id == _D.id, isouter=True)
        .where(Event.c.id.in_(wrote))
        .order_by(_D.id, Party.c.id),
    )


def latest_entry(work: Reading) -> datetime | None:
    """The newest hour in the journal, or None."""
    latest: datetime | None = work.value(select(func.max(Event.c.entered_at)))
    return latest
