"""People of a dossier: submitter, applicant and principal.

These are người nộp, chủ hồ sơ and người ủy quyền. Personal data is validated once, here. Doubts are reported as
warnings and never block, because TT 03/2025/TT-VPCP requires the data and no proof of it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import TypeVar

from app.models.codes import id_number_warnings, number_birth_year
from app.models.enums import Gender, PersonKind
from app.models.errors import Message, Refusal
from app.models.text import visible_text
from app.models.values.days import birth_to_iso
from app.models.values.numbers import comparable_number
from app.models.values.phones import is_phone, mobile_number, phone_numbers

NAME_LIMIT = 200
NUMBER_LIMIT = 40
TEXT_LIMIT = 500
OLDEST_BIRTH = 1880

_LIMITS = {"name": NAME_LIMIT, "id_number": NUMBER_LIMIT, "phone": NUMBER_LIMIT, "email": NAME_LIMIT}
_PERSON_KEYS = frozenset({"kind", "name", "id_number", "birth_date", "gender", "phone", "address", "email"})
_PRINCIPAL_KEYS = frozenset({"name", "address", "id_number", "phone", "email", "authority"})
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True)
class Person:
    """Person or body of a dossier.

    `birth` is `YYYY-MM-DD`, or `YYYY` if the papers have only the year. `authority` is the paper by which a submitter
    acts for the applicant.
    """

    kind: PersonKind
    name: str
    id_number: str | None = None
    birth: str | None = None
    gender: Gender | None = None
    phone: str | None = None
    address: str | None = None
    email: str | None = None
    authority: str | None = None


@dataclass(frozen=True)
class Principal:
    """Người ủy quyền with the six items of Mẫu 01.

    `authority` is the paper that authorises the submitter.
    """

    name: str
    address: str | None = None
    id_number: str | None = None
    phone: str | None = None
    email: str | None = None
    authority: str | None = None


def _known_keys(mapping: object, keys: frozenset[str], path: str) -> Mapping[str, object]:
    if not isinstance(mapping, Mapping):
        raise Refusal("person_shape", field=path)
    for key in mapping:
        if key not in keys:
            raise Refusal("unknown_key", field=f"{path}.{str(key)[:40]}", key=str(key)[:40])
    return mapping


def _text(mapping: Mapping[str, object], key: str, path: str) -> str | None:
    """Return the cleaned text of a key, None if missing, null or blank."""
    value = mapping.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Refusal("wrong_type", field=f"{path}.{key}", expected="text")
    text = visible_text(value, f"{path}.{key}")
    limit = _LIMITS.get(key, TEXT_LIMIT)
    if len(text) > limit:
        raise Refusal("text_too_long", field=f"{path}.{key}", limit=limit, length=len(text))
    return text or None


def _name(mapping: Mapping[str, object], path: str) -> str:
    name = _text(mapping, "name", path)
    if name is None:
        raise Refusal("name_missing", field=f"{path}.name")
    if not any(c.isalpha() for c in name):
        raise Refusal("name_without_letters", field=f"{path}.name", name=name)
    return name


def _choice(mapping: Mapping[str, object], key: str, path: str, choices: type[_Choice]) -> _Choice | None:
    text = _text(mapping, key, path)
    if text is None:
        return None
    try:
        return choices(text)
    except ValueError:
        allowed = ", ".join(choice.value for choice in choices)
        raise Refusal(f"unknown_{key}", field=f"{path}.{key}", text=text[:40], allowed=allowed) from None


def _birth(mapping: Mapping[str, object], path: str, today: date) -> str | None:
    text = _text(mapping, "birth_date", path)
    if text is None:
        return None
    field = f"{path}.birth_date"
    text = birth_to_iso(text, today)
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}-[0-9]{2})?", text):
        raise Refusal("birth_date_shape", field=field, text=text[:40])
    try:
        earliest = date.fromisoformat(text if len(text) > 4 else f"{text}-01-01")
    except ValueError:
        raise Refusal("birth_date_shape", field=field, text=text) from None
    if earliest > today:
        raise Refusal("birth_date_future", field=field, text=text)
    if earliest.year < OLDEST_BIRTH:
        raise Refusal("birth_date_too_old", field=field, text=text, oldest=OLDEST_BIRTH)
    return text


def read_person(mapping: object, path: str, today: date) -> Person:
    """Return the person of an intake line.

    `path` (`applicant`, `submitter`) is the prefix of the field in a refusal.

    Raises Refusal `person_shape`, `unknown_key`, `wrong_type`, `text_too_long`, `letters_unseen`, `name_missing`,
    `name_without_letters`,
    `kind_missing`, `unknown_kind`, `unknown_gender`, `birth_date_shape`, `birth_date_future`, `birth_date_too_old`.
    """
    keys = _PERSON_KEYS | {"authority"} if path == "submitter" else _PERSON_KEYS
    known = _known_keys(mapping, keys, path)
    kind = _choice(known, "kind", path, PersonKind)
    if kind is None:
        raise Refusal("kind_missing", field=f"{path}.kind", allowed=", ".join(PersonKind))
    return Person(
        kind=kind,
        name=_name(known, path),
        id_number=_text(known, "id_number", path),
        birth=_birth(known, path, today),
        gender=_choice(known, "gender", path, Gender),
        phone=_text(known, "phone", path),
        address=_text(known, "address", path),
        email=_text(known, "email", path),
        authority=_text(known, "authority", path),
    )


def read_principal(mapping: object, path: str = "principal") -> Principal:
    """Return the `principal` of an intake line.

    Raises Refusal `person_shape`, `unknown_key`, `wrong_type`, `text_too_long`, `letters_unseen`, `name_missing`,
    `name_without_letters`.
    """
    known = _known_keys(mapping, _PRINCIPAL_KEYS, path)
    others = ("address", "id_number", "phone", "email", "authority")
    return Principal(name=_name(known, path), **{key: _text(known, key, path) for key in others})


def person_number_warnings(person: Person, today: date) -> tuple[Message, ...]:
    """Return the doubts about the number of a citizen.

    The number is compared with date of birth and gender. Numbers of bodies are not checked because they differ in form.
    """
    if person.kind is not PersonKind.CITIZEN or not person.id_number:
        return ()
    doubts = id_number_warnings(person.id_number, person.birth, person.gender)
    plain = comparable_number(person.id_number)
    if person.birth is None and re.fullmatch(r"[0-9]{12}", plain) and number_birth_year(plain) > today.year:
        doubts += (Message("number_future", {"year": number_birth_year(plain)}),)
    return doubts


def contact_warnings(person: Person | Principal) -> Iterable[Message]:
    """Return the doubts about phone and e-mail.

    A wrong one prevents a message when the result is ready. A landline receives no message.
    """
    if person.phone and not all(map(is_phone, phone_numbers(person.phone) or ("",))):
        yield Message("phone_shape", {"phone": person.phone})
    elif person.phone and not mobile_number(person.phone):
        yield Message("phone_no_sms", {"phone": person.phone})
    if person.email and not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", person.email):
        yield Message("email_shape", {"email": person.email})


def person_warnings(person: Person, today: date) -> tuple[Message, ...]:
    """Return all doubts to resolve before the receipt is printed."""
    return (*person_number_warnings(person, today), *contact_warnings(person))


def person_to_json(person: Person) -> dict[str, str | None]:
    """Return the person as in the journal and `show`.

    Every key of PERSON is present, null if unknown. `authority` is present only if known.
    """
    facts = {field.name: getattr(person, field.name) for field in fields(person)}
    if facts["authority"] is None:
        del facts["authority"]
    facts["birth_date"] = facts.pop("birth")
    return {key: None if value is None else str(value) for key, value in facts.items()}


def principal_to_json(principal: Principal) -> dict[str, str | None]:
    """Return the principal as in the journal and `show`.

    All six items are present, null if unknown.
    """
    return {field.name: getattr(principal, field.name) for field in fields(principal)}
