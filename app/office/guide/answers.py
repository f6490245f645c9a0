"""Answers of the guide, without passwords, and their text on the disk."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from app.models.enums import Role
from app.settings import WEEKDAYS

USUAL_SPANS = ("07:30-11:30", "13:30-17:00")
"""Morning and afternoon of an ordinary day; between them is the noon break."""
USUAL_HOURS: Mapping[str, tuple[str, str]] = {day: USUAL_SPANS if day in WEEKDAYS[:5] else ("", "") for day in WEEKDAYS}
_FORMAT, _VERSION = "motcua-guide", 1
_MAX_TEXT, _MAX_ENTRIES = 500, 500


class GuidePage(StrEnum):
    """Pages of the guide, in order."""

    START = "start"
    OFFICE = "office"
    HOURS = "hours"
    PEOPLE = "people"
    PLACE = "place"
    PRINTERS = "printers"
    SCANNER = "scanner"
    FIELDS = "fields"
    REGISTER = "register"
    FOUNDING = "founding"
    DONE = "done"


PAGES = tuple(GuidePage)


@dataclass(frozen=True)
class FurtherPerson:
    """A person who works in the office besides the first: name and role."""

    name: str
    role: Role


@dataclass(frozen=True)
class Answers:
    """What the user typed, page by page.

    Texts are as typed; `check_page` checks them. `hours` has morning and afternoon of each weekday, empty for closed.
    `fields` are the fields of procedures that the office handles, empty for all. `register` is the file of the register
    kept so far. `page` is the page to begin with at the next start. `folder` is the data folder, empty for the proposed
    one. `founding_in` is the folder in which the founding began.
    """

    page: GuidePage = GuidePage.START
    name: str = ""
    parent: str = ""
    province: str = ""
    place: str = ""
    address: str = ""
    phone: str = ""
    agency_code: str = ""
    workstation: str = "1"
    hours: Mapping[str, tuple[str, str]] = field(default_factory=lambda: dict(USUAL_HOURS))
    head: str = ""
    signer: str = ""
    admin: str = ""
    people: tuple[FurtherPerson, ...] = ()
    shared: bool = False
    folder: str = ""
    second_backup: str = ""
    fields: tuple[str, ...] = ()
    register: str = ""
    founding_in: str = ""

    @property
    def usual_hours(self) -> bool:
        """Whether the hours are those of an ordinary office."""
        return dict(self.hours) == dict(USUAL_HOURS)


def to_text(answers: Answers) -> str:
    """Return the answers as JSON text; they hold no password."""
    return json.dumps({"format": _FORMAT, "version": _VERSION, **asdict(answers)}, ensure_ascii=False, indent=1)


def from_text(text: str) -> Answers:
    """Return the answers of a JSON text.

    What is missing or of another type keeps its default, so that a file of another release or a damaged one loses no
    more than that answer.
    """
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return Answers()
    if not isinstance(values, dict) or values.get("format") != _FORMAT:
        return Answers()
    answers = Answers()
    for each in fields(Answers):
        read = _READERS.get(each.name, _text)
        value = read(values.get(each.name))
        if value is not None:
            answers = replace(answers, **{each.name: value})
    return answers


def _text(value: object) -> str | None:
    return value[:_MAX_TEXT] if isinstance(value, str) else None


def _page(value: object) -> GuidePage | None:
    return GuidePage(value) if isinstance(value, str) and value in set(GuidePage) else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _hours(value: object) -> dict[str, tuple[str, str]] | None:
    if not isinstance(value, dict) or set(value) != set(WEEKDAYS):
        return None
    pairs = {day: tuple(map(str, spans))[:2] for day, spans in value.items() if isinstance(spans, list)}
    if any(len(spans) != 2 for spans in pairs.values()) or len(pairs) != len(WEEKDAYS):
        return None
    return {day: (pairs[day][0], pairs[day][1]) for day in WEEKDAYS}


def _people(value: object) -> tuple[FurtherPerson, ...] | None:
    if not isinstance(value, list):
        return None
    rows = [row for row in value[:_MAX_ENTRIES] if isinstance(row, dict) and row.get("role") in set(Role)]
    return tuple(FurtherPerson(str(row.get("name", ""))[:_MAX_TEXT], Role(row["role"])) for row in rows)


def _names(value: object) -> tuple[str, ...] | None:
    return tuple(map(str, value[:_MAX_ENTRIES])) if isinstance(value, list) else None


_READERS: Mapping[str, Any] = {
    "page": _page,
    "hours": _hours,
    "people": _people,
    "shared": _flag,
    "fields": _names,
}
