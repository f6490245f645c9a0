"""Rows of dossiers as they were known at an instant, from their events.

Only dossiers with an event entered after the instant are read again. What that event changed is taken back:
the state by replaying the events before it, people by the values before each correction.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, TypeVar

from app.models.enums import Action, Status
from app.models.instants import local_day
from app.models.lifecycle import State
from app.services.acts.amend import AMENDED
from app.services.acts.replay import replay_events
from app.services.effective_events import UNDONE
from app.storage.reporting.known import events_of_changed
from app.storage.reporting.rows import DossierGroupsRow
from app.storage.reporting.tables import groups_of_dossiers
from app.storage.rows import DossierListRow, EventRow
from app.storage.uow import Reading

_ENDS = (Action.FINISH, Action.REFUSE, Action.STOP, Action.CLOSE)
_Row = TypeVar("_Row")


@dataclass(frozen=True)
class KnownDossier:
    """A dossier changed after an instant: its events up to it and later.

    `state` is None if the dossier was not entered yet.
    """

    known: tuple[EventRow, ...]
    later: tuple[EventRow, ...]
    state: State | None

    @property
    def holder(self) -> str:
        """Who held it when it ended, else its holder."""
        assert self.state is not None
        ends = [event.holder_from for event in self.known if event.action in _ENDS]
        return (ends[-1] if ends and self.state.closed_at is not None else None) or self.state.holder

    @property
    def is_void(self) -> bool:
        """Whether it was void or not yet entered."""
        return self.state is None or self.state.status == Status.VOID

    def person(self, role: str, now: Mapping[str, Any]) -> dict[str, Any]:
        """Return a person before the later corrections; `now` is the person."""
        corrections = {
            event.uuid: event.facts[AMENDED] for event in (*self.known, *self.later) if AMENDED in event.facts
        }
        person = dict(now)
        for event in reversed(self.later):
            person |= _values(corrections.get(event.uuid, {}), role, "before")
            for undone in event.facts.get(UNDONE, ()):
                person |= _values(corrections.get(undone, {}), role, "now")
        return person

    def name(self, role: str, now: str) -> str:
        """Return the name of a person before the later corrections."""
        return str(self.person(role, {"name": now})["name"])


def _values(fields: Mapping[str, Mapping[str, Any]], role: str, key: str) -> dict[str, Any]:
    """Return the values of the corrected fields of a person."""
    return {name.removeprefix(f"{role}."): each[key] for name, each in fields.items() if name.startswith(f"{role}.")}


def known_dossiers(work: Reading, codes: Sequence[str], as_of: datetime | None) -> Mapping[str, KnownDossier]:
    """Return those of some dossiers that were changed after an instant."""
    if as_of is None:
        return {}
    rows = groupby(events_of_changed(work, codes, as_of), key=lambda row: row.code)
    return {code: _known(tuple(row.event for row in group), as_of) for code, group in rows}


def _known(events: Sequence[EventRow], as_of: datetime) -> KnownDossier:
    known = tuple(event for event in events if event.entered_at <= as_of)
    later = tuple(event for event in events if event.entered_at > as_of)
    return KnownDossier(known, later, replay_events(known) if known else None)


def rows_then(
    rows: Sequence[_Row],
    code: Callable[[_Row], str],
    change: Callable[[_Row, KnownDossier, State], _Row],
    as_of: datetime | None,
    work: Reading,
) -> list[_Row]:
    """Return rows about dossiers as known at an instant.

    Dossiers entered later are left out; `change` rewrites the row of a changed one.
    """
    known = known_dossiers(work, [code(row) for row in rows], as_of)
    return list(_rows_then(rows, code, change, known))


def _rows_then(
    rows: Iterable[_Row],
    code: Callable[[_Row], str],
    change: Callable[[_Row, KnownDossier, State], _Row],
    known: Mapping[str, KnownDossier],
) -> Iterable[_Row]:
    for row in rows:
        dossier = known.get(code(row))
        if dossier is None:
            yield row
        elif dossier.state is not None:
            yield change(row, dossier, dossier.state)


def list_row_then(row: DossierListRow, dossier: KnownDossier, state: State) -> DossierListRow:
    """Return the row of a list as known at an instant."""
    return row._replace(
        applicant_name=dossier.name("applicant", row.applicant_name),
        status=state.status,
        due_at=state.due_at,
        outcome=state.outcome,
        original_due_day=day_of(state.original_due_at),
        closed_day=day_of(state.closed_at),
    )


def day_of(instant: datetime | None) -> date | None:
    """Return the day of an instant in office time, None for none."""
    return None if instant is None else local_day(instant)


def groups_then(work: Reading, codes: Sequence[str], as_of: datetime | None) -> dict[str, DossierGroupsRow]:
    """Return the groups of some dossiers as known at an instant, by code."""
    groups = groups_of_dossiers(work, codes)
    for code, dossier in known_dossiers(work, codes, as_of).items():
        if code in groups and dossier.state is not None:
            groups[code] = groups[code]._replace(holder=dossier.holder)
    return groups


def today_then(today: date, as_of: datetime | None) -> date:
    """Return the day of an instant, or today if that is earlier."""
    return today if as_of is None else min(today, local_day(as_of))
