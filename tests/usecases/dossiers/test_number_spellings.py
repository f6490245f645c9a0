"""Every place that takes or compares a number knows every spelling of it."""

from collections.abc import Callable
from typing import Any

import pytest

from app.models.text import fold_text
from app.usecases.documents.prepare import PrepareBatch, prepare_batch
from app.usecases.dossiers.earlier_visits import EarlierVisits, earlier_visits
from app.usecases.dossiers.public_status import GetPublicStatus, get_public_status
from app.usecases.dossiers.queries import FindPeople, SearchDossiers, find_people, search_dossiers
from app.usecases.dossiers.scans import ReadScan, read_scan_text
from app.usecases.intake.check_form import CheckForm, check_form
from app.usecases.intake.import_register import ImportBatch, ReadRegister, import_batch, read_register
from tests.support.offices import MORNING, PERSON, SAME_DAY, Desk

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
NUMBERS = {
    "citizen": "048184009217",
    "old": "201345678",
    "tax": "0401234567",
    "branch": "0401234567-001",
    "passport": "C1234567",
    "new_passport": "P00012345",
}


def spellings(number: str) -> list[str]:
    """Return the number as it is typed, pasted and scanned."""
    plain = number.replace("-", "")
    thirds = [plain[at : at + 3] for at in range(0, len(plain), 3)]
    return [
        *(number, plain, plain.lower(), f" {plain}\t", plain.translate(WIDE)),
        *(
            sign.join(thirds)
            for sign in (" ", ".", "-", "\u00a0", "\u202f", "–", "\u2011", "\u200b", "\ufeff", "\u00ad")
        ),
        "\u200e" + plain + "\u2060",
    ]


def person(number: str, **values: str) -> dict[str, Any]:
    return {"kind": "citizen", "name": "Quách Thị Ỏn", "phone": "0905 777 888", "id_number": number, **values}


def is_found(desk: Desk, code: str, words: str) -> bool:
    lines = desk.office.read(search_dossiers, SearchDossiers(words), MORNING)
    return [line.code for line in lines] == [code]


def is_repeat_visit(desk: Desk, code: str, words: str) -> bool:
    visits = desk.office.read(earlier_visits, EarlierVisits(words, SAME_DAY), MORNING)
    return [line.code for line in visits.same] == [code]


def is_known_person(desk: Desk, code: str, words: str) -> bool:
    return [each.name for each in desk.office.read(find_people, FindPeople(words), MORNING)] == ["Quách Thị Ỏn"]


def is_known_name(desk: Desk, code: str, words: str) -> bool:
    form = {"applicant": person(words, name="Quách Thị Mơ"), "procedure": SAME_DAY}
    doubts = desk.office.read(check_form, CheckForm(form), MORNING)
    return any("Quách Thị Ỏn" in doubt.sentence for doubt in doubts)


PLACES: tuple[Callable[[Desk, str, str], bool], ...] = (is_found, is_repeat_visit, is_known_person, is_known_name)


@pytest.mark.parametrize("role", ["applicant", "submitter", "principal", "co_applicants"])
def test_number_in_any_role_matches_in_any_spelling(desk: Desk, role: str) -> None:
    faults = []
    for number in NUMBERS.values():
        facts: Any = person(number)
        if role == "principal":
            facts = {"name": facts["name"], "id_number": number, "authority": "GUQ 01"}
        code = desk.take_in(**{role: [facts] if role == "co_applicants" else facts}).code
        for typed in spellings(number):
            # One dossier at a time has the number.
            faults += [(place.__name__, number, ascii(typed)) for place in PLACES if not place(desk, code, typed)]
        desk.tamper(f"DELETE FROM party WHERE dossier_id = (SELECT id FROM dossier WHERE code = '{code}')")
        desk.tamper(f"UPDATE dossier SET search_text = '' WHERE code = '{code}'")
    assert faults == []


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
def test_stored_spelling_does_not_matter(desk: Desk, number: str) -> None:
    codes = [desk.take_in(applicant=person(typed)).code for typed in spellings(number)]
    lines = desk.office.read(search_dossiers, SearchDossiers(number), MORNING)
    assert sorted(line.code for line in lines) == sorted(codes)
    batch = desk.office.write(prepare_batch, PrepareBatch(tuple(codes), copies=1), MORNING)
    assert batch.pages >= 1
    assert desk.check().findings == ()


@pytest.mark.parametrize("role", ["applicant", "co1"])
def test_corrected_number_is_found(desk: Desk, role: str) -> None:
    code = desk.take_in(co_applicants=[person("048190000001")]).code
    desk.act(code, "amend", sets=((f"{role}.id_number", "c 123–4567"),))
    assert is_found(desk, code, "C1234567") and desk.check().findings == ()


def test_imported_number_is_found_in_any_spelling(desk: Desk) -> None:
    for place, number in enumerate(NUMBERS.values()):
        table = (
            "Số hồ sơ;Ngày tiếp nhận;Tên thủ tục;Họ và tên;Số CCCD\n"
            f"CU-{place};12/01/2026;{SAME_DAY};Quách Thị Ỏn;{spellings(number)[place + 5]}\n"
        )
        plan = desk.office.read(read_register, ReadRegister(table.encode(), "so.csv"), MORNING)
        for entries in plan.batches():
            desk.office.write(import_batch, ImportBatch(entries, plan.name), MORNING)
        missing = [ascii(typed) for typed in spellings(number) if not _lines(desk, typed)]
        assert missing == [], number


def _lines(desk: Desk, words: str) -> list[str]:
    return [line.code for line in desk.office.read(search_dossiers, SearchDossiers(words), MORNING)]


def test_key_and_code_match_in_any_spelling(desk: Desk) -> None:
    accepted = desk.take_in()
    faults = []
    for text in (accepted.key, accepted.code):
        for typed in (text, *spellings(text)[2:]):
            scanned = desk.office.read(read_scan_text, ReadScan(typed), MORNING)
            status = desk.office.read(get_public_status, GetPublicStatus(typed), MORNING)
            if scanned.line is None or scanned.line.code != accepted.code:
                faults.append(("scan", ascii(typed)))
            if status is None or status.code != accepted.code:
                faults.append(("kiosk", ascii(typed)))
            if desk.show(typed).code != accepted.code:
                faults.append(("show", ascii(typed)))
    assert faults == []


@pytest.mark.parametrize(
    "typed",
    [
        *("0905 777 888", "0905.777.888", "+84 905 777 888", "(+84) 905-777-888", "84905777888", "0084 905777888"),
        *("+84 (0)905 777 888", "０９０５７７７８８８", "0905\u00a0777\u200b888", "0905 777 888 / 0236 3822 123"),
        *("0236 3822123", "0236.3822.123", "(0236) 3822 123", "+84 236 3822 123", "842363822123", "02363822123"),
        *("0236 3822 123 máy lẻ 12", "0236 3822 123 ext. 12", "0236 3822 123 (12)", "0905 777 888 hoặc 0236 3822 123"),
    ],
)
@pytest.mark.parametrize("stored", ["0905.777.888 – 0236 3822 123 máy lẻ 12", "+84 905777888; 842363822123"])
def test_phone_is_found_in_any_spelling(desk: Desk, stored: str, typed: str) -> None:
    code = desk.take_in(applicant=person("", phone=stored)).code
    other = desk.take_in(applicant=person("", phone="0905 777 889"))
    assert is_found(desk, code, typed) and other
    visits = desk.office.read(earlier_visits, EarlierVisits("", SAME_DAY, phone=typed), MORNING)
    assert [line.code for line in visits.possible] == [code]


def test_person_in_two_roles_is_one_repeat_visit(desk: Desk) -> None:
    code = desk.take_in(submitter=person(PERSON["id_number"])).code
    assert is_repeat_visit(desk, code, PERSON["id_number"])


def test_name_beside_a_number_narrows_the_search(desk: Desk) -> None:
    code = desk.take_in(applicant=person("048190004217")).code
    desk.take_in(applicant=PERSON)
    assert _lines(desk, fold_text("Quách Thị Ỏn 048190004217")) == [code]


def test_garbled_name_is_not_the_first_that_is_offered(desk: Desk) -> None:
    desk.take_in(applicant=person("048184009217"))
    desk.take_in(applicant=person("048184009217", name="Quách Th+ *n"))
    people = desk.office.read(find_people, FindPeople("048184009217"), MORNING)
    assert [each.name for each in people] == ["Quách Thị Ỏn", "Quách Th+ *n"]


@pytest.mark.parametrize("alias", ["G12.7-0001", "ĐN_2026_0009", "000.00.12.H29-260101-0098"])
def test_search_finds_codes_without_separators(desk: Desk, alias: str) -> None:
    code = desk.take_in(alias=alias).code
    desk.take_in()
    bare = "".join(character for character in alias if character.isalnum())
    for words in (code.replace("-", ""), code.replace(".", "").replace("-", "").lower(), bare, bare.lower()):
        lines = desk.office.read(search_dossiers, SearchDossiers(words), MORNING)
        assert [line.code for line in lines] == [code], words
    assert desk.office.read(search_dossiers, SearchDossiers("G1270002"), MORNING) == ()
