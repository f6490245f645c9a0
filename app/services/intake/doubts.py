"""Doubts about an intake form, found before its receipt is printed.

A doubt never blocks, because TT 03/2025/TT-VPCP requires the data and no proof of it. The user confirms it once.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.enums import Channel, Gender, Handling, PersonKind, TermUnit
from app.models.errors import Message, Scalar
from app.models.people import Person, Principal, person_warnings, principal_to_json
from app.models.procedures import Procedure
from app.models.text import clean, fold_text, mask_number, plain_apostrophes
from app.models.values.numbers import comparable_number, searched_number
from app.models.values.printed import SCRIPT_TEXT, unprintable_letters
from app.scanning.text_repair import is_name_garbled
from app.services.intake.field_doubts import FieldDoubt, age_doubts, count_doubts, person_doubts, way_doubts
from app.services.versions import term_of

_NAME_SIGNS = " '-–.,()"
_MOST_SHOWN = 10
_CONDITION = re.compile(r"\b(trường hợp|nếu|đối với)\b", re.IGNORECASE)
"""Words of a paper's name that require it of some people only."""
_BIRTH = re.compile(r"[0-9]{4}(-[0-9]{2}-[0-9]{2})?")
_HINTS = frozenset(("phone_no_sms",))
"""Codes that are shown while typing and need no confirmation."""


@dataclass(frozen=True)
class Doubt:
    """Doubt about one field of the form; `field` is a path as in refusals."""

    field: str
    message: Message

    @property
    def needs_confirmation(self) -> bool:
        """False for a hint that is only shown beside the form."""
        return self.message.code not in _HINTS


@dataclass(frozen=True)
class RecordedPerson:
    """What the office recorded earlier about a person of the form.

    `name` and `birth` are of the same number. `other_number` is the masked number of a person with the same name and
    date of birth.
    """

    name: str = ""
    birth: str = ""
    other_number: str = ""


@dataclass(frozen=True)
class FormRecords:
    """What the office recorded earlier about a form.

    `people` are by field path. `open_code` and `open_day` are of a dossier of the applicant for the same procedure that
    is not settled yet.
    """

    people: Mapping[str, RecordedPerson]
    open_code: str = ""
    open_day: str = ""
    office_phone: str = ""


def form_doubts(
    form: Mapping[str, Any], procedure: Procedure | None, records: FormRecords, today: date
) -> tuple[Doubt, ...]:
    """Return the doubts about an intake line that may be incomplete."""
    people = people_of_form(form)
    doubts = [doubt for path, facts in people.items() for doubt in _person_doubts(facts, path, records, today)]
    doubts += [doubt for path, facts in people.items() for doubt in _letter_doubts(facts, path)]
    submitter = "submitter" if "submitter" in people else "applicant"
    birth = _person(people[submitter]).birth if submitter in people else None
    doubts += [Doubt(f"{submitter}.{field}", message) for field, message in age_doubts(birth, True, today)]
    doubts += [*_same_numbers(people), *_open_doubts(people, records)]
    doubts += [Doubt(field, message) for field, message in (*count_doubts(form), *way_doubts(form))]
    if procedure is not None:
        doubts += [*_term_doubts(form, procedure), *_paper_doubts(form.get("papers"), procedure)]
    return tuple(doubts)


def _same_numbers(people: Mapping[str, Mapping[str, Any]]) -> Iterator[Doubt]:
    """Yield the people who have the number of another person of the form."""
    paths: dict[str, str] = {}
    for path, facts in people.items():
        number = searched_number(str(facts.get("id_number") or ""))
        if number is not None and paths.setdefault(number, path) != path:
            yield Doubt(f"{path}.id_number", Message("number_twice", {"number": mask_number(number)}))


def _open_doubts(people: Mapping[str, Mapping[str, Any]], records: FormRecords) -> Iterator[Doubt]:
    if records.open_code and "applicant" in people:
        values: dict[str, Scalar] = {"code": records.open_code, "day": records.open_day}
        yield Doubt("applicant.id_number", Message("already_open", values))


def people_of_form(form: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the people of an intake line by field path: `co_applicants.0`."""
    typed = form.get("co_applicants")
    others = typed if isinstance(typed, list) else []
    people = {role: form.get(role) for role in ("applicant", "submitter", "principal")}
    people |= {
        f"co_applicants.{place}": facts for place, facts in enumerate(others if isinstance(others, list) else ())
    }
    return {path: facts for path, facts in people.items() if isinstance(facts, Mapping)}


def _person_doubts(facts: Mapping[str, Any], role: str, records: FormRecords, today: date) -> Iterator[Doubt]:
    person, recorded = _person(facts), records.people.get(role, RecordedPerson())
    yield from (Doubt(f"{role}.name", message) for message in name_warnings(person))
    for field, message in _recorded_doubts(person, recorded):
        yield Doubt(f"{role}.{field}", message)
    for message in person_warnings(person, today):
        yield Doubt(f"{role}.{_field_of(message)}", message)
    for field, message in person_doubts(person, clean(str(facts.get("address") or "")), records.office_phone):
        yield Doubt(f"{role}.{field}", message)
    if role not in ("submitter", "applicant"):
        yield from (Doubt(f"{role}.{field}", message) for field, message in age_doubts(person.birth, False, today))


def _recorded_doubts(person: Person, recorded: RecordedPerson) -> Iterator[FieldDoubt]:
    """Yield where a person differs from what the office recorded."""
    if recorded.name and person.name and fold_text(recorded.name) != fold_text(person.name):
        yield "name", Message("name_known_as", {"name": recorded.name})
    elif recorded.birth and person.birth and not _same_birth(recorded.birth, person.birth):
        yield "birth_date", Message("birth_known_as", {"birth": recorded.birth})
    if recorded.other_number:
        yield "id_number", Message("number_known_as", {"number": recorded.other_number})


def _same_birth(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def principal_warnings(principal: Principal, today: date) -> tuple[Message, ...]:
    """Return the doubts about a principal."""
    person = _person(principal_to_json(principal))
    return (*name_warnings(person), *person_warnings(person, today))


def _letter_doubts(facts: Mapping[str, Any], role: str) -> Iterator[Doubt]:
    for field in ("name", "address"):
        for message in letter_warnings(str(facts.get(field) or "")):
            yield Doubt(f"{role}.{field}", message)


def letter_warnings(*texts: str | None) -> tuple[Message, ...]:
    """Return the doubt about characters that no paper can show."""
    letters = unprintable_letters("".join(filter(None, texts)))
    return (Message("letters_boxes", {"letters": letters[:_MOST_SHOWN]}),) if letters else ()


def name_warnings(person: Person) -> tuple[Message, ...]:
    """Return the doubt about the characters of a citizen's name."""
    odd = person.kind is PersonKind.CITIZEN and bool(person.name) and is_name_odd(person.name)
    if odd and unprintable_letters(person.name):  # `letter_warnings` reports it
        return ()
    return (Message("name_odd", {"name": person.name}),) if odd else ()


def is_name_odd(name: str) -> bool:
    """Return whether a citizen's name has characters that no name has.

    A name without marks is not odd, nor is one in another script of the country.
    """
    name = plain_apostrophes(SCRIPT_TEXT.sub("", name))
    signs = [character for character in name if not character.isalpha() and character not in _NAME_SIGNS]
    return bool(signs) or is_name_garbled(name)


def _person(facts: Mapping[str, Any]) -> Person:
    """Return the person as typed so far, without validation."""
    texts = {name: clean(str(facts.get(name) or "")) for name in ("name", "id_number", "phone", "email", "birth_date")}
    gender, kind = str(facts.get("gender") or ""), str(facts.get("kind") or _kind_of(texts["id_number"]))
    return Person(
        kind=PersonKind(kind) if kind in tuple(PersonKind) else PersonKind.CITIZEN,
        name=texts["name"],
        id_number=texts["id_number"] or None,
        birth=texts["birth_date"] if _BIRTH.fullmatch(texts["birth_date"]) else None,
        gender=Gender(gender) if gender in tuple(Gender) else None,
        phone=texts["phone"] or None,
        email=texts["email"] or None,
    )


def _kind_of(number: str) -> str:
    """Return the kind of a person without one.

    A tax code is that of a body.
    """
    is_tax_code = re.fullmatch(r"[0-9]{10}([0-9]{3})?", comparable_number(number)) is not None
    return PersonKind.ENTERPRISE.value if is_tax_code else PersonKind.CITIZEN.value


def _field_of(message: Message) -> str:
    name = message.code.partition("_")[0]
    return {"number": "id_number", "phone": "phone", "email": "email"}.get(name, "name")


def _term_doubts(form: Mapping[str, Any], procedure: Procedure) -> Iterator[Doubt]:
    if form.get("term") or form.get("settled_by"):
        return
    channel = str(form.get("channel") or "")
    term = term_of(procedure, Channel(channel) if channel in tuple(Channel) else None)
    if term.unit is TermUnit.UNKNOWN:
        yield Doubt("term.limit", Message("no_due_date"))


def _paper_doubts(typed: Sequence[Mapping[str, Any]] | None, procedure: Procedure) -> Iterator[Doubt]:
    """Yield the papers that are missing, and those that a database has.

    A paper that some people alone need may be missing.
    """
    papers = typed or ()
    names = {fold_text(str(paper.get("name") or "")) for paper in papers}
    for each in procedure.papers if typed is not None else ():
        required = (each.originals or each.copies) and not _CONDITION.search(each.name)
        if required and fold_text(each.name) not in names:
            yield Doubt("papers", Message("paper_not_given", {"paper": each.name}))
    held = {fold_text(paper.name) for paper in procedure.papers if paper.handling == Handling.LOOKUP}
    for place, paper in enumerate(papers):
        name = str(paper.get("name") or "")
        if fold_text(name) in held and paper.get("handling") != Handling.LOOKUP:
            yield Doubt(f"papers.{place}", Message("paper_on_database", {"paper": name}))
