"""Checks of the guide's pages, and the office file of the answers."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from app.models.codes import agency_code, dossier_code, dossier_key
from app.models.errors import Refusal
from app.models.signin import check_strength
from app.models.text import clean, visible_text
from app.office.guide.answers import Answers, FurtherPerson, GuidePage
from app.office.guide.places import GuidePlaces, check_backup_folder, check_data_folder, holds_office
from app.printing.layout.barcode import key_pattern
from app.services.actor import MAX_NAME_LENGTH
from app.services.office_file import office_of_text
from app.settings import MAX_TEXT, WEEKDAYS, place_of

_CLOCK = r"([01]?[0-9]|2[0-3])[:hg.]([0-5][0-9])?"
_SPAN = re.compile(rf"{_CLOCK}\s*(?:-|–|—|đến)\s*{_CLOCK}", re.IGNORECASE)
_NEEDED = {GuidePage.OFFICE: ("name", "parent", "province"), GuidePage.PEOPLE: ("head", "admin")}
"""Texts that a page must have."""
_OPTIONAL = {GuidePage.OFFICE: ("place", "address", "phone"), GuidePage.PEOPLE: ("signer",)}
"""Texts that may stay empty."""


class ExampleNumber(NamedTuple):
    """Example of the office's first number of a day.

    `bars` is its Code 128 as digits: 1 for a dark module, 0 for a light one.
    """

    code: str
    key: str
    bars: str


def example_number(answers: Answers, day: date) -> ExampleNumber:
    """Return the first number that the desk would give on a day.

    Raises Refusal `guide_code`, `guide_desk`.
    """
    agency, desk = clean_code(answers.agency_code), desk_number(answers.workstation)
    key = dossier_key(agency, desk, day, 1)
    return ExampleNumber(dossier_code(agency, day, desk, 1), key, key_pattern(key))


def clean_code(text: str) -> str:
    """Return the agency code of a typed text.

    Raises Refusal `guide_code`.
    """
    try:
        return agency_code(clean(text))
    except Refusal:
        raise Refusal("guide_code", "agency_code", text=clean(text)[:40]) from None


def desk_number(text: str) -> int:
    """Return the number of a desk, from 1 to 99.

    Raises Refusal `guide_desk`.
    """
    digits = clean(text)
    if not re.fullmatch(r"[0-9]{1,2}", digits) or not int(digits):
        raise Refusal("guide_desk", "workstation", text=digits[:20])
    return int(digits)


def clean_span(text: str) -> str:
    """Return a span like `07:30-11:30`, or an empty text for closed.

    `7h30-11h30` and `7h-11h` are accepted.

    Raises Refusal `hours_invalid`.
    """
    typed = clean(text)
    if not typed:
        return ""
    match = _SPAN.fullmatch(typed)
    if match is None:
        raise Refusal("hours_invalid", None, text=typed[:40])
    opens, closes = (int(match[1]), int(match[2] or 0)), (int(match[3]), int(match[4] or 0))
    if opens >= closes:
        raise Refusal("hours_invalid", None, text=typed[:40])
    return f"{opens[0]:02}:{opens[1]:02}-{closes[0]:02}:{closes[1]:02}"


def check_page(page: GuidePage, answers: Answers, places: GuidePlaces) -> None:
    """Check the answers of a page.

    Raises Refusal with the field to correct, Fault for the disk.
    """
    needed = _NEEDED.get(page, ())
    for name in (*needed, *_OPTIONAL.get(page, ())):
        text = visible_text(getattr(answers, name), name)
        if not text and name in needed:
            raise Refusal("guide_missing", name)
        if len(text) > MAX_TEXT:
            raise Refusal("guide_long", name, most=MAX_TEXT)
    check = _CHECKS.get(page)
    if check is not None:
        check(answers, places)


def check_password(password: str, again: str, name: str) -> None:
    """Check the password of the first person, typed twice.

    Raises Refusal `guide_again`, or like `check_strength`.
    """
    check_strength(password, clean(name))
    if password != again:
        raise Refusal("guide_again", "again")


def check_other_passwords(people: Sequence[FurtherPerson], typed: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the passwords of further people who have one, by name.

    `typed` has each person's password as typed twice.

    Raises Refusal like `check_password`, with the field `people`.
    """
    passwords = {}
    for person, (password, again) in zip(people, typed, strict=True):
        if not password and not again:
            continue
        try:
            check_password(password, again, person.name)
        except Refusal as refusal:
            raise Refusal(refusal.code, "people", **refusal.values) from None
        passwords[clean(person.name)] = password
    return passwords


def first_wrong_page(answers: Answers, places: GuidePlaces) -> GuidePage | None:
    """Return the first page with an answer to correct; None without one."""
    for page in (GuidePage.OFFICE, GuidePage.HOURS, GuidePage.PEOPLE, GuidePage.PLACE):
        try:
            check_page(page, answers, places)
        except Refusal:
            return page
    return None


def office_text(answers: Answers) -> str:
    """Return the office file of the answers.

    Raises Refusal like the checks of the pages.
    """
    hours = _clean_hours(answers)
    lines = [
        ("name", answers.name),
        ("parent", answers.parent),
        ("province", answers.province),
        ("place", answers.place or place_of(answers.name)),
        ("agency_code", clean_code(answers.agency_code)),
    ]
    lines += [(key, text) for key, text in (("address", answers.address), ("phone", answers.phone)) if clean(text)]
    head = clean(answers.head)
    texts = [f"{key} = {_quoted(value)}" for key, value in lines]
    texts.append(f"workstation = {desk_number(answers.workstation)}")
    texts += [f"head = {_quoted(head)}", f"signer = {_quoted(answers.signer or head)}", "", "[hours]"]
    texts += [f"{day} = [{', '.join(map(_quoted, spans))}]" for day, spans in hours.items() if spans]
    texts += ["", "[admin]", f"name = {_quoted(answers.admin)}", ""]
    return "\n".join(texts)


def _quoted(text: str) -> str:
    """Return a text as a TOML string."""
    escaped = "".join(f"\\u{ord(c):04x}" if c in '"\\' or c < " " or c == "\x7f" else c for c in clean(text))
    return f'"{escaped}"'


def _check_office(answers: Answers, _places: GuidePlaces) -> None:
    clean_code(answers.agency_code)
    desk_number(answers.workstation)


def _check_hours(answers: Answers, _places: GuidePlaces) -> None:
    _clean_hours(answers)


def _clean_hours(answers: Answers) -> dict[str, list[str]]:
    """Return the spans of each weekday.

    Raises Refusal `hours_invalid`, `guide_hours_overlap` with the day, `guide_hours_none`.
    """
    hours: dict[str, list[str]] = {}
    for day in WEEKDAYS:
        try:
            spans = [span for span in map(clean_span, answers.hours.get(day, ("", ""))) if span]
        except Refusal as refusal:
            raise Refusal(refusal.code, day, **refusal.values) from None
        if len(spans) == 2 and spans[0][-5:] > spans[1][:5]:
            raise Refusal("guide_hours_overlap", day, first=spans[0], second=spans[1])
        hours[day] = spans
    if not any(hours[day] for day in WEEKDAYS[:5]):
        raise Refusal("guide_hours_none", WEEKDAYS[0])
    return hours


def _check_people(answers: Answers, _places: GuidePlaces) -> None:
    names = [_person_name(answers.admin, "admin")]
    for person in answers.people:
        name = _person_name(person.name, "people")
        if name.casefold() in (other.casefold() for other in names):
            raise Refusal("guide_person_twice", "people", name=name)
        names.append(name)
    office_of_text(office_text(answers))


def _person_name(text: str, field: str) -> str:
    name = visible_text(text, field)
    if not any(character.isalpha() for character in name) or len(name) > MAX_NAME_LENGTH:
        raise Refusal("user_name_missing", field)
    return name


def _check_place(answers: Answers, places: GuidePlaces) -> None:
    folder = places.folder_for(answers.shared, answers.folder)
    if not (answers.founding_in == str(folder) and holds_office(folder)):  # an interrupted founding is continued
        check_data_folder(folder)
    if answers.second_backup.strip():
        check_backup_folder(Path(answers.second_backup.strip()), folder)


def _check_register(answers: Answers, _places: GuidePlaces) -> None:
    if answers.register and not Path(answers.register).is_file():
        raise Refusal("guide_register_missing", "register", file=answers.register)


_CHECKS: Mapping[GuidePage, Callable[[Answers, GuidePlaces], None]] = {
    GuidePage.OFFICE: _check_office,
    GuidePage.HOURS: _check_hours,
    GuidePage.PEOPLE: _check_people,
    GuidePage.PLACE: _check_place,
    GuidePage.REGISTER: _check_register,
}
