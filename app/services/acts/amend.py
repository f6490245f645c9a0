"""Corrections of a dossier (`amend --set FIELD=VALUE`).

A field is one of a person (`phone`, `submitter.name`), or `alias` with a code given elsewhere.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.models.codes import comparable
from app.models.enums import Status
from app.models.errors import Refusal
from app.models.people import read_person, read_principal
from app.models.text import clean, visible_text
from app.models.values.days import birth_to_iso
from app.storage import dossiers, preprinted_receipts
from app.storage.uow import Reading, Writing

AMENDED = "amended"
"""Fact of an amendment: each field with the value before and now."""
_PERSON_FIELDS = ("name", "id_number", "birth_date", "gender", "phone", "address", "email")
_FIELDS_OF_ROLE: Mapping[str, tuple[str, ...]] = {
    "submitter": (*_PERSON_FIELDS, "authority"),
    "principal": ("name", "id_number", "phone", "address", "email", "authority"),
}
"""Fields of the roles that differ from the others."""
_ROLE = re.compile(r"(applicant|submitter|principal|co[1-9])?")
_ALIAS_LIMIT, _SYSTEM_LIMIT = 64, 120
People = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Amendment:
    """Checked corrections: people by role, new aliases, event facts.

    An alias comes with the name of its system.
    """

    people: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    aliases: tuple[tuple[str, str | None], ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def read_amendment(sets: Sequence[tuple[str, str]], people: People, today: date, work: Reading) -> Amendment:
    """Return the corrections, checked as at intake.

    A field that keeps its value is no correction.

    Raises Refusal `unknown_field`, `alias_shape`, `alias_taken`, `text_too_long`, or as `read_person` does.
    """
    aliases = tuple(read_alias(value, work) for name, value in sets if name == "alias")
    corrected = _corrected_people([each for each in sets if each[0] != "alias"], people, today)
    facts: dict[str, Any] = {
        f"{role}.{key}": {"before": people[role].get(key), "now": details.get(key)}
        for role, details in corrected.items()
        for key in {**people[role], **details}
        if details.get(key) != people[role].get(key)
    }
    for code, system in aliases:
        facts[f"alias:{code}"] = {"before": None, "now": system or ""}
    changed = {role: details for role, details in corrected.items() if details != people[role]}
    return Amendment(changed, aliases, {AMENDED: facts} if facts else {})


def read_alias(text: str, work: Reading) -> tuple[str, str | None]:
    """Return code and system of `CODE[@SYSTEM]`.

    Raises Refusal `alias_shape`, `alias_taken`, `text_too_long`.
    """
    code, _, system = (visible_text(part, "alias") for part in text.partition("@"))
    for part, limit in ((code, _ALIAS_LIMIT), (system, _SYSTEM_LIMIT)):
        if len(part) > limit:
            raise Refusal("text_too_long", "alias", limit=limit, length=len(part))
    check_alias(code, work)
    return code, system or None


def check_alias(code: str, work: Reading) -> str | None:
    """Return the alias to take over from a void dossier, or None.

    Raises Refusal `alias_shape`, `alias_taken`.
    """
    text = comparable(code)
    if not text:
        raise Refusal("alias_shape", "alias", alias=code[:_ALIAS_LIMIT])
    blank = preprinted_receipts.find_preprinted(work, text)
    if dossiers.dossier_by_key(work, text) is not None or (blank is not None and blank.spoilt_at is None):
        raise Refusal("alias_taken", "alias", alias=code)
    owner = dossiers.dossier_by_code(work, text)
    if owner is None:
        return None
    if owner.status != Status.VOID or owner.code_comparable == text:
        raise Refusal("alias_taken", "alias", alias=code)
    return text


def is_person_field(name: str) -> bool:
    """Return whether some dossier has this field of a person."""
    role, _, key = name.rpartition(".")
    return _ROLE.fullmatch(role) is not None and key in _FIELDS_OF_ROLE.get(role, _PERSON_FIELDS)


def _parse_field(name: str, people: People) -> tuple[str, str]:
    role, _, key = name.rpartition(".")
    role = role or "applicant"
    if role not in people or key not in _FIELDS_OF_ROLE.get(role, _PERSON_FIELDS):
        raise Refusal("unknown_field", "set", name=name[:60])
    return role, key


def _corrected_people(sets: Sequence[tuple[str, str]], people: People, today: date) -> dict[str, dict[str, Any]]:
    corrected: dict[str, dict[str, Any]] = {}
    for name, value in sets:
        role, key = _parse_field(name, people)
        corrected.setdefault(role, dict(people[role]))[key] = _corrected_value(key, value, today)
    corrected = {role: _as_stored(role, details) for role, details in corrected.items()}
    for role, details in corrected.items():
        _READERS.get(role, read_person)(details, role, today)
    return corrected


def _as_stored(role: str, details: dict[str, Any]) -> dict[str, Any]:
    """Return the details without an empty authority of the submitter.

    Intake stores the key only if it has a value.
    """
    unknown = role == "submitter" and details.get("authority") is None
    return {key: value for key, value in details.items() if not unknown or key != "authority"}


def _corrected_value(key: str, value: str, today: date) -> str | None:
    """Return a corrected value as stored; a date of birth as typed."""
    text = clean(value)
    return (birth_to_iso(text, today) if key == "birth_date" else text) or None


_READERS: Mapping[str, Callable[[object, str, date], object]] = {
    "principal": lambda details, role, today: read_principal(details, role)
}


def save_amendment(amendment: Amendment, people: People, dossier_id: int, work: Writing) -> None:
    """Write corrected people and new aliases.

    `people` are those after the correction.
    """
    for role, details in amendment.people.items():
        dossiers.change_party(work, dossier_id, role, details)
    for code, system in amendment.aliases:
        if (taken_over := check_alias(code, work)) is not None:
            dossiers.release_alias(work, taken_over)
        dossiers.add_alias(work, dossier_id, code, system)
    if amendment.facts:
        dossiers.change_names(work, dossier_id, people)


def reverted_people(facts: Mapping[str, Any], people: People) -> dict[str, dict[str, Any]]:
    """Return the people that an amendment changed, as they were before."""
    reverted: dict[str, dict[str, Any]] = {}
    for name, values in facts.get(AMENDED, {}).items():
        role, _, key = name.rpartition(".")
        if role in people:
            reverted.setdefault(role, dict(people[role]))[key] = values["before"]
    return {role: _as_stored(role, details) for role, details in reverted.items()}


def remove_amended_aliases(facts: Mapping[str, Any], work: Writing) -> None:
    """Delete the aliases that an amendment added."""
    for name in facts.get(AMENDED, {}):
        if name.startswith("alias:"):
            dossiers.release_alias(work, comparable(name.removeprefix("alias:")))
