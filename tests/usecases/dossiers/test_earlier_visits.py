"""Recent dossiers of the same person: by number or by similar data."""

from datetime import datetime
from typing import Any

import pytest

from app.usecases.dossiers.earlier_visits import EarlierVisits, Visits, earlier_visits
from tests.support.offices import PERSON, SAME_DAY, Desk, at

BEFORE, NOW = at("2026-02-09T08:00"), at("2026-03-11T08:00")
NAME, BIRTH, PHONE = "Quách Thị Ỏn", "1984-05-06", "0905 777 888"


def visits_of(desk: Desk, now: datetime = NOW, **values: str) -> Visits:
    return desk.office.read(earlier_visits, EarlierVisits(**{"id_number": "", "procedure": SAME_DAY, **values}), now)


def codes(lines: Any) -> list[str]:
    return [line.code for line in lines]


def earlier_visit(desk: Desk, **person: str) -> str:
    return desk.take_in(BEFORE, applicant={"kind": "citizen", **person}).code


def test_same_number_matches_except_void_dossiers(desk: Desk) -> None:
    void = desk.take_in(BEFORE)
    desk.act(void.code, "void", BEFORE, note="Nhầm")
    accepted = desk.take_in(at("2026-02-09T08:05"))
    number = str(PERSON["id_number"])
    assert codes(visits_of(desk, id_number=number).same) == [accepted.code]
    assert visits_of(desk, at("2026-03-12T08:00"), id_number=number) == Visits()
    assert visits_of(desk, id_number=number, procedure="1.001193") == Visits()


@pytest.mark.parametrize(
    ("values", "is_match"),
    [
        ({"name": "quach thi on", "birth": BIRTH}, True),
        ({"name": NAME, "birth": "1984"}, True),
        ({"name": NAME, "birth": "1985"}, False),
        ({"name": NAME}, False),
        ({"name": "Quách Thị", "birth": BIRTH}, False),
        ({"phone": "+84 905.777.888"}, True),
        ({"name": "Ai Khác", "phone": "0905777888"}, True),
        ({"name": NAME, "birth": BIRTH, "id_number": "048199004217"}, True),
        ({"phone": "0905"}, False),
        ({}, False),
    ],
)
def test_same_name_and_birth_is_a_possible_match(desk: Desk, values: dict[str, str], is_match: bool) -> None:
    code = earlier_visit(desk, name=NAME, birth_date=BIRTH, phone=PHONE)
    visits = visits_of(desk, **values)
    assert visits.same == ()
    assert codes(visits.possible) == ([code] if is_match else [])


@pytest.mark.parametrize(
    ("stored", "typed"), [("H'Hen Niê", "H’Hen Niê"), ("Y’Blơm", "Y'BLƠM"), ("HʼHen Niê", "h'hen nie")]
)
def test_typographic_apostrophe_matches_a_plain_one(desk: Desk, stored: str, typed: str) -> None:
    code = earlier_visit(desk, name=stored, birth_date=BIRTH)
    assert codes(visits_of(desk, name=typed, birth=BIRTH).possible) == [code]


def test_different_numbers_do_not_match(desk: Desk) -> None:
    code = earlier_visit(desk, name=NAME, birth_date=BIRTH, phone=PHONE, id_number="048184001111")
    alike = {"name": NAME, "birth": BIRTH, "phone": PHONE}
    assert visits_of(desk, id_number="048184002222", **alike) == Visits()
    sure = visits_of(desk, id_number="048184001111", **alike)
    assert (codes(sure.same), sure.possible) == ([code], ())


@pytest.mark.parametrize("typed", ["0401234567001", "0401234567-001", "0401234567 001"])
def test_number_matches_in_any_spelling(desk: Desk, typed: str) -> None:
    code = earlier_visit(desk, name=NAME, id_number="0401234567-001")
    assert codes(visits_of(desk, id_number=typed).same) == [code]
