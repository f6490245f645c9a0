"""Whether somebody has come for the same thing lately: by number surely, else perhaps."""

from datetime import datetime
from typing import Any

import pytest

from app.usecases.dossiers.earlier_visits import EarlierVisits, Visits, earlier_visits
from tests.support.offices import PERSON, SAME_DAY, Desk, at

BEFORE, NOW = at("2026-02-09T08:00"), at("2026-03-11T08:00")
NAME, BIRTH, PHONE = "Quách Thị Ỏn", "1984-05-06", "0905 777 888"


def visits_of(desk: Desk, now: datetime = NOW, **told: str) -> Visits:
    return desk.office.read(earlier_visits, EarlierVisits(**{"id_number": "", "procedure": SAME_DAY, **told}), now)


def codes(lines: Any) -> list[str]:
    return [line.code for line in lines]


def earlier_visit(desk: Desk, **person: str) -> str:
    return desk.take_in(BEFORE, applicant={"kind": "citizen", **person}).code


def test_the_same_number_is_remembered_but_not_a_void_one(desk: Desk) -> None:
    void = desk.take_in(BEFORE)
    desk.act(void.code, "void", BEFORE, note="Nhầm")
    made = desk.take_in(at("2026-02-09T08:05"))
    number = str(PERSON["id_number"])
    assert codes(visits_of(desk, id_number=number).same) == [made.code]
    assert visits_of(desk, at("2026-03-12T08:00"), id_number=number) == Visits()
    assert visits_of(desk, id_number=number, procedure="1.001193") == Visits()


@pytest.mark.parametrize(
    ("told", "found"),
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
def test_without_a_number_alike_is_perhaps_the_same(desk: Desk, told: dict[str, str], found: bool) -> None:
    code = earlier_visit(desk, name=NAME, birth_date=BIRTH, phone=PHONE)
    visits = visits_of(desk, **told)
    assert visits.same == ()
    assert codes(visits.possible) == ([code] if found else [])


@pytest.mark.parametrize(
    ("stored", "typed"), [("H'Hen Niê", "H’Hen Niê"), ("Y’Blơm", "Y'BLƠM"), ("HʼHen Niê", "h'hen nie")]
)
def test_a_phones_apostrophe_and_a_keyboards_make_one_name(desk: Desk, stored: str, typed: str) -> None:
    code = earlier_visit(desk, name=stored, birth_date=BIRTH)
    assert codes(visits_of(desk, name=typed, birth=BIRTH).possible) == [code]


def test_two_numbers_tell_two_people_apart(desk: Desk) -> None:
    code = earlier_visit(desk, name=NAME, birth_date=BIRTH, phone=PHONE, id_number="048184001111")
    alike = {"name": NAME, "birth": BIRTH, "phone": PHONE}
    assert visits_of(desk, id_number="048184002222", **alike) == Visits()
    sure = visits_of(desk, id_number="048184001111", **alike)
    assert (codes(sure.same), sure.possible) == ([code], ())
