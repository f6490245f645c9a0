"""People of a dossier: accepted, refused or with warnings.

All names are invented.
"""

import json
import unicodedata
from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import Gender, PersonKind
from app.models.errors import Refusal
from app.models.people import (
    Person,
    Principal,
    person_to_json,
    person_warnings,
    principal_to_json,
    read_person,
    read_principal,
)
from app.models.values.phones import comparable_phone

TODAY = date(2026, 2, 12)
WHOLE: dict[str, object] = {
    "kind": "citizen",
    "name": "Đào Thị Ẫm",
    "id_number": "048199004217",
    "birth_date": "1999-03-02",
    "gender": "female",
    "phone": "0905 123 456",
    "address": "Tổ 3, phường Hòa Xuân",
    "email": "am.dao@example.vn",
}


def refusal_of(**changes: object) -> tuple[str, str | None]:
    with pytest.raises(Refusal) as caught:
        read_person(WHOLE | changes, "applicant", TODAY)
    return caught.value.code, caught.value.field


def codes(**changes: object) -> list[str]:
    return [warning.code for warning in person_warnings(read_person(WHOLE | changes, "applicant", TODAY), TODAY)]


def test_complete_person_has_no_warning() -> None:
    person = read_person(WHOLE, "applicant", TODAY)
    assert person == Person(
        kind=PersonKind.CITIZEN,
        name="Đào Thị Ẫm",
        id_number="048199004217",
        birth="1999-03-02",
        gender=Gender.FEMALE,
        phone="0905 123 456",
        address="Tổ 3, phường Hòa Xuân",
        email="am.dao@example.vn",
    )
    assert person_warnings(person, TODAY) == ()


def test_name_and_kind_are_sufficient() -> None:
    assert read_person({"kind": "agency", "name": "Trường Mầm non 2"}, "submitter", TODAY) == Person(
        PersonKind.AGENCY, "Trường Mầm non 2"
    )
    assert read_person(WHOLE | {"birth_date": None, "phone": " "}, "applicant", TODAY).phone is None


def test_texts_are_composed_and_trimmed() -> None:
    loose = "  " + unicodedata.normalize("NFD", "Đào  Thị\tẪm") + "\u200b\n"
    assert read_person(WHOLE | {"name": loose}, "applicant", TODAY).name == "Đào Thị Ẫm"
    assert read_person(WHOLE | {"name": "Đào \ud83dThị Ẫm"}, "applicant", TODAY).name == "Đào Thị Ẫm"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": ""}, "name_missing", "applicant.name"),
        ({"name": " \u200b"}, "name_missing", "applicant.name"),
        ({"name": None}, "name_missing", "applicant.name"),
        ({"name": "12345"}, "name_without_letters", "applicant.name"),
        ({"name": "?? - ."}, "name_without_letters", "applicant.name"),
        ({"name": "a" * 201}, "text_too_long", "applicant.name"),
        ({"name": 5}, "wrong_type", "applicant.name"),
        ({"name": ["A"]}, "wrong_type", "applicant.name"),
        ({"kind": None}, "kind_missing", "applicant.kind"),
        ({"kind": "person"}, "unknown_kind", "applicant.kind"),
        ({"gender": "nam"}, "unknown_gender", "applicant.gender"),
        ({"id_number": 48199004217}, "wrong_type", "applicant.id_number"),
        ({"id_number": "1" * 41}, "text_too_long", "applicant.id_number"),
        ({"birth_date": "31/02/1999"}, "birth_date_shape", "applicant.birth_date"),
        ({"birth_date": "1999-02-30"}, "birth_date_shape", "applicant.birth_date"),
        ({"birth_date": "0000"}, "birth_date_shape", "applicant.birth_date"),
        ({"birth_date": "3/1999"}, "birth_date_shape", "applicant.birth_date"),
        ({"birth_date": "2026-02-13"}, "birth_date_future", "applicant.birth_date"),
        ({"birth_date": "2027"}, "birth_date_future", "applicant.birth_date"),
        ({"birth_date": "1879-12-31"}, "birth_date_too_old", "applicant.birth_date"),
        ({"birthday": "1999"}, "unknown_key", "applicant.birthday"),
        ({"address": "x" * 501}, "text_too_long", "applicant.address"),
    ],
)
def test_refusals_name_the_field(changes: dict[str, object], code: str, field: str) -> None:
    assert refusal_of(**changes) == (code, field)


def test_values_that_are_no_person_are_refused() -> None:
    for value in (None, "Đào Thị Ẫm", ["Đào"], 1):
        with pytest.raises(Refusal) as caught:
            read_person(value, "submitter", TODAY)
        assert (caught.value.code, caught.value.field) == ("person_shape", "submitter")


def test_birth_may_be_a_year_or_today() -> None:
    assert read_person(WHOLE | {"birth_date": "1957"}, "applicant", TODAY).birth == "1957"
    assert read_person(WHOLE | {"birth_date": "2026-02-12"}, "applicant", TODAY).birth == "2026-02-12"
    assert read_person(WHOLE | {"birth_date": "1880"}, "applicant", TODAY).birth == "1880"


def test_warnings_never_block() -> None:
    assert codes(id_number="04819900421") == ["number_length"]
    assert codes(gender="male", birth_date="1998") == ["number_gender", "number_birth_year"]
    assert codes(id_number="048599004217", birth_date=None, gender=None) == ["number_future"]
    assert codes(phone="12", email="am.dao") == ["phone_shape", "email_shape"]
    assert codes(id_number="P<0012X7", birth_date=None) == []


def test_numbers_of_bodies_are_not_citizen_numbers() -> None:
    assert codes(kind="enterprise", id_number="0401234567", birth_date=None, gender=None) == []


@pytest.mark.parametrize(
    "phone", ["0905123456", "0905 123 456", "0905.123.456", "+84 905 123 456", "84905123456", "+84 (0) 905-123-456"]
)
def test_phone_spellings_compare_equal(phone: str) -> None:
    assert comparable_phone(phone) == "0905123456"


def test_principal_has_six_items() -> None:
    principal = read_principal({"name": "Lý A Sẻng", "authority": "Giấy ủy quyền ngày 01/02/2026"})
    assert principal == Principal("Lý A Sẻng", authority="Giấy ủy quyền ngày 01/02/2026")
    assert principal_to_json(principal) == asdict(principal)
    with pytest.raises(Refusal) as caught:
        read_principal({"name": "Lý A Sẻng", "kind": "citizen"})
    assert (caught.value.code, caught.value.field) == ("unknown_key", "principal.kind")


def test_person_to_json_has_every_key() -> None:
    stored = person_to_json(read_person(WHOLE, "applicant", TODAY))
    assert stored == WHOLE
    assert person_to_json(Person(PersonKind.AGENCY, "Đoàn xã")) == dict.fromkeys(WHOLE) | {
        "kind": "agency",
        "name": "Đoàn xã",
    }


anything = st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.lists(st.text(max_size=3), max_size=2)


@given(st.dictionaries(st.sampled_from([*WHOLE, "other"]), anything), st.text(max_size=20))
def test_any_input_is_accepted_or_refused(changes: dict[str, object], name: str) -> None:
    try:
        person = read_person({"kind": "citizen", "name": name} | changes, "applicant", TODAY)
    except Refusal as refusal:
        assert refusal.field is not None and refusal.field.startswith("applicant")
        return
    person_warnings(person, TODAY)
    stored = json.loads(json.dumps(person_to_json(person)).encode("utf-8"))
    assert (stored["name"], stored["birth_date"]) == (person.name, person.birth)
    assert person.name == unicodedata.normalize("NFC", person.name)


@pytest.mark.parametrize("text", ["8/3/99", "08031999", "8-3-1999", "8.3.1999", "1999-3-8", " 08/03/1999 "])
def test_birth_is_read_in_any_spelling(text: str) -> None:
    assert read_person(WHOLE | {"birth_date": text}, "applicant", TODAY).birth == "1999-03-08"
