"""Checks of the guide's pages, and its office file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.models.enums import Role
from app.models.errors import Refusal
from app.office.guide.answers import USUAL_HOURS, Answers, FurtherPerson, GuidePage
from app.office.guide.checks import (
    check_other_passwords,
    check_page,
    check_password,
    clean_span,
    example_number,
    first_wrong_page,
    office_text,
)
from app.services.office_file import office_of_text
from app.wording.refusals import error_sentence, sentence_fields
from tests.office.guide.guide_places import TYPED, places_in


def refused(act: Callable[..., object], *arguments: Any) -> tuple[str, str | None]:
    with pytest.raises(Refusal) as caught:
        act(*arguments)
    assert sentence_fields(caught.value.code) is not None and "{" not in error_sentence(caught.value)
    return caught.value.code, caught.value.field


def hours(**days: tuple[str, str]) -> dict[str, tuple[str, str]]:
    return {**USUAL_HOURS, **days}


WRONG_ANSWERS: tuple[tuple[GuidePage, dict[str, Any], str, str], ...] = (
    (GuidePage.OFFICE, {"name": "  "}, "guide_missing", "name"),
    (GuidePage.OFFICE, {"province": ""}, "guide_missing", "province"),
    (GuidePage.OFFICE, {"name": "\u3164\u3164"}, "letters_unseen", "name"),
    (GuidePage.OFFICE, {"address": "đ" * 301}, "guide_long", "address"),
    (GuidePage.OFFICE, {"phone": "\u3164\u3164"}, "letters_unseen", "phone"),
    (GuidePage.PEOPLE, {"signer": "đ" * 301}, "guide_long", "signer"),
    (GuidePage.OFFICE, {"agency_code": "H29.1O"}, "guide_code", "agency_code"),
    (GuidePage.OFFICE, {"agency_code": "Ủy ban"}, "guide_code", "agency_code"),
    (GuidePage.OFFICE, {"agency_code": ""}, "guide_code", "agency_code"),
    (GuidePage.OFFICE, {"workstation": "100"}, "guide_desk", "workstation"),
    (GuidePage.OFFICE, {"workstation": "0"}, "guide_desk", "workstation"),
    (GuidePage.OFFICE, {"workstation": "²"}, "guide_desk", "workstation"),
    (GuidePage.OFFICE, {"workstation": "quầy 1"}, "guide_desk", "workstation"),
    (GuidePage.HOURS, {"hours": hours(tue=("07:30-11:30", "11:00-17:00"))}, "guide_hours_overlap", "tue"),
    (GuidePage.HOURS, {"hours": hours(wed=("13:30-17:00", "07:30-11:30"))}, "guide_hours_overlap", "wed"),
    (GuidePage.HOURS, {"hours": hours(thu=("11:30-07:30", ""))}, "hours_invalid", "thu"),
    (GuidePage.HOURS, {"hours": hours(fri=("sáng", ""))}, "hours_invalid", "fri"),
    (GuidePage.HOURS, {"hours": hours(sat=("7:30-25:00", ""))}, "hours_invalid", "sat"),
    (GuidePage.HOURS, {"hours": dict.fromkeys(USUAL_HOURS, ("", ""))}, "guide_hours_none", "mon"),
    (
        GuidePage.HOURS,
        {"hours": {**dict.fromkeys(USUAL_HOURS, ("", "")), "sun": ("07:30-11:30", "")}},
        "guide_hours_none",
        "mon",
    ),
    (GuidePage.PEOPLE, {"head": ""}, "guide_missing", "head"),
    (GuidePage.PEOPLE, {"admin": "1234"}, "user_name_missing", "admin"),
    (GuidePage.PEOPLE, {"admin": "A" * 121}, "user_name_missing", "admin"),
    (
        GuidePage.PEOPLE,
        {"people": (FurtherPerson("trần thị bình", Role.CLERK),)},
        "guide_person_twice",
        "people",
    ),
    (GuidePage.REGISTER, {"register": "/gone/sổ.xlsx"}, "guide_register_missing", "register"),
)
"""Page, change of right answers, code of the refusal and its field."""


@pytest.mark.parametrize(("page", "changes", "code", "field"), WRONG_ANSWERS)
def test_wrong_answer_is_refused_at_its_field(
    tmp_path: Path, page: GuidePage, changes: dict[str, Any], code: str, field: str
) -> None:
    assert refused(check_page, page, replace(TYPED, **changes), places_in(tmp_path)) == (code, field)


def test_right_answers_pass_every_page(tmp_path: Path) -> None:
    for page in GuidePage:
        check_page(page, TYPED, places_in(tmp_path))
    assert first_wrong_page(TYPED, places_in(tmp_path)) is None
    assert first_wrong_page(Answers(), places_in(tmp_path)) == GuidePage.OFFICE


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("7h30-11h30", "07:30-11:30"),
        ("07:30 – 11:30", "07:30-11:30"),
        ("7h – 11h", "07:00-11:00"),
        ("7.30-11.30", "07:30-11:30"),
        ("7h30 đến 11h30", "07:30-11:30"),
        ("  ", ""),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, span: str) -> None:
    assert clean_span(typed) == span


@pytest.mark.parametrize(
    ("password", "again", "code", "field"),
    [
        ("1234567", "1234568", "guide_again", "again"),
        ("", "", "secret_unset", "secret"),
        ("abc", "abc", "secret_short", "secret"),
        ("123456", "123456", "secret_plain", "secret"),
        ("Trần Thị Bình", "Trần Thị Bình", "secret_plain", "secret"),
    ],
)
def test_weak_or_different_password_is_refused(password: str, again: str, code: str, field: str) -> None:
    result = refused(check_password, password, again, TYPED.admin)
    assert result == (("secret_plain", "secret") if password == "1234567" else (code, field))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("1234", "1234"), "secret_short"),
        (("Vũ Thị Mới", "Vũ Thị Mới"), "secret_plain"),
        (("con đò 17 bến", ""), "guide_again"),
        (("", "con đò 17 bến"), "secret_unset"),
    ],
)
def test_wrong_password_of_a_further_person_is_refused(typed: tuple[str, str], code: str) -> None:
    people = (FurtherPerson("Hồ Văn Hai", Role.CLERK), FurtherPerson(" Vũ  Thị Mới ", Role.OFFICER))
    assert refused(check_other_passwords, people, [("", ""), typed]) == (code, "people")
    right = [("", ""), ("con đò 17 bến", "con đò 17 bến")]
    assert check_other_passwords(people, right) == {"Vũ Thị Mới": "con đò 17 bến"}


def test_office_file_has_address_and_telephone_if_they_are_typed() -> None:
    office = office_of_text(office_text(replace(TYPED, address="12 đường Mẫu", phone="0236 300 0000")))
    assert (office.address, office.phone) == ("12 đường Mẫu", "0236 300 0000")
    assert "address" not in office_text(TYPED) and "phone" not in office_text(TYPED)


def test_two_different_strong_passwords_are_refused() -> None:
    assert refused(check_password, "Đồng lúa 48", "Đồng lúa 49", TYPED.admin) == ("guide_again", "again")


def test_example_is_the_first_number_of_the_desk() -> None:
    number = example_number(TYPED, date(2026, 2, 12))
    assert number.code == "H29.12-260212-60001" and number.key == "6307260212000010"[:15] + number.key[-1]
    assert set(number.bars) == {"0", "1"} and len(number.bars) == 123
    assert refused(example_number, replace(TYPED, agency_code="H2"), date(2026, 2, 12))[0] == "guide_code"


@pytest.mark.parametrize("name", ['UBND xã "Mới"', "C:\\xã\\mới", "Xã\tA", "Xã 'B' #1", "Ủy ban [hours]", "a = 1"])
def test_office_file_bears_every_text(name: str) -> None:
    text = office_text(replace(TYPED, name=name, place=name, head=name))
    office = office_of_text(text)
    assert (office.name, office.place, office.head) == (" ".join(name.split()),) * 3
    assert (office.agency_code, office.workstation, office.signer) == ("H29.12", 7, office.head)
    assert office.hours["mon"] == ("07:30-11:30", "13:30-17:00") and "sat" not in office.hours


def test_former_form_of_the_code_is_converted() -> None:
    assert office_of_text(office_text(replace(TYPED, agency_code="000.00.12.H29"))).agency_code == "H29.12"
