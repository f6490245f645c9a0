"""Search by words, prefixes, numbers and parts of codes."""

import pytest

from app.storage.search import search_forms
from app.usecases.dossiers.queries import FindPeople, SearchDossiers, find_people, search_dossiers
from tests.support.offices import MORNING, PERSON, Desk

ALIAS = "DVC.2026/AB-77"


def matching_names(desk: Desk, words: str, limit: int = 50) -> list[str]:
    return [line.name for line in desk.office.read(search_dossiers, SearchDossiers(words, limit), MORNING)]


@pytest.fixture
def office(desk: Desk) -> Desk:
    for name, facts in (
        ("Đào Thị Ẫm", {}),
        ("Đặng Thị Ấm", {"id_number": "079190004218", "phone": "+84 912.000.111"}),
        ("Nguyễn Ðức Ơn", {"id_number": "B1234567", "phone": "0283 822 1234"}),
    ):
        desk.take_in(applicant={**PERSON, "name": name, **facts}, alias=ALIAS if name.startswith("Đào") else None)
    return desk


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Đào Thị Ẫm", ["Đào Thị Ẫm"]),
        ("đào thị ẫm", ["Đào Thị Ẫm"]),
        ("dao thi am", ["Đào Thị Ẫm"]),
        ("DAO THI AM", ["Đào Thị Ẫm"]),
        ("da\u0300o", ["Đào Thị Ẫm"]),
        ("am dao", ["Đào Thị Ẫm"]),
        ("thi am", ["Đặng Thị Ấm", "Đào Thị Ẫm"]),
        ("da th", ["Đặng Thị Ấm", "Đào Thị Ẫm"]),
        ("đ", ["Nguyễn Ðức Ơn", "Đặng Thị Ấm", "Đào Thị Ẫm"]),
        ("duc on", ["Nguyễn Ðức Ơn"]),
        ("0905123456", ["Đào Thị Ẫm"]),
        ("0905 123 456", ["Đào Thị Ẫm"]),
        ("0905.123.456", ["Đào Thị Ẫm"]),
        ("+84 905 123 456", ["Đào Thị Ẫm"]),
        ("0084905123456", ["Đào Thị Ẫm"]),
        ("0912 000 111", ["Đặng Thị Ấm"]),
        ("048190004217", ["Đào Thị Ẫm"]),
        ("048 190 004 217", ["Đào Thị Ẫm"]),
        ("04819", ["Đào Thị Ẫm"]),
        ("b1234567", ["Nguyễn Ðức Ơn"]),
        ("B 1234567", ["Nguyễn Ðức Ơn"]),
        ("b.123.4567", ["Nguyễn Ðức Ơn"]),
        ("H29.12-260209-0002", ["Đặng Thị Ấm"]),
        ("h29.12-260209-0002", ["Đặng Thị Ấm"]),
        ("260209-0002", ["Đặng Thị Ấm"]),
        ("0002", ["Đặng Thị Ấm"]),
        ("6301260209000028", ["Đặng Thị Ấm"]),
        ("6301 2602 0900 0028", ["Đặng Thị Ấm"]),
        ("dvc 2026", ["Đào Thị Ẫm"]),
        ("AB-77", ["Đào Thị Ẫm"]),
        ("dao xyz", []),
        ("ao", []),
        ("***", []),
        ("-", []),
        ("'; DROP TABLE dossier; --", []),
        ('"', []),
        ("NEAR(dao thi)", []),
        ("dao OR dang", []),
        ("dao*", ["Đào Thị Ẫm"]),
        ("search_text : dao", []),
        ("x" * 10_000, []),
        ("", ["Nguyễn Ðức Ơn", "Đặng Thị Ấm", "Đào Thị Ẫm"]),
        ("   ", ["Nguyễn Ðức Ơn", "Đặng Thị Ấm", "Đào Thị Ẫm"]),
    ],
)
def test_search_finds_names(office: Desk, words: str, names: list[str]) -> None:
    assert matching_names(office, words) == names


def test_results_are_newest_first_and_limited(desk: Desk) -> None:
    codes = [desk.take_in().code for _ in range(5)]
    lines = desk.office.read(search_dossiers, SearchDossiers("dao", 3), MORNING)
    assert [line.code for line in lines] == codes[:1:-1]
    assert len(desk.office.read(search_dossiers, SearchDossiers("dao", 2), MORNING)) == 2


def test_amendment_updates_search_index(desk: Desk) -> None:
    code = desk.take_in(alias=ALIAS).code
    desk.act(code, "amend", sets=(("name", "Trần Quý Mão"), ("phone", "0911 222 333")))
    assert matching_names(desk, "dao") == matching_names(desk, "0905123456") == []
    for words in ("quy mao", "0911222333", "dvc ab 77", code, "048190004217"):
        assert matching_names(desk, words) == ["Trần Quý Mão"], words


def test_search_finds_every_party_of_a_dossier(desk: Desk) -> None:
    desk.take_in(submitter={**PERSON, "name": "Lê Dần"}, principal={"name": "Lý Tỵ", "id_number": "123456789"})
    for words in ("le dan", "ly ty", "123456789"):
        assert matching_names(desk, words) == ["Đào Thị Ẫm"]


def test_person_is_listed_once_with_latest_facts(desk: Desk) -> None:
    desk.take_in()
    desk.take_in(applicant={**PERSON, "phone": "0911 222 333"})
    people = desk.office.read(find_people, FindPeople("dao am"), MORNING)
    assert [(person.name, person.phone) for person in people] == [("Đào Thị Ẫm", "0911 222 333")]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Đào  Thị", ("dao", "thi")),
        ("0905 123 456", ("0905123456",)),
        ("12 34", ("12", "34")),
        ("6301 2602 0900 0028", ("6301260209000028",)),
        ("a_b", ("a", "b")),
        ("", ()),
    ],
)
def test_search_words(query: str, words: tuple[str, ...]) -> None:
    assert next(iter(search_forms(query)), ()) == words


@pytest.mark.parametrize("stored", ["0401234567-001", "0401234567001", "0401234567 001"])
@pytest.mark.parametrize("typed", ["0401234567-001", "0401234567001", "0401234567"])
def test_search_finds_tax_code_in_any_spelling(desk: Desk, stored: str, typed: str) -> None:
    desk.take_in(applicant={"kind": "enterprise", "name": "Công ty Ẩm Thực", "id_number": stored})
    assert matching_names(desk, typed) == ["Công ty Ẩm Thực"]


@pytest.mark.parametrize("typed", ["0905 111 222", "02363822123", "+84 236 3822 123"])
def test_search_finds_each_phone_of_a_field(desk: Desk, typed: str) -> None:
    desk.take_in(applicant={**PERSON, "phone": "0905 111 222 / 0236 3822 123"})
    assert matching_names(desk, typed) == [PERSON["name"]]
