"""Doubts about an intake form, before the receipt is printed."""

import random
from typing import Any

import pytest

from app.usecases.intake.check_form import CheckForm, FormDoubt, check_form
from tests.support.offices import MORNING, PERSON, Desk, intake_line

SOUND = {
    "kind": "citizen",
    "name": "Đào Thị Ẫm",
    "id_number": "048190004217",
    "birth_date": "1990",
    "gender": "female",
    "phone": "0905 123 456",
    "email": "am@example.vn",
}


CONDITIONAL = "1.001731"
"""Hỗ trợ chi phí mai táng, which requires one of three papers of some people only."""

PATHS = ("applicant", "submitter", "principal", "co_applicants.1")


def doubts(desk: Desk, **line: Any) -> tuple[FormDoubt, ...]:
    return desk.office.read(check_form, CheckForm({**intake_line(), **line}), MORNING)


def doubtful_fields(desk: Desk, **person: Any) -> list[str]:
    return [doubt.field for doubt in doubts(desk, applicant={**SOUND, **person}) if doubt.needs_confirmation]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"name": "Dao Thi Am"},
        {"gender": None},
        {"name": "H’Hen Niê", "id_number": "066192001234", "birth_date": "1992"},
        {"name": "Y-Blơm Êban", "gender": "male", "id_number": "066092001234", "birth_date": "1992"},
        {"id_number": "201234567"},
        {"id_number": "C 1234567"},
        {"phone": "0236 3822 123"},
        {"phone": "0905 123 456 / 0912 000 111"},
        {"phone": None, "email": None, "id_number": None},
        {"name": "Sơn Thị ពិសិដ្ឋ", "address": "ភូមិ Trà Kha"},
        {"name": "HʼMông Bʻlô ꞌYa HˈHen H´Hen"},
        {"kind": "enterprise", "name": "Công ty TNHH 2 TV A+B", "id_number": "0401234567-001"},
    ],
)
def test_sound_form_asks_nothing(desk: Desk, facts: dict[str, Any]) -> None:
    assert doubtful_fields(desk, **facts) == []


def test_paper_of_some_people_alone_may_be_missing(desk: Desk) -> None:
    """Nhận cha, mẹ, con: the written authority is only for a representative."""
    papers = desk.show(desk.take_in(procedure=CONDITIONAL).code).papers
    handed_in = [paper for paper in papers if "trường hợp" not in paper["name"].lower()]
    assert 0 < len(handed_in) < len(papers)
    assert not [
        each
        for each in doubts(desk, applicant=SOUND, procedure=CONDITIONAL, papers=handed_in)
        if each.field == "papers"
    ]
    assert [
        each
        for each in doubts(desk, applicant=SOUND, procedure=CONDITIONAL, papers=handed_in[1:])
        if each.field == "papers"
    ]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"birth_date": "1991"}, "applicant.id_number"),
        ({"gender": "male"}, "applicant.id_number"),
        ({"id_number": "148190004217"}, "applicant.id_number"),
        ({"id_number": "04819000421"}, "applicant.id_number"),
        ({"phone": "0905 123 45"}, "applicant.phone"),
        ({"phone": "0545 123 456"}, "applicant.phone"),
        ({"email": "am.example.vn"}, "applicant.email"),
        ({"name": "Huỳnh Th+ *m *"}, "applicant.name"),
        ({"name": "Nguy?n Th? Ánh"}, "applicant.name"),
        ({"name": "Nguyn Vn Anh"}, "applicant.name"),
        ({"name": "Đào Thị 4m"}, "applicant.name"),
        ({"name": "Trần 陳大文"}, "applicant.name"),
        ({"address": "Số 5, 大街"}, "applicant.address"),
    ],
)
def test_doubtful_form_names_its_field(desk: Desk, facts: dict[str, Any], field: str) -> None:
    assert doubtful_fields(desk, **facts) == [field]


def test_body_may_be_the_principal(desk: Desk) -> None:
    body = {"name": "Công ty TNHH 2 TV A+B", "id_number": "0401234567-001", "phone": "0905 123 456"}
    assert not [doubt for doubt in doubts(desk, principal=body) if doubt.field.startswith("principal")]
    (doubt,) = doubts(desk, applicant=SOUND, principal={**body, "name": "Đào Thị Ẫm", "id_number": "04819000421"})
    assert doubt.field == "principal.id_number"


def test_incomplete_form_is_checked_as_far_as_typed(desk: Desk) -> None:
    form = CheckForm({"procedure": "ks", "applicant": {"phone": "09"}})
    assert [doubt.field for doubt in desk.office.read(check_form, form, MORNING)] == ["applicant.phone"]


def test_landline_is_a_hint_only(desk: Desk) -> None:
    (hint,) = doubts(desk, applicant={**SOUND, "phone": "02363822123"})
    assert not hint.needs_confirmation and "không nhắn tin được" in hint.sentence


def test_name_recorded_for_the_number_is_offered(desk: Desk) -> None:
    desk.take_in()
    number = {"id_number": PERSON["id_number"], "birth_date": PERSON["birth_date"]}
    known = str(PERSON["name"])
    assert doubtful_fields(desk, **number, name=known) == []
    (doubt,) = doubts(desk, applicant={**SOUND, **number, "name": "Lê Thị Bưởi", "gender": None})
    assert doubt.field == "applicant.name" and f"«{known}»" in doubt.sentence and doubt.needs_confirmation


def test_garbled_name_is_never_offered(desk: Desk) -> None:
    number = {"id_number": PERSON["id_number"], "birth_date": PERSON["birth_date"]}
    desk.take_in(applicant={**SOUND, **number, "name": "Huỳnh Th+ *m *"})
    assert doubts(desk, applicant={**SOUND, **number, "name": "Lê Thị Bưởi", "gender": None}) == ()


def test_every_invented_mistake_is_asked_about(desk: Desk) -> None:
    """Mistakes of the applicant and of each other person of the form."""
    rng, silent = random.Random(12), []
    for turn in range(200):
        path = PATHS[turn % len(PATHS)]
        facts = _with_mistake(rng)
        head, _, place = path.partition(".")
        line = {head: [{**SOUND, "id_number": None}, facts] if place else facts}
        fields = [doubt.field for doubt in doubts(desk, **{"applicant": SOUND, **line}) if doubt.needs_confirmation]
        if not fields or any(not field.startswith(f"{path}.") for field in fields):
            silent.append((path, facts, fields))
    assert silent == []


def _with_mistake(rng: random.Random) -> dict[str, Any]:
    year = rng.randint(1940, 2009)
    female = rng.random() < 0.5
    century = 2 * (year // 100 - 19) + female
    number = f"{rng.choice(['001', '048', '079'])}{century}{year % 100:02d}{rng.randint(0, 999999):06d}"
    facts = {**SOUND, "id_number": number, "birth_date": str(year), "gender": "female" if female else "male"}
    place = rng.randrange(4, 6)
    wrong_digit = str((int(number[place]) + rng.randint(1, 9)) % 10)
    mistakes: dict[str, dict[str, Any]] = {
        "birth": {"id_number": number[:place] + wrong_digit + number[place + 1 :]},
        "gender": {"gender": "male" if female else "female"},
        "place": {"id_number": rng.choice(["003", "099", "500"]) + number[3:]},
        "length": {"id_number": number[: rng.choice([7, 8, 11])]},
        "phone": {"phone": "0905" + "".join(rng.choices("0123456789", k=rng.choice([3, 4, 5, 7, 8])))},
        "email": {"email": rng.choice(["am@", "@example.vn", "am example.vn", "am@example"])},
        "name": {"name": rng.choice(["Huỳnh Th+ ", "Đào *", "Trần V=n ", "L6 "]) + rng.choice("#%^&5")},
    }
    return {**facts, **mistakes[rng.choice(sorted(mistakes))]}
