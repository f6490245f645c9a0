"""Two hundred wrong intakes: none is printed without a question."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.usecases.intake.check_form import CheckForm, check_form
from tests.support.offices import MORNING, Desk, intake_line

Line = dict[str, Any]
Person = dict[str, Any]
Mistake = Callable[[Line, random.Random], str]
"""Spoils a sound line; returns the field of the question."""
OFFICE_PHONE = "0200 000 002"
PAPERS = "1.001193"
"""Đăng ký khai sinh, which requires papers."""
COPIES = "2.000815"
SURNAMES, MIDDLES, FORENAMES = (
    ("Nguyễn", "Trần", "Lò", "Đinh", "Hồ"),
    ("Thị", "Văn", "Hữu"),
    ("Mận", "Sáu", "Ửng", "Khoa"),
)


def sound(rng: random.Random) -> Line:
    """Return the line of a new person without a mistake."""
    year, female = rng.randint(1945, 2005), rng.random() < 0.5
    month, day = rng.randint(1, 12), rng.randint(1, 28)
    century = 2 * (year // 100 - 19) + female
    person = {
        "kind": "citizen",
        "name": f"{rng.choice(SURNAMES)} {rng.choice(MIDDLES)} {rng.choice(FORENAMES)}",
        "id_number": f"{rng.choice(['001', '048', '079'])}{century}{year % 100:02d}{rng.randint(0, 999999):06d}",
        "birth_date": f"{year}-{month:02d}-{day:02d}",
        "gender": "female" if female else "male",
        "phone": f"09{rng.choice('0146')}{rng.randint(0, 9999999):07d}",
        "address": f"Số {rng.randint(1, 90)}, thôn Đoài, xã Thử Nghiệm",
        "email": f"dan{rng.randint(1, 999)}@gmail.com",
    }
    return intake_line(applicant=person)


def person_of(line: Line) -> Person:
    person: Person = line["applicant"]
    return person


def swapped(one: str, other: str, field: str) -> Mistake:
    """Two fields typed into each other."""

    def spoil(line: Line, _rng: random.Random) -> str:
        person = person_of(line)
        person[one], person[other] = person[other], person[one]
        return f"applicant.{field}"

    return spoil


def changed(field: str, *values: str) -> Mistake:
    """A field with one of some wrong values."""

    def spoil(line: Line, rng: random.Random) -> str:
        person_of(line)[field] = rng.choice(values)
        return f"applicant.{field}"

    return spoil


def set_on_line(field: str, *values: Line) -> Mistake:
    """A wrong value outside the person."""

    def spoil(line: Line, rng: random.Random) -> str:
        line.update(rng.choice(values))
        return field

    return spoil


def transposed(line: Line, rng: random.Random) -> str:
    """Two neighbours of a known person's number in the wrong order."""
    person = line["applicant"] = dict(rng.choice(line.pop("known")))
    number = person["id_number"]
    place = next(at for at in range(6, 11) if number[at] != number[at + 1])
    person["id_number"] = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    return "applicant.id_number"


def day_and_month_swapped(line: Line, rng: random.Random) -> str:
    person = line["applicant"] = dict(rng.choice(line.pop("known")))
    year, month, day = person["birth_date"].split("-")
    person["birth_date"] = f"{year}-{day}-{month}"
    return "applicant.birth_date"


def number_of_another(line: Line, rng: random.Random) -> str:
    """A new name over the number that is on record for another person."""
    person = person_of(line)
    other = rng.choice(line.pop("known"))
    person.update({key: other[key] for key in ("id_number", "birth_date", "gender")})
    person["name"] = "Vi Văn Cố"
    return "applicant.name"


def sent_twice(line: Line, rng: random.Random) -> str:
    """The same person and procedure as yesterday, still being settled."""
    line["applicant"], line["procedure"] = dict(rng.choice(line.pop("known"))), PAPERS
    return "applicant.id_number"


def name_twice(line: Line, _rng: random.Random) -> str:
    person_of(line)["address"] = person_of(line)["name"]
    return "applicant.address"


def same_number_twice(line: Line, _rng: random.Random) -> str:
    number = person_of(line)["id_number"]
    line["co_applicants"] = [{**person_of(line), "name": "Bùi Thị Lụa", "id_number": number}]
    return "co_applicants.0.id_number"


def child_submits(line: Line, rng: random.Random) -> str:
    person = person_of(line)
    person.update(id_number="", birth_date=f"{rng.randint(2014, 2025)}-03-08")
    return "applicant.birth_date"


def paper_left_out(line: Line, rng: random.Random) -> str:
    line["procedure"], line["papers"] = PAPERS, list(rng.choice([(), line["paper_list"][1:]]))
    return "papers"


def copies_miscounted(line: Line, rng: random.Random) -> str:
    line["procedure"] = PAPERS
    line["papers"] = [{**paper, "originals": rng.choice([22, 100, 999])} for paper in line["paper_list"]]
    return "papers.0"


MISTAKES: dict[str, Mistake] = {
    "number in the phone": swapped("id_number", "phone", "phone"),
    "name in the address": swapped("name", "address", "name"),
    "phone in the address": swapped("phone", "address", "address"),
    "e-mail in the address": swapped("email", "address", "address"),
    "name in the e-mail": swapped("name", "email", "email"),
    "name twice": lambda line, _rng: str(
        person_of(line).update(address=person_of(line)["name"]) or "applicant.address"
    ),
    "body as citizen": changed("name", "Công ty TNHH Mận Sáu", "UBND xã Thử Nghiệm", "Hợp tác xã Đoài"),
    "one word": changed("name", "Nguyễn", "Mận", "Ửng"),
    "nine digits": changed("phone", "090512345", "0905 12 34 5", "09051234567", "0905O23456"),
    "phone of the office": changed("phone", OFFICE_PHONE, "0200000002", "+84 200 000 002"),
    "no domain": changed("email", "man@", "man", "man@gmail", "man.gmail.com", "man@gmail."),
    "misspelt host": changed("email", "man@gmial.com", "man@gmail.con", "man@gmai.com", "a@yahooo.com"),
    "marks in the e-mail": changed("email", "mận@vnpt.vn", "ửng@thu.vn"),
    "number cut": changed("id_number", "04819000421", "0481900042177", "48190004217"),
    "letter in the number": changed("id_number", "04819OOO4217", "0481900042l7"),
    "place that does not exist": changed("id_number", "003190004217", "500190004217"),
    "born too long ago": changed("birth_date", "1885-02-03", "1910", "1899-12-31"),
    "typing scan": changed("name", "Nguyn Vn Anh", "Hu廙軟h", "L6 Thị Mận"),
    "digits transposed": transposed,
    "day and month swapped": day_and_month_swapped,
    "number of another person": number_of_another,
    "sent twice": sent_twice,
    "one number for two": same_number_twice,
    "child": child_submits,
    "paper left out": paper_left_out,
    "copies miscounted": copies_miscounted,
    "sets miscounted": set_on_line("quantity", {"quantity": 99}, {"quantity": 222}, {"quantity": 999}),
    "pages miscounted": set_on_line("pages", {"pages": 1000}, {"pages": 301}),
    "fee without its zeros": set_on_line("fee", {"fee": 8}, {"fee": 50_050}, {"fee": 500_000_000}),
    "term in the wrong unit": set_on_line("term.limit", {"term": {"limit": 400, "unit": "working_day"}}),
    "channel online": set_on_line("alias", {"channel": "online"}),
}


def ask(desk: Desk, line: Line) -> list[str]:
    """Return the fields of the questions before printing."""
    doubts = desk.office.read(check_form, CheckForm(line), MORNING + timedelta(days=1))
    return [doubt.field for doubt in doubts if doubt.needs_confirmation]


@pytest.fixture
def known(desk: Desk) -> list[Person]:
    """People with an unsettled dossier of yesterday."""
    rng = random.Random(7)
    people: list[Person] = []
    while len(people) < 4:
        person = person_of(sound(rng))
        if person["birth_date"][5:7] != person["birth_date"][8:] and len(set(person["id_number"][6:])) > 3:
            person["birth_date"] = f"{person['birth_date'][:8]}{int(person['birth_date'][8:]) % 12 + 1:02d}"
            people.append({**person, "name": f"Lương Thị {FORENAMES[len(people)]}"})
            desk.take_in(applicant=people[-1], procedure=PAPERS)
    return [person for person in people if person["birth_date"][5:7] != person["birth_date"][8:]]


@pytest.fixture
def paper_list(desk: Desk) -> list[dict[str, Any]]:
    """Required papers of the procedure, as the window lists them."""
    code = desk.take_in(procedure=PAPERS).code
    return [
        {"name": paper["name"], "handling": "submit", "originals": 1, "copies": 0} for paper in desk.show(code).papers
    ]


def test_none_of_two_hundred_wrong_intakes_is_printed_without_a_question(
    desk: Desk, known: list[Person], paper_list: list[dict[str, Any]]
) -> None:
    rng, silent = random.Random(20), []
    names = [*MISTAKES] * 7
    for name in names[:200]:
        line = {**sound(rng), "known": known, "paper_list": paper_list}
        field = MISTAKES[name](line, rng)
        line.pop("known", None), line.pop("paper_list", None)
        questions = ask(desk, line)
        if field not in questions:
            silent.append((name, line, questions))
    assert len(names) >= 200 and silent == []


def test_sound_intakes_of_new_people_ask_nothing(desk: Desk) -> None:
    rng = random.Random(21)
    assert [fields for _turn in range(60) if (fields := ask(desk, sound(rng)))] == []


def test_certified_copies_of_another_day_ask_nothing(desk: Desk) -> None:
    """Chứng thực bản sao has a fee for each page."""
    line = {**sound(random.Random(23)), "procedure": COPIES}
    desk.take_in(**line)
    assert ask(desk, line) == []


def test_known_person_with_a_settled_dossier_is_not_asked_about(desk: Desk) -> None:
    line = {**sound(random.Random(22)), "procedure": PAPERS}
    code = desk.take_in(**line).code
    assert ask(desk, line) == ["applicant.id_number"]
    assert ask(desk, {**line, "procedure": COPIES}) == []
    desk.act(code, "finish")
    assert ask(desk, line) == []
